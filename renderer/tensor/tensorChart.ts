// The tensor view: shape and range in words, its numbers as a table or a heat map, and a slider where it has more than two axes.

import { fromViewNumber } from "../../src/shared/json.ts";
import type { TensorView } from "../../src/shared/views.ts";
import { element, setAttributes, setText } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { fieldCss } from "../parts/fieldCss.ts";
import { createSignedScale } from "../parts/signedScale.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { tableWords } from "../words/tableWords.ts";
import { unbroken } from "../words/unbroken.ts";
import { gridColumns, gridRows, numberStrength } from "./gridSize.ts";
import { createHeatGrid } from "./heatGrid.ts";
import { createNumberGrid } from "./numberGrid.ts";
import { rangeParts } from "./rangeWords.ts";

const gridCss = `
.tensorHead { display: flex; gap: 8px; align-items: flex-start; margin-bottom: 8px; font-size: 14px; line-height: 20px; }
.tensorHead p { margin: 0; overflow-wrap: anywhere; } .tensorHead b { font-weight: 600; } .tensorHead .shape { font-family: var(--nn-code-font); font-size: 13px; }
.tensorGrid { width: auto; } .tensorGrid td { min-width: 56px; padding: 3px 8px; } .tensorGrid td:last-child, .tensorGrid thead th.right { padding-right: 8px; }
.tensorGrid td.bad { background-image: repeating-linear-gradient(135deg, var(--nn-error) 0 2px, transparent 2px 6px); } .tensorGrid td.bad span { padding-left: 4px; background: var(--nn-page); color: var(--nn-error); font-weight: 600; }
.gridAxes { display: grid; grid-template: auto 18px / 40px auto; justify-content: start; font: 11px/16px var(--nn-font); color: var(--nn-muted); }
.gridDown, .gridAcross { position: relative; font-variant-numeric: tabular-nums; }
.gridAcross { grid-column: 2; }
.gridDown span { position: absolute; right: 6px; transform: translateY(-50%); }
.gridAcross span { position: absolute; top: 2px; transform: translateX(-50%); }
.gridPlot { position: relative; } .gridPlot canvas { display: block; }
.gridChosen { position: absolute; border: 2px solid var(--nn-text); pointer-events: none; }
.gridSaid { min-height: 16px; margin-top: 4px; }
.gridPages { margin-bottom: 8px; }
`;

export function createTensorChart(host: ViewHost, first: TensorView): Chart<TensorView> {
  addStyles(host.root, fieldCss);
  addStyles(host.root, gridCss);
  let view = first;
  let page = 0;
  const numbers = createDataTable(host, () => pageNumbers(host, view, page));
  const tools = createViewTools(host, {
    table: numbers,
    fileName: `tensor-${view.shape.join("x") || "1"}`,
    ...(view.pages.length < 2
      ? {}
      : {
          furtherNumbers: {
            label: host.wordIn(tableWords, "allPlaces"),
            suffix: "all",
            read: () => allNumbers(host, view),
          },
        }),
  });
  const shape = element("span", { class: "shape" }, `[${view.shape.join(", ")}]`);
  const title = element("b", {}, view.name ?? host.wordIn(tableWords, "tensor"));
  const range = element("span", {}, rangeText(host, view));
  const words = element("p", {}, title, " ", shape, range);
  const body = tensorBody(host, view, (next) => {
    page = next;
    numbers.update();
  });
  host.root.append(element("div", { class: "tensorHead" }, words, tools.node), ...body.nodes, numbers.node);
  return {
    update: (next) => {
      view = next;
      setText(range, rangeText(host, view));
      body.update(view);
      numbers.update();
    },
    dispose: () => undefined,
  };
}

/** Views with the same identity differ in their numbers alone. */
export function tensorIdentity({ name, shape, rows, columns, pages }: TensorView): string {
  return JSON.stringify([name, shape, rows, columns, pages.map(({ place }) => place)]);
}

const counted = (value: number) => ({ kind: "count", value }) as const;

function rangeText(host: ViewHost, view: TensorView): string {
  return rangeParts(view, host.locale)
    .map((part) => ` · ${unbroken(part)}`)
    .join("");
}

interface TensorBody {
  readonly nodes: readonly Node[];
  update(view: TensorView): void;
}

