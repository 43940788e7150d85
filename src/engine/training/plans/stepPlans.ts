// The planned passes of one model: where its weights stand, which plans there are, and when a pass is eager instead.

import type { Backend } from "../../backend/backend.ts";
import { backend } from "../../backend/current.ts";
import { MemoryFullError, withNameOfMemory } from "../../backend/memoryFull.ts";
import { addPlace } from "../../errors.ts";
import type { Layer } from "../../layers/layer.ts";
import { Random } from "../../random.ts";
import { isRecording, withoutRecording } from "../../tape.ts";
import type { Parameter, Tensor } from "../../tensor.ts";
import { WeightRange } from "../../weightRange.ts";
import { Accounts } from "../accounts.ts";
import { batchRows } from "../data/trainingData.ts";
import type { Graph } from "../model/graph.ts";
import {
  type Batch,
  forwardPass,
  lossOf,
  lossValue,
  type TrainingPass,
  trainableWeights,
  trainingPass,
  type WeightedLoss,
} from "../step.ts";
import type { TraceLevel } from "../trace/trace.ts";
import { StepMeter } from "../trace/traceMeter.ts";
import { Plan, type PlanRequest } from "./plan.ts";
import { isPlannableLayer, Unplannable } from "./planHost.ts";
import { type Evictable, evictOthers, forgetPlans, usePlans } from "./planPool.ts";
import { fillPlaces } from "./residentExamples.ts";
import { dropStandingCopies } from "./standingBatches.ts";

/** A step to make. */
export interface StepRequest {
  readonly losses: readonly WeightedLoss[];
  readonly examples: Batch;
  /** Which examples; `null` for all. */
  readonly rows: ArrayLike<number> | null;
  /** Randomness of the step: `base.child(step)`. */
  readonly base: Random;
  readonly step: number;
  /** How much is measured. */
  readonly measures: TraceLevel;
  /** Whether the update that follows is a plain one: whoever measures may make it then. */
  readonly isPlain?: boolean;
  /** Throws when inputs are not finite. Given where nobody has looked at them yet. */
  readonly refuse?: () => void;
}

/** A pass with the targets it was measured against. */
export interface Step {
  readonly pass: TrainingPass;
  readonly ys: readonly Tensor[];
  /** What was measured; `null` where nothing was. */
  readonly meter: StepMeter | null;
}

/** What a model gives for examples, with the targets it was measured against. */
export interface Inference extends Pick<TrainingPass, "outputs" | "loss" | "losses"> {
  readonly ys: readonly Tensor[];
}

/** For training, measuring and predicting: batches of the usual size and the last one; and some more. */
const mostPlans = 16;
/** So many sizes of batches that were met once are remembered. */
const mostMet = 64;

const none: readonly Tensor[] = [];

/** Nothing is random while nothing is trained; layers want a source all the same. */
const unused = new Random(0);

