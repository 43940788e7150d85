// One optimizer step on one batch at a time, as `model.trainOnBatch` does them. Nothing is recorded.

import { checkOptions } from "../errors.ts";
import type { Layer } from "../layers/layer.ts";
import { Random } from "../random.ts";
import { Tensor } from "../tensor.ts";
import { type Compiled, checkTargets, stepMeasures } from "./compile.ts";
import { type ExampleWeightOptions, exampleWeightNames, weighed } from "./data/exampleWeights.ts";
import {
  checkInputs,
  type ExampleSet,
  isEveryFinite,
  readUncheckedInputs,
  type TensorSet,
} from "./data/trainingData.ts";
import type { Building } from "./model/building.ts";
import { type Graph, outputLayers } from "./model/graph.ts";
import type { StepPlans } from "./plans/stepPlans.ts";

const op = "trainOnBatch";

/** A batch as a cell gives it. */
export interface GivenBatch {
  readonly x: TensorSet;
  readonly y: TensorSet;
  readonly options: ExampleWeightOptions | undefined;
}

export class BatchTraining {
  readonly #graph: Graph;
  readonly #steps: StepPlans;
  readonly #building: Building;
  readonly #ends: readonly Layer[];
  readonly #random: Random;
  /** How many batches there were: the next one's randomness follows from it. */
  trainedBatches = 0;

  constructor(
    graph: Graph,
    steps: StepPlans,
    { building, seed }: { readonly building: Building; readonly seed: number },
  ) {
    this.#graph = graph;
    this.#steps = steps;
    this.#building = building;
    this.#ends = outputLayers(graph);
    this.#random = new Random(seed).child("batch");
  }

  /** Trains on one batch; gives its loss and metrics before the step, in the order of `measureNames`. */
  train(compiled: Compiled, { x, y, options }: GivenBatch): readonly number[] {
    const last = options === undefined ? this.#asLastBatch(compiled, x, y) : null;
    if (last !== null) {
      checkTargets(compiled, this.#ends, last.ys);
      return this.#step(compiled, last);
    }
    return this.#building.orUnbuilt(() => {
      const batch = readUncheckedInputs(this.#graph, op, { x, y });
      this.#building.prepare(op, batch.xs);
      checkTargets(compiled, this.#ends, batch.ys);
      if (options !== undefined) checkOptions(op, options, exampleWeightNames);
      const { losses } = compiled;
      return this.#step(compiled, weighed(op, this.#graph, batch, { losses, options: options ?? {} }));
    });
  }

  /** Two tensors of the shapes of the batch before need no reading; `null` for everything else. */
  #asLastBatch({ losses }: Compiled, x: TensorSet, y: TensorSet): ExampleSet | null {
    if (!(x instanceof Tensor && y instanceof Tensor)) return null;
    const batch = { xs: [x], ys: [y], featureNames: [] };
    return this.#steps.isReadyFor(losses, batch) && isEveryFinite(y.numbers) ? batch : null;
  }

  #step(compiled: Compiled, batch: ExampleSet): readonly number[] {
    const { pass, ys } = this.#steps.run({
      losses: compiled.losses,
      examples: batch,
      rows: null,
      base: this.#random,
      step: this.trainedBatches,
      measures: "off",
      refuse: () => checkInputs(this.#graph, op, batch),
    });
    const values = this.#steps.orAsBefore(() => {
      const measured = stepMeasures(compiled, pass, ys);
      compiled.optimizer.update(this.#steps.trainable);
      return measured;
    });
    this.trainedBatches++;
    return values;
  }
}
