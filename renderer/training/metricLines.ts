// The points of a metric's lines, train and validation with their moving means, kept from one update to the next.

import type { ViewNumber } from "../../src/shared/json.ts";
import { epochAt } from "../../src/shared/keptEpochs.ts";
import type { TrainingView } from "../../src/shared/views.ts";
import { goesOn } from "./seriesSummary.ts";
import { movingMean } from "./smoothLine.ts";
import { LineThinner } from "./thinLine.ts";
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

interface LineChoices {
  readonly log: boolean;
  /** The weight of the moving mean; 0 for none. */
  readonly smoothing: number;
}

/** Fills a role's line and its moving mean. What only goes on, as a training does while it runs, costs what was added. */
export class LineFiller {
  readonly #line: Point[];
  readonly #smooth: Point[];
  #values: readonly ViewNumber[] = [];
  #begun: ReturnType<typeof begin> | null = null;

  constructor(line: Point[], smooth: Point[]) {
    this.#line = line;
    this.#smooth = smooth;
  }

  fill(values: readonly ViewNumber[], view: TrainingView, { log, smoothing }: LineChoices): void {
    const before = this.#begun;
    const stays = before?.log === log && before.smoothing === smoothing && goesOn(this.#values, values);
    this.#begun = stays ? before : begin(log, smoothing);
    const { heights, means, meanOf, thinHeights, thinMeans } = this.#begun;
    this.#values = values;
    for (let index = heights.length; index < values.length; index++) {
      const height = plotted(values[index] ?? null, log);
      heights.push(height);
      if (smoothing > 0) means.push(meanOf(height));
    }
    syncPoints(this.#line, view, heights, thinHeights.of(heights));
    syncPoints(this.#smooth, view, means, thinMeans.of(means));
  }
}

function begin(log: boolean, smoothing: number) {
  const heights: (number | null)[] = [];
  const means: (number | null)[] = [];
  const meanOf = movingMean(smoothing);
  return { log, smoothing, heights, means, meanOf, thinHeights: new LineThinner(), thinMeans: new LineThinner() };
}

/** Changes the points in place: chart.js keeps its array, and a growing line costs only its new points. */
function syncPoints(
  points: Point[],
  view: TrainingView,
  heights: readonly (number | null)[],
  drawn: readonly number[],
): void {
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
