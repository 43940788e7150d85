// The layers of a model.

import type { LayerInfo } from "./common.ts";

export interface SummaryLayer extends LayerInfo {
  /** How many of its parameters training changes; left out where it is all of them. */
  readonly trainable?: number | undefined;
  /** The names of the layers and inputs it takes; left out where the layers stand in a row. */
  readonly takes?: readonly string[] | undefined;
}

export interface SummaryView {
  readonly kind: "summary";
  readonly version: 1;
  readonly name: string;
  readonly layers: readonly SummaryLayer[];
  readonly totalParameters: number;
  readonly trainableParameters: number;
  readonly loss: string | null;
  readonly optimizer: string | null;
}
