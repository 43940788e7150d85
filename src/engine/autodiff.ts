// Derivatives of functions: `grad`, `valueAndGrad` and second derivatives on top of the tape, and `noGrad` to leave the tape out.

import { readArguments } from "./argumentCounts.ts";
import { describeValue, ShapeError, ValueError } from "./errors.ts";
import { checkDifferentiable, deriveGradients } from "./gradientGraph.ts";
import { Floats } from "./intrinsics.ts";
import { formatShape, isSameShape } from "./shape.ts";
import { isRecording, withoutRecording, withRecording } from "./tape.ts";
import { asArgument, Tensor, type TensorLike } from "./tensor.ts";
import { stack } from "./tensorFunctions.ts";

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
 * It can be differentiated itself: `grad(grad(f))` is the second derivative.
 *
 * @throws ShapeError when the function returns more than one number: reduce it with `sum()` or `mean()`.
 * @throws ValueError when the function depends on its argument only through operations whose derivative is 0 everywhere.
 * @example grad((x) => x.square().sum())([1, 2]) // Tensor [2] [2, 4]
 * @example grad(grad((x) => x.pow(3)))(2) // Tensor [] 12
 */
export function grad(f: (...inputs: Tensor[]) => Tensor): (...inputs: TensorLike[]) => Tensor;
export function grad(...given: [Differentiated]): (...inputs: TensorLike[]) => Tensor {
  const both = valueAndGrad(...readArguments("grad", 1, given));
  return (...inputs) => both(...inputs).grad;
}

type Differentiated = (...inputs: Tensor[]) => Tensor;

/** How many functions are being differentiated now, one inside the other. */
let depth = 0;

/** After code was ended from outside, which runs no `finally`: no derivative is being taken any more. */
export function endAllDerivatives(): void {
  depth = 0;
}

/**
 * Value and derivatives of a function in one pass. Inside another function that is differentiated, they can be
 * differentiated again.
 *
 * @throws ShapeError when the function returns more than one number.
 * @example valueAndGrad((w, b) => w.mul(3).add(b))(2, 1) // value 7, grads [3, 1]
 */
export function valueAndGrad(f: (...inputs: Tensor[]) => Tensor): (...inputs: TensorLike[]) => ValueAndGrad;
export function valueAndGrad(...given: [Differentiated]): (...inputs: TensorLike[]) => ValueAndGrad {
  const [f] = readArguments("valueAndGrad", 1, given);
  checkFunction("grad", f);
  return (...inputs) => {
    if (inputs.length === 0)
      throw new ValueError({
        op: "grad",
        expected: "the numbers to differentiate at",
        got: "none",
        hint: "For example grad((x) => x.square().sum())([1, 2]).",
      });
    // An outer derivative goes on through the inputs and through what the function found outside; noGrad ends it.
    const isNested = depth > 0 && isRecording();
    depth++;
    try {
      return withRecording(() => differentiate(f, inputs.map(asPoint), isNested));
    } finally {
      depth--;
    }
  };
}

function differentiate(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[], isNested: boolean): ValueAndGrad {
  // New values over the same numbers, so that nothing the caller holds gets a gradient by the way.
  const leaves = inputs.map((input) =>
    isNested && input.needsGradient
      ? input.reshape(input.shape)
      : new Tensor(input.shape, input.data, { requiresGrad: true }),
  );
  const value = f(...leaves);
  if (!(value instanceof Tensor))
    throw new ValueError({
      op: "grad",
      expected: "the function to return a tensor",
      got: describeValue(value),
      hint: "Compute with tensor operations, as in x.square().sum(), and return what they give.",
    });
  if (value.size !== 1)
    throw new ShapeError({
      op: "grad",
      what: "the function to return",
      expected: "one number",
      got: value.shape,
      hint: "Reduce it: f(x).sum() or f(x).mean().",
    });
  const grads = isNested ? derivedGrads(value, leaves) : plainGrads(value, leaves);
  return { value: isNested ? value : value.detach(), grad: grads[0] ?? value.detach(), grads };
}

