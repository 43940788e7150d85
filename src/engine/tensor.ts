// Tensors: numbers with a shape, and the operations on them that can be differentiated.

import type { Reduction } from "./backend/backend.ts";
import { backend } from "./backend/current.ts";
import type { BinaryName, UnaryName } from "./backend/scalarMaths.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { execute } from "./execute.ts";
import { Floats } from "./intrinsics.ts";
import { gatherRowsOp, reshapeOp, sliceAlong, sliceOp, transposeOp } from "./ops/arrange.ts";
import { binaryOp, unaryOp } from "./ops/elementwise.ts";
import { matmulOp } from "./ops/matmul.ts";
import type { Op } from "./ops/op.ts";
import { type Axes, type ReduceOptions, reducedAxes, reduceOp } from "./ops/reduce.ts";
import { softmaxOp } from "./ops/softmax.ts";
import { axisFromFront, formatShape, isSameShape, isShape, type Shape, sizeOf, sizesAround } from "./shape.ts";
import { type Origin, propagateGradients, type TapedValue } from "./tape.ts";
import {
  checkCount,
  nestNumbers,
  readNumbers,
  type TensorOptions,
  type TensorSource,
  tensorText,
} from "./tensorText.ts";

/** What an operation takes beside a tensor: a number, nested arrays or a typed array. */
export type TensorLike = Tensor | TensorSource;

/**
 * Numbers (float32) with a shape. Made by `tensor(…)`, by operations, and by layers; never changed by operations.
 *
 * @example tensor([[1, 2], [3, 4]]).matmul([[1], [1]]).toArray() // [[3], [7]]
 */
export class Tensor implements TapedValue {
  /** Sizes, outermost first; `[]` for a single number. */
  readonly shape: Shape;
  /** The numbers in row-major order (last axis fastest). */
  readonly data: Floats;
  /** Whether `backward` gives this tensor a `grad`. */
  readonly requiresGrad: boolean;
  /** @internal */
  readonly origin: Origin | null;
  /** @internal */
  gradientData: Floats | null = null;
  #isGradKept = false;

  /** Takes the numbers as they are, without a copy. In cells `tensor(…)` is handier. */
  constructor(
    shape: Shape,
    data: Floats,
    { requiresGrad = false, origin = null }: { requiresGrad?: boolean; origin?: Origin | null } = {},
  ) {
    this.shape = shape;
    this.data = data;
    this.requiresGrad = requiresGrad;
    this.origin = origin;
  }

  /** How many axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** How many numbers. */
  get size(): number {
    return this.data.length;
  }

  /** The gradient `backward` found for this tensor, summed over calls; `null` before. */
  get grad(): Tensor | null {
    return this.gradientData === null ? null : new Tensor(this.shape, this.gradientData);
  }

  /** Whether a gradient flows through it: it requires one, or was computed from a tensor that does. */
  get needsGradient(): boolean {
    return this.requiresGrad || this.origin !== null;
  }

  /** @internal */
  get keepsGradient(): boolean {
    return this.requiresGrad || this.#isGradKept;
  }

  /**
   * The number of a tensor that holds just one.
   *
   * @throws ShapeError when it holds more.
   */
  item(): number {
    const value = this.data[0];
    if (value === undefined || this.size !== 1)
      throw new ShapeError({
        op: "item",
        what: "a tensor",
        expected: "of one number",
        got: this.shape,
        hint: "Use toArray() for all numbers, or reduce it first: sum(), mean().",
      });
    return value;
  }

  /** The numbers as nested arrays, one level for each axis; a plain number for a scalar. */
  // biome-ignore lint/suspicious/noExplicitAny: the nesting depth is known only at run time, and users index into it.
  toArray(): any {
    return nestNumbers(this.data, this.shape);
  }

  /**
   * Finds the gradient of this tensor with respect to every tensor that requires one, and adds it to their `grad`.
   *
   * @throws ShapeError when this holds more than one number and no `outputGrad` of its shape is given.
   * @example const w = tensor([2, 3], { requiresGrad: true }); w.square().sum().backward(); w.grad // [4, 6]
   */
  backward(outputGrad?: TensorLike): void {
    if (!this.needsGradient)
      throw new ValueError({
        op: "backward",
        expected: "a tensor computed from one with requiresGrad: true",
        got: "one that depends on none",
        hint: "Make the inputs with tensor(…, { requiresGrad: true }), outside noGrad. argMax, detach and toArray end the chain.",
      });
    if (outputGrad === undefined && this.size !== 1)
      throw new ShapeError({
        op: "backward",
        what: "a tensor",
        expected: "of one number",
        got: this.shape,
        hint: "Reduce it first: sum() or mean(), or give outputGrad.",
      });
    const seed = asTensor(outputGrad ?? 1);
    if (outputGrad !== undefined && !isSameShape(seed.shape, this.shape))
      throw new ShapeError({ op: "backward", what: "outputGrad", expected: formatShape(this.shape), got: seed.shape });
    propagateGradients(backend(), this, new Floats(seed.data));
  }

