// What `compile` settles: the losses, the optimizer and the metrics, by name or made by hand, each for its output.

import { checkedNumber, checkOptions, describeValue, saying, ValueError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import type { Loss } from "../losses/loss.ts";
import { type LossOption, resolveLoss } from "../losses/lossOption.ts";
import { type MetricOption, resolveMetric } from "../metrics/catalogue.ts";
import { classCountOf, type Metric, type MetricBatch, type MetricTotal } from "../metrics/metric.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type OptimizerOption, resolveOptimizer } from "../optimizers/optimizers.ts";
import { isRecord } from "../plainObjects.ts";
import type { Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { DataFacts } from "./data/dataFacts.ts";
import { staysAsItIs } from "./data/trainingData.ts";
import { valuesByName } from "./model/byName.ts";
import { distinct } from "./model/graph.ts";
import type { WeightedLoss } from "./step.ts";

/** How a model learns. A model of several outputs takes what belongs to them in their order, or by their names. */
export interface CompileOptions {
  /** What to make small: a name ("mse", "binaryCrossentropy", "categoricalCrossentropy" …) or `losses.xxx(…)`; one for all outputs, or one for each. */
  readonly loss: LossOption | readonly LossOption[] | Readonly<Record<string, LossOption>>;
  /** How much each output's loss counts in the sum. Default 1. */
  readonly lossWeights?: readonly number[] | Readonly<Record<string, number>>;
  /** How to make it small: a name ("sgd", "rmsprop", "adam", "adamW" …) or `optimizers.xxx({ learningRate })`. Default "rmsprop", as in Keras. */
  readonly optimizer?: OptimizerOption;
  /** What else to measure: names ("acc", "mae" …) or `metrics.custom(…)`; of all outputs, or a list for each. Default none. */
  readonly metrics?:
    | readonly MetricOption[]
    | readonly (readonly MetricOption[])[]
    | Readonly<Record<string, MetricOption | readonly MetricOption[]>>;
}

/** The loss of an output. */
export interface OutputLoss extends WeightedLoss {
  /** What its loss is called in results: "headLoss"; "loss" where it is the only one. */
  readonly name: string;
}

/** A metric of an output. */
export interface OutputMetric {
  /** What it is called in results: "accuracy"; "headAccuracy" where there are several outputs. */
  readonly name: string;
  /** Which output it measures, from 0. */
  readonly output: number;
  readonly metric: Metric;
}

/** The settled parts. */
export interface Compiled {
  /** The loss of the first output: the loss, where there is one output. */
  readonly loss: Loss;
  /** "mse"; for several outputs the different ones: "mse + binaryCrossentropy". */
  readonly lossName: string;
  /** The losses in the order of the outputs. */
  readonly losses: readonly OutputLoss[];
  /** What updates the weights. */
  readonly optimizer: Optimizer;
  /** What is measured beside the loss. */
  readonly metrics: readonly OutputMetric[];
  /** The names of all that is measured, the total loss first. */
  readonly measureNames: readonly string[];
}

/**
 * Settles the options for a model with these outputs.
 *
 * @throws UnknownNameError with the nearest name; ValueError without a loss for each output.
 */
export function readCompileOptions(options: CompileOptions, outputs: readonly string[]): Compiled {
  checkOptions("compile", options, ["loss", "lossWeights", "optimizer", "metrics"]);
  if (options.loss === undefined) {
    throw new ValueError({
      op: "compile",
      expected: "a loss",
      got: "none",
      hint: 'For example compile({ loss: "mse", optimizer: "adam" }).',
    });
  }
  const losses = readLosses(options.loss, outputs);
  const weights = readWeights(options.lossWeights, outputs);
  const isSingle = outputs.length === 1;
  const [first] = losses;
  if (first === undefined) throw new ValueError({ op: "compile", expected: "a model with outputs", got: "none" });
  // Null is not taken for left out: it is refused where it is read.
  const { optimizer: optimizerOption = "rmsprop", metrics: metricsOption = [] } = options;
  const optimizer = resolveOptimizer(optimizerOption);
  // Momentum gathered on another model means nothing here, and the same compile must give the same run.
  optimizer.reset();
  const outputLosses = losses.map((loss, index) => ({
    loss,
    weight: weights[index] ?? 1,
    name: isSingle ? "loss" : prefixed(outputs[index] ?? "", "loss"),
  }));
  const given = readMetrics(metricsOption, outputs).flatMap((list, output) =>
    list.map((option) => {
      const metric = resolveMetric(option);
      return { name: isSingle ? metric.name : prefixed(outputs[output] ?? "", metric.name), output, metric };
    }),
  );
  const partNames = isSingle ? [] : outputLosses.map(({ name }) => name);
  const measureNames = distinct(["loss", ...partNames, ...given.map(({ name }) => name)]);
  // History and evaluation call them alike.
  const metrics = given.map((each, index) => ({ ...each, name: measureNames.at(index - given.length) ?? each.name }));
  return {
    loss: first,
    lossName: [...new Set(losses.map(({ name }) => name))].join(" + "),
    losses: outputLosses,
    optimizer,
    metrics,
    measureNames,
  };
}

/** "head", "loss" → "headLoss"; "dense_1", "accuracy" → "dense1Accuracy". */
function prefixed(output: string, measure: string): string {
  const joined = output.replace(/[^\p{L}\p{N}]+(.)/gu, (_, letter: string) => letter.toUpperCase());
  return `${joined}${measure.charAt(0).toUpperCase()}${measure.slice(1)}`;
}

function readLosses(option: CompileOptions["loss"], outputs: readonly string[]): readonly Loss[] {
  if (Array.isArray(option))
    return valuesByName("compile", "loss", option as readonly LossOption[], outputs).map((loss) => resolveLoss(loss));
  if (isRecord(option) && typeof option.compute !== "function")
    return valuesByName("compile", "loss", option as Readonly<Record<string, LossOption>>, outputs).map((loss) =>
      resolveLoss(loss),
    );
  const loss = resolveLoss(option as LossOption);
  return outputs.map(() => loss);
}

function readWeights(option: CompileOptions["lossWeights"], outputs: readonly string[]): readonly number[] {
  if (option === undefined) return outputs.map(() => 1);
  if (!isRecord(option) && !Array.isArray(option))
    throw new ValueError({
      op: "compile",
      expected: "lossWeights as a list or by name",
      got: describeValue(option),
      hint: `For example lossWeights: { ${outputs[0]}: 0.5 }.`,
    });
  const weights = isRecord(option) ? { ...Object.fromEntries(outputs.map((name) => [name, 1])), ...option } : option;
  return valuesByName<number>("compile", "lossWeights", weights, outputs).map((weight) =>
    checkedNumber("compile", "each of lossWeights", weight),
  );
}

function readMetrics(
  option: NonNullable<CompileOptions["metrics"]>,
  outputs: readonly string[],
): readonly (readonly MetricOption[])[] {
  if (isRecord(option) && option.kind !== "metric") {
    const lists = { ...Object.fromEntries(outputs.map((name) => [name, []])), ...option };
    return valuesByName("compile", "metrics", lists, outputs).map((each) =>
      Array.isArray(each) ? (each as readonly MetricOption[]) : [each as MetricOption],
    );
  }
  if (!Array.isArray(option))
    throw new ValueError({
      op: "compile",
      expected: "metrics as a list",
      got: describeValue(option),
      hint: 'For example metrics: ["acc"].',
    });
  const isListOfLists = option.length > 0 && option.every((each) => Array.isArray(each));
  if (isListOfLists) return valuesByName("compile", "metrics", option as readonly (readonly MetricOption[])[], outputs);
  return outputs.map(() => option as readonly MetricOption[]);
}

/**
 * Targets must suit the loss and the metrics of their output, which the layers in `ends` give.
 *
 * @throws ShapeError or DomainError
 */
export function checkTargets(compiled: Compiled, ends: readonly Layer[], ys: readonly Tensor[]): void {
  for (let index = 0; index < ends.length; index++) {
    const [layer, y] = [ends[index], ys[index]];
    if (layer === undefined || y === undefined) continue;
    if (ends.length === 1) checkTargetsOf(compiled, index, y, layer.outputShape ?? []);
    else
      saying(`This is the output of ${layer.name}.`, () => checkTargetsOf(compiled, index, y, layer.outputShape ?? []));
  }
}

function checkTargetsOf({ losses, metrics }: Compiled, index: number, y: Tensor, outputShape: Shape): void {
  const loss = losses[index]?.loss;
  if (loss !== undefined) checkByLoss(loss, y, outputShape);
  for (const { metric, output } of metrics) if (output === index) metric.checkTargets?.(y, outputShape);
}

/** Targets that a loss has judged, by the loss's number and the shape of the output. */
const judged = new DataFacts<true>();
const lossNumbers = new WeakMap<Loss, number>();
let lossCount = 0;

/** Asks a loss of nnbook's own once about targets that stay as they are. */
function checkByLoss(loss: Loss, y: Tensor, outputShape: Shape): void {
  if (loss.isPlannable !== true || !staysAsItIs(y)) {
    loss.checkTargets(y, outputShape);
    return;
  }
  const number = lossNumbers.get(loss) ?? ++lossCount;
  lossNumbers.set(loss, number);
  judged.of(y, `${number}: ${outputShape.join()}`, () => {
    loss.checkTargets(y, outputShape);
    return true;
  });
}

/** Targets and predictions as metrics read them. */
export function metricBatch(target: Tensor, prediction: Tensor): MetricBatch {
  const rows = prediction.shape[0] ?? 0;
  return {
    target: target.numbers,
    prediction: prediction.numbers,
    rows,
    targetWidth: rows === 0 ? 0 : target.size / rows,
    width: rows === 0 ? 0 : prediction.size / rows,
    classes: classCountOf(prediction),
    // Copies: the next step writes over these numbers.
    tensors: () => ({ target: copyOf(target), prediction: copyOf(prediction) }),
  };
}

/** What is measured of a single step, in the order of `measureNames`. */
export function stepMeasures(
  compiled: Compiled,
  pass: { readonly loss: number; readonly losses: readonly number[]; readonly outputs: readonly Tensor[] },
  ys: readonly Tensor[],
): readonly number[] {
  if (compiled.metrics.length === 0) return pass.losses.length === 1 ? [pass.loss] : [pass.loss, ...pass.losses];
  const totals = new MeasureTotals(compiled);
  totals.add(pass, pass.outputs, ys);
  return totals.results();
}

/** What was measured, by name. */
export function namedMeasures({ measureNames }: Compiled, values: readonly number[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (let index = 0; index < measureNames.length; index++)
    result[measureNames[index] as string] = values[index] ?? Number.NaN;
  return result;
}

function copyOf({ shape, numbers }: Tensor): Tensor {
  return new Tensor(shape, new Floats(numbers));
}

/** Sums over the batches of an epoch: the losses of the outputs where there are several, and the metrics. */
export class MeasureTotals {
  readonly #compiled: Compiled;
  readonly #totals: readonly MetricTotal[];
  readonly #sums: number[];
  #rows = 0;

  constructor(compiled: Compiled) {
    this.#compiled = compiled;
    this.#totals = compiled.metrics.map(({ metric }) => metric.start());
    this.#sums = [0, ...compiled.losses.map(() => 0)];
  }

  add(
    losses: { readonly loss: number; readonly losses: readonly number[] },
    outputs: readonly Tensor[],
    ys: readonly Tensor[],
  ): void {
    const rows = outputs[0]?.shape[0] ?? 0;
    const parts = losses.losses;
    this.#rows += rows;
    this.#sums[0] = (this.#sums[0] ?? 0) + losses.loss * rows;
    for (let index = 0; index < parts.length; index++)
      this.#sums[index + 1] = (this.#sums[index + 1] ?? 0) + (parts[index] as number) * rows;
    for (let index = 0; index < this.#totals.length; index++) {
      const output = this.#compiled.metrics[index]?.output ?? 0;
      const prediction = outputs[output];
      const target = ys[output];
      if (prediction !== undefined && target !== undefined) this.#totals[index]?.add(metricBatch(target, prediction));
    }
  }

  /** The means, in the order of `measureNames`. */
  results(): readonly number[] {
    const [total = Number.NaN, ...parts] = this.#sums.map((sum) => sum / (this.#rows === 0 ? 1 : this.#rows));
    return [total, ...(parts.length === 1 ? [] : parts), ...this.#totals.map((metric) => metric.result())];
  }
}
