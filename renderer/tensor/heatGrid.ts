// A large tensor as a heat map: a cell a number, coloured by sign and size; pointer and arrow keys read one.

import type { ViewNumber } from "../../src/shared/json.ts";
import { fromViewNumber } from "../../src/shared/json.ts";
import { formatShort } from "../../src/shared/numbers.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { hatchPattern } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { namedPlaces } from "./gridSize.ts";

export interface HeatGridOptions {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly label: string;
  /** The place of a cell in words, before its number. */
  readonly placeWords: (row: number, column: number) => string;
  /** What stands under the map while no cell is pointed at. */
  readonly hint: string;
}

export interface HeatGrid {
  readonly node: HTMLElement;
  show(values: readonly ViewNumber[], largest: number): void;
}

const largestCellPx = 12;
/** Room for the numbers of the rows. */
const rowAxisPx = 40;
/** The width of a digit in the numbers of the columns, about. */
const digitPx = 7;

export function createHeatGrid(host: ViewHost, options: HeatGridOptions): HeatGrid {
  const { rows, columns, label } = options;
  const canvas = element("canvas", { role: "img", tabindex: 0, "aria-label": label });
  const chosen = element("div", { class: "gridChosen", hidden: true });
  const said = element("p", { class: "note gridSaid", role: "status" }, options.hint);
  const plot = element("div", { class: "gridPlot" }, canvas, chosen);
  const [down, across] = ["gridDown", "gridAcross"].map((name) =>
    element("div", { class: name, "aria-hidden": "true" }),
  );
  const node = element("div", { class: "gridHolder" }, element("div", { class: "gridAxes" }, down, plot, across), said);
  let values: readonly ViewNumber[] = [];
  let largest = 1;
  let at: readonly [row: number, column: number] | null = null;

  const cellPx = () => Math.max(1, Math.min(largestCellPx, (host.widthPx - rowAxisPx) / Math.max(1, columns.length)));
  const mark = () => {
    setHidden(chosen, at === null);
    if (at === null) setText(said, options.hint);
    else {
      const [row, column] = at;
      const size = cellPx();
      chosen.style.cssText = `left: ${column * size - 1}px; top: ${row * size - 1}px; width: ${size + 2}px; height: ${size + 2}px`;
      const value = formatShort(values[row * columns.length + column], host.locale);
      setText(said, `${options.placeWords(row, column)} ${value}`);
    }
  };
  const paint = () => {
    const size = cellPx();
    paintCells(host, canvas, { values, largest, columns: columns.length, rows: rows.length, cellPx: size });
    nameIndices(down, rows, { side: "top", size, gapPx: 16 });
    const longestName = String(columns.at(-1) ?? 0).length;
    nameIndices(across, columns, { side: "left", size, gapPx: Math.max(28, longestName * digitPx + 10) });
    mark();
  };
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns.length);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows.length);
    at = [within(row, rows.length), within(column, columns.length)];
    mark();
  });
  canvas.addEventListener("pointerleave", () => {
    at = null;
    mark();
  });
  canvas.addEventListener("keydown", (event) => {
    const [row, column] = at ?? [0, 0];
    // The first arrow stands on the first cell.
    const by = at === null ? 0 : 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowRight: [row, column + by],
      ArrowLeft: [row, column - by],
      ArrowDown: [row + by, column],
      ArrowUp: [row - by, column],
      Home: [row, 0],
      End: [row, columns.length - 1],
    };
    const to = moves[event.key];
    if (to === undefined && event.key !== "Escape") return;
    at = to === undefined ? null : [within(to[0], rows.length), within(to[1], columns.length)];
    mark();
    event.preventDefault();
    event.stopPropagation();
  });
  canvas.addEventListener("blur", () => {
    at = null;
    mark();
  });
  setAttributes(canvas, { "aria-label": label });
  host.onTheme(paint);
  host.onWidth(paint);
  return {
    node,
    show(next, size) {
      values = next;
      largest = size;
      paint();
    },
  };
}

/** The numbers of some rows or columns, each at the middle of its cells. */
function nameIndices(
  axis: HTMLElement | undefined,
  indices: readonly number[],
  { side, size, gapPx }: { readonly side: "top" | "left"; readonly size: number; readonly gapPx: number },
): void {
  axis?.replaceChildren(
    ...namedPlaces(indices.length, size, gapPx).map((at) => {
      const name = element("span", {}, String(indices[at]));
      name.style[side] = `${(at + 0.5) * size}px`;
      return name;
    }),
  );
}

function within(place: number, length: number): number {
  return Math.min(length - 1, Math.max(0, place));
}

interface Cells {
  readonly values: readonly ViewNumber[];
  readonly largest: number;
  readonly rows: number;
  readonly columns: number;
  readonly cellPx: number;
}

function paintCells(
  host: ViewHost,
  canvas: HTMLCanvasElement,
  { values, largest, rows, columns, cellPx }: Cells,
): void {
  const ratio = window.devicePixelRatio || 1;
  const [widthPx, heightPx] = [columns * cellPx, rows * cellPx];
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  canvas.style.width = `${widthPx}px`;
  canvas.style.height = `${heightPx}px`;
  const pen = canvas.getContext("2d");
  if (pen === null || host.widthPx === 0) return;
  pen.scale(ratio, ratio);
  const { theme } = host;
  const broken = hatchPattern(pen, theme.colour("error"), 6);
  const negative = hatchPattern(pen, theme.page, 4);
  const edge = (index: number) => Math.round(index * cellPx);
  values.forEach((value, index) => {
    const number = fromViewNumber(value) ?? Number.NaN;
    const [row, column] = [Math.floor(index / columns), index % columns];
    const box = [edge(column), edge(row), edge(column + 1) - edge(column), edge(row + 1) - edge(row)] as const;
    pen.fillStyle = Number.isFinite(number) ? theme.signedColour(number / Math.max(largest, Number.MIN_VALUE)) : broken;
    pen.fillRect(...box);
    // High contrast says the sign by a pattern, too.
    if (theme.highContrast && number < 0) {
      pen.fillStyle = negative;
      pen.fillRect(...box);
    }
  });
  pen.strokeStyle = theme.highContrast ? theme.text : theme.colour("hairline");
  pen.strokeRect(0.5, 0.5, widthPx - 1, heightPx - 1);
}