  /** Makes `backward` keep the gradient of this computed tensor too, in `grad`. Returns the tensor. */
  retainGrad(): this {
    this.#isGradKept = true;
    return this;
  }

  /** Forgets `grad`, so that the next `backward` starts from zero. */
  zeroGrad(): void {
    this.gradientData = null;
  }
  /** The same numbers (shared, not copied), cut off from how they were computed. */
  detach(): Tensor {
    return new Tensor(this.shape, this.data);
  }

  /** `a + b`, with broadcasting. */
  add(other: TensorLike): Tensor {
    return applyBinary("add", this, other);
  }
  /** `a − b`, with broadcasting. */
  sub(other: TensorLike): Tensor {
    return applyBinary("subtract", this, other);
  }
  /** `a · b` number by number, with broadcasting. For the matrix product see `matmul`. */
  mul(other: TensorLike): Tensor {
    return applyBinary("multiply", this, other);
  }
  /** `a / b` number by number, with broadcasting. */
  div(other: TensorLike): Tensor {
    return applyBinary("divide", this, other);
  }
  /** `aᵇ` number by number, with broadcasting. */
  pow(exponent: TensorLike): Tensor {
    return applyBinary("power", this, exponent);
  }
  /** The larger of `a` and `b`, number by number. Where equal, each gets half of the gradient. */
  maximum(other: TensorLike): Tensor {
    return applyBinary("maximum", this, other);
  }
  /** The smaller of `a` and `b`, number by number. */
  minimum(other: TensorLike): Tensor {
    return applyBinary("minimum", this, other);
  }
  /** 1 where `a > b`, else 0. Has no gradient. */
  greater(other: TensorLike): Tensor {
    return applyBinary("greater", this, other);
  }
  /** 1 where `a ≥ b`, else 0. Has no gradient. */
  greaterEqual(other: TensorLike): Tensor {
    return applyBinary("greaterEqual", this, other);
  }
  /** 1 where `a < b`, else 0. Has no gradient. */
  less(other: TensorLike): Tensor {
    return applyBinary("less", this, other);
  }
  /** 1 where `a ≤ b`, else 0. Has no gradient. */
  lessEqual(other: TensorLike): Tensor {
    return applyBinary("lessEqual", this, other);
  }
  /** 1 where `a = b`, else 0. Has no gradient. */
  equal(other: TensorLike): Tensor {
    return applyBinary("equal", this, other);
  }

  /** `−x`. */
  neg(): Tensor {
    return applyUnary("negate", this);
  }
  /** `|x|`. */
  abs(): Tensor {
    return applyUnary("abs", this);
  }
  /** −1, 0 or 1. Its gradient is 0. */
  sign(): Tensor {
    return applyUnary("sign", this);
  }
  /** `x²`. */
  square(): Tensor {
    return applyUnary("square", this);
  }
  /** `√x`. */
  sqrt(): Tensor {
    return applyUnary("sqrt", this);
  }
  /** `1 / x`. */
  reciprocal(): Tensor {
    return applyUnary("reciprocal", this);
  }
  /** `eˣ`. */
  exp(): Tensor {
    return applyUnary("exp", this);
  }
  /** Natural logarithm. */
  log(): Tensor {
    return applyUnary("log", this);
  }
  /** `log(1 + x)`, exact near 0. */
  log1p(): Tensor {
    return applyUnary("log1p", this);
  }
  /** `eˣ − 1`, exact near 0. */
  expm1(): Tensor {
    return applyUnary("expm1", this);
  }
  /** Sine, of radians. */
  sin(): Tensor {
    return applyUnary("sin", this);
  }
  /** Cosine, of radians. */
  cos(): Tensor {
    return applyUnary("cos", this);
  }
  /** Hyperbolic tangent. */
  tanh(): Tensor {
    return applyUnary("tanh", this);
  }
  /** `1 / (1 + e⁻ˣ)`. */
  sigmoid(): Tensor {
    return applyUnary("sigmoid", this);
  }
  /** `max(x, 0)`. */
  relu(): Tensor {
    return applyUnary("relu", this);
  }

  /** Matrix product of `[…, rows, inner]` with `[inner, columns]` (or with the same leading axes). @throws ShapeError */
  matmul(other: TensorLike): Tensor {
    return runOp(matmulOp, [this, asTensor(other)], null);
  }
  /** Softmax over the last axis: `e^xᵢ / Σ e^xⱼ`, computed without overflow. */
  softmax(): Tensor {
    return runOp(softmaxOp, [this], { isLog: false });
  }
  /** Logarithm of the softmax over the last axis. */
  logSoftmax(): Tensor {
    return runOp(softmaxOp, [this], { isLog: true });
  }

