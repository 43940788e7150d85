// The parts that PyTorch code of a layer is made of, and how values are written in Python.

import type { StoredTensor } from "../../saving/safetensors.ts";

/** A layer as PyTorch code. */
export interface TorchLayer {
  /** What its modules and parameters are set to, by attribute of the model: `dense_1` → `nn.Linear(4, 8)`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What is done to them once they are there. */
  readonly setup: readonly string[];
  /** What it makes of its inputs, before its activation function. */
  readonly value: (inputs: readonly string[]) => string;
  /** Its activation function of an expression; `null` for none. */
  readonly activate: ((x: string) => string) | null;
  /** The tensors of the state: "dense_1.weight" in PyTorch's layout. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** For each of nnbook's weights that has a parameter of its own: that parameter, seen in nnbook's layout: "self.dense_1.weight.T". */
  readonly views: Readonly<Record<string, string>>;
  /** The classes and functions it needs, of those in `torchHelpers.ts`. */
  readonly helpers: readonly HelperName[];
}

export type HelperName =
  | "Prelu"
  | "BatchNorm"
  | "RmsNorm"
  | "Cell"
  | "Bidirectional"
  | "Attention"
  | "average_pool"
  | "spatial_dropout"
  | "unit_length";

/** What most layers are. */
export function plainLayer(value: TorchLayer["value"], more: Partial<TorchLayer> = {}): TorchLayer {
  return { attributes: {}, setup: [], value, activate: null, tensors: {}, views: {}, helpers: [], ...more };
}

/** `[1, 2]` → "(1, 2)", `[1]` → "(1,)". */
export function tuple(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(", ")})`;
}

export function bool(value: unknown): string {
  return value === true ? "True" : "False";
}

/** A text, a number or a flag in Python. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return bool(value);
  return JSON.stringify(value);
}
