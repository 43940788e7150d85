// How often a classifier is right. Definitions as in Keras; a probability of exactly the threshold is class 0.

import { checkedCount } from "../errors.ts";
import { checkMetricOptions, configurable, type MetricBatch, type MetricOptions, meanMetric } from "./metric.ts";

/** Options of metrics that call an output positive. */
export interface ThresholdOptions extends MetricOptions {
  /** Outputs above it are class 1; 0.5 by default. */
  readonly threshold?: number;
}

/** Options of `topKAccuracy`. */
export interface TopKOptions extends MetricOptions {
  /** Among how many of the largest outputs the right one must be; 5 by default. */
  readonly k?: number;
}

interface Hits {
  readonly sum: number;
  readonly count: number;
}

/** Accuracy in the form that the shapes ask for: binary for one column of predictions, sparse for class numbers, else categorical. */
export const accuracy = meanMetric(
  "accuracy",
  "higher",
  (batch) => (batch.width === 1 ? binaryHits(batch, 0.5) : classHits(batch)),
  { form: "classes" },
);

export const categoricalAccuracy = meanMetric("categoricalAccuracy", "higher", classHits, { form: "classes" });
export const sparseCategoricalAccuracy = meanMetric("sparseCategoricalAccuracy", "higher", classHits, {
  form: "classes",
});

export const binaryAccuracy = configurable((options: ThresholdOptions) => {
  checkMetricOptions("binaryAccuracy", options, ["threshold"]);
  const { threshold = 0.5, name = "binaryAccuracy" } = options;
  return meanMetric(name, "higher", (batch) => binaryHits(batch, threshold));
}, {});

export const exactMatch = configurable((options: ThresholdOptions) => {
  checkMetricOptions("exactMatch", options, ["threshold"]);
  const { threshold = 0.5, name = "exactMatch" } = options;
  return meanMetric(name, "higher", ({ target, prediction, rows, width }) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let isRight = true;
      for (let index = row * width; index < (row + 1) * width; index++)
        if ((prediction[index] ?? 0) > threshold !== (target[index] ?? 0) > 0.5) isRight = false;
      if (isRight) sum++;
    }
    return { sum, count: rows };
  });
}, {});

export const topKAccuracy = configurable((options: TopKOptions) => {
  checkMetricOptions("topKAccuracy", options, ["k"]);
  const { k = 5, name = "topKAccuracy" } = options;
  checkedCount("metrics.topKAccuracy", "k", k, 1);
  return meanMetric(
    name,
    "higher",
    (batch) => {
      let sum = 0;
      for (let row = 0; row < batch.rows; row++) if (rankOf(batch, row, rightClass(batch, row)) < k) sum++;
      return { sum, count: batch.rows };
    },
    { form: "classes" },
  );
}, {});

function binaryHits({ target, prediction, rows, width }: MetricBatch, threshold: number): Hits {
  let sum = 0;
  for (let index = 0; index < rows * width; index++)
    if ((prediction[index] ?? 0) > threshold === (target[index] ?? 0) > 0.5) sum++;
  return { sum, count: rows * width };
}

function classHits(batch: MetricBatch): Hits {
  let sum = 0;
  for (let row = 0; row < batch.rows; row++)
    if (largestIndex(batch.prediction, row * batch.width, batch.width) === rightClass(batch, row)) sum++;
  return { sum, count: batch.rows };
}

/** The class a row belongs to: its target where that is a class number, else the place of the largest target. */
export function rightClass({ target, targetWidth }: MetricBatch, row: number): number {
  return targetWidth === 1 ? (target[row] ?? 0) : largestIndex(target, row * targetWidth, targetWidth);
}

/** How many classes come before a class when the outputs are sorted; of equal ones the first comes first. */
function rankOf({ prediction, width }: MetricBatch, row: number, of: number): number {
  const own = prediction[row * width + of] ?? Number.NaN;
  let rank = 0;
  for (let index = 0; index < width; index++) {
    const other = prediction[row * width + index] ?? 0;
    if (other > own || (other === own && index < of)) rank++;
  }
  return Number.isNaN(own) ? width : rank;
}

/** The place of the largest of `width` numbers; the first of equals. */
export function largestIndex(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let index = 1; index < width; index++)
    if ((values[start + index] ?? 0) > (values[start + best] ?? 0)) best = index;
  return best;
}
