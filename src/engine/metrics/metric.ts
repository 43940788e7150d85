// What a metric is: something measured over an epoch, batch by batch, that training does not follow.

import { checkedNumber, checkOptions, DomainError, ShapeError } from "../errors.ts";
import { asTensor, type Tensor, type TensorLike } from "../tensor.ts";

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
  /**
   * The value for these predictions and targets, all at once.
   *
   * @throws ShapeError when they do not have the same number of rows.
   * @example metrics.f1.compute([0.9, 0.2, 0.7], [1, 0, 0])
   */
  compute(predictions: TensorLike, targets: TensorLike): number;
}

/** A metric of its own name, or called with options, another of its kind. */
export type ConfigurableMetric<Options> = Metric & ((options?: Options) => Metric);

/** Options that every configurable metric takes. */
export interface MetricOptions {
  /** What it is called in charts and results, to tell two of one kind apart. */
  readonly name?: string;
}

/** A metric of a total for each epoch. */
export function defineMetric(name: string, better: Metric["better"], start: () => MetricTotal): Metric {
  return {
    kind: "metric",
    name,
    better,
    start,
    compute(predictions, targets) {
      const total = start();
      total.add(batchOf(name, asTensor(predictions), asTensor(targets)));
      return total.result();
    },
  };
}

/** A metric that can be used as it is, or called with options. */
export function configurable<Options extends MetricOptions>(
  make: (options: Options) => Metric,
  defaults: Options,
): ConfigurableMetric<Options> {
  const metric = make(defaults);
  const call = (options: Options = defaults) => make(options);
  // One by one: a function's own name must be replaced, which plain assignment cannot.
  for (const [key, value] of Object.entries(metric)) Object.defineProperty(call, key, { value, enumerable: true });
  return call as ConfigurableMetric<Options>;
}

/** Checks the options a metric was called with. @throws UnknownNameError or ValueError */
export function checkMetricOptions(name: string, options: object, known: readonly string[]): void {
  checkOptions(`metrics.${name}`, options, [...known, "name"]);
  for (const [key, value] of Object.entries(options))
    if (key === "threshold") checkedNumber(`metrics.${name}`, key, value);
}

/** A target of two classes: 0 and 1, shares of them, or −1 and 1. @throws DomainError for any other, as regression has them */
export function checkTwoClasses(op: string, target: number, row: number): void {
  if (target >= -1 && target <= 1) return;
  throw new DomainError({
    op,
    expected: "targets of two classes, 0 and 1",
    got: String(target),
    row,
    hint: "For targets that are quantities take mse, mae or r2.",
  });
}

function batchOf(op: string, prediction: Tensor, target: Tensor): MetricBatch {
  const rows = prediction.shape[0] ?? 1;
  const targetRows = target.shape[0] ?? 1;
  if (rows !== targetRows)
    throw new ShapeError({
      op,
      what: "targets",
      expected: `for the ${rows} rows of predictions`,
      got: `${targetRows} rows`,
    });
  return {
    target: target.data,
    prediction: prediction.data,
    rows,
    targetWidth: rows === 0 ? 0 : target.size / rows,
    width: rows === 0 ? 0 : prediction.size / rows,
    tensors: () => ({ target: target.detach(), prediction: prediction.detach() }),
  };
}

/** A metric that is the mean of something over examples (or over all numbers). */
export function meanMetric(
  name: string,
  better: Metric["better"],
  measure: (batch: MetricBatch) => { readonly sum: number; readonly count: number },
  finish: (mean: number) => number = (mean) => mean,
): Metric {
  return defineMetric(name, better, () => {
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
  });
}
