// A model as a picture: its layers as blocks with what connects them, and a small net's units and weights.

import type { ViewNumber } from "../json.ts";
import type { LayerInfo, Sentence } from "./common.ts";
import type { GradientsRun } from "./gradients.ts";

export interface NetworkView {
  readonly kind: "network";
  readonly version: 1;
  readonly sentence: Sentence;
  readonly name: string;
  readonly totalParameters: number;
  /** Inputs and calls of layers, in an order in which everything comes after what it takes. */
  readonly nodes: readonly NetworkNode[];
  /** The loss's name, and its newest value where the model was trained; `null` before it is compiled. */
  readonly loss: { readonly name: string; readonly value: ViewNumber } | null;
  /** What the gradients did in a training; `null` for a model alone. */
  readonly run: GradientsRun | null;
  /** Units and weights as they are now; `null` for a net too large or with other layers than dense ones. */
  readonly units: readonly UnitColumn[] | null;
  /** What the weights of `units` were on the way of the training; left out where that was not kept. */
  readonly unitHistory?: UnitHistory | undefined;
}

/** An input, or one call of a layer. */
export interface NetworkNode extends LayerInfo {
  /** The places (in `nodes`) of what it takes; empty for an input. */
  readonly takes: readonly number[];
}

/** The weights of a small net at some steps of its training. */
export interface UnitHistory {
  /** Steps made before, ascending; 0 is the start. */
  readonly steps: readonly number[];
  /** For each of them all weights and biases, column by column: the lists of `weights` one after the other, then `biases`. */
  readonly numbers: readonly (readonly ViewNumber[])[];
}

/** The units of an input or of a dense layer. */
export interface UnitColumn {
  readonly name: string;
  readonly activation: string | null;
  readonly units: number;
  /** One for each unit; empty where there are none. */
  readonly biases: readonly ViewNumber[];
  /** From each unit of the column before (a list each) to each unit of this one; empty for the input. */
  readonly weights: readonly (readonly ViewNumber[])[];
}
