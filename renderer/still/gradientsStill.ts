// Gradients as a still picture: mean |g| of each layer, median over the steps, layers from the input down.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import type { GradientsView } from "../../src/shared/views.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { alignLayers } from "../gradients/alignLayers.ts";
import { gradientWords } from "../words/gradientWords.ts";
import type { Paper } from "./paper.ts";
import { axisOf, drawKey, drawXAxis, type PlotFrame, place } from "./plotFrame.ts";
import { type Point, runDashes, SvgDrawing, textWidthPx } from "./svgDrawing.ts";

const rowPx = 20;

export function gradientsStill(view: GradientsView, { theme, locale }: Paper): SvgDrawing | null {
  const rows = alignLayers(view.runs);
  const middles = view.runs.map((_, index) => rows.map(({ layers }) => medianOf(layers[index]?.series.meanAbs ?? [])));
  const drawn = middles.flat().filter((value): value is number => value !== null && value > 0);
  if (drawn.length === 0) return null;
  const names = rows.map(({ layer }) => layer.name);
  const namesPx = Math.min(240, Math.max(...names.map((name) => textWidthPx(name))) + 28);
  const frame: PlotFrame = {
    left: namesPx,
    top: 40,
    width: 760 - namesPx - 24,
    height: rows.length * rowPx,
    x: axisOf(drawn, true),
    y: { low: rows.length, high: 0, log: false },
  };
  const drawing = new SvgDrawing(760, frame.top + frame.height + 30, theme);
  const measure = plainMessage(gradientWords, { id: "meanAbs", args: {} }, locale);
  drawing.text(measure, { x: 12, y: 22 }, { weight: 600 });
  let keyX = 12 + textWidthPx(measure) + 30;
  view.runs.forEach((run, index) => {
    keyX = drawKey(drawing, { x: keyX, y: 22 }, run.name, {
      colour: drawing.theme.runColour(index),
      dashes: runDashes(index),
    });
  });
  drawXAxis(drawing, frame, { grid: true, locale });
  names.forEach((name, row) => {
    drawing.text(name, { x: 12, y: frame.top + row * rowPx + 14 });
  });
  for (const [index, values] of middles.entries()) drawRun(drawing, frame, values, index);
  return drawing;
}

function drawRun(drawing: SvgDrawing, frame: PlotFrame, values: readonly (number | null)[], run: number): void {
  const stretches: Point[][] = [[]];
  values.forEach((value, row) => {
    if (value === null || !(value > 0)) stretches.push([]);
    else stretches.at(-1)?.push(place(frame, value, row + 0.5));
  });
  drawing.lines(stretches, { colour: drawing.theme.runColour(run), dashes: runDashes(run), widthPx: 1.5 });
  for (const point of stretches.flat()) drawing.dot(point, 4, drawing.theme.runColour(run));
}

function medianOf(values: readonly ViewNumber[]): number | null {
  const numbers = values
    .map(fromViewNumber)
    .filter((value): value is number => value !== null && Number.isFinite(value));
  const sorted = numbers.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