function tensorBody(host: ViewHost, first: TensorView, paged: (page: number) => void): TensorBody {
  const { rows, columns, pages } = first;
  if (pages.length === 0) return { nodes: [], update: () => undefined };
  let view = first;
  let page = 0;
  const isSmall = rows.length <= gridRows && columns.length <= gridColumns;
  const size = { rows: counted(rows.length), columns: counted(columns.length) };
  const label = host.wordIn(tableWords, "heatLabel", { ...size, range: rangeText(host, view).replace(/^ · /, "") });
  const placeWords = (row: number, column: number) => {
    const inPage = view.shape.length === 1 ? [columns[column]] : [rows[row], columns[column]];
    return `[${[...(pages[page]?.place ?? []), ...inPage].join(", ")}]`;
  };
  const grid = isSmall
    ? createNumberGrid(host, view, label)
    : createHeatGrid(host, { rows, columns, label, placeWords, hint: host.wordIn(tableWords, "pointAtCell") });
  const show = () => grid.show(view.pages[page]?.values ?? [], largestSize(view));
  const slider =
    pages.length < 2
      ? null
      : pageSlider(host, view, (next) => {
          page = next;
          show();
          paged(next);
        });
  host.onTheme(show);
  const thinned = thinnedText(host, view);
  // Numbers have signs, and need no hatch.
  const look = isSmall ? { strength: numberStrength } : { hatched: true };
  const scale = createSignedScale(host, view.min, view.max, look);
  return {
    nodes: [
      ...(slider === null ? [] : [slider]),
      grid.node,
      scale.node,
      ...(thinned === "" ? [] : [element("p", { class: "note" }, thinned)]),
    ],
    update: (next) => {
      view = next;
      show();
      scale.update(view.min, view.max);
    },
  };
}

function largestSize({ min, max }: TensorView): number {
  return Math.max(...[min, max].map((value) => Math.abs(fromViewNumber(value) ?? 0)));
}

function pageSlider(host: ViewHost, { pages }: TensorView, moved: (page: number) => void): HTMLElement {
  const range = element("input", { type: "range", min: 0, max: pages.length - 1, step: 1, value: 0 });
  const said = element("output");
  const say = () => {
    const words = `[${pages[Number(range.value)]?.place.join(", ") ?? ""}]`;
    setText(said, words);
    setAttributes(range, { "aria-valuetext": words });
  };
  say();
  range.addEventListener("input", () => {
    say();
    moved(Number(range.value));
  });
  return element("label", { class: "field gridPages" }, host.wordIn(tableWords, "place"), range, said);
}

function thinnedText(host: ViewHost, { shape, rows, columns, pages, pageCount }: TensorView): string {
  const [height, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const isThinned = rows.length < height || columns.length < width;
  const args = {
    rows: counted(rows.length),
    allRows: counted(height),
    columns: counted(columns.length),
    allColumns: counted(width),
  };
  return [
    isThinned ? host.wordIn(tableWords, "thinned", args) : "",
    pages.length < pageCount
      ? host.wordIn(tableWords, "thinnedPages", { shown: counted(pages.length), pages: counted(pageCount) })
      : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
}

/** The numbers of all places on the axes before the last two. */
function allNumbers(host: ViewHost, view: TensorView): TableData {
  const pages = view.pages.map(({ place }, page) => ({ place, ...pageNumbers(host, view, page) }));
  return {
    caption: host.wordIn(tableWords, "allPlaces"),
    columns: [
      ...view.shape.slice(0, -2).map((_, axis) => host.wordIn(tableWords, "axis", { axis: String(axis) })),
      ...(pages[0]?.columns ?? []),
    ],
    rows: pages.flatMap(({ place, rows }) => rows.map((row) => [...place.map(String), ...row])),
  };
}

function pageNumbers(host: ViewHost, { rows, columns, pages }: TensorView, page: number): TableData {
  const { place = [], values = [] } = pages[page] ?? {};
  return {
    caption: host.word("numbersOf", { caption: `[${[...place, ":", ":"].join(", ")}]` }),
    columns: [host.wordIn(tableWords, "row"), ...columns.map(String)],
    rows: rows.map((row, at) => [
      String(row),
      ...columns.map((_, column) => ({ number: values[at * columns.length + column] ?? null })),
    ]),
  };
}
