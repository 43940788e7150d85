// Tensors: numbers with a shape, and the operations on them that can be differentiated. The families of operations are in tensorMethods/.

import { backend } from "./backend/current.ts";
import type { BinaryName, UnaryName } from "./backend/scalarMaths.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { execute } from "./execute.ts";
import { Floats } from "./intrinsics.ts";
import { binaryOp, unaryOp } from "./ops/elementwise.ts";
import type { Op } from "./ops/op.ts";
import { formatShape, isSameShape, isShape, type Shape } from "./shape.ts";
import { propagateGradients } from "./tape.ts";
import { ArrangementMethods } from "./tensorMethods/arrangement.ts";
import { checkCount, readNumbers, type TensorOptions, type TensorSource } from "./tensorText.ts";

/** What an operation takes beside a tensor: a number, nested arrays or a typed array. */
export type TensorLike = Tensor | TensorSource;

/**
 * Numbers (float32) with a shape. Made by `tensor(…)`, by operations, and by layers; never changed by operations.
 *
 * @example tensor([[1, 2], [3, 4]]).matmul([[1], [1]]).toArray() // [[3], [7]]
 */
export class Tensor extends ArrangementMethods {
  /** The gradient `backward` found for this tensor, summed over calls; `null` before. */
  get grad(): Tensor | null {
    return this.gradientData === null ? null : new Tensor(this.shape, this.gradientData);
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

  /** The same numbers (shared, not copied), cut off from how they were computed. */
  detach(): Tensor {
    return new Tensor(this.shape, this.data);
  }

  /** @internal */
  override apply<Attributes>(op: Op<Attributes>, others: readonly TensorLike[], attributes: Attributes): Tensor {
    return runOp(op, [this, ...others.map(asTensor)], attributes);
  }

  /** @internal */
  override derived(shape: Shape, data: Floats): Tensor {
    return new Tensor(shape, data);
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
