// A pass laid out once for batches of one shape, then run: a flat list of routine calls over memory that is there beforehand.

import { backend, recordInto } from "../../backend/current.ts";
import type { RecordedCalls, Recorder } from "../../backend/recording.ts";
import type { Floats } from "../../intrinsics.ts";
import type { ObservedValues } from "../../layers/callContext.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Random } from "../../random.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import { withFrozen, withoutRecording } from "../../tape.ts";
import { type Parameter, Tensor } from "../../tensor.ts";
import type { WeightRange } from "../../weightRange.ts";
import { type Graph, outputLayers } from "../model/graph.ts";
import {
  type Batch,
  forwardPass,
  frozenWeights,
  lossOf,
  lossValue,
  type Observation,
  type Pass,
  type PassContext,
  type PenalizedOutput,
  type TrainingPass,
  type WeightedLoss,
  walkBack,
} from "../step.ts";
import type { TraceLevel } from "../trace/trace.ts";
import { StepMeter } from "../trace/traceMeter.ts";
import { callInHost, isPlannableLayer, plannedLoss, Unplannable } from "./planHost.ts";
import { fillPlace, standingRows } from "./residentExamples.ts";
import { standingCopy } from "./standingBatches.ts";

/** What a plan is made for. */
export interface PlanSettings {
  readonly graph: Graph;
  /** Whether gradients are found, or only what the model gives. */
  readonly isTraining: boolean;
  /** Empty where targets are not known. */
  readonly losses: readonly WeightedLoss[];
  /** The shapes of a batch, inputs and targets. */
  readonly xs: readonly Shape[];
  readonly ys: readonly Shape[];
  /** Empty where all examples count alike. */
  readonly weights: readonly Shape[];
  /** How much is measured at every run. */
  readonly measures: TraceLevel;
  /** Whether plain updates follow, which are made as they are measured; no matter where nothing is. */
  readonly isPlain: boolean;
}

/** A planned pass. After `run` it is the pass that was made; the next run changes it. */
export class Plan implements TrainingPass {
  readonly settings: PlanSettings;
  /** Where the batch goes in. */
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  readonly weights: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** What each layer computes has no place that lasts: an eager pass tells it. */
  readonly observations: readonly Observation[] = [];
  readonly observed: ReadonlyMap<Layer, ObservedValues> = new Map();
  readonly ends: readonly (ObservedValues | null)[] = [];
  readonly penalized: readonly PenalizedOutput[] = [];
  /** What was measured in the newest run; `null` where nothing is. */
  readonly meter: StepMeter | null;
  loss = Number.NaN;
  readonly losses: number[];
  readonly #calls: RecordedCalls;
  readonly #total: Tensor | null;
  readonly #parts: readonly Tensor[];
  readonly #randomness = new StepRandomness();
  readonly #inputs: readonly PlannedInput[];
  /** The weights that the plan gives a gradient, and all others: those may get one from a layer that runs eagerly. */
  readonly #learning: readonly Parameter[];
  readonly #others: readonly Parameter[];
  readonly #frozen: ReadonlySet<Parameter>;

  /** Lays the pass out. The weights of layers that can be planned stand in `ranges`. @throws Unplannable */
  constructor(settings: PlanSettings, ranges: readonly WeightRange[]) {
    if (hasEagerEnd(settings) || hasEagerPenalty(settings)) throw new Unplannable();
    const weights = settings.isTraining ? settings.graph.layers.flatMap((layer) => layer.weights) : [];
    this.#frozen = frozenWeights(settings.graph.layers);
    const before = weights.map(({ gradientData }) => gradientData);
    for (const weight of weights) weight.gradientData = null;
    const recorder = backend().startRecording();
    const { measures } = settings;
    this.meter = measures === "off" ? null : new StepMeter(settings.graph.layers, measures);
    const {
      xs,
      ys,
      weights: exampleWeights,
      pass,
      total,
      parts,
    } = withFrozen(this.#frozen, () =>
      layOut(recorder, settings, { ranges, randomness: this.#randomness, meter: this.meter }),
    );
    this.#learning = weights.filter(({ gradientData }) => gradientData !== null);
    this.#others = weights.filter(({ gradientData }) => gradientData === null);
    // Nothing ran yet.
    weights.forEach((weight, index) => {
      weight.gradientData = before[index] ?? null;
    });
    const losses = total === null ? parts : [total, ...parts];
    const kept = [...xs, ...ys, ...exampleWeights, ...pass.outputs, ...losses];
    for (const { numbers } of kept) recorder.keep(numbers);
    this.#calls = recorder.finish();
    this.#settleMeter();
    const settle = settler(this.#calls);
    this.settings = settings;
    this.xs = xs.map(settle);
    this.#inputs = xs.map(({ numbers }) => ({
      numbers,
      isMovable: this.#calls.redirect(numbers, null),
      isElsewhere: false,
    }));
    this.ys = ys.map(settle);
    this.weights = exampleWeights.map(settle);
    this.outputs = pass.outputs.map(settle);
    this.#total = total === null ? null : settle(total);
    this.#parts = parts.map(settle);
    this.losses = parts.map(() => Number.NaN);
  }

