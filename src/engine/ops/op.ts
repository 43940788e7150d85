// What an operation is: shape rule, forward and backward, as calls of backend routines that write into arrays given to them.
// Operations know nothing of tensors or tapes: eager execution runs them at once, a planned step lays out the same definitions beforehand.

import type { Backend } from "../backend/backend.ts";
import type { Floats } from "../intrinsics.ts";
import type { Shape } from "../shape.ts";

/** Numbers in row-major order with their shape: what operations read and write. */
export interface NumberBlock {
  readonly shape: Shape;
  readonly data: Floats;
}

/** One operation. `Attributes` are its settings that are not tensors: axes, a rate, a function's name. */
export interface Op<Attributes> {
  readonly name: string;
  /** The output's shape. @throws ShapeError or ValueError when the inputs do not fit. */
  outputShape(inputs: readonly Shape[], attributes: Attributes): Shape;
  /** Writes every number of `output`. */
  forward(backend: Backend, inputs: readonly NumberBlock[], output: NumberBlock, attributes: Attributes): void;
  /** Adds to the gradients of those inputs that want one. */
  backward(backend: Backend, pass: BackwardPass, attributes: Attributes): void;
}

/** What the backward pass of one operation sees. */
export interface BackwardPass {
  readonly inputs: readonly NumberBlock[];
  readonly output: NumberBlock;
  readonly outputGrad: NumberBlock;
  /** Where to add each input's gradient; `null` for an input that needs none. */
  readonly inputGrads: readonly (NumberBlock | null)[];
}

/** The input at a place an operation's own shape rule has checked. */
export function inputAt<Item>(inputs: readonly Item[], index: number): Item {
  const input = inputs[index];
  if (input === undefined) throw new RangeError(`The operation has no input ${index}.`);
  return input;
}
