// Tensors: numbers with a shape, and the operations on them that can be differentiated. The families of operations are in tensorMethods/.

import { readArguments } from "./argumentCounts.ts";
import { backend, currentRecorder } from "./backend/current.ts";
import type { BinaryName, UnaryName } from "./backend/scalarMaths.ts";
import { checkOptions, describeValue, ShapeError, saying, ValueError } from "./errors.ts";
import { execute } from "./execute.ts";
import { checkDifferentiable, deriveGradients } from "./gradientGraph.ts";
import { Floats } from "./intrinsics.ts";
import { binaryOp, unaryOp } from "./ops/elementwise.ts";
import type { Op } from "./ops/op.ts";
import { disclose, keepPrivate } from "./privateNumbers.ts";
import { formatShape, isSameShape, type Shape } from "./shape.ts";
import { type GradientHome, isFrozen, propagateGradients } from "./tape.ts";
import { OrderingMethods } from "./tensorMethods/ordering.ts";
import { checkCount, readNumbers, readTensorOptions, type TensorOptions, type TensorSource } from "./tensorText.ts";
import type { WeightPlace } from "./weightRange.ts";

/** What an operation takes beside a tensor: a number, nested arrays or a typed array. */
export type TensorLike = Tensor | TensorSource;

/**
 * Numbers (float32) with a shape. Made by `tensor(…)`, by operations, and by layers; never changed by operations.
 *
 * @example tensor([[1, 2], [3, 4]]).matmul([[1], [1]]).toArray() // [[3], [7]]
 */
export class Tensor extends OrderingMethods {
  /** The gradient `backward` found for this tensor, summed over calls; `null` before. */
  get grad(): Tensor | null {
    if (this.gradientGraph !== null) return this.gradientGraph;
    return this.gradientData === null ? null : new Tensor(this.shape, this.gradientData);
  }

  /**
   * Finds the gradient of this tensor with respect to every tensor that requires one, and adds it to their `grad`.
   *
   * `createGraph: true` makes those gradients differentiable themselves, for second derivatives and penalties on gradients.
   *
   * @throws ShapeError when this holds more than one number and no `outputGrad` of its shape is given.
   * @throws ValueError when it depends on no tensor that requires a gradient, or only through operations whose derivative
   * is 0 everywhere (step, sign, argMax, comparisons, rounding).
   * @example const w = tensor([2, 3], { requiresGrad: true }); w.square().sum().backward(); w.grad // [4, 6]
   * @example y.backward({ createGraph: true }); w.grad?.square().sum().backward() // second derivatives
   */
  backward(outputGrad?: TensorLike | BackwardOptions, options?: BackwardOptions): void {
    const isOptionsFirst = isOptions(outputGrad);
    const { createGraph = false } = readBackwardOptions(isOptionsFirst ? outputGrad : options);
    checkDifferentiable(this);
    this.propagate(isOptionsFirst ? undefined : outputGrad, createGraph);
  }

  /** @internal `backward`, also where all derivatives are 0: a training goes on then, with a note. */
  propagate(outputGrad?: TensorLike, createGraph = false): void {
    if (outputGrad === undefined && this.size !== 1)
      throw new ShapeError({
        op: "backward",
        what: "a tensor",
        expected: "of one number",
        got: this.shape,
        hint: "Reduce it first: sum() or mean(), or give outputGrad.",
      });
    const seed = asArgument(outputGrad ?? 1, "outputGrad of backward");
    if (outputGrad !== undefined && !isSameShape(seed.shape, this.shape))
      throw new ShapeError({ op: "backward", what: "outputGrad", expected: formatShape(this.shape), got: seed.shape });
    if (createGraph) deriveGradients(this, seed.reshape(this.shape), keepGraph);
    else propagateGradients(backend(), this, new Floats(seed.data));
  }

  /** The same numbers (shared, not copied), cut off from how they were computed. */
  detach(): Tensor {
    return new Tensor(this.shape, this.data);
  }

  /** @internal */
  override apply<Attributes>(op: Op<Attributes>, others: readonly TensorLike[], attributes: Attributes): Tensor {
    return runOp(op, [this, ...others.map((other) => asOther(other, op, attributes))], attributes);
  }

  /** @internal */
  override derived(shape: Shape, data: Floats): Tensor {
    return new Tensor(shape, data);
  }
}

/** A penalty on a weight that is part of the loss; see `regularizers`. */
export interface WeightPenalty {
  /** Whether it is computed by backend calls alone, the same ones whatever the numbers are. */
  readonly isPlannable?: boolean;
  /** One number to add to the loss. */
  penalty(weights: Tensor): Tensor;
}

/** Where a weight may be; see `constraints`. */
export interface WeightLimit {
  /** Moves the numbers, in place, to where they are allowed. */
  apply(weights: Floats, shape: Shape): void;
}

/** What a parameter may have beside its numbers. */
export interface ParameterOptions {
  /** Whether training changes it by its gradient; `true` by default. */
  readonly isTrainable?: boolean;
  /** A penalty that is part of a model's loss; none by default. */
  readonly regularizer?: WeightPenalty | null;
  /** Where an optimizer's update may leave it; anywhere by default. */
  readonly constraint?: WeightLimit | null;
}

/** A tensor with a name that training changes: a layer's weights. */
export class Parameter extends Tensor {
  /** "kernel", "bias". Unique within its layer. */
  readonly name: string;

  /** Whether training changes it by its gradient; not so for moving means and the like. */
  readonly isTrainable: boolean;

  /** The penalty on it that is part of a model's loss; `null` for none. */
  readonly regularizer: WeightPenalty | null;

