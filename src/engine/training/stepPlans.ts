// The planned steps of one model: where its weights stand, which plans there are, and when a step is eager instead.

import type { Backend } from "../backend/backend.ts";
import { backend } from "../backend/current.ts";
import { Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import type { Random } from "../random.ts";
import { isRecording } from "../tape.ts";
import type { Parameter, Tensor } from "../tensor.ts";
import { WeightRange } from "../weightRange.ts";
import type { Graph } from "./graph.ts";
import { TrainingPlan } from "./plan.ts";
import { isPlannableLayer, Unplannable } from "./planHost.ts";
import { type Evictable, forgetPlans, usePlans } from "./planPool.ts";
import { type Batch, type TrainingPass, trainableWeights, trainingPass, type WeightedLoss } from "./step.ts";
import { batchRows } from "./trainingData.ts";

/** A step to make. */
export interface StepRequest {
  readonly losses: readonly WeightedLoss[];
  readonly examples: Batch;
  /** Which examples; `null` for all. */
  readonly rows: ArrayLike<number> | null;
  /** Randomness of the step: `base.child(step)`. */
  readonly base: Random;
  readonly step: number;
  /** Whether what the layers computed will be looked at. */
  readonly isObserved: boolean;
  /** Throws when inputs are not finite. Given where nobody has looked at them yet. */
  readonly refuse?: () => void;
}

/** A pass with the targets it was measured against. */
export interface Step {
  readonly pass: TrainingPass;
  readonly ys: readonly Tensor[];
  /** Whether the pass can tell what each layer computed. */
  readonly isObserved: boolean;
}

/** Batches of the usual size and the last one of an epoch, each with and without a look at the layers; and some more. */
const mostPlans = 8;

/** The steps of one model. */
export class StepPlans implements Evictable {
  readonly #graph: Graph;
  #backend: Backend | null = null;
  /** The newest last. */
  #plans: TrainingPlan[] = [];
  #ranges: WeightRange[] = [];
  #leave: (() => void)[] = [];
  /** Where weights stand, and those that stand by themselves. */
  #occupied: readonly WeightRange[] = [];
  #scattered: readonly Parameter[] | null = null;
  #isEager = false;
  #trainable: readonly Parameter[] = [];
  #trainableFlags: readonly boolean[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Whether the newest plan is one for all of these examples. */
  isReadyFor(losses: readonly WeightedLoss[], examples: Batch): boolean {
    return this.#plans.at(-1)?.fits(losses, examples, examples.xs[0]?.shape[0] ?? 0, false) ?? false;
  }

  /** Forward and backward: every trainable weight then has the gradient of these examples alone. */
  run(request: StepRequest): Step {
    this.#noticeFreezing();
    if (this.#isEager || !isRecording()) return this.runEagerly(request);
    try {
      const plan = this.#planFor(request);
      fill(plan.xs, request.examples.xs, request.rows);
      // One quick pass over the numbers; which one it is, is looked for only then.
      if (request.refuse !== undefined && !plan.areInputsFinite()) request.refuse();
      fill(plan.ys, request.examples.ys, request.rows);
      return { pass: this.#runPlan(plan, request), ys: plan.ys, isObserved: request.isObserved };
    } catch (error) {
      if (!(error instanceof Unplannable)) throw error;
      this.#isEager = true;
      this.evict();
      return this.runEagerly(request);
    }
  }

  /** The same without a plan. */
  runEagerly({ losses, examples, rows, base, step, refuse }: StepRequest): Step {
    refuse?.();
    const batch = rows === null ? examples : batchRows(examples, rows);
    return { pass: trainingPass(this.#graph, losses, batch, base.child(step)), ys: batch.ys, isObserved: true };
  }

  /** The weights that training changes; the same list as long as the same layers learn. */
  get trainable(): readonly Parameter[] {
    this.#noticeFreezing();
    return this.#trainable;
  }

  /** Whether all gradients are finite; `false` also when that is not sure. */
  areGradientsFinite(): boolean {
    const routines = backend();
    for (const { gradients } of this.#occupied) if (!routines.areFinite(gradients)) return false;
    for (const { gradientData } of this.#scattered ?? weightsOf(this.#graph))
      if (gradientData !== null && !routines.areFinite(gradientData)) return false;
    return true;
  }

  /** Whether all weights are finite; `false` also when that is not sure. */
  areWeightsFinite(): boolean {
    const routines = backend();
    for (const { values } of this.#occupied) if (!routines.areFinite(values)) return false;
    for (const { numbers } of this.#scattered ?? weightsOf(this.#graph)) if (!routines.areFinite(numbers)) return false;
    return true;
  }

  evict(): void {
    forgetPlans(this);
    this.#dropPlans();
    for (const leave of this.#leave.splice(0)) leave();
    for (const range of this.#ranges.splice(0)) range.vacate();
  }

  #planFor({ losses, examples, rows, isObserved }: StepRequest): TrainingPlan {
    const current = backend();
    if (this.#backend !== current) {
      this.evict();
      this.#backend = current;
    }
    const count = rows?.length ?? examples.xs[0]?.shape[0] ?? 0;
    const index = this.#plans.findLastIndex((plan) => plan.fits(losses, examples, count, isObserved));
    const known = this.#plans[index];
    if (known === undefined) return this.#makePlan({ losses, examples, count, isObserved });
    if (index !== this.#plans.length - 1) this.#plans.push(...this.#plans.splice(index, 1));
    usePlans(this, current.memory);
    return known;
  }

  #makePlan(made: {
    losses: readonly WeightedLoss[];
    examples: Batch;
    count: number;
    isObserved: boolean;
  }): TrainingPlan {
    const { losses, examples, count, isObserved } = made;
    // Of a model that was compiled anew.
    if (this.#plans.some((plan) => plan.settings.losses !== losses)) this.#dropPlans();
    usePlans(this, backend().memory);
    const ranges = this.#moveIn();
    const shapesOf = (tensors: readonly Tensor[]) => tensors.map(({ shape }) => [count, ...shape.slice(1)]);
    const plan = new TrainingPlan(
      { graph: this.#graph, losses, xs: shapesOf(examples.xs), ys: shapesOf(examples.ys), isObserved },
      ranges,
    );
    this.#plans.push(plan);
    if (this.#plans.length > mostPlans) this.#plans.shift()?.release();
    return plan;
  }

  /** Weights stand side by side, those of layers that run eagerly excepted. Gives all ranges they stand in. */
  #moveIn(): readonly WeightRange[] {
    const { memory } = backend();
    const weights = this.#graph.layers.filter(isPlannableLayer).flatMap((layer) => layer.weights);
    for (const { place } of weights) if (place !== null && place.range.memory !== memory) place.range.vacate(true);
    const homeless = weights.filter(({ place }) => place === null);
    this.#ranges = this.#ranges.filter(({ isOccupied }) => isOccupied);
    if (homeless.length > 0) this.#ranges.push(new WeightRange(homeless, memory));
    const all = new Set(weights.flatMap(({ place }) => place?.range ?? []));
    // A layer of two models stands in the range of one of them: when that goes, plans of both do.
    for (const leave of this.#leave.splice(0)) leave();
    this.#leave = [...all].map((range) => range.whenVacated(() => this.#dropPlans()));
    this.#occupied = [...all];
    this.#scattered = weightsOf(this.#graph).filter(({ place }) => place === null);
    return this.#occupied;
  }

  #dropPlans(): void {
    for (const plan of this.#plans.splice(0)) plan.release();
    this.#occupied = [];
    this.#scattered = null;
  }

  /** What a layer keeps account of must not count a step twice that turns out not to be plannable. */
  #runPlan(plan: TrainingPlan, { base, step }: StepRequest): TrainingPass {
    if (plan.isProven) {
      plan.run(base, step);
      return plan;
    }
    const accounts = this.#graph.layers.flatMap((layer) => layer.weights.filter(({ isTrainable }) => !isTrainable));
    const before = accounts.map(({ numbers }) => new Floats(numbers));
    try {
      plan.run(base, step);
    } catch (error) {
      if (!(error instanceof Unplannable)) throw error;
      accounts.forEach((weight, index) => {
        weight.numbers.set(before[index] ?? []);
      });
      throw error;
    }
    return plan;
  }

  /** Layers may be frozen between steps, and some then compute something else. */
  #noticeFreezing(): void {
    const { layers } = this.#graph;
    let isAsBefore = this.#trainableFlags.length === layers.length;
    for (let index = 0; isAsBefore && index < layers.length; index++)
      isAsBefore = (layers[index] as Layer).trainable === this.#trainableFlags[index];
    if (isAsBefore) return;
    this.#dropPlans();
    this.#trainableFlags = layers.map(({ trainable }) => trainable);
    this.#trainable = trainableWeights(layers);
  }
}

function weightsOf({ layers }: Graph): readonly Parameter[] {
  return layers.flatMap(({ weights }) => weights);
}

/** Copies the examples in. */
function fill(places: readonly Tensor[], sources: readonly Tensor[], rows: ArrayLike<number> | null): void {
  for (let index = 0; index < places.length; index++) {
    const target = (places[index] as Tensor).numbers;
    const source = (sources[index] as Tensor).numbers;
    if (rows === null) target.set(source);
    else copyRows(source, rows, target);
  }
}

function copyRows(source: Floats, rows: ArrayLike<number>, target: Floats): void {
  const width = target.length / rows.length;
  if (width < 16) {
    // Copying by hand is quicker than a view for each row.
    for (let row = 0, to = 0; row < rows.length; row++)
      for (let from = (rows[row] as number) * width, end = from + width; from < end; from++)
        target[to++] = source[from] as number;
    return;
  }
  for (let row = 0; row < rows.length; row++) {
    const from = (rows[row] as number) * width;
    target.set(source.subarray(from, from + width), row * width);
  }
}