function plainGrads(value: Tensor, leaves: readonly Tensor[]): Tensor[] {
  if (value.needsGradient) value.backward();
  return leaves.map((leaf) => leaf.grad ?? zerosLike(leaf));
}

/** Gradients that are computed from the inputs in their turn. Values other than the leaves get none here. */
function derivedGrads(value: Tensor, leaves: readonly Tensor[]): Tensor[] {
  const found = new Map<Tensor, Tensor>();
  if (value.needsGradient) {
    checkDifferentiable(value);
    deriveGradients(value, new Tensor(value.shape, new Floats([1])), (each, gradient) => {
      if (leaves.includes(each)) found.set(each, gradient);
    });
  }
  return leaves.map((leaf) => found.get(leaf) ?? zerosLike(leaf));
}

function zerosLike({ shape, size }: Tensor): Tensor {
  return new Tensor(shape, new Floats(size));
}

/**
 * The Hessian (matrix of second derivatives) of a function of one tensor times a vector, `H(x) · v`, without the matrix:
 * two passes instead of one for each number of `x` (Pearlmutter 1994).
 *
 * `vector` has the shape of `x`; so has the result.
 *
 * @throws ShapeError when the function returns more than one number or the vector has another shape.
 * @example hessianVectorProduct((x) => x.pow(3).sum())([1, 2], [1, 0]) // Tensor [2] [6, 0]
 */
export function hessianVectorProduct(f: (x: Tensor) => Tensor): (x: TensorLike, vector: TensorLike) => Tensor;
export function hessianVectorProduct(...given: [(x: Tensor) => Tensor]) {
  const [f] = readArguments("hessianVectorProduct", 1, given);
  checkFunction("hessian", f);
  const gradient = grad((x) => f(x as Tensor));
  return (x: TensorLike, vector: TensorLike): Tensor => {
    const point = asArgument(x, "x of hessianVectorProduct");
    const direction = asArgument(vector, "vector of hessianVectorProduct").detach();
    if (!isSameShape(point.shape, direction.shape))
      throw new ShapeError({
        op: "hessianVectorProduct",
        what: "a vector",
        expected: `of the point's shape ${formatShape(point.shape)}`,
        got: direction.shape,
      });
    return grad((at) =>
      gradient(at as Tensor)
        .mul(direction)
        .sum(),
    )(point);
  };
}

function asPoint(values: TensorLike, index: number): Tensor {
  return asArgument(values, `argument ${index + 1} of the derivative`);
}

/**
 * The Hessian of a function of one tensor: all its second derivatives, `[…shape, …shape]` for an `x` of that shape. It
 * takes a pass for each number of `x`; for many numbers see `hessianVectorProduct`.
 *
 * @throws ShapeError when the function returns more than one number.
 * @example hessian((x) => x.square().sum())([1, 2]).toArray() // [[2, 0], [0, 2]]
 */
export function hessian(f: (x: Tensor) => Tensor): (x: TensorLike) => Tensor;
export function hessian(...given: [(x: Tensor) => Tensor]): (x: TensorLike) => Tensor {
  const product = hessianVectorProduct(...readArguments("hessian", 1, given));
  return (x) => {
    const point = asArgument(x, "x of hessian");
    const rows = Array.from({ length: point.size }, (_, index) => {
      const direction = new Floats(point.size);
      direction[index] = 1;
      return product(point, new Tensor(point.shape, direction));
    });
    return stack(rows).reshape([...point.shape, ...point.shape]);
  };
}

/**
 * Runs `work` without recording, so that nothing in it can be differentiated: predictions, updates by hand.
 *
 * @example noGrad(() => w.data.set(w.sub(w.grad?.mul(0.1) ?? 0).data)) // a step of gradient descent by hand
 */
export function noGrad<Result>(work: () => Result): Result;
export function noGrad<Result>(...given: [() => Result]): Result {
  const [work] = readArguments("noGrad", 1, given);
  checkFunction("noGrad", work);
  return withoutRecording(work);
}

function checkFunction(op: string, f: unknown): void {
  if (typeof f !== "function")
    throw new ValueError({
      op,
      expected: "a function",
      got: describeValue(f),
      hint: `For example ${op}((x) => x.square().sum()).`,
    });
}
