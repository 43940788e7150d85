// The gradients of each layer over the steps of one or several runs.

import type { ViewNumber } from "../json.ts";
import type { LayerInfo, Sentence } from "./common.ts";

export interface GradientsView {
  readonly kind: "gradients";
  readonly version: 1;
  readonly sentence: Sentence;
  /** One to five runs. */
  readonly runs: readonly GradientsRun[];
}

export interface GradientsRun {
  readonly runId: string;
  readonly name: string;
  /** The shown steps of those recorded, counted from 1, in order; every series below has one value for each, or none at all. */
  readonly steps: readonly number[];
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly verdict: GradientVerdict;
  /** The bound of the activation's slope that all hidden layers share (0.25 for sigmoid): drawn as a reference. */
  readonly slopeBound: number | null;
  /** Layers with weights, input first. */
  readonly layers: readonly GradientsLayer[];
}

/** What the gradients of a run do on their way to the input. */
export interface GradientVerdict {
  readonly kind: "vanishing" | "exploding" | "healthy" | "notFinite" | "unknown";
  /** How much they shrink per layer towards the input (below 1: they grow); `null` with fewer than three layers. */
  readonly shrinkPerLayer: number | null;
  /** Largest over smallest layer (median over steps). */
  readonly range: number | null;
}

export interface GradientsLayer extends LayerInfo {
  readonly sentence: Sentence;
  /** How many of its parameters the training changes; views of earlier versions do not say. */
  readonly trainable?: number | undefined;
  readonly series: LayerSeries;
  /** How |g| was distributed; left out where that was not recorded. */
  readonly distribution?: GradientDistribution | undefined;
}

/** Histograms of |g| over time. */
export interface GradientDistribution {
  /** Steps of the run (counted from 1), in order: one for each list of `shares`. */
  readonly steps: readonly number[];
  /** Inner bin edges, ascending: the first bin lies below the first edge, the last above the last. */
  readonly edges: readonly number[];
  /** At each step the share (0–1) of all entries of g in each bin; zeros lie in none. */
  readonly shares: readonly (readonly number[])[];
}

/** One value for each of the run's `steps`; empty where a measure was not recorded at any of them, or not kept in a view of very many layers. `g` is the gradient of the loss with respect to the layer's weights and biases. */
export interface LayerSeries {
  /** Mean |g|. */
  readonly meanAbs: readonly ViewNumber[];
  readonly mean: readonly ViewNumber[];
  readonly std: readonly ViewNumber[];
  /** L2 norm of g. */
  readonly l2: readonly ViewNumber[];
  /** Largest |g|. */
  readonly max: readonly ViewNumber[];
  /** Share (0–1) of entries of g that are zero. */
  readonly zeroShare: readonly ViewNumber[];
  /** Share (0–1) of entries of g that are not zero and below 10⁻⁸ (see `nearZero`); recorded with `trace: "full"`. */
  readonly nearZeroShare: readonly ViewNumber[];
  /** The same as `meanAbs`, `l2` and `max`, of the signal dL/dz: the gradient of what reaches the layer's activation. */
  readonly signalMeanAbs: readonly ViewNumber[];
  readonly signalL2: readonly ViewNumber[];
  readonly signalMax: readonly ViewNumber[];
  readonly weightMean: readonly ViewNumber[];
  readonly weightStd: readonly ViewNumber[];
  /** L2 norm of the step's update over L2 norm of the weights. */
  readonly updateRatio: readonly ViewNumber[];
  readonly activationMean: readonly ViewNumber[];
  readonly activationStd: readonly ViewNumber[];
  /** Share (0–1) of outputs where the activation's slope is below a tenth of its largest; empty where that has no meaning. */
  readonly saturatedShare: readonly ViewNumber[];
  /** Share (0–1) of units that were zero for the whole batch (ReLU family). */
  readonly deadShare: readonly ViewNumber[];
}

export type LayerMeasure = keyof LayerSeries;