/** The steps of one model. */
export class StepPlans implements Evictable {
  readonly #graph: Graph;
  #backend: Backend | null = null;
  /** The newest last. */
  #plans: Plan[] = [];
  #ranges: WeightRange[] = [];
  #leave: (() => void)[] = [];
  /** Where weights stand, and those that stand by themselves. */
  #occupied: readonly WeightRange[] = [];
  #scattered: readonly Parameter[] | null = null;
  readonly #met = new Set<number>();
  readonly #accounts: Accounts;
  #isEager = false;
  #eagerMeter: StepMeter | null = null;
  #trainable: readonly Parameter[] = [];
  #trainableFlags: readonly boolean[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#accounts = new Accounts(graph.layers);
  }

  /** Whether the newest plan is one for all of these examples. */
  isReadyFor(losses: readonly WeightedLoss[], examples: Batch): boolean {
    const count = examples.xs[0]?.shape[0] ?? 0;
    const request = { isTraining: true, losses, examples, count, measures: "off", isPlain: false } as const;
    return this.#plans.at(-1)?.fits(request) ?? false;
  }

  /**
   * Forward and backward: every trainable weight then has the gradient of these examples alone. Where it fails, layers have
   * kept account of nothing.
   */
  run(request: StepRequest): Step {
    this.#accounts.keep();
    return this.orAsBefore(() => this.#run(request));
  }

  /** Does a part of the newest step; where it fails, what layers kept account of in that step is given back. */
  orAsBefore<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      this.#accounts.giveBack();
      throw error;
    }
  }

  #run(request: StepRequest): Step {
    this.#noticeFreezing();
    if (this.#isEager || !isRecording()) return this.runEagerly(request);
    try {
      const { losses, examples, rows, measures, isPlain = false } = request;
      const count = rows?.length ?? examples.xs[0]?.shape[0] ?? 0;
      const plan = this.#planFor({ isTraining: true, losses, examples, count, measures, isPlain });
      const areFinite = plan.takeInputs(examples.xs, rows);
      // One quick pass over the numbers; which one it is, is looked for only then.
      if (request.refuse !== undefined && !areFinite && !plan.areInputsFinite()) request.refuse();
      fillPlaces(plan.ys, examples.ys, rows);
      fillPlaces(plan.weights, examples.weights ?? none, rows);
      plan.run(request.base, request.step);
      return { pass: plan, ys: plan.ys, meter: plan.meter };
    } catch (error) {
      this.#giveUpPlans(error);
      // The step must not count twice.
      this.#accounts.giveBack();
      return this.runEagerly(request);
    }
  }

  /** What the model gives for examples, and its losses where there are any to measure by; nothing is trained. */
  infer({ losses, examples, rows }: Pick<StepRequest, "losses" | "examples"> & { rows: readonly number[] }): Inference {
    this.#noticeFreezing();
    const about = { isTraining: false, measures: "off", isPlain: false } as const;
    const request = { ...about, losses, examples, count: rows.length };
    if (this.#isEager || !this.#isMetAgain(request)) return this.#inferEagerly(losses, batchRows(examples, rows));
    try {
      const plan = this.#planFor(request);
      fillPlaces(plan.xs, examples.xs, rows);
      fillPlaces(plan.ys, examples.ys, rows);
      fillPlaces(plan.weights, examples.weights ?? none, rows);
      plan.run(unused, 0);
      return { outputs: plan.outputs, ys: plan.ys, loss: plan.loss, losses: plan.losses };
    } catch (error) {
      this.#giveUpPlans(error);
      return this.#inferEagerly(losses, batchRows(examples, rows));
    }
  }

  #inferEagerly(losses: readonly WeightedLoss[], { xs, ys, weights = none }: Batch): Inference {
    return withoutRecording(() => {
      const pass = forwardPass(this.#graph, xs, { training: false, random: unused });
      const { outputs } = pass;
      if (losses.length === 0) return { outputs, ys, loss: Number.NaN, losses: [] };
      const { total, parts } = lossOf(this.#graph, losses, pass, { ys, weights });
      return { outputs, ys, loss: lossValue(total), losses: parts.map(lossValue) };
    });
  }

  /** A single look at a model does not need a plan: those that come again do. */
  #isMetAgain({ losses, count }: PlanRequest): boolean {
    const key = losses.length === 0 ? -count : count;
    if (this.#met.has(key)) return true;
    if (this.#met.size >= mostMet) this.#met.clear();
    this.#met.add(key);
    return false;
  }

  /** From a piece of JavaScript that does not keep to the plan on, everything is eager. */
  #giveUpPlans(error: unknown): void {
    if (!(error instanceof Unplannable)) {
      addPlace(
        error,
        this.#graph.layers.map(({ name }) => name),
      );
      throw error;
    }
    this.#isEager = true;
    this.evict();
  }

  /** The same without a plan. */
  runEagerly({ losses, examples, rows, base, step, measures, refuse }: StepRequest): Step {
    refuse?.();
    const batch = rows === null ? examples : batchRows(examples, rows);
    const meter = this.#eagerMeterFor(measures);
    meter?.begin();
    const pass = trainingPass(this.#graph, losses, batch, base.child(step), meter);
    meter?.endPass();
    return { pass, ys: batch.ys, meter };
  }

  #eagerMeterFor(level: TraceLevel): StepMeter | null {
    if (level === "off") return null;
    if (this.#eagerMeter?.level !== level) this.#eagerMeter = new StepMeter(this.#graph.layers, level);
    return this.#eagerMeter;
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

  /** Forgets the weights: layers will have others. */
  forgetWeights(): void {
    this.evict();
    this.#accounts.forget();
    this.#trainableFlags = [];
  }

  evict(): void {
    forgetPlans(this);
    this.#dropPlans();
    for (const leave of this.#leave.splice(0)) leave();
    for (const range of this.#ranges.splice(0)) range.vacate();
  }

  #planFor(request: PlanRequest): Plan {
    const current = backend();
    if (this.#backend !== current) {
      this.evict();
      this.#backend = current;
    }
    let index = this.#plans.length - 1;
    while (index >= 0 && this.#plans[index]?.fits(request) !== true) index--;
    const known = this.#plans[index];
    if (known === undefined) return this.#makePlan(request);
    if (index !== this.#plans.length - 1) this.#plans.push(...this.#plans.splice(index, 1));
    usePlans(this, current.memory);
    return known;
  }

  /** A plan that finds no room is tried once more where all others have gone. @throws MemoryFullError */
  #makePlan(request: PlanRequest): Plan {
    try {
      return this.#tryPlan(request);
    } catch (error) {
      if (!(error instanceof MemoryFullError)) throw error;
      evictOthers(this);
      dropStandingCopies();
      this.#dropPlans();
    }
    try {
      return this.#tryPlan(request);
    } catch (error) {
      if (error instanceof MemoryFullError) this.evict();
      throw error;
    }
  }

  #tryPlan({ isTraining, losses, examples, count, measures, isPlain }: PlanRequest): Plan {
    // Of a model that was compiled anew.
    const isOld = (plan: Plan) => plan.settings.losses.length > 0 && plan.settings.losses !== losses;
    if (losses.length > 0 && this.#plans.some(isOld)) this.#dropPlans();
    usePlans(this, backend().memory);
    const ranges = this.#moveIn();
    const shapesOf = (tensors: readonly Tensor[]) => tensors.map(({ shape }) => [count, ...shape.slice(1)]);
    const shapes = {
      xs: shapesOf(examples.xs),
      ys: shapesOf(examples.ys),
      weights: shapesOf(examples.weights ?? none),
    };
    const what = `what the model computes for ${count} ${count === 1 ? "example" : "examples"} at once`;
    const plan = withNameOfMemory(
      what,
      () => new Plan({ graph: this.#graph, isTraining, losses, ...shapes, measures, isPlain }, ranges),
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
