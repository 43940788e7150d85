// A surface as a still picture: lines of equal height, and the paths over them.

import type { SurfaceView } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { contourSegments, type HeightGrid } from "../surface/contours.ts";
import { isInside, stretchesInside } from "../surface/lineInBox.ts";
import { surfaceWords } from "../words/surfaceWords.ts";
import type { Paper } from "./paper.ts";
import { drawKey, drawXAxis, drawYAxis, type PlotFrame, place } from "./plotFrame.ts";
import { runDashes, SvgDrawing, textWidthPx } from "./svgDrawing.ts";

export function surfaceStill(view: SurfaceView, { theme, locale }: Paper): SvgDrawing {
  const drawing = new SvgDrawing(760, 520, theme);
  const frame: PlotFrame = {
    ...{ left: 60, top: 48, width: 660, height: 430 },
    x: { low: view.x.from, high: view.x.to, log: false },
    y: { low: view.y.from, high: view.y.to, log: false },
  };
  drawKeys(drawing, view);
  drawHeights(drawing, frame, view);
  drawYAxis(drawing, frame, { grid: false, locale });
  drawXAxis(drawing, frame, { locale });
  for (const [x, y] of view.minima)
    drawing.text("×", place(frame, x, y), { anchor: "middle", sizePx: 16, colour: drawing.theme.text });
  const box = { left: frame.left, right: frame.left + frame.width, top: frame.top, bottom: frame.top + frame.height };
  view.paths.forEach((path, index) => {
    const colour = drawing.theme.runColour(index);
    const points = path.x.map((x, at) => place(frame, x, path.y[at] ?? 0));
    drawing.lines(stretchesInside(points, box), { colour, widthPx: 2, dashes: runDashes(index) });
    const head = points.at(-1);
    if (head !== undefined && isInside(box, head)) drawing.dot(head, 4.5, colour);
  });
  drawStart(drawing, frame, view.start, locale);
  return drawing;
}

/** Its word stands left of it where there is room. */
function drawStart(drawing: SvgDrawing, frame: PlotFrame, start: SurfaceView["start"], locale: Locale): void {
  if (start === null) return;
  const word = plainMessage(surfaceWords, { id: "start", args: {} }, locale);
  const { x, y } = place(frame, ...start);
  const isRoomLeft = x - 8 - textWidthPx(word) > frame.left;
  drawing.dot({ x, y }, 3.5, drawing.theme.text);
  drawing.text(word, { x: isRoomLeft ? x - 8 : x + 8, y: y + 4 }, { anchor: isRoomLeft ? "end" : "start" });
}

function drawKeys(drawing: SvgDrawing, view: SurfaceView): void {
  let x = 12;
  let y = 18;
  view.paths.forEach(({ name }, index) => {
    if (x + 48 + textWidthPx(name) > drawing.widthPx) {
      x = 12;
      y += 18;
    }
    x = drawKey(drawing, { x, y }, name, { colour: drawing.theme.runColour(index), dashes: runDashes(index) });
  });
}

/** Lines are even in the logarithm of what stands above the lowest. */
function drawHeights(drawing: SvgDrawing, frame: PlotFrame, { heights, lines }: SurfaceView): void {
  const floor = (lines.first - 1) / lines.perPower;
  const logs = heights.values.map((value) => {
    if (typeof value !== "number") return value === "Infinity" ? 400 : Number.NaN;
    return Math.min(400, Math.max(floor, Math.log10(Math.max(0, value - lines.above))));
  });
  const grid: HeightGrid = { columns: heights.columns, rows: heights.rows, heights: Float64Array.from(logs) };
  const at = (column: number, row: number) => ({
    x: frame.left + (column / (grid.columns - 1)) * frame.width,
    y: frame.top + (1 - row / (grid.rows - 1)) * frame.height,
  });
  for (let line = lines.first; line <= lines.last; line++) {
    const pieces = contourSegments(grid, line / lines.perPower);
    const stretches = Array.from({ length: pieces.length / 4 }, (_, piece) => {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = pieces.slice(4 * piece, 4 * piece + 4);
      return [at(x0, y0), at(x1, y1)];
    });
    const isWhole = line % lines.perPower === 0;
    drawing.lines(stretches, {
      colour: isWhole ? drawing.theme.muted : drawing.theme.colour("neutral-soft"),
      widthPx: isWhole ? 1 : 0.75,
    });
  }
}
