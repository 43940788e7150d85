// What a metric is: something measured over an epoch, batch by batch, that training does not follow.

import { readArguments } from "../argumentCounts.ts";
import { checkedNumber, checkOptions, counted, DomainError, describeValue, ShapeError, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { checkShape, type Shape, sizeOf } from "../shape.ts";
import { asTensor, Tensor, type TensorLike } from "../tensor.ts";
import { checkTensors } from "../tensorMethods/checkedTensors.ts";

/** Sums up batches of one epoch. */
export interface MetricTotal {
  /** Takes a batch in. */
  add(batch: MetricBatch): void;
  /** The value so far; NaN before the first batch. */
  result(): number;
}

/** Targets and predictions of a batch: rows of `targetWidth` and `width` numbers. */
export interface MetricBatch {
  /** `rows · targetWidth` numbers, row after row. */
  readonly target: ArrayLike<number>;
  /** `rows · width` numbers, row after row. */
  readonly prediction: ArrayLike<number>;
  /** How many examples. */
  readonly rows: number;
  /** How many target numbers an example has. */
  readonly targetWidth: number;
  /** How many predictions an example has. */
  readonly width: number;
  /** The length of the predictions' last axis: between how many classes they choose. */
  readonly classes: number;
  /** The same as tensors, for metrics written in a cell. */
  readonly tensors: () => { readonly target: Tensor; readonly prediction: Tensor };
}

/** A metric as `compile` keeps it. */
export interface Metric {
  /** Tells it from a name or a function. */
  readonly kind: "metric";
  /** As it is called in charts and results: "accuracy". */
  readonly name: string;
  /** Which values are good. */
  readonly better: "lower" | "higher";
  /** A fresh total for an epoch. */
  start(): MetricTotal;
  /** Refuses targets that do not suit it, before anything is trained or measured. @throws ShapeError */
  checkTargets?(targets: Tensor, outputShape: Shape): void;
  /**
   * The value for these predictions and targets, all at once.
   *
   * @throws ShapeError when they do not fit each other; DomainError for a NaN, and targets that are infinite.
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

/**
 * What targets a metric takes: "alike", a number for each prediction; "classes", shares of the classes or their numbers, for
 * each place of a sequence where predictions have more than two axes; "labels", the same with numbers that it checks itself;
 * "any", whatever there is.
 */
export type TargetForm = "alike" | "classes" | "labels" | "any";

/** A metric of a total for each epoch. */
export function defineMetric(
  name: string,
  better: Metric["better"],
  start: () => MetricTotal,
  form: TargetForm = "alike",
): Metric {
  const isByPlace = form === "classes" || form === "labels";
  const startTotal = (): MetricTotal => {
    const total = start();
    return isByPlace ? { add: (batch) => total.add(byPlace(batch)), result: () => total.result() } : total;
  };
  return {
    kind: "metric",
    name,
    better,
    start: startTotal,
    checkTargets(targets, outputShape) {
      checkTensors(name, { targets });
      checkShape(outputShape, name);
      checkForm(name, targets, outputShape, form);
    },
    compute(...given) {
      const [predictions, targets] = readArguments(`${name}.compute`, 2, given);
      const total = startTotal();
      const [prediction, target] = [asTensor(predictions), asTensor(targets)];
      checkNumbers(name, "predictions without NaN", prediction, (value) => !Number.isNaN(value));
      checkNumbers(name, "finite targets", target, Number.isFinite);
      const batch = batchOf(name, prediction, target);
      checkForm(name, target, prediction.shape.slice(1), form);
      if (form === "classes") checkClassNumbers(name, batch);
      total.add(batch);
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

/** A metric without options of its own: as it is, or called, as the others are, perhaps with another name. */
export function nameable(metric: Metric): ConfigurableMetric<MetricOptions> {
  return configurable((options: MetricOptions) => {
    checkMetricOptions(metric.name, options, []);
    return { ...metric, name: options.name ?? metric.name };
  }, {});
}

/** Checks the options a metric was called with. @throws UnknownNameError or ValueError */
export function checkMetricOptions(name: string, options: object, known: readonly string[]): void {
  if (options instanceof Tensor || Array.isArray(options) || ArrayBuffer.isView(options))
    throw new ValueError({
      op: `metrics.${name}`,
      expected: 'options as an object, such as { name: "area" }',
      got: describeValue(options),
      hint: `To measure predictions write metrics.${name}.compute(predictions, targets).`,
    });
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

/** Between how many classes predictions choose: the length of their last axis; 1 where each is one number. */
export function classCountOf({ shape }: Tensor): number {
  return shape.length < 2 ? 1 : (shape.at(-1) ?? 1);
}

/** @throws DomainError with the first row that does not fit. */
function checkNumbers(
  op: string,
  expected: string,
  { shape, numbers }: Tensor,
  fits: (value: number) => boolean,
): void {
  const at = numbers.findIndex((value) => !fits(value));
  if (at === -1) return;
  const width = numbers.length / (shape[0] ?? 1);
  throw new DomainError({ op, expected, got: String(numbers[at]), row: maths.floor(at / width) });
}

/** @throws ShapeError for targets that have not the numbers that a metric measures predictions by. */
function checkForm(op: string, targets: Tensor, outputShape: Shape, form: TargetForm): void {
  const rows = targets.shape[0] ?? 1;
  const width = sizeOf(outputShape);
  const targetWidth = rows === 0 ? width : targets.size / rows;
  const places = form === "alike" ? 0 : width / (outputShape.at(-1) ?? 1);
  if (form === "any" || targetWidth === width || targetWidth === places) return;
  const isClassNumber = form === "alike" && targetWidth === 1;
  throw new ShapeError({
    op,
    what: "targets",
    expected: `of ${width} numbers an example, as predictions are${places > 0 ? `, or ${counted(places, "class number")}` : ""}`,
    got: String(targetWidth),
    ...(isClassNumber && {
      hint: 'Class numbers suit accuracy, f1({ average: "macro" }) and other metrics of classes.',
    }),
  });
}

/** Class numbers must be of classes that the predictions have. @throws DomainError */
function checkClassNumbers(op: string, batch: MetricBatch): void {
  const { rows, width, targetWidth, target } = byPlace(batch);
  if (width === 1 || targetWidth !== 1) return;
  for (let row = 0; row < rows; row++) {
    const number = target[row] ?? Number.NaN;
    if (!(Number.isInteger(number) && number >= 0 && number < width))
      throw new DomainError({ op, expected: `class numbers from 0 to ${width - 1}`, got: String(number), row });
  }
}

/** Every place of a sequence or picture is a row of its own. */
function byPlace(batch: MetricBatch): MetricBatch {
  if (batch.width === batch.classes) return batch;
  const rows = (batch.rows * batch.width) / batch.classes;
  return { ...batch, rows, width: batch.classes, targetWidth: batch.target.length / rows };
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
    classes: classCountOf(prediction),
    tensors: () => ({ target: target.detach(), prediction: prediction.detach() }),
  };
}

interface MeanOptions {
  /** What the mean becomes. */
  readonly finish?: (mean: number) => number;
  readonly form?: TargetForm;
}

/** A metric that is the mean of something over examples (or over all numbers). */
export function meanMetric(
  name: string,
  better: Metric["better"],
  measure: (batch: MetricBatch) => { readonly sum: number; readonly count: number },
  { finish = (mean) => mean, form = "alike" }: MeanOptions = {},
): Metric {
  return defineMetric(
    name,
    better,
    () => {
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
    form,
  );
}