  #settleMeter(): void {
    try {
      this.meter?.settle(this.#calls);
    } catch (error) {
      this.#calls.release();
      throw error;
    }
  }

  /** Whether `count` of these examples go in. */
  fits({ isTraining, losses, examples, count, measures, isPlain }: PlanRequest): boolean {
    const { settings } = this;
    if (settings.isTraining !== isTraining || settings.measures !== measures || settings.losses !== losses)
      return false;
    if (measures !== "off" && settings.isPlain !== isPlain) return false;
    const { xs, ys, weights = none } = examples;
    if (!areExamplesOf(settings.xs, xs, count) || !areExamplesOf(settings.ys, ys, count)) return false;
    return areExamplesOf(settings.weights, weights, count);
  }

  /** Gives the plan its inputs, where they stand or carried over. Gives whether they are known to be finite. */
  takeInputs(xs: readonly Tensor[], rows: ArrayLike<number> | null): boolean {
    let areKnown = true;
    for (let index = 0; index < this.#inputs.length; index++) {
      const input = this.#inputs[index] as PlannedInput;
      const given = xs[index] as Tensor;
      const standing = input.isMovable ? this.#standing(index, given, rows) : null;
      if (standing !== null || input.isElsewhere) this.#calls.redirect(input.numbers, standing);
      input.isElsewhere = standing !== null;
      if (standing !== null) continue;
      fillPlace(this.xs[index] as Tensor, given, rows);
      areKnown = false;
    }
    return areKnown;
  }

