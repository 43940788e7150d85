// A tensor as a still picture: a small one number by number, a large one as a heat map.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatShort } from "../../src/shared/numbers.ts";
import type { TensorView } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { gridColumns, gridRows, namedPlaces, numberStrength } from "../tensor/gridSize.ts";
import { rangeParts } from "../tensor/rangeWords.ts";
import { inkOn } from "../theme.ts";
import { tableWords } from "../words/tableWords.ts";
import type { Paper } from "./paper.ts";
import { type Box, type Point, SvgDrawing, textWidthPx } from "./svgDrawing.ts";

const headPx = 34;
/** Of more places of the axes before the last two the first are drawn, side by side. */
const mostPages = 12;
const widestPx = 760;
/** Shades of each sign in a heat map. */
const shades = 32;

export function tensorWords(view: TensorView, locale: Locale): string {
  return [`[${view.shape.join(", ")}]`, ...rangeParts(view, locale)].join(" · ");
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
    const isBroken = !Number.isFinite(number);
    const fill = isBroken ? theme.page : theme.signedColour((numberStrength * number) / largest);
    const cell = { ...box, width: box.width - 1, height: box.height - 1 };
    const text = formatShort(value, locale);
    const place = { x: box.x + box.width - 6, y: box.y + 14 };
    drawing.box(cell, fill);
    if (isBroken) {
      hatch(drawing, [cell]);
      const width = textWidthPx(text, 11) + 6;
      drawing.box({ x: place.x - width + 2, y: cell.y + 2, width, height: cell.height - 4 }, theme.page);
    }
    // A number that is 0 has no colour of its own.
    const colour = isBroken ? theme.colour("error") : number === 0 ? theme.text : inkOn(fill);
    drawing.text(text, place, { anchor: "end", sizePx: 11, colour, weight: isBroken ? 600 : 400 });
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
  for (const [shade, boxes] of alike)
    if (shade === null) hatch(drawing, boxes);
    else drawing.boxes(boxes, theme.signedColour(shade / shades));
}

/** Rising lines across what is not finite. */
function hatch(drawing: SvgDrawing, boxes: readonly Box[]): void {
  const stepPx = 6;
  const lines = boxes.flatMap(({ x, y, width, height }) => {
    const found: Point[][] = [];
    // On each line x + y is the same, over all boxes: neighbours go on.
    for (let sum = Math.ceil((x + y) / stepPx) * stepPx; sum < x + y + width + height; sum += stepPx) {
      const [from, to] = [Math.max(x, sum - y - height), Math.min(x + width, sum - y)];
      if (to > from)
        found.push([
          { x: from, y: sum - from },
          { x: to, y: sum - to },
        ]);
    }
    return found;
  });
  drawing.lines(lines, { colour: drawing.theme.colour("error"), widthPx: 1.5 });
}
