// The points of a metric's lines, train and validation with their moving means, kept from one update to the next.

import type { ViewNumber } from "../../src/shared/json.ts";
import { epochAt } from "../../src/shared/keptEpochs.ts";
import type { TrainingView } from "../../src/shared/views.ts";
import { smoothLine } from "./smoothLine.ts";
import { thinLine } from "./thinLine.ts";
import { plotted } from "./trainingScales.ts";

export type Point = { x: number; y: number | null };

/** The points of one metric's lines. */
export interface MetricLines {
  readonly train: Point[];
  readonly validation: Point[];
  /** Their moving means; empty without smoothing. */
  readonly smoothTrain: Point[];
  readonly smoothValidation: Point[];
}

/** Fills a role's line and its moving mean. */
export function fillLine(
  line: Point[],
  smooth: Point[],
  values: readonly ViewNumber[],
  { view, log, smoothing }: { readonly view: TrainingView; readonly log: boolean; readonly smoothing: number },
): void {
  const heights = values.map((value) => plotted(value, log));
  syncPoints(line, view, heights);
  syncPoints(smooth, view, smoothing === 0 ? [] : smoothLine(heights, smoothing));
}

/** Changes the points in place: chart.js keeps its array, and a growing line costs only its new points. */
function syncPoints(points: Point[], view: TrainingView, heights: readonly (number | null)[]): void {
  const drawn = thinLine(heights);
  points.length = Math.min(points.length, drawn.length);
  drawn.forEach((index, at) => {
    const y = heights[index] ?? null;
    const point = points[at];
    if (point === undefined) points.push({ x: epochAt(view, index), y });
    else {
      point.x = epochAt(view, index);
      point.y = y;
    }
  });
}