  #standing(index: number, { numbers }: Tensor, rows: ArrayLike<number> | null): Floats | null {
    return rows === null ? standingCopy(numbers) : standingRows(numbers, rows, (this.xs[index] as Tensor).size);
  }

  /** Whether all that was carried over is finite. */
  areInputsFinite(): boolean {
    const routines = backend();
    for (const { numbers } of this.xs) if (!routines.areFinite(numbers)) return false;
    return true;
  }

  /** Runs with what stands in `xs` and `ys`. Randomness comes from `base.child(step)`. */
  run(base: Random, step: number): void {
    this.#randomness.begin(base, step);
    if (this.settings.isTraining) this.#runTraining();
    else withoutRecording(() => this.#calls.run());
    if (this.#total !== null) this.loss = lossValue(this.#total);
    for (let index = 0; index < this.#parts.length; index++)
      this.losses[index] = lossValue(this.#parts[index] as Tensor);
  }

  #runTraining(): void {
    for (const weight of this.#others) weight.zeroGrad();
    for (const weight of this.#learning) {
      const home = weight.gradientHome?.array ?? null;
      if (weight.gradientData === home) continue;
      weight.zeroGrad();
      weight.gradientData = home;
    }
    this.meter?.beginRun();
    if (this.#frozen.size === 0) this.#calls.run();
    else withFrozen(this.#frozen, () => this.#calls.run());
    this.meter?.endPass();
  }

  /** Gives its memory back. */
  release(): void {
    this.meter?.release();
    this.#calls.release();
  }
}

const none: readonly Tensor[] = [];

/** An input of a plan. */
interface PlannedInput {
  /** The recording's name for it. */
  readonly numbers: Floats;
  /** Whether the plan can read it somewhere else. */
  readonly isMovable: boolean;
  isElsewhere: boolean;
}

/** What a plan is looked for by: `count` of some examples. */
export interface PlanRequest extends Pick<PlanSettings, "isTraining" | "losses" | "measures" | "isPlain"> {
  readonly examples: Batch;
  readonly count: number;
}

/** The randomness of the step that runs, made when a layer asks for it. */
class StepRandomness {
  #base: Random | null = null;
  #step = 0;
  #made: Random | null = null;

  begin(base: Random, step: number): void {
    this.#base = base;
    this.#step = step;
    this.#made = null;
  }

  get random(): Random {
    if (this.#base === null) throw new RangeError("Randomness was asked for before the first run.");
    this.#made ??= this.#base.child(this.#step);
    return this.#made;
  }
}

interface LaidOut {
  readonly total: Tensor | null;
  readonly parts: readonly Tensor[];
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  readonly weights: readonly Tensor[];
  readonly pass: Pass;
}

interface Surroundings {
  readonly ranges: readonly WeightRange[];
  readonly randomness: StepRandomness;
  readonly meter: StepMeter | null;
}

function layOut(
  recorder: Recorder,
  { graph, isTraining, losses, xs: xShapes, ys: yShapes, weights: weightShapes, isPlain }: PlanSettings,
  { ranges, randomness, meter }: Surroundings,
): LaidOut {
  const place = (shape: Shape) => new Tensor(shape, recorder.allocate(sizeOf(shape)));
  const xs = xShapes.map(place);
  const ys = yShapes.map(place);
  const weights = weightShapes.map(place);
  const context: PassContext = {
    training: isTraining,
    get random() {
      return randomness.random;
    },
    call: (layer, inputs, callContext) =>
      isPlannableLayer(layer)
        ? layer.callAll(inputs, callContext)
        : callInHost(layer, inputs, callContext, { graph, meter }),
    meter,
  };
  const planned = losses.map((each) => ({ ...each, loss: plannedLoss(each.loss) }));
  // Eager layers may add to any gradient at any time: all are zero from the start then.
  const areCleared = isTraining && !graph.layers.every(isPlannableLayer);
  const forward = (): LaidOut => {
    const pass = forwardPass(graph, xs, context);
    const found = losses.length === 0 ? { total: null, parts: [] } : lossOf(graph, planned, pass, { ys, weights });
    return { xs, ys, weights, pass, ...found };
  };
  try {
    return recordInto(recorder, () => {
      meter?.layOutBegin(recorder);
      for (const range of ranges) {
        range.areGradientsCleared = areCleared;
        if (areCleared) recorder.backend.fill(range.gradients, 0);
      }
      if (!isTraining) return withoutRecording(forward);
      const laidOut = forward();
      if (laidOut.total !== null) walkBack(laidOut.total, meter);
      meter?.layOutEnd(recorder, ranges, isPlain);
      return laidOut;
    });
  } catch (error) {
    recorder.finish().release();
    throw error;
  } finally {
    for (const range of ranges) range.areGradientsCleared = false;
  }
}

/** A loss that is taken from before an eager layer's activation needs that layer's own tape: such a model is trained eagerly. */
function hasEagerEnd({ graph, losses }: PlanSettings): boolean {
  return outputLayers(graph).some(
    (layer, index) => !isPlannableLayer(layer) && (losses[index]?.loss.fusedWith(layer.activation) ?? null) !== null,
  );
}

/** A penalty written in a cell, or on a weight that does not stand in a plan: such a model is trained eagerly. */
function hasEagerPenalty({ graph: { layers }, losses }: PlanSettings): boolean {
  if (losses.length === 0) return false;
  return layers.some(
    (layer) =>
      (layer.activityRegularizer !== null && layer.activityRegularizer.isPlannable !== true) ||
      layer.trainableWeights.some(
        ({ regularizer }) => regularizer !== null && !(regularizer.isPlannable === true && isPlannableLayer(layer)),
      ),
  );
}

/** Tensors where the recording has put their numbers, without how they were computed. */
function settler(calls: RecordedCalls): (tensor: Tensor) => Tensor {
  const settled = new Map<Tensor, Tensor>();
  return (tensor) => {
    const known = settled.get(tensor);
    if (known !== undefined) return known;
    const made = new Tensor(tensor.shape, calls.locate(tensor.numbers));
    settled.set(tensor, made);
    return made;
  };
}

function areExamplesOf(shapes: readonly Shape[], tensors: readonly Tensor[], count: number): boolean {
  if (tensors.length !== shapes.length) return false;
  for (let index = 0; index < shapes.length; index++) {
    const shape = shapes[index] as Shape;
    const given = tensors[index]?.shape;
    if (given?.length !== shape.length || shape[0] !== count) return false;
    for (let axis = 1; axis < shape.length; axis++) if (shape[axis] !== given[axis]) return false;
  }
  return true;
}
