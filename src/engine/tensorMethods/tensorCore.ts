// What every tensor is, whatever can be done with it: numbers, shape, and its part in differentiation.

import { describeValue, ShapeError, ValueError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import type { Op } from "../ops/op.ts";
import { disclose } from "../privateNumbers.ts";
import { checkShape, formatShape, type Shape, sizeOf } from "../shape.ts";
import type { GradientHome, Origin, TapedValue } from "../tape.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { nestNumbers, tensorText } from "../tensorText.ts";

/** What a tensor has from the start beside its numbers. */
export interface TensorBeginnings {
  /** Whether `backward` gives it a `grad`; `false` by default. */
  readonly requiresGrad?: boolean;
  /** @internal How it was computed. */
  readonly origin?: Origin | null;
}

/** Numbers with a shape. The families of operations stand on this, one on another; `Tensor` is the whole. */
export abstract class TensorCore implements TapedValue {
  /** Sizes, outermost first; `[]` for a single number. */
  readonly shape: Shape;
  /** @internal Where the numbers stand. */
  numbers: Floats;
  /** Whether `backward` gives this tensor a `grad`. */
  readonly requiresGrad: boolean;
  /** @internal */
  readonly origin: Origin | null;
  /** @internal */
  gradientData: Floats | null = null;
  /** @internal */
  gradientGraph: Tensor | null = null;
  #isGradKept = false;

  /**
   * Takes the numbers as they are, without a copy. In cells `tensor(…)` is handier.
   *
   * @throws ShapeError when the shape is none, or of another count of numbers; ValueError for numbers that are no Float32Array.
   */
  constructor(shape: Shape, data: Floats, beginnings: TensorBeginnings = {}) {
    if (!(data instanceof Floats && Array.isArray(shape) && sizeOf(shape) === data.length)) refuseParts(shape, data);
    this.shape = shape;
    this.numbers = data;
    this.requiresGrad = beginnings.requiresGrad ?? false;
    this.origin = beginnings.origin ?? null;
  }

  /** The numbers in row-major order (last axis fastest). */
  get data(): Floats {
    disclose(this.numbers);
    return this.numbers;
  }

  /** How many axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** How many numbers. */
  get size(): number {
    return this.numbers.length;
  }

  /** Whether a gradient flows through it: it requires one, or was computed from a tensor that does. */
  get needsGradient(): boolean {
    return this.requiresGrad || this.origin !== null;
  }

  /** @internal */
  get keepsGradient(): boolean {
    return this.requiresGrad || this.#isGradKept;
  }

  /** @internal */
  get gradientHome(): GradientHome | null {
    return null;
  }

  /**
   * The number of a tensor that holds just one.
   *
   * @throws ShapeError when it holds more.
   */
  item(): number {
    const value = this.numbers[0];
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
    return nestNumbers(this.numbers, this.shape);
  }

  /** Makes `backward` keep the gradient of this computed tensor too, in `grad`. Returns the tensor. */
  retainGrad(): this {
    this.#isGradKept = true;
    return this;
  }

  /** Forgets `grad`, so that the next `backward` starts from zero. */
  zeroGrad(): void {
    this.gradientData = null;
    this.gradientGraph = null;
  }
  /** `Tensor [2, 3] …`: the shape and the first numbers. */
  toString(): string {
    return tensorText(this.numbers, this.shape, this.constructor.name);
  }

  /** @internal How Node's inspection, and so a cell's last expression, shows it. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @internal Runs an operation on this tensor and others, recorded where a gradient may be asked for. */
  abstract apply<Attributes>(op: Op<Attributes>, others: readonly TensorLike[], attributes: Attributes): Tensor;

  /** @internal A tensor of numbers found outside the operations: no gradient flows to where they came from. */
  abstract derived(shape: Shape, data: Floats): Tensor;
}

/** @throws ShapeError or ValueError */
function refuseParts(shape: Shape, data: unknown): never {
  const hint = "tensor([[1, 2], [3, 4]]) and tensor(numbers, [2, 2]) take numbers of any kind.";
  checkShape(shape, "new Tensor");
  if (!(data instanceof Floats))
    throw new ValueError({
      ...{ op: "new Tensor", expected: "a shape and its numbers as a Float32Array" },
      ...{ got: describeValue(data), hint },
    });
  throw new ShapeError({
    ...{ op: "new Tensor", what: "numbers", expected: `for the shape ${formatShape(shape)}, ${sizeOf(shape)} of them` },
    ...{ got: String(data.length), hint },
  });
}

/** Numbers to pick or choose by, cut off from how they were computed: no gradient flows to them. */
export function detached(values: TensorLike): TensorLike {
  return values instanceof TensorCore ? values.detach() : values;
}
