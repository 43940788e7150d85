// Operations of tensors that make fewer numbers of many: over one axis, several, or all.

import type { Reduction } from "../backend/backend.ts";
import { backend } from "../backend/current.ts";
import { Floats } from "../intrinsics.ts";
import { type Axes, type ReduceOptions, reducedAxes, reduceOp } from "../ops/reduce.ts";
import { axisFromFront, sizeOf, sizesAround } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { MathsMethods } from "./maths.ts";

/** Reductions of tensors. */
export abstract class ReductionMethods extends MathsMethods {
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
    return this.derived(shape, output);
  }

  #reduce(reduction: Reduction, axes: Axes | undefined, { keepAxes = false }: ReduceOptions): Tensor {
    return this.apply(reduceOp, [], { reduction, axes: reducedAxes(axes, this.rank, reduction), keepAxes });
  }
}
