// The sequential model: layers in a row, with all that is done to them. Each work has its own file; here they meet.

import type { Dataset } from "../datasets/dataset.ts";
import type { SplitDataset } from "../datasets/split.ts";
import { checkOptions, ValueError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import { Random } from "../random.ts";
import { checkShape, type Shape } from "../shape.ts";
import { type Parameter, Tensor, type TensorLike } from "../tensor.ts";
import { type Compiled, type CompileOptions, metricBatch, readCompileOptions } from "./compile.ts";
import { inferenceBatchSize, measure, predictAll } from "./evaluate.ts";
import { runFit } from "./fit.ts";
import { batchSizeOf, type FitOptions, readFitArguments } from "./fitPlan.ts";
import { checkLayers, hiddenActivations, nameLayers } from "./layerNames.ts";
import { type LayerShapes, layerShapes } from "./layerShapes.ts";
import type { Run } from "./run.ts";
import { trainableWeights, trainingPass } from "./step.ts";
import { ModelSummary } from "./summary.ts";
import {
  checkSamples,
  type Examples,
  isTensorLike,
  readExamples,
  readInputs,
  type TrainingData,
} from "./trainingData.ts";

/** How a model is made. */
export interface SequentialOptions {
  /** How charts call the model's runs. Default: its hidden activations ("sigmoid", "ReLU + He"), else "model". */
  readonly name?: string;
  /** Chooses the initial weights. Default: the seed of the first `fit`. */
  readonly seed?: number;
}

/**
 * A network whose layers follow one another.
 *
 * Weights are made when the input's shape is known: from the first layer's `inputShape`, or from the first data. They depend
 * on the seed alone: the model's, or else that of the first `fit`.
 *
 * @param layers The layers, input first.
 * @throws ValueError for something that is not a layer, or the same layer twice.
 * @example
 * const model = sequential([layers.dense(16, { activation: "relu" }), layers.dense(1, { activation: "sigmoid" })]);
 */
export function sequential(layers: readonly Layer[], options: SequentialOptions = {}): Model {
  return new Model(layers, options);
}

/** A network of layers in a row. Made by `sequential`. */
export class Model {
  readonly name: string;
  /** The layers, input first. */
  readonly layers: readonly Layer[];
  /** The newest run; `null` before the first `fit`. */
  run: Run | null = null;
  readonly #seed: number | null;
  #compiled: Compiled | null = null;
  #trainedBatches = 0;

  /** @internal Use `sequential`. */
  constructor(layers: readonly Layer[], options: SequentialOptions = {}) {
    checkOptions("sequential", options, ["name", "seed"]);
    checkLayers(layers);
    this.layers = [...layers];
    this.#seed = options.seed ?? null;
    nameLayers(layers);
    this.name = options.name ?? hiddenActivations(layers);
    const inputShape = this.layers[0]?.givenInputShape ?? null;
    // Layers that do not fit are told of now, though without a seed the weights are made at the first fit.
    if (inputShape !== null && this.#seed === null) layerShapes(this.layers);
    else if (inputShape !== null) this.build(inputShape);
  }

  /** Whether the weights exist: the input's shape is known. */
  get isBuilt(): boolean {
    return this.layers.every((layer) => layer.isBuilt);
  }

  /** Every weight and bias, input first. */
  get weights(): readonly Parameter[] {
    return this.layers.flatMap((layer) => layer.weights);
  }

  /** What is known of each layer's shapes and weights, input first: all of it as soon as the first layer knows its `inputShape`. */
  get shapes(): readonly LayerShapes[] {
    return layerShapes(this.layers);
  }

  /** The loss, optimizer and metrics; `null` before `compile`. */
  get compiled(): Compiled | null {
    return this.#compiled;
  }

  /**
   * Settles how the model learns. Compile again to change it; the weights stay.
   *
   * @throws UnknownNameError with the nearest right name.
   * @example model.compile({ loss: "categoricalCrossentropy", optimizer: optimizers.adam({ learningRate: 0.01 }), metrics: ["acc"] });
   */
  compile(options: CompileOptions): void {
    this.#compiled = readCompileOptions(options);
  }

  /**
   * Trains the model, and records every layer's gradient, weights and activations as it goes.
   *
   * Same model, data, options and seed give the same numbers, bit for bit. Called again, it goes on with the weights it has.
   *
   * @param data A data set, a split one (its validation part is watched), or `{ x, y }`; or `x` and `y` as two arguments.
   * @returns The run, when the training has ended: also when it was stopped or diverged.
   * @throws ValueError before `compile`, for NaN in the data; ShapeError when data and layers do not fit; DomainError for targets the loss cannot judge.
   * @example const run = await model.fit(data, { epochs: 20, batchSize: 32, seed: 1 });
   */
  fit(data: TrainingData, options?: FitOptions): Promise<Run>;
  fit(x: TensorLike, y: TensorLike, options?: FitOptions): Promise<Run>;
  async fit(first: TrainingData | TensorLike, second?: TensorLike | FitOptions, third?: FitOptions): Promise<Run> {
    const compiled = this.#expectCompiled("fit");
    const plan = readFitArguments(first, second, third);
    if (this.run?.state === "running")
      throw new ValueError({
        op: "fit",
        expected: "a model that is not training",
        got: "one whose fit has not ended",
        hint: "Write await before the first: await model.fit(…). If it waits for something that never comes, make the model anew.",
      });
    this.#prepare("fit", plan.train.x, plan.seed);
    this.#checkTargets(compiled, plan.train.y);
    if (plan.validation !== null) {
      this.#prepare("validation", plan.validation.x, plan.seed);
      this.#checkTargets(compiled, plan.validation.y);
    }
    return runFit(this, compiled, plan, (run) => {
      this.run = run;
    });
  }

  /**
   * Loss and metrics on examples, without learning from them.
   *
   * @example model.evaluate(data.validation) // { loss: 0.31, accuracy: 0.92 }
   */
  evaluate(data: Examples | SplitDataset, options?: { readonly batchSize?: number }): Record<string, number>;
  evaluate(x: TensorLike, y: TensorLike, options?: { readonly batchSize?: number }): Record<string, number>;
  evaluate(
    first: Examples | SplitDataset | TensorLike,
    second?: unknown,
    third?: { readonly batchSize?: number },
  ): Record<string, number> {
    const compiled = this.#expectCompiled("evaluate");
    const hasTargets = isTensorLike(second);
    const options = (hasTargets ? third : (second as { readonly batchSize?: number } | undefined)) ?? {};
    checkOptions("evaluate", options, ["batchSize"]);
    const pair = readExamples("evaluate", hasTargets ? { x: first as TensorLike, y: second } : (first as Examples));
    this.#prepare("evaluate", pair.x, 1);
    this.#checkTargets(compiled, pair.y);
    return this.#named(
      compiled,
      measure(this.layers, compiled, pair, batchSizeOf("evaluate", options.batchSize ?? inferenceBatchSize)),
    );
  }

  /**
   * The output for each example: `[examples, …output]`.
   *
   * @example model.predict([[5.1, 3.5, 1.4, 0.2]]).toArray()
   */
  predict(x: Dataset | TensorLike, options: { readonly batchSize?: number } = {}): Tensor {
    checkOptions("predict", options, ["batchSize"]);
    const inputs = readInputs("predict", x);
    this.#prepare("predict", inputs, 1);
    return predictAll(this.layers, inputs, batchSizeOf("predict", options.batchSize ?? inferenceBatchSize));
  }

  /**
   * One optimizer step on one batch; its loss and metrics are those before the step. Nothing is recorded.
   *
   * @example for (const { x, y } of data.batches(32, { seed: 1 })) model.trainOnBatch(x, y);
   */
  trainOnBatch(x: TensorLike, y: TensorLike): Record<string, number> {
    const compiled = this.#expectCompiled("trainOnBatch");
    const pair = readExamples("trainOnBatch", { x, y });
    this.#prepare("trainOnBatch", pair.x, 1);
    this.#checkTargets(compiled, pair.y);
    const random = new Random(this.#seed ?? 1).child("batch").child(this.#trainedBatches++);
    const pass = trainingPass(this.layers, compiled.loss, pair, random);
    const totals = compiled.metrics.map((metric) => {
      const total = metric.start();
      total.add(metricBatch(pair.y, pass.output));
      return total.result();
    });
    compiled.optimizer.update(trainableWeights(this.layers));
    return this.#named(compiled, [pass.loss, ...totals]);
  }

  /** The layers with shapes and weights counted; shown as a table when it is a cell's last expression. */
  summary(): ModelSummary {
    return new ModelSummary(this);
  }

  /** Copies of all weights, kernel before bias, input first. */
  getWeights(): Tensor[] {
    return this.weights.map((weight) => new Tensor(weight.shape, new Floats(weight.data)));
  }

  /** Replaces all weights, in the order of `getWeights`. @throws ShapeError when number or shapes differ. */
  setWeights(weights: readonly TensorLike[]): void {
    const own = this.weights;
    if (weights.length !== own.length) {
      throw new ValueError({
        op: "setWeights",
        expected: `${own.length} tensors`,
        got: `${weights.length}`,
        hint: this.isBuilt
          ? "Take them from getWeights() of a model with the same layers."
          : "The model has no weights before it knows its inputShape.",
      });
    }
    own.forEach((weight, index) => {
      weight.assign(weights[index] ?? []);
    });
  }

  /**
   * Fixes the shapes and makes the weights now instead of at the first data.
   *
   * @param inputShape The shape of one example: `4` or `[4]`.
   */
  build(inputShape: number | Shape, options: { readonly seed?: number } = {}): void {
    const random = new Random(this.#seed ?? options.seed ?? 1).child("weights");
    let shape: Shape = typeof inputShape === "number" ? [inputShape] : inputShape;
    checkShape(shape, "build");
    this.layers.forEach((layer, index) => {
      layer.build(shape, random.child(index));
      shape = layer.outputShape ?? shape;
    });
  }

  /** @internal The raw numbers of all weights, for keeping and giving back. */
  copyWeights(): readonly Floats[] {
    return this.weights.map((weight) => new Floats(weight.data));
  }

  /** @internal */
  restoreWeights(copies: readonly Floats[]): void {
    this.weights.forEach((weight, index) => {
      const copy = copies[index];
      if (copy !== undefined) weight.data.set(copy);
    });
  }

  /** One line: name, layers, weights. */
  toString(): string {
    const { shapes } = this;
    const isKnown = shapes.every(({ outputShape }) => outputShape !== null);
    const weights = shapes.reduce((count, { parameterCount }) => count + parameterCount, 0);
    return `Model "${this.name}": ${this.layers.map((layer) => layer.name).join(" → ")}, ${isKnown ? `${weights} weights` : "input shape not known yet"}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #expectCompiled(op: string): Compiled {
    if (this.#compiled !== null) return this.#compiled;
    throw new ValueError({
      op,
      expected: "a compiled model",
      got: "one without loss and optimizer",
      hint: 'Call model.compile({ loss: "mse", optimizer: "adam" }) first.',
    });
  }

  /** Builds at the first data; later data must have the same features. */
  #prepare(op: string, x: Tensor, seed: number): void {
    const first = this.layers[0];
    if (first !== undefined) checkSamples(op, first, x);
    if (!this.isBuilt) this.build(x.shape.slice(1), { seed });
  }

  /** Targets must suit the loss, and have a column for each output. */
  #checkTargets(compiled: Compiled, y: Tensor): void {
    const output = this.layers.at(-1)?.outputShape ?? [];
    compiled.loss.checkTargets(y, output);
  }

  #named(compiled: Compiled, values: readonly number[]): Record<string, number> {
    return Object.fromEntries(
      ["loss", ...compiled.metrics.map(({ name }) => name)].map((name, index) => [name, values[index] ?? Number.NaN]),
    );
  }
}
