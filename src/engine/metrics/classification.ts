// Metrics of classifiers: how often the right class is chosen. Definitions as in Keras; a probability of exactly one half is class 0.

import { type Metric, type MetricBatch, meanMetric } from "./metric.ts";

/** Accuracy in the form that the shapes ask for: binary for one column of predictions, sparse for class numbers, else categorical. */
export const accuracy = meanMetric("accuracy", "higher", (batch) => {
  if (batch.width === 1) return binaryHits(batch);
  return batch.targetWidth === 1 ? sparseHits(batch) : categoricalHits(batch);
});

export const binaryAccuracy = meanMetric("binaryAccuracy", "higher", binaryHits);
export const categoricalAccuracy = meanMetric("categoricalAccuracy", "higher", categoricalHits);
export const sparseCategoricalAccuracy = meanMetric("sparseCategoricalAccuracy", "higher", sparseHits);

/** Of all that is called positive, the share that is. */
export const precision = countMetric("precision", ({ hits, called }) => (called === 0 ? 0 : hits / called));

/** Of all that is positive, the share that is found. */
export const recall = countMetric("recall", ({ hits, positive }) => (positive === 0 ? 0 : hits / positive));

/** The harmonic mean of precision and recall. */
export const f1 = countMetric("f1", ({ hits, called, positive }) =>
  called + positive === 0 ? 0 : (2 * hits) / (called + positive),
);

function binaryHits({ target, prediction, rows, width }: MetricBatch): { sum: number; count: number } {
  let sum = 0;
  for (let index = 0; index < rows * width; index++) {
    if ((prediction[index] ?? 0) > 0.5 === (target[index] ?? 0) > 0.5) sum++;
  }
  return { sum, count: rows * width };
}

function categoricalHits({ target, prediction, rows, width, targetWidth }: MetricBatch): {
  sum: number;
  count: number;
} {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    if (largestIndex(prediction, row * width, width) === largestIndex(target, row * targetWidth, targetWidth)) sum++;
  }
  return { sum, count: rows };
}

function sparseHits({ target, prediction, rows, width }: MetricBatch): { sum: number; count: number } {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    if (largestIndex(prediction, row * width, width) === target[row]) sum++;
  }
  return { sum, count: rows };
}

/** The place of the largest of `width` numbers; the first of equals. */
function largestIndex(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let index = 1; index < width; index++) {
    if ((values[start + index] ?? 0) > (values[start + best] ?? 0)) best = index;
  }
  return best;
}

interface PositiveCounts {
  readonly hits: number;
  readonly called: number;
  readonly positive: number;
}

/** A metric of true and false positives over all numbers, counted over the whole epoch. */
function countMetric(name: string, of: (counts: PositiveCounts) => number): Metric {
  return {
    kind: "metric",
    name,
    better: "higher",
    start() {
      let hits = 0;
      let called = 0;
      let positive = 0;
      return {
        add({ target, prediction, rows, width }) {
          for (let index = 0; index < rows * width; index++) {
            const isCalled = (prediction[index] ?? 0) > 0.5;
            const isPositive = (target[index] ?? 0) > 0.5;
            if (isCalled) called++;
            if (isPositive) positive++;
            if (isCalled && isPositive) hits++;
          }
        },
        result: () => of({ hits, called, positive }),
      };
    },
  };
}
