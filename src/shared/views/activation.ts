// Activation functions with their slopes, and what reached them in a trained layer.

import type { ViewNumber } from "../json.ts";
import type { Sentence } from "./common.ts";

export interface ActivationView {
  readonly kind: "activation";
  readonly version: 1;
  readonly sentence: Sentence;
  /** The run that the layers are of: its other pictures choose the layer along with this one. Left out where there is none. */
  readonly runId?: string | undefined;
  /** Names of the functions shown at first, at most five. */
  readonly chosen: readonly string[];
  /** Every function the reader may choose. */
  readonly functions: readonly ActivationCurve[];
  /** Trained layers whose pre-activations may be laid under the curves. */
  readonly layers: readonly PreActivations[];
  /** The layer shown at first, by name; `null` shows none. */
  readonly layer: string | null;
}

export interface ActivationCurve {
  /** The name in code: "leakyRelu". */
  readonly name: string;
  /** The name in words: "leaky ReLU". */
  readonly label: string;
  /** Curves for each value of `alpha` that the slider offers, ascending; one entry with `alpha: null` where there is none. */
  readonly variants: readonly ActivationVariant[];
  /** Index into `variants` shown at first. */
  readonly initial: number;
}

export interface ActivationVariant {
  readonly alpha: number | null;
  /** Ascending. At a kink or jump the same z stands three times: left of it, at it as the engine computes, right of it. */
  readonly z: readonly number[];
  readonly value: readonly ViewNumber[];
  readonly slope: readonly ViewNumber[];
  /** sup f′; `null` when unbounded. */
  readonly largestSlope: number | null;
  /** Intervals of z (inside the drawn range) where f′ is below a tenth of its largest. */
  readonly saturated: readonly (readonly [from: number, to: number])[];
}

export interface PreActivations {
  readonly name: string;
  readonly activation: string;
  /** The layer's own value of the function's parameter, one of the variants' `alpha`; left out where it has none. */
  readonly alpha?: number | undefined;
  readonly units: number;
  /** The mean z of each unit; left out for layers with very many. */
  readonly unitMeans?: readonly ViewNumber[] | undefined;
  /** Units (from 0) of a ReLU that gave 0 for every example; left out where there are none. */
  readonly deadUnits?: readonly number[] | undefined;
  /** Bin edges, ascending, one more than `shares`. */
  readonly edges: readonly number[];
  /** Share (0–1) of all values in each bin; what lies outside is counted in the first and the last. */
  readonly shares: readonly number[];
  readonly saturatedShare: ViewNumber;
  /** How many examples were looked at. */
  readonly examples: number;
}
