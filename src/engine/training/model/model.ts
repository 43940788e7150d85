// A model: a network with all that is done to it. Each work has its own file; here they meet.

import type { Dataset } from "../../datasets/dataset.ts";
import type { SplitDataset } from "../../datasets/split.ts";
import { checkOptions, ValueError } from "../../errors.ts";
import type { Layer } from "../../layers/layer.ts";
import { checkExampleShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { BatchTraining } from "../batchTraining.ts";
import { type Compiled, type CompileOptions, checkTargets, namedMeasures, readCompileOptions } from "../compile.ts";
import {
  checkLossesTakeWeights,
  type ExampleWeightOptions,
  exampleWeightNames,
  weighed,
} from "../data/exampleWeights.ts";
import {
  type Examples,
  isTensorSet,
  readExamples,
  readInputs,
  type TensorSet,
  type TrainingData,
} from "../data/trainingData.ts";
import { type EvaluateOptions, inferenceBatchSize, measure, predictAll } from "../evaluate.ts";
import { Fit } from "../fit.ts";
import { batchSizeOf, type FitOptions, readFitArguments } from "../fitPlan.ts";
import { StepPlans } from "../plans/stepPlans.ts";
import type { Run } from "../run.ts";
import { Building, orEarlierNames } from "./building.ts";
import { copyCompiled, copyGraph, copyWeights } from "./copyGraph.ts";
import { type Arrange, checkGivenShape, type Graph, type GraphEnds, inputShapesOf, outputLayers } from "./graph.ts";
import { LayeredModel } from "./layeredModel.ts";
import { hiddenActivations } from "./layerNames.ts";
import { layerShapes } from "./layerShapes.ts";
import { applyGraph, type SymbolsOf } from "./nestedModel.ts";
import { ModelSummary, modelText } from "./summary.ts";

/**
 * A network: made by `sequential` for layers in a row, by `model` for a graph of them. `Prediction` is what `predict` gives:
 * a tensor, or for several outputs a list or an object of tensors.
 */
export class Model<Prediction = Tensor> extends LayeredModel {
  /** How charts call the model's runs. */
  override readonly name: string;
  /** The newest run; `null` before the first `fit`. After a stop it is the way to go on: `await model.run?.resume()`. */
  run: Run | null = null;
  /** @internal Its training steps. */
  readonly steps: StepPlans;
  readonly #building: Building;
  readonly #batches: BatchTraining;
  readonly #ends: readonly Layer[];
  #compiled: Compiled | null = null;

  /** @internal Use `sequential` or `model`. */
  constructor(
    graph: Graph,
    options: { readonly name?: string | undefined; readonly seed?: number | undefined },
    arrange: Arrange,
  ) {
    super(graph, options.seed ?? null, arrange);
    this.steps = new StepPlans(graph);
    this.#building = new Building(graph, this.steps, this.seed);
    this.#batches = new BatchTraining(graph, this.steps, { building: this.#building, seed: this.seed ?? 1 });
    const ends = outputLayers(graph);
    this.#ends = ends;
    this.name = options.name ?? hiddenActivations(this.layers.filter((layer) => !ends.includes(layer)));
    orEarlierNames(graph, () => {
      // Layers that do not fit are told of now, though without a seed the weights are made at the first fit.
      layerShapes(graph);
      if (this.seed !== null) this.#building.buildKnown();
    });
  }

  /** Whether the weights exist: the input's shape is known. */
  get isBuilt(): boolean {
    return this.#building.isDone;
  }

  /** @internal */
  protected override withWeights<Result>(work: () => Result): Result {
    return this.#building.orUnbuilt(() => {
      this.#building.buildKnown();
      return work();
    });
  }

  /** @internal How many batches `trainOnBatch` has trained on. */
  override get trainedBatches(): number {
    return this.#batches.trainedBatches;
  }

  /** @internal */
  override set trainedBatches(count: number) {
    this.#batches.trainedBatches = count;
  }

  /** The loss, optimizer and metrics; `null` before `compile`. */
  override get compiled(): Compiled | null {
    return this.#compiled;
  }

  /**
   * Settles how the model learns. Compile again to change it; the weights stay.
   *
   * @throws UnknownNameError with the nearest right name.
   * @example model.compile({ loss: "categoricalCrossentropy", optimizer: optimizers.adam({ learningRate: 0.01 }), metrics: ["acc"] });
   * @example model.compile({ loss: { kind: "sparseCategoricalCrossentropy", size: "mse" }, lossWeights: { size: 0.1 } }); // two outputs
   */
  compile(options: CompileOptions): void {
    const names = this.graph.outputs.map(({ name }) => name);
    const compiled = readCompileOptions(options, names);
    this.#expectIdle("compile");
    this.#compiled?.optimizer.moveOut();
    this.run?.leaveBehind("one that was compiled anew since");
    this.#compiled = compiled;
  }

  /**
   * Trains the model, and records every layer's gradient, weights and activations as it goes.
   *
   * Same model, data, options and seed give the same numbers, bit for bit. Called again, it goes on with the weights it has;
   * a training that was stopped goes on where it was by `run.resume()`.
   *
   * @param data A data set, a split one (its validation part is watched), or `{ x, y }`; or `x` and `y` as two arguments. Of a model with several
   *   inputs or outputs, `x` and `y` are lists in their order, or objects by their names.
   * @returns The run, when the training has ended: also when it was stopped or diverged.
   * @throws ValueError before `compile`, for NaN in the data; ShapeError when data and layers do not fit; DomainError for targets the loss cannot judge.
   * @example const run = await model.fit(data, { epochs: 20, batchSize: 32, seed: 1 });
   */
  fit(data: TrainingData, options?: FitOptions): Promise<Run>;
  fit(x: TensorSet, y: TensorSet, options?: FitOptions): Promise<Run>;
  async fit(first: TrainingData | TensorSet, second?: TensorSet | FitOptions, third?: FitOptions): Promise<Run> {
    const compiled = this.#expectCompiled("fit");
    const plan = readFitArguments(this.graph, [first, second, third]);
    this.#expectIdle("fit");
    const train = this.#building.orUnbuilt(() => {
      this.#building.prepare("fit", plan.train.xs, plan.seed);
      checkTargets(compiled, this.#ends, plan.train.ys);
      if (plan.validation !== null) {
        this.#building.prepare("validation", plan.validation.xs, plan.seed);
        checkTargets(compiled, this.#ends, plan.validation.ys);
        checkLossesTakeWeights("fit", plan.validation, compiled.losses);
      }
      return weighed("fit", this.graph, plan.train, {
        losses: compiled.losses,
        options: { classWeight: plan.classWeight },
      });
    });
    return new Fit(this, compiled, { ...plan, train }).train();
  }

  /**
   * Loss and metrics on examples, without learning from them. `classWeight` and `sampleWeight` weigh the loss as in `fit`.
   *
   * @example model.evaluate(data.validation) // { loss: 0.31, accuracy: 0.92 }
   */
  evaluate(data: Examples | SplitDataset, options?: EvaluateOptions): Record<string, number>;
  evaluate(x: TensorSet, y: TensorSet, options?: EvaluateOptions): Record<string, number>;
  evaluate(
    first: Examples | SplitDataset | TensorSet,
    second?: unknown,
    third?: EvaluateOptions,
  ): Record<string, number> {
    this.#expectCompiled("evaluate");
    const hasTargets = third !== undefined || isTensorSet(second, this.graph);
    const { options = {} } = { options: hasTargets ? third : (second as EvaluateOptions | undefined) };
    checkOptions("evaluate", options, ["batchSize", ...exampleWeightNames]);
    const examples = hasTargets ? { x: first as TensorSet, y: second as TensorSet } : (first as Examples);
    return this.evaluateFor("evaluate", examples, options);
  }

  /** @internal The same for `op`, which is what the reader called: errors name it. */
  evaluateFor(op: string, given: Examples | SplitDataset, options: EvaluateOptions): Record<string, number> {
    const compiled = this.#expectCompiled(op);
    const read = readExamples(this.graph, op, given);
    const { batchSize: size = inferenceBatchSize } = options;
    const batchSize = batchSizeOf(op, size);
    return this.#building.orUnbuilt(() => {
      this.#building.prepare(op, read.xs);
      checkTargets(compiled, this.#ends, read.ys);
      const examples = weighed(op, this.graph, read, { losses: compiled.losses, options });
      return namedMeasures(compiled, measure(this.steps, compiled, examples, batchSize));
    });
  }

  /**
   * The output for each example: `[examples, …output]`. A model of several outputs gives them as they were given to `model`:
   * a list, or an object by name.
   *
   * @example model.predict([[5.1, 3.5, 1.4, 0.2]]).toArray()
   */
  predict(x: Dataset | TensorSet, options: { readonly batchSize?: number } = {}): Prediction {
    checkOptions("predict", options, ["batchSize"]);
    const xs = readInputs(this.graph, "predict", x);
    const { batchSize: size = inferenceBatchSize } = options;
    const batchSize = batchSizeOf("predict", size);
    return this.#building.orUnbuilt(() => {
      this.#building.prepare("predict", xs);
      return this.arrange(predictAll(this.steps, this.graph, xs, batchSize)) as Prediction;
    });
  }

  /**
   * One optimizer step on one batch; its loss and metrics are those before the step. Nothing is recorded. `classWeight` and
   * `sampleWeight` weigh the loss as in `fit`.
   *
   * @example for (const { x, y } of data.batches(32, { seed: 1 })) model.trainOnBatch(x, y);
   */
  trainOnBatch(x: TensorSet, y: TensorSet, options?: ExampleWeightOptions): Record<string, number> {
    const compiled = this.#expectCompiled("trainOnBatch");
    this.#expectIdle("trainOnBatch");
    return namedMeasures(compiled, this.#batches.train(compiled, { x, y, options }));
  }

  /**
   * Makes the model a part of a larger graph: what it gives for other inputs, arranged as by `predict`. Its layers stand there
   * each by itself, with the same weights: what one model learns, the other knows. In `sequential` it may stand among layers.
   *
   * @param inputs What `input(…)` or a layer's `apply` gave; for several inputs a list, or an object by name.
   * @throws ValueError for the wrong number of inputs; ShapeError when one does not fit.
   * @example
   * encoder.trainable = false;
   * const x = input(64);
   * const net = model({ inputs: x, outputs: layers.dense(3).apply(encoder.apply(x)) });
   */
  apply(inputs: GraphEnds): SymbolsOf<Prediction> {
    return this.arrange(applyGraph(this.graph, inputs)) as SymbolsOf<Prediction>;
  }

  /** The layers with shapes and weights counted; shown as a table when it is a cell's last expression. */
  summary(): ModelSummary {
    return new ModelSummary(this);
  }

  /**
   * Fixes the shapes and makes the weights now instead of at the first data.
   *
   * @param inputShape The shape of one example: `4` or `[4]`. A graph made by `model` knows it.
   * @throws ShapeError for another one than the graph knows.
   */
  build(inputShape?: number | Shape, options: { readonly seed?: number } = {}): void {
    checkOptions("build", options, ["seed"]);
    const known = inputShapesOf(this.graph);
    const shape = typeof inputShape === "number" ? [inputShape] : inputShape;
    if (shape !== undefined) checkExampleShape(shape, "build");
    if (shape !== undefined) checkGivenShape(this.graph, shape);
    this.#building.build(
      known.map((each, index) => (index === 0 && shape !== undefined ? shape : each)),
      options.seed,
    );
  }

  /**
   * A model of its own with the same layers, weights and name, compiled alike: what one of them learns, the other does not.
   * Its optimizer starts anew; one of a class of your own is not taken along, so compile the copy then.
   *
   * @throws ValueError for a layer of a class of your own without a `remake` method.
   * @example const before = model.clone(); await model.fit(data); before.evaluate(data.test);
   */
  clone(): Model<Prediction> {
    const copies = new Map<Layer, Layer>();
    const copy = this.copyWith(copies);
    copyWeights(copies);
    if (this.#compiled !== null) copy.#compiled = copyCompiled(this.#compiled);
    return copy;
  }

  /** @internal The same without weights and compiling, as a part of what is copied as a whole. */
  copyWith(copies: Map<Layer, Layer>): Model<Prediction> {
    const options = { name: this.name, ...(this.seed === null ? {} : { seed: this.seed }) };
    return new Model<Prediction>(copyGraph(this.graph, copies), options, this.arrange);
  }

  /**
   * @internal Becomes `other`, which has the same layers, losses and metrics and was never trained: with its weights and its optimizer,
   * which is not the other's any more. Steps that were laid out stay.
   */
  startAgainAs(other: Model<unknown>): void {
    this.#expectIdle("compile");
    if (this.#compiled === null || other.#compiled === null)
      throw new TypeError("A model starts again that is compiled.");
    const values = other.weights;
    this.weights.forEach((weight, index) => {
      weight.numbers.set(values[index]?.numbers ?? []);
      weight.gradientData = null;
    });
    this.run = null;
    // Its memory goes first: that of the next one may stand in the same place.
    this.#compiled.optimizer.reset();
    this.#compiled = { ...this.#compiled, optimizer: other.#compiled.optimizer };
  }

  /** One line: name, layers, weights. */
  override toString(): string {
    return modelText(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @throws ValueError within the model's own `fit`: what it goes by must not change under it. */
  #expectIdle(op: "fit" | "trainOnBatch" | "compile"): void {
    if (this.run?.state !== "running") return;
    throw new ValueError({
      op,
      expected: "a model that is not training",
      got: "one whose fit has not ended",
      hint: `Write await before the first: await model.fit(…). ${insteadInCallbacks[op]} If it waits for something that never comes, make the model anew.`,
    });
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
}

/** What to do where a callback of a training wants to change that training. */
const insteadInCallbacks = {
  fit: 'In a callback, answer "stop" and fit again after it, or train a copy: run.model.clone().',
  trainOnBatch: 'In a callback, answer "stop" and go on after it, or train a copy: run.model.clone().',
  compile:
    'In a callback, set the rate by run.model.compiled.optimizer.learningRate, or answer "stop" and compile after it.',
} as const;
