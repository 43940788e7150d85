// Still pictures made of rows: a model's layers, a table's columns with their spread.

import { formatCount, formatNumber, formatWhole } from "../../src/shared/numbers.ts";
import type { SummaryView, TableColumn, TableView } from "../../src/shared/views.ts";
import { type Argument, type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { shapeText, typeText } from "../parts/layerText.ts";
import { columnWordsText } from "../table/columnWords.ts";
import { rendererWords } from "../words/rendererWords.ts";
import { tableWords } from "../words/tableWords.ts";
import type { Paper } from "./paper.ts";
import { cutText, SvgDrawing, textWidthPx } from "./svgDrawing.ts";
import { columnWidths, drawTable, type StillColumn, tableHeight, tableRowPx, tableWidth } from "./tableParts.ts";

const widestPx = 1000;
/** Of more rows the first are drawn. */
const mostRows = 60;
const headPx = 30;
const spreadPx = 100;

type Arguments = Readonly<Record<string, Argument>>;

const sayIn =
  (locale: Locale) =>
  (id: keyof typeof rendererWords.en & string, args: Arguments = {}) =>
    plainMessage(rendererWords, { id, args }, locale);

/** The totals in words: also what the picture says to those who do not see it. */
export function summaryTotals({ layers, totalParameters }: SummaryView, locale: Locale): string {
  const count = (value: number) => ({ kind: "count", value }) as const;
  const isBuilt = layers.every(({ outputShape }) => outputShape.length > 0);
  const args = { layers: count(layers.length), parameters: count(totalParameters) };
  return sayIn(locale)(isBuilt ? "summaryTotals" : "summaryLayers", args);
}

export function summaryStill(view: SummaryView, { theme, locale }: Paper): SvgDrawing | null {
  if (view.layers.length === 0) return null;
  const say = sayIn(locale);
  const layers = view.layers.slice(0, mostRows);
  const isGraph = layers.some(({ takes }) => takes !== undefined);
  const parameters = ({ parameters: all, trainable, outputShape }: (typeof layers)[number]) => {
    if (outputShape.length === 0) return "–";
    const [count, some] = [formatCount(all, locale), formatCount(trainable ?? all, locale)];
    return trainable === undefined ? count : say("someTrainable", { count, trainable: some });
  };
  const columns: StillColumn[] = [
    { head: say("layer"), cells: layers.map(({ name }) => name) },
    { head: say("type"), cells: layers.map(typeText) },
    { head: say("outputShape"), cells: layers.map(({ outputShape }) => shapeText(outputShape)) },
    { head: say("parameters"), cells: layers.map(parameters), isRight: true },
    ...(isGraph ? [{ head: say("takes"), cells: layers.map(({ takes = [] }) => takes.join(", ")) }] : []),
  ];
  const compiled =
    view.loss === null || view.optimizer === null
      ? say("notCompiled")
      : say("compiledWith", { loss: view.loss, optimizer: view.optimizer });
  const more = view.layers.length - layers.length;
  const moreWords =
    more > 0
      ? `${plainMessage(tableWords, { id: "more", args: { count: formatCount(more, locale) } }, locale)} · `
      : "";
  const widths = columnWidths(columns);
  const height = headPx + tableHeight(layers.length) + 30;
  const drawing = new SvgDrawing(Math.max(420, tableWidth(widths) + 24), height, theme);
  drawing.text(view.name, { x: 12, y: 20 }, { weight: 600 });
  const totals = { x: 12 + textWidthPx(view.name) * 1.1 + 10, y: 20 };
  drawing.text(summaryTotals(view, locale), totals, { colour: theme.muted });
  drawTable(drawing, { x: 12, y: headPx }, { columns, widths });
  drawing.text(moreWords + compiled, { x: 12, y: height - 12 }, { colour: theme.muted });
  return drawing;
}

export function tableStill(view: TableView, { theme, locale }: Paper): SvgDrawing | null {
  if (view.columns.length === 0) return null;
  const say = (id: keyof typeof tableWords.en & string, args: Arguments = {}) =>
    plainMessage(tableWords, { id, args }, locale);
  const shown = view.columns.slice(0, mostRows);
  const number = (value: Parameters<typeof formatNumber>[0]) => formatNumber(value, { locale });
  const end = (numbers: TableColumn["numbers"], value: Parameters<typeof formatNumber>[0]) => {
    if (numbers === null) return "";
    return numbers.whole ? formatWhole(value, locale) : number(value);
  };
  const mean = ({ numbers }: TableColumn) =>
    numbers === null || numbers.mean === null ? "" : `${number(numbers.mean)} ± ${number(numbers.std)}`;
  const hasMissing = shown.some(({ missing }) => missing > 0);
  const targetOf = ({ role }: TableColumn) => (role === "target" ? ` (${say("target")})` : "");
  const columns: StillColumn[] = [
    { head: say("column"), cells: shown.map((column) => column.name + targetOf(column)) },
    { head: say("spread"), cells: shown.map(() => "") },
    { head: say("lowest"), cells: shown.map(({ numbers }) => end(numbers, numbers?.min)), isRight: true },
    { head: say("mean"), cells: shown.map(mean), isRight: true },
    { head: say("highest"), cells: shown.map(({ numbers }) => end(numbers, numbers?.max)), isRight: true },
    ...(hasMissing
      ? [
          {
            head: say("missing"),
            cells: shown.map(({ missing }) => (missing ? formatCount(missing, locale) : "")),
            isRight: true,
          },
        ]
      : []),
  ];
  const widths = columnWidths(columns).map((width, at) => (at === 1 ? Math.max(width, spreadPx) : width));
  const width = Math.min(widestPx, Math.max(520, tableWidth(widths) + 24));
  const drawing = new SvgDrawing(width, headPx + tableHeight(shown.length) + 12, theme);
  drawing.text(view.name, { x: 12, y: 20 }, { weight: 600 });
  const isCut = shown.length < view.columnCount;
  const count = (value: number) => ({ kind: "count", value }) as const;
  const rows = say("allRows", { rows: count(view.rowCount) });
  const cut = say("firstColumns", { shown: count(shown.length), columns: count(view.columnCount) });
  drawing.text(isCut ? cut : rows, { x: width - 12, y: 20 }, { anchor: "end", sizePx: 11, colour: theme.muted });
  const lefts = drawTable(drawing, { x: 12, y: headPx }, { columns, widths });
  shown.forEach((column, row) => {
    const base = headPx + (row + 2) * tableRowPx - 4;
    drawBars(drawing, { x: lefts[1] ?? 0, y: base }, column);
    if (column.words === null) return;
    const text = columnWordsText(column.words, locale);
    const room = tableWidth(widths.slice(2, 5));
    drawing.text(cutText(text, room, 11), { x: lefts[2] ?? 0, y: base - 4 }, { sizePx: 11, colour: theme.muted });
  });
  return drawing;
}

/** The spread of a column, 16 px high above `y`. */
function drawBars(
  drawing: SvgDrawing,
  { x, y }: { readonly x: number; readonly y: number },
  column: TableColumn,
): void {
  const counts = column.numbers?.histogram ?? column.words?.most.map(({ count }) => count) ?? [];
  const most = Math.max(1, ...counts);
  const stepPx = spreadPx / Math.max(1, counts.length);
  const bars = counts.flatMap((count, at) => {
    const height = Math.max(1, (count / most) * 16);
    return count === 0 ? [] : [{ x: x + at * stepPx, y: y - height, width: Math.max(0.5, stepPx - 1), height }];
  });
  drawing.boxes(bars, drawing.theme.colour("neutral"));
}
