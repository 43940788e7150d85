// A tensor as a still picture: a small one number by number, a large one as a heat map.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber, formatShort } from "../../src/shared/numbers.ts";
import type { TensorView } from "../../src/shared/views.ts";
import { type Argument, type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { gridColumns, gridRows, namedPlaces } from "../tensor/gridSize.ts";
import { inkOn, mixed } from "../theme.ts";
import { tableWords } from "../words/tableWords.ts";
import type { Paper } from "./paper.ts";
import { type Box, SvgDrawing, textWidthPx } from "./svgDrawing.ts";

const headPx = 34;
/** Of more places of the axes before the last two the first are drawn, side by side. */
const mostPages = 12;
const widestPx = 760;
/** Shades of each sign in a heat map. */
const shades = 32;

export function tensorWords(view: TensorView, locale: Locale): string {
  const number = (value: ViewNumber) => formatNumber(value, { locale });
  const say = (id: "range" | "zeros" | "notFinite", args: Readonly<Record<string, Argument>>) =>
    plainMessage(tableWords, { id, args }, locale);
  const { min, max, mean, std, zeros, notFinite } = view;
  const range = { min: number(min), max: number(max), mean: number(mean), std: number(std) };
  return [
    `[${view.shape.join(", ")}]`,
    ...(min === null ? [] : [say("range", range)]),
    ...(zeros > 0 ? [say("zeros", { count: { kind: "count", value: zeros } })] : []),
    ...(notFinite > 0 ? [say("notFinite", { count: { kind: "count", value: notFinite } })] : []),
  ].join(" · ");
}

export function tensorStill(view: TensorView, { theme, locale }: Paper): SvgDrawing | null {
  const { rows, columns, pages } = view;
  const shown = pages.slice(0, mostPages);
  if (shown.length === 0 || rows.length === 0 || columns.length === 0) return null;
  const isSmall = rows.length <= gridRows && columns.length <= gridColumns;
  const texts = shown.flatMap(({ values }) => values.map((value) => formatShort(value, locale)));
  const cell = isSmall
    ? { width: Math.max(36, ...texts.map((text) => textWidthPx(text, 11) + 12)), height: 20 }
    : heatCell(rows.length, columns.length, shown.length);
  const edge = isSmall ? { left: 30, top: 18 } : { left: 34, top: 18 };
  const page = {
    width: edge.left + columns.length * cell.width + 20,
    height: edge.top + rows.length * cell.height + (pages.length > 1 ? 22 : 4) + 12,
  };
  const across = Math.max(1, Math.min(shown.length, Math.floor((widestPx - 12) / page.width)));
  const title = view.name ?? plainMessage(tableWords, { id: "tensor", args: {} }, locale);
  const words = tensorWords(view, locale);
  const hidden = view.pageCount - shown.length;
  const height = headPx + Math.ceil(shown.length / across) * page.height + (hidden > 0 ? 20 : 0);
  const width = Math.max(across * page.width + 12, 40 + textWidthPx(title) * 1.1 + textWidthPx(words));
  const drawing = new SvgDrawing(width, height, theme);
  drawing.text(title, { x: 12, y: 20 }, { weight: 600 });
  drawing.text(words, { x: 12 + textWidthPx(title) * 1.1 + 10, y: 20 }, { colour: theme.muted });
  const largest = Math.max(...[view.min, view.max].map((value) => Math.abs(fromViewNumber(value) ?? 0))) || 1;
  shown.forEach(({ place, values }, index) => {
    const x = 12 + (index % across) * page.width;
    let y = headPx + Math.floor(index / across) * page.height;
    if (pages.length > 1) {
      drawing.text(`[${place.join(", ")}]`, { x, y: y + 12 }, { sizePx: 11, colour: theme.muted });
      y += 18;
    }
    const area = { x: x + edge.left, y: y + edge.top };
    const cells = values.map((value, at): GridCell => {
      const [row, column] = [Math.floor(at / columns.length), at % columns.length];
      return { value, box: { ...cell, x: area.x + column * cell.width, y: area.y + row * cell.height } };
    });
    const look = { sizePx: 11, colour: theme.muted } as const;
    for (const at of namedPlaces(columns.length, cell.width, 28)) {
      const x = area.x + (isSmall ? (at + 1) * cell.width - 6 : (at + 0.5) * cell.width);
      drawing.text(String(columns[at]), { x, y: y + 13 }, { ...look, anchor: isSmall ? "end" : "middle" });
    }
    for (const at of namedPlaces(rows.length, cell.height, 14)) {
      const middle = area.y + (at + 0.5) * cell.height + 4;
      drawing.text(String(rows[at]), { x: area.x - 8, y: middle }, { ...look, anchor: "end" });
    }
    if (isSmall) drawNumbers(drawing, cells, { largest, locale });
    else drawHeat(drawing, cells, largest);
  });
  if (hidden > 0) {
    const args = { shown: String(shown.length), pages: String(view.pageCount) };
    const note = plainMessage(tableWords, { id: "firstPages", args }, locale);
    drawing.text(note, { x: 12, y: height - 8 }, { sizePx: 11, colour: theme.muted });
  }
  return drawing;
}

interface GridCell {
  readonly value: ViewNumber;
  readonly box: Box;
}

function heatCell(rows: number, columns: number, pages: number): { readonly width: number; readonly height: number } {
  const side = Math.min(12, Math.max(2, (pages > 1 ? 240 : widestPx - 24) / columns, pages > 1 ? 0 : 120 / rows));
  const fits = Math.min(side, (widestPx - 66) / columns);
  return { width: fits, height: fits };
}

function drawNumbers(
  drawing: SvgDrawing,
  cells: readonly GridCell[],
  { largest, locale }: { readonly largest: number; readonly locale: Locale },
): void {
  const { theme } = drawing;
  for (const { value, box } of cells) {
    const number = fromViewNumber(value) ?? Number.NaN;
    // Paler than in a heat map: the number is what is read.
    const fill = Number.isFinite(number) ? theme.signedColour((0.55 * number) / largest) : theme.page;
    drawing.box({ ...box, width: box.width - 1, height: box.height - 1 }, fill);
    const colour = Number.isFinite(number) ? inkOn(fill) : theme.colour("error");
    const place = { x: box.x + box.width - 6, y: box.y + 14 };
    drawing.text(formatShort(value, locale), place, { anchor: "end", sizePx: 11, colour });
  }
}

/** Cells of one shade are one shape: there are thousands of them. */
function drawHeat(drawing: SvgDrawing, cells: readonly GridCell[], largest: number): void {
  const { theme } = drawing;
  const alike = new Map<number | null, Box[]>();
  for (const { value, box } of cells) {
    const number = fromViewNumber(value) ?? Number.NaN;
    const shade = Number.isFinite(number) ? Math.round((number / largest) * shades) : null;
    const boxes = alike.get(shade) ?? [];
    // Neighbours overlap a little, or their edges would show as a grid.
    boxes.push({ ...box, width: box.width + 0.3, height: box.height + 0.3 });
    alike.set(shade, boxes);
  }
  const broken = mixed(theme.page, theme.colour("error"), 0.6);
  for (const [shade, boxes] of alike)
    drawing.boxes(boxes, shade === null ? broken : theme.signedColour(shade / shades));
}
