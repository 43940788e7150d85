// What a training writes down about each layer while it runs, within bounds: at most 240 steps, however long it takes.

import type { CallPlace } from "../host.ts";

/** A recorded number; `null` where the measure has no meaning (a layer without activation has no saturated share). */
export type Recorded = number | null;

/** The names of what is recorded of a layer at a step. `g` is the gradient of the loss with respect to its weights and biases. */
export const layerMeasures = [
  "meanAbs",
  "mean",
  "std",
  "l2",
  "max",
  "zeroShare",
  "updateRatio",
  "weightNorm",
  "activationMean",
  "activationStd",
  "saturatedShare",
  "deadShare",
] as const;

export type TraceMeasure = (typeof layerMeasures)[number];

/** One step's numbers of one layer. */
export type LayerStatistics = Readonly<Record<TraceMeasure, Recorded>>;

/** One value for each of `Trace.steps`. */
export type TraceSeries = Readonly<Record<TraceMeasure, readonly Recorded[]>>;

/** The distribution of what reaches a layer's activation, after training. */
export interface PreActivationHistogram {
  /** Bin edges, ascending, one more than `shares`. */
  readonly edges: readonly number[];
  /** Share (0–1) of all values in each bin; what lies outside is counted in the first and the last. */
  readonly shares: readonly number[];
  /** Share (0–1) of values where the activation's slope is below a tenth of its largest; `null` where that has no meaning. */
  readonly saturatedShare: Recorded;
  readonly units: number;
  /** How many examples were looked at. */
  readonly examples: number;
}

/** What a run knows of one layer. */
export interface LayerTrace {
  readonly name: string;
  /** The layer's kind as the user wrote it: "dense". */
  readonly type: string;
  /** The activation's name; `null` where the layer has none. */
  readonly activation: string | null;
  /** Sizes outermost first; `null` is the batch axis. */
  readonly inputShape: readonly (number | null)[];
  readonly outputShape: readonly (number | null)[];
  /** Number of weights, biases included. */
  readonly parameters: number;
  /** The call that made the layer; `null` when it was not made in a cell. */
  readonly place: CallPlace | null;
  /** Empty series for a layer without weights. */
  readonly series: TraceSeries;
  /** mean |g|, averaged over the recorded steps of the newest epoch; `null` before the first, and without weights. */
  readonly epochGradient: Recorded;
  /** `null` before the end of a training, and for layers without an element-wise activation. */
  readonly preActivations: PreActivationHistogram | null;
}

/** The largest number of steps a trace keeps. */
export const recordedStepsLimit = 240;

/** A neighbour this many times larger is an event worth keeping when steps are thinned. */
const outlierFactor = 4;

/**
 * Which of the recorded steps to keep to get at most `limit`: the first and the last always; else every second one,
 * except that of two neighbours the one with the outlier stays (largest |g| of any layer at least four times the other's,
 * or not finite). So a spike survives, and ordinary steps are not biased upwards.
 */
export function thinnedIndices(sizes: readonly number[], limit: number): number[] {
  let kept = sizes.map((_, index) => index);
  // Below four a pass could not make it shorter.
  while (kept.length > Math.max(3, limit)) {
    const first = kept[0] ?? 0;
    const last = kept[kept.length - 1] ?? 0;
    const middle: number[] = [];
    for (let index = 1; index < kept.length - 1; index += 2) {
      const left = kept[index] ?? 0;
      const right = index + 1 < kept.length - 1 ? kept[index + 1] : undefined;
      middle.push(right === undefined ? left : moreTelling(sizes, left, right));
    }
    kept = [first, ...middle, last];
  }
  return kept;
}

function moreTelling(sizes: readonly number[], left: number, right: number): number {
  const leftSize = sizes[left] ?? 0;
  const rightSize = sizes[right] ?? 0;
  if (!Number.isFinite(leftSize)) return left;
  return leftSize >= outlierFactor * rightSize ? left : right;
}

/** Records steps, and halves what it holds whenever it is full. Series are replaced in place, so readers always see a whole trace. */
export class TraceRecorder {
  /** The recorded steps, counted from 1, in order. */
  steps: readonly number[] = [];
  /** Every `stride`-th step is recorded; doubles when the trace is full. */
  stride = 1;
  readonly #series: Record<TraceMeasure, Recorded[]>[];
  readonly #sizes: number[] = [];

  constructor(layerCount: number) {
    this.#series = Array.from({ length: layerCount }, emptySeries);
  }

  series(layer: number): TraceSeries {
    return this.#series[layer] ?? emptySeries();
  }

  /** Whether this step (from 1) is to be recorded. */
  wants(step: number): boolean {
    return (step - 1) % this.stride === 0;
  }

  /** Takes one step's statistics, one entry for each layer (`null` for layers without weights). */
  record(step: number, statistics: readonly (LayerStatistics | null)[]): void {
    if (this.steps.at(-1) === step) return;
    if (this.steps.length >= recordedStepsLimit) this.#thin();
    this.steps = [...this.steps, step];
    let size = 0;
    statistics.forEach((layer, index) => {
      const series = this.#series[index];
      if (layer === null || series === undefined) return;
      for (const measure of layerMeasures) series[measure].push(layer[measure]);
      size = maxWithNaN(size, layer.max ?? 0);
    });
    this.#sizes.push(size);
  }

  #thin(): void {
    const kept = thinnedIndices(this.#sizes, Math.floor(recordedStepsLimit / 2) + 1);
    const pick = <T>(values: readonly T[]): T[] => kept.flatMap((index) => values.slice(index, index + 1));
    this.steps = pick(this.steps);
    for (const series of this.#series) {
      for (const measure of layerMeasures) {
        if (series[measure].length > 0) series[measure] = pick(series[measure]);
      }
    }
    this.#sizes.splice(0, this.#sizes.length, ...pick(this.#sizes));
    this.stride *= 2;
  }
}

function maxWithNaN(left: number, right: number): number {
  return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : Math.max(left, right);
}

function emptySeries(): Record<TraceMeasure, Recorded[]> {
  return {
    meanAbs: [],
    mean: [],
    std: [],
    l2: [],
    max: [],
    zeroShare: [],
    updateRatio: [],
    weightNorm: [],
    activationMean: [],
    activationStd: [],
    saturatedShare: [],
    deadShare: [],
  };
}