  /** Where updates leave it; `null` for anywhere. */
  readonly constraint: WeightLimit | null;

  /** @internal Where it stands beside a model's other weights; `null` while it stands by itself. */
  place: WeightPlace | null = null;

  /** Takes the numbers as they are. In cells `parameter(…)` is handier. */
  constructor(name: string, shape: Shape, data: Floats, options: ParameterOptions = {}) {
    if (typeof name !== "string")
      throw new ValueError({ op: "new Parameter", expected: "its name as a text", got: describeValue(name) });
    checkOptions("new Parameter", options, ["isTrainable", "regularizer", "constraint"]);
    const { isTrainable = true, regularizer = null, constraint = null } = options;
    super(shape, data, { requiresGrad: isTrainable });
    // Training changes them in place.
    disclose(data);
    this.regularizer = regularizer;
    this.constraint = constraint;
    this.name = name;
    this.isTrainable = isTrainable;
  }

  /**
   * The numbers in row-major order (last axis fastest). What is written into them counts at the next step. A training may
   * move them to another place: take `data` again after it.
   */
  override get data(): Floats {
    if (this.place !== null && currentRecorder() === null) this.place.range.lend();
    return this.numbers;
  }

  /** The gradient of the newest backward pass or training step; `null` before. */
  override get grad(): Tensor | null {
    // Planned steps write into the same place each time; who holds a gradient must not see it change.
    if (this.gradientData !== null && this.gradientData === this.gradientHome?.array)
      this.gradientData = new Floats(this.gradientData);
    return super.grad;
  }

  /** Whether a gradient flows to it: not in a training step of a model where it is frozen. */
  override get needsGradient(): boolean {
    return super.needsGradient && !isFrozen(this);
  }

  /** @internal */
  override get gradientHome(): GradientHome | null {
    return this.place?.home ?? null;
  }

  /** Replaces all numbers. @throws ShapeError when the shape differs. */
  assign(values: TensorLike): void {
    const source = asTensor(values);
    if (!isSameShape(source.shape, this.shape))
      throw new ShapeError({ op: this.name, what: "values", expected: formatShape(this.shape), got: source.shape });
    this.numbers.set(source.numbers);
  }
}

/** Options of `backward`. */
export interface BackwardOptions {
  /** Whether the gradients found can be differentiated again; `false` by default. */
  readonly createGraph?: boolean;
}

/** A tensor's numbers as they stand, for whoever only looks: `data` has the engine reckon with somebody who writes into them. */
export function standingNumbers(tensor: Tensor): Floats {
  return tensor.numbers;
}

function isOptions(value: unknown): value is BackwardOptions {
  if (typeof value !== "object" || value === null) return false;
  return !(value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value));
}

function readBackwardOptions(options: BackwardOptions = {}): BackwardOptions {
  checkOptions("backward", options, ["createGraph"]);
  return options;
}

/** Adds a gradient that can be differentiated again. The numbers are copied: they are added to later, the graph's never. */
function keepGraph(value: Tensor, gradient: Tensor): void {
  if (!value.keepsGradient) return;
  const before = value.grad;
  const sum = before === null ? gradient : before.add(gradient);
  value.gradientGraph = sum;
  value.gradientData = new Floats(sum.data);
}

/**
 * A tensor from a number, nested arrays, or a flat array with a shape.
 *
 * @throws ShapeError when rows differ in length or the shape does not fit.
 * @example tensor([[1, 2], [3, 4]]).shape // [2, 2]
 * @example tensor([2, 3], { requiresGrad: true }) // backward() gives it a grad
 */
export function tensor(values: TensorLike, options?: TensorOptions | Shape): Tensor;
export function tensor(...given: [TensorLike, (TensorOptions | Shape)?]): Tensor {
  const [values, options = {}] = readArguments("tensor", 2, given);
  const { shape, requiresGrad = false } = readTensorOptions(options);
  const read =
    values instanceof Tensor ? { shape: values.shape, data: new Floats(values.numbers) } : readNumbers(values);
  if (shape !== undefined) checkCount(shape, read.data.length);
  keepPrivate(read.data);
  return new Tensor(shape ?? read.shape, read.data, { requiresGrad });
}

/**
 * A named tensor that optimizers change. Its shape is that of the values, or the one given.
 *
 * @throws ValueError for a name that is no text or empty; ShapeError when the values do not fit the shape.
 * @example const slope = parameter("slope", [0.25]); optimizers.sgd().update([slope])
 */
export function parameter(name: string, values: TensorLike, shape?: Shape): Parameter;
export function parameter(...given: [string, TensorLike, Shape?]): Parameter {
  const [name, values, shape] = readArguments("parameter", 3, given);
  if (typeof name !== "string" || name === "")
    throw new ValueError({ op: "parameter", expected: "its name as a text", got: describeValue(name) });
  const made = tensor(values, shape === undefined ? {} : { shape });
  return new Parameter(name, made.shape, made.data);
}

/** The tensor itself, or one made of the values. */
export function asTensor(values: TensorLike): Tensor {
  return values instanceof Tensor ? values : tensor(values);
}

/** The same for an argument that an error then names: "b of where". */
export function asArgument(values: TensorLike, what: string): Tensor {
  return values instanceof Tensor ? values : saying(`This is ${what}.`, () => tensor(values));
}

/** The same for what a tensor is put together with. */
function asOther(values: TensorLike, { name }: { readonly name: string }, attributes: unknown): Tensor {
  if (values instanceof Tensor) return values;
  const isNamed = typeof attributes === "object" && attributes !== null && "function" in attributes;
  return asArgument(values, `the other operand of ${isNamed ? String(attributes.function) : name}`);
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
