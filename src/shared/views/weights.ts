// The weights of each layer over a training: how they are distributed, how far they moved, and what is odd about them.

import type { ViewNumber } from "../json.ts";
import type { Sentence } from "./common.ts";

export interface WeightsView {
  readonly kind: "weights";
  readonly version: 1;
  readonly sentence: Sentence;
  /** What the run, or else the model, is called. */
  readonly name: string;
  /** The run whose step and layer other views share; `null` for a model without one. */
  readonly runId: string | null;
  readonly stepsPerEpoch: number;
  /** Steps made before each set of weights, 0 for the start; a single one for a model that was not trained. */
  readonly steps: readonly number[];
  /** Equally wide bins of each histogram. */
  readonly bins: number;
  /** Layers with weights, input first; the first of `layerCount`. */
  readonly layers: readonly WeightsLayer[];
  readonly layerCount: number;
}

export interface WeightsLayer {
  readonly name: string;
  readonly type: string;
  readonly weights: readonly LayerWeights[];
}

/** One weight of a layer. Series have one value for each of the view's `steps`, or none at all where they are not known. */
export interface LayerWeights {
  /** "kernel", "bias"; "" for all weights of the layer together, where single ones were not kept. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Whether training changes it. */
  readonly trainable: boolean;
  readonly sentence: Sentence;
  readonly mean: readonly ViewNumber[];
  readonly std: readonly ViewNumber[];
  readonly min: readonly ViewNumber[];
  readonly max: readonly ViewNumber[];
  /** How far it is from where it started: the root of the mean square of the differences. */
  readonly moved: readonly ViewNumber[];
  /** What the histograms go from and to; their first and last bin hold what lies beyond. */
  readonly range: readonly [low: number, high: number];
  /** At each step two letters a bin (see `levels.ts`): the share (0–1) of numbers in it. Empty where they are not known. */
  readonly histograms: readonly string[];
  /** Each number by itself, one list for each with a value a step, where there are few of them; else empty. */
  readonly values: readonly (readonly ViewNumber[])[];
}
