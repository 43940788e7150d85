// Derivatives of functions: `grad` and `valueAndGrad` on top of the tape, and `noGrad` to leave the tape out.

import { ShapeError } from "./errors.ts";
import { Floats } from "./intrinsics.ts";
import { withoutRecording } from "./tape.ts";
import { asTensor, Tensor, type TensorLike } from "./tensor.ts";

/** A function's value with its gradients. */
export interface ValueAndGrad {
  /** What the function returned: one number. */
  readonly value: Tensor;
  /** The gradient with respect to the first argument, in its shape. */
  readonly grad: Tensor;
  /** The gradients with respect to all arguments, in order. */
  readonly grads: readonly Tensor[];
}

/**
 * The derivative of a function that returns one number, with respect to its first argument.
 *
 * @throws ShapeError when the function returns more than one number: reduce it with `sum()` or `mean()`.
 * @example grad((x) => x.square().sum())([1, 2]) // Tensor [2] [2, 4]
 */
export function grad(f: (...inputs: Tensor[]) => Tensor): (...inputs: TensorLike[]) => Tensor {
  const both = valueAndGrad(f);
  return (...inputs) => both(...inputs).grad;
}

/**
 * Value and derivatives of a function in one pass.
 *
 * @throws ShapeError when the function returns more than one number.
 * @example valueAndGrad((w, b) => w.mul(3).add(b))(2, 1) // value 7, grads [3, 1]
 */
export function valueAndGrad(f: (...inputs: Tensor[]) => Tensor): (...inputs: TensorLike[]) => ValueAndGrad {
  return (...inputs) => {
    // New leaves over the same numbers, so that nothing the caller holds gets a gradient by the way.
    const leaves = inputs.map((input) => {
      const { shape, data } = asTensor(input);
      return new Tensor(shape, data, { requiresGrad: true });
    });
    const value = f(...leaves);
    if (value.size !== 1)
      throw new ShapeError({
        op: "grad",
        what: "the function to return",
        expected: "one number",
        got: value.shape,
        hint: "Reduce it: f(x).sum() or f(x).mean().",
      });
    if (value.needsGradient) value.backward();
    const grads = leaves.map((leaf) => leaf.grad ?? new Tensor(leaf.shape, new Floats(leaf.size)));
    return { value: value.detach(), grad: grads[0] ?? value.detach(), grads };
  };
}

/**
 * Runs `work` without recording, so that nothing in it can be differentiated: predictions, updates by hand.
 *
 * @example noGrad(() => w.data.set(w.sub(w.grad.mul(0.1)).data))
 */
export function noGrad<Result>(work: () => Result): Result {
  return withoutRecording(work);
}
