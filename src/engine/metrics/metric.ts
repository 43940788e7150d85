// What a metric is: something measured over an epoch, batch by batch, that training does not follow.

import type { Tensor } from "../tensor.ts";

/** Sums up batches of one epoch. */
export interface MetricTotal {
  add(batch: MetricBatch): void;
  /** The value so far; NaN before the first batch. */
  result(): number;
}

/** Targets and predictions of a batch: rows of `targetWidth` and `width` numbers. */
export interface MetricBatch {
  readonly target: ArrayLike<number>;
  readonly prediction: ArrayLike<number>;
  readonly rows: number;
  readonly targetWidth: number;
  readonly width: number;
  /** The same as tensors, for metrics written in a cell. */
  readonly tensors: () => { readonly target: Tensor; readonly prediction: Tensor };
}

/** A metric as `compile` keeps it. */
export interface Metric {
  readonly kind: "metric";
  /** As it is called in charts and results: "accuracy". */
  readonly name: string;
  readonly better: "lower" | "higher";
  /** A fresh total for an epoch. */
  start(): MetricTotal;
}

/** A metric that is the mean of something over examples (or over all numbers). */
export function meanMetric(
  name: string,
  better: Metric["better"],
  measure: (batch: MetricBatch) => { readonly sum: number; readonly count: number },
  finish: (mean: number) => number = (mean) => mean,
): Metric {
  return {
    kind: "metric",
    name,
    better,
    start() {
      let sum = 0;
      let count = 0;
      return {
        add(batch) {
          const part = measure(batch);
          sum += part.sum;
          count += part.count;
        },
        result: () => finish(sum / count),
      };
    },
  };
}
