// A model as plain data, for whoever writes it down for another program: layers with their settings and weights, how they are connected, how it is compiled.

import type { Floats } from "../intrinsics.ts";
import type { Shape } from "../shape.ts";

/** What a layer, a loss or an optimizer is set to: numbers, words, lists of them. */
export type Setting = number | string | boolean | null | undefined | readonly Setting[];
export type Settings = Readonly<Record<string, Setting>>;

/** `l1·Σ|w| + l2·Σw²`. */
export interface PenaltyDescription {
  readonly l1: number;
  readonly l2: number;
}

/** A weight and what is asked of it. */
export interface WeightDescription {
  /** "kernel", "bias" … */
  readonly name: string;
  readonly shape: Shape;
  readonly numbers: Floats;
  /** Whether gradients change it; not so for moving means. */
  readonly isTrainable: boolean;
  readonly penalty: PenaltyDescription | null;
  /** The call that made it: "maxNorm" with its options. */
  readonly constraint: { readonly name: string; readonly settings: Settings } | null;
}

/** A layer. Shapes are of one sample. */
export interface LayerDescription {
  readonly name: string;
  /** "dense" …; "projection" for the one a residual block makes. `null` for a layer that a user wrote. */
  readonly type: string | null;
  /** Its public settings: units, kernelSize, strides … */
  readonly settings: Settings;
  /** The layer inside, of a bidirectional one. */
  readonly inner: Pick<LayerDescription, "type" | "settings"> | null;
  readonly weights: readonly WeightDescription[];
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  readonly isTrainable: boolean;
  readonly activityPenalty: PenaltyDescription | null;
}

/** The loss of an output. */
export interface LossDescription {
  /** "mse" …; `null` for one that a user wrote. */
  readonly name: string | null;
  /** What errors call it. */
  readonly label: string;
  readonly settings: Settings;
  /** How much it counts. */
  readonly weight: number;
  /** Whether it is computed from what the last layer's activation is given, which is more exact. */
  readonly isFused: boolean;
}

/** What updates the weights. */
export interface OptimizerDescription {
  readonly name: string;
  readonly settings: Settings;
  readonly isScheduled: boolean;
  readonly convention: "keras" | "torch";
  readonly weightDecay: number;
  readonly decoupledWeightDecay: boolean;
}

/** A model with weights. */
export interface ModelDescription {
  readonly name: string;
  /** Each once. */
  readonly layers: readonly LayerDescription[];
  /** In an order in which everything comes after what it is made from; `layer` is `null` for an input. Shapes are of one sample. */
  readonly nodes: readonly {
    readonly layer: number | null;
    readonly inputs: readonly number[];
    readonly shape: Shape;
  }[];
  readonly inputs: readonly { readonly node: number; readonly name: string }[];
  readonly outputs: readonly { readonly node: number; readonly name: string }[];
  /** How `predict` gives its outputs. */
  readonly arranged: "one" | "list" | "byName";
  /** `null` before `compile`. */
  readonly compiled: { readonly losses: readonly LossDescription[]; readonly optimizer: OptimizerDescription } | null;
}
