// What a training writes down about each layer while it runs, within bounds: at most 240 steps and the peaks, however long it takes.

import type { CallPlace } from "../../host.ts";

/** A recorded number; `null` where the measure has no meaning (a layer without activation has no saturated share). */
export type Recorded = number | null;

/**
 * How much `fit` records of the layers: nothing, numbers, or numbers and histograms.
 *
 * @see FitOptions.trace
 */
export type TraceLevel = "off" | MeasuredLevel;

/** A level at which something is recorded. */
export type MeasuredLevel = "summary" | "full";

/**
 * The names of what is recorded of a layer at a step, before its update.
 *
 * - `meanAbs` (mean |g|), `mean`, `std`, `l2` (√Σg²), `max` (largest |g|), `zeroShare` (share of zeros, 0–1): of the gradient g of
 *   the loss with respect to the layer's trainable weights and biases; `null` while the layer is frozen.
 * - `signalMeanAbs` … `signalZeroShare`: the same of the signal, the gradient with respect to what reaches the layer's activation,
 *   dL/dz; with respect to its output where it has none. Of a layer applied several times: over all its calls. `null` where
 *   neither the layer nor one before it learns: nothing is computed there.
 * - `weightNorm` (√Σw²), `weightMean`, `weightStd`: of the weights, frozen or not, without moving means; `updateNorm`: √Σ(change)² of the update that
 *   followed; `updateRatio`: that divided by `weightNorm`.
 * - `activationMean`, `activationStd`: of the layer's output; `saturatedShare`: where the activation's slope is below a tenth of its
 *   largest; `deadShare`: units of a ReLU that were 0 for the whole batch.
 */
export const layerMeasures = [
  "meanAbs",
  "mean",
  "std",
  "l2",
  "max",
  "zeroShare",
  "signalMeanAbs",
  "signalMean",
  "signalStd",
  "signalL2",
  "signalMax",
  "signalZeroShare",
  "updateRatio",
  "updateNorm",
  "weightNorm",
  "weightMean",
  "weightStd",
  "activationMean",
  "activationStd",
  "saturatedShare",
  "deadShare",
] as const;

/** What is measured of a layer at each recorded step; see `TraceSeries`. */
export type TraceMeasure = (typeof layerMeasures)[number];

/** One step's numbers of one layer. */
export type LayerStatistics = Readonly<Record<TraceMeasure, Recorded>>;

/** One value for each of `Trace.steps`. */
export type TraceSeries = Readonly<Record<TraceMeasure, readonly Recorded[]>>;

/** How numbers were distributed at each recorded step. */
export interface TraceHistogram {
  /** Bin edges, ascending, one more than there are bins; a bin holds numbers from its lower edge up to below the upper one. */
  readonly edges: readonly number[];
  /** For each recorded step the share (0–1) of all numbers in each bin; `null` where there were none. NaN lies in no bin. */
  readonly shares: readonly (readonly number[] | null)[];
}

/** The histograms of a layer, one for each recorded step. Recorded by `trace: "full"`. */
export interface TraceHistograms {
  /**
   * Of |g| for the weights, on a log scale: edges 0, 10⁻¹², 10^−11.5 … 10³, Infinity. Zeros lie in no bin: their share is
   * `zeroShare`. `null` for a layer without weights.
   */
  readonly gradient: TraceHistogram | null;
  /** Of |dL/dz|, the same way. */
  readonly signal: TraceHistogram;
  /** Of the output: 48 bins from −6 to 6; what lies outside is counted in the first and the last. */
  readonly activation: TraceHistogram;
}

/** The distribution of what reaches a layer's activation, after training. */
export interface PreActivationHistogram {
  /** The activation's parameter, as the layer was made with it (PReLU starts there); `null` where it has none. */
  readonly alpha: Recorded;
  /** Bin edges, ascending, one more than `shares`. */
  readonly edges: readonly number[];
  /** Share (0–1) of all values in each bin; what lies outside is counted in the first and the last. */
  readonly shares: readonly number[];
  /** Share (0–1) of values where the activation's slope is below a tenth of its largest; `null` where that has no meaning. */
  readonly saturatedShare: Recorded;
  /** How many units the layer has. */
  readonly units: number;
  /** The mean of what reaches each unit; empty for more than 256 of them, and where units stand in several places. */
  readonly unitMeans: readonly number[];
  /** Units (from 0) of a ReLU that none of the examples reached: their output was 0 for all. Empty for other functions, and where `unitMeans` is. */
  readonly deadUnits: readonly number[];
  /** How many examples were looked at. */
  readonly examples: number;
}

/** What a run knows of one layer. */
export interface LayerTrace {
  /** The layer's name in its model. */
  readonly name: string;
  /** The layer's kind as the user wrote it: "dense". */
  readonly type: string;
  /** The activation's name; `null` where the layer has none. */
  readonly activation: string | null;
  /** Sizes outermost first; `null` is the batch axis. */
  readonly inputShape: readonly (number | null)[];
  /** The shape of one output sample. */
  readonly outputShape: readonly (number | null)[];
  /** Number of weights, biases included. */
  readonly parameters: number;
  /** How many of them this training changes by their gradients. */
  readonly trainableParameters: number;
  /** The call that made the layer; `null` when it was not made in a cell. */
  readonly place: CallPlace | null;
  /** For a layer without weights the series of gradient and weights are empty. */
  readonly series: TraceSeries;
  /** How gradient, signal and output were distributed; `null` unless `trace: "full"` was asked for. */
  readonly histograms: TraceHistograms | null;
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
 * Which of the recorded steps to keep to get at most `limit`: the first, the last and the largest always; else every second
 * one, except that of two neighbours the one with the outlier stays (largest |g| of any layer at least four times the other's,
 * or not finite). So a spike survives, and ordinary steps are not biased upwards.
 */
export function thinnedIndices(sizes: readonly number[], limit: number): number[] {
  let kept = sizes.map((_, index) => index);
  // Fewer than four have no room for it.
  const largest = limit < 4 ? -1 : indexOfLargest(sizes);
  // Below four a pass could not make it shorter.
  while (kept.length > Math.max(3, limit)) {
    const first = kept[0] ?? 0;
    const last = kept[kept.length - 1] ?? 0;
    const middle: number[] = [];
    for (let index = 1; index < kept.length - 1; index += 2) {
      const left = kept[index] ?? 0;
      const right = index + 1 < kept.length - 1 ? kept[index + 1] : undefined;
      const isLeft = right === undefined || left === largest || standsOut(sizes[left] ?? 0, sizes[right] ?? 0);
      middle.push(isLeft && right !== largest ? left : (right ?? left));
    }
    kept = [first, ...middle, last];
  }
  return kept;
}

/** The first that is not a number, else the first of the largest; -1 where there are none. */
function indexOfLargest(sizes: readonly number[]): number {
  let largest = -1;
  for (let index = 0; index < sizes.length; index++) {
    const size = sizes[index] as number;
    if (Number.isNaN(size)) return index;
    if (largest === -1 || size > (sizes[largest] as number)) largest = index;
  }
  return largest;
}

/** Whether of two neighbours the first tells more of a training: usually the second does. */
export function standsOut(size: number, next: number): boolean {
  return !Number.isFinite(size) || size >= outlierFactor * next;
}