  /** Sum over one axis, several, or all. */
  sum(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("sum", axes, options);
  }
  /** Mean over one axis, several, or all. */
  mean(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("mean", axes, options);
  }
  /** Largest number over one axis, several, or all; equal ones share the gradient. */
  max(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("max", axes, options);
  }
  /** Smallest number over one axis, several, or all. */
  min(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("min", axes, options);
  }
  /** Where the largest number stands along an axis (the first of equals). Has no gradient. */
  argMax(axis = -1): Tensor {
    const at = axisFromFront(axis, this.rank, "argMax");
    const shape = this.shape.filter((_, index) => index !== at);
    const output = new Floats(sizeOf(shape));
    backend().argMax(this.data, output, sizesAround(this.shape, at));
    return new Tensor(shape, output);
  }

  /** The same numbers in another shape; one length may be -1. @throws ShapeError when the numbers do not fit. */
  reshape(shape: Shape): Tensor {
    return runOp(reshapeOp, [this], { shape });
  }
  /** One axis with all numbers. */
  flatten(): Tensor {
    return this.reshape([this.size]);
  }
  /** Axes in another order: output axis i is input axis `order[i]`. Without an order they are reversed. */
  transpose(order: readonly number[] = this.shape.map((_, axis) => this.rank - 1 - axis)): Tensor {
    return runOp(transposeOp, [this], { order });
  }
  /** The numbers from `start` (included) to `end` (excluded) along an axis; negative places count from the end. */
  slice(start: number, end?: number, axis = 0): Tensor {
    return runOp(sliceOp, [this], sliceAlong(this.shape, { axis, start, end }));
  }
  /** The rows with the given numbers, in that order; repeats are allowed. @throws ValueError for a row that is not there. */
  gather(rows: TensorLike): Tensor {
    return runOp(gatherRowsOp, [this, asTensor(rows).detach()], null);
  }

  /** `Tensor [2, 3] …`: the shape and the first numbers. */
  toString(): string {
    return tensorText(this.data, this.shape, this.constructor.name);
  }

  /** @internal How Node's inspection, and so a cell's last expression, shows it. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #reduce(reduction: Reduction, axes: Axes | undefined, { keepAxes = false }: ReduceOptions): Tensor {
    return runOp(reduceOp, [this], { reduction, axes: reducedAxes(axes, this.rank, reduction), keepAxes });
  }
}

/** A tensor with a name that training changes: a layer's weights. */
export class Parameter extends Tensor {
  /** "kernel", "bias". Unique within its layer. */
  readonly name: string;

  /** Whether training changes it by its gradient; not so for moving means and the like. */
  readonly isTrainable: boolean;

  /** Takes the numbers as they are. In cells `parameter(…)` is handier. */
  constructor(name: string, shape: Shape, data: Floats, { isTrainable = true }: { isTrainable?: boolean } = {}) {
    super(shape, data, { requiresGrad: isTrainable });
    this.name = name;
    this.isTrainable = isTrainable;
  }

  /** Replaces all numbers. @throws ShapeError when the shape differs. */
  assign(values: TensorLike): void {
    const source = asTensor(values);
    if (!isSameShape(source.shape, this.shape))
      throw new ShapeError({ op: this.name, what: "values", expected: formatShape(this.shape), got: source.shape });
    this.data.set(source.data);
  }
}

/**
 * A tensor from a number, nested arrays, or a flat array with a shape.
 *
 * @throws ShapeError when rows differ in length or the shape does not fit.
 * @example tensor([[1, 2], [3, 4]]).shape // [2, 2]
 * @example tensor([2, 3], { requiresGrad: true }) // backward() gives it a grad
 */
export function tensor(values: TensorLike, options: TensorOptions | Shape = {}): Tensor {
  const { shape, requiresGrad = false }: TensorOptions = isShape(options) ? { shape: options } : options;
  const read = values instanceof Tensor ? { shape: values.shape, data: new Floats(values.data) } : readNumbers(values);
  if (shape !== undefined) checkCount(shape, read.data.length);
  return new Tensor(shape ?? read.shape, read.data, { requiresGrad });
}

/** A named tensor that training changes: `parameter("slope", 0.25)`. */
export function parameter(name: string, values: TensorLike, shape?: Shape): Parameter {
  const made = tensor(values, shape === undefined ? {} : { shape });
  return new Parameter(name, made.shape, made.data);
}

/** The tensor itself, or one made of the values. */
export function asTensor(values: TensorLike): Tensor {
  return values instanceof Tensor ? values : tensor(values);
}

/** Runs an operation on tensors now and records it where a gradient may be asked for. */
export function runOp<Attributes>(op: Op<Attributes>, inputs: readonly Tensor[], attributes: Attributes): Tensor {
  const { shape, data, origin } = execute(op, inputs, attributes);
  return new Tensor(shape, data, { origin });
}

/** A function of one number, applied to each. */
export function applyUnary(name: UnaryName, x: TensorLike, alpha = 0): Tensor {
  return runOp(unaryOp, [asTensor(x)], { function: name, alpha });
}

/** A function of two numbers, applied to each pair. */
export function applyBinary(name: BinaryName, a: TensorLike, b: TensorLike): Tensor {
  return runOp(binaryOp, [asTensor(a), asTensor(b)], { function: name });
}
