// Metrics of how well outputs put positive examples before negative ones, whatever the threshold: ROC and precision–recall.

import { readArguments } from "../argumentCounts.ts";
import { DomainError, ShapeError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { asTensor, type TensorLike } from "../tensor.ts";
import { checkTwoClasses, defineMetric, type Metric, type MetricBatch } from "./metric.ts";

/** Outputs and whether they should be positive, of one column. */
interface Column {
  readonly scores: number[];
  readonly isPositive: boolean[];
}

/** Hits and false alarms among the outputs at or above a score, from the highest score down; equal scores are one point. */
interface RankPoint {
  readonly score: number;
  readonly hits: number;
  readonly alarms: number;
}

/**
 * Area under the ROC curve: the probability that a positive example gets a larger output than a negative one, ties counting
 * half. Exact (trapezoids between all distinct outputs, not a fixed number of thresholds), the same in batches as at once:
 * it keeps every output of the epoch.
 */
export const auc = rankingMetric("auc", (points, positives, negatives) => {
  let area = 0;
  let before: RankPoint = { score: Infinity, hits: 0, alarms: 0 };
  for (const point of points) {
    area += ((point.alarms - before.alarms) * (point.hits + before.hits)) / 2;
    before = point;
  }
  return area / (positives * negatives);
});

/** Average precision: the sum over all distinct outputs of the gain in recall times the precision there. */
export const averagePrecision = rankingMetric(
  "averagePrecision",
  (points, positives) => {
    let sum = 0;
    let hitsBefore = 0;
    for (const { hits, alarms } of points) {
      sum += ((hits - hitsBefore) / positives) * (hits / (hits + alarms));
      hitsBefore = hits;
    }
    return sum;
  },
  (positives) => positives > 0,
);

/** The mean over the columns that have what the metric needs (for `auc` both kinds of examples); NaN when none has. */
function rankingMetric(
  name: string,
  of: (points: readonly RankPoint[], positives: number, negatives: number) => number,
  isDefined = (positives: number, negatives: number) => positives > 0 && negatives > 0,
): Metric {
  return defineMetric(
    name,
    "higher",
    () => {
      const columns: Column[] = [];
      return {
        add: (batch) => addScores(name, columns, batch),
        result() {
          const values = columns.flatMap((column) => {
            const positives = column.isPositive.reduce((count, each) => count + Number(each), 0);
            const negatives = column.isPositive.length - positives;
            return isDefined(positives, negatives) ? [of(rankPoints(column), positives, negatives)] : [];
          });
          return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
        },
      };
    },
    "classes",
  );
}

/** One column of outputs is two classes; of several, each is a class of its own against the rest. */
function addScores(
  name: string,
  columns: Column[],
  { target, prediction, rows, width, targetWidth }: MetricBatch,
): void {
  for (let row = 0; row < rows; row++)
    for (let each = 0; each < width; each++) {
      const column = columns[each] ?? { scores: [], isPositive: [] };
      columns[each] = column;
      column.scores.push(prediction[row * width + each] ?? Number.NaN);
      const isClassNumber = width > 1 && targetWidth === 1;
      const value = target[row * targetWidth + (isClassNumber ? 0 : each)] ?? 0;
      if (!isClassNumber) checkTwoClasses(name, value, row);
      column.isPositive.push(isClassNumber ? value === each : value > 0.5);
    }
}

function rankPoints({ scores, isPositive }: Column): RankPoint[] {
  if (scores.some(Number.isNaN)) return [{ score: Number.NaN, hits: Number.NaN, alarms: Number.NaN }];
  const order = scores.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const points: RankPoint[] = [];
  let hits = 0;
  let alarms = 0;
  order.forEach((index, rank) => {
    if (isPositive[index] === true) hits++;
    else alarms++;
    const score = scores[index] ?? 0;
    const next = order[rank + 1];
    if (next === undefined || scores[next] !== score) points.push({ score, hits, alarms });
  });
  return points;
}

/** A ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Of the negative examples the share called positive. */
  readonly falsePositiveRate: readonly number[];
  /** Of the positive examples the share called positive. */
  readonly truePositiveRate: readonly number[];
  /** Outputs at or above it are called positive; Infinity at the start: nothing is. */
  readonly thresholds: readonly number[];
}

/**
 * The ROC curve of two classes, a point for each distinct output: rates of false and true positives.
 *
 * Rates of a class that does not occur are NaN.
 *
 * @example rocCurve([0.9, 0.2, 0.7], [1, 0, 0]).truePositiveRate // [0, 1, 1, 1]
 */
export function rocCurve(predictions: TensorLike, targets: TensorLike): RocCurve;
export function rocCurve(...given: [TensorLike, TensorLike]): RocCurve {
  const [predictions, targets] = readArguments("rocCurve", 2, given);
  const { data } = asTensor(targets);
  const scores = [...asTensor(predictions).data];
  if (scores.length !== data.length)
    throw new ShapeError({
      op: "rocCurve",
      what: "targets",
      expected: `for the ${scores.length} predictions`,
      got: `${data.length}`,
    });
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong !== -1)
    throw new DomainError({
      op: "rocCurve",
      expected: "finite predictions",
      got: String(scores[wrong]),
      row: wrong,
    });
  data.forEach((target, row) => {
    checkTwoClasses("rocCurve", target, row);
  });
  const column = { scores, isPositive: Array.from(data, (value) => value > 0.5) };
  const positives = column.isPositive.filter(Boolean).length;
  const negatives = column.isPositive.length - positives;
  if (positives === 0 || negatives === 0)
    throw new DomainError({
      op: "rocCurve",
      expected: "examples of both classes",
      got: `${positives} positive and ${negatives} negative ones`,
    });
  const points = [{ score: Infinity, hits: 0, alarms: 0 }, ...rankPoints(column)];
  return {
    falsePositiveRate: points.map(({ alarms }) => alarms / negatives),
    truePositiveRate: points.map(({ hits }) => hits / positives),
    thresholds: points.map(({ score }) => maths.fround(score)),
  };
}
