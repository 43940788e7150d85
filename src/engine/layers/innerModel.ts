// A model as a part of a layer, as far as layers know models: its layers, and what it makes of an input.

import type { Layer } from "./layer.ts";
import type { SymbolicTensor } from "./symbolicTensor.ts";

/** A model with one input and one output, standing among the layers of a block: its layers take their places there, with their weights. */
export interface InnerModel {
  /** Its layers, each once. */
  readonly layers: readonly Layer[];
  /** What it makes of another input. */
  apply(x: SymbolicTensor): SymbolicTensor;
  /** @internal Another like it, without weights, whose layers are copies; each once, as `copies` knows. */
  copyWith(copies: Map<Layer, Layer>): object;
}

/** Tells a model from anything else: layers know the class of none. */
export function isInnerModel(part: unknown): part is InnerModel {
  return typeof part === "object" && part !== null && "copyWith" in part && typeof part.copyWith === "function";
}
