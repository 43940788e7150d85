// What an operation is: shape rule, forward and backward, as calls of backend routines that write into arrays given to them.
// Operations know tensors by their type only, to say how a gradient is differentiated again, and nothing of tapes: eager
// execution runs them at once, a planned step lays out the same definitions beforehand.

import type { Backend } from "../backend/backend.ts";
import type { Floats } from "../intrinsics.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

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
  /**
   * The same gradients, one for each input, written in tensor operations so that they can be differentiated again; `null`
   * where an input gets none. Asked only when second derivatives are wanted; an operation without it has none.
   */
  derive?(pass: DerivedPass, attributes: Attributes): readonly (DerivedGradient | null)[];
  /** Says that the derivative is 0 wherever there is one, and what to use instead; `null` for settings with a useful derivative. */
  flat?(attributes: Attributes): Flatness | null;
}

/** A gradient, worked out only for an input that wants one. */
export type DerivedGradient = () => Tensor;

/** What the differentiable form of a backward pass sees. */
export interface DerivedPass {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly outputGrad: Tensor;
}

/** An operation nothing can be learned through. */
export interface Flatness {
  /** As users call it: "step". */
  readonly name: string;
  /** What to do: "use sigmoid or ReLU". */
  readonly advice: string;
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
