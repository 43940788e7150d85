// Operations of tensors that make fewer numbers of many: over one axis, several, or all.

import type { Reduction } from "../backend/backend.ts";
import { checkedNumber, checkOptions, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { type Axes, type ReduceOptions, reducedAxes, reduceOp } from "../ops/reduce.ts";
import { argMaxOp, runningSumOp } from "../ops/scan.ts";
import { axisFromFront } from "../shape.ts";
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
  /** Product over one axis, several, or all. */
  prod(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("product", axes, options);
  }
  /** Length (Euclidean norm) `√Σx²` over one axis, several, or all. Its gradient at the origin is 0. */
  norm(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("norm", axes, options);
  }
  /** `log Σ eˣ` over one axis, several, or all, computed without overflow. */
  logSumExp(axes?: Axes, options: ReduceOptions = {}): Tensor {
    return this.#reduce("logSumExp", axes, options);
  }
  /**
   * Variance over one axis, several, or all: `Σ (x − mean)² / (n − correction)`.
   *
   * `correction` is 0 by default (the variance of these numbers, as in Keras and NumPy); 1 estimates that of what they
   * were drawn from (as in PyTorch).
   */
  variance(axes?: Axes, options: VarianceOptions = {}): Tensor {
    const { correction, keepAxes } = readVarianceOptions("variance", options);
    const squares = this.sub(this.mean(axes, { keepAxes: true })).square();
    const sum = squares.sum(axes, { keepAxes });
    return sum.div(divisorOf("variance", this.size / sum.size, correction));
  }
  /** Standard deviation over one axis, several, or all: the root of `variance`. Its gradient where all are equal is 0. */
  std(axes?: Axes, options: VarianceOptions = {}): Tensor {
    const { correction, keepAxes } = readVarianceOptions("std", options);
    const length = this.sub(this.mean(axes, { keepAxes: true })).norm(axes, { keepAxes });
    return length.div(maths.sqrt(divisorOf("std", this.size / length.size, correction)));
  }
  /** Running sums along an axis: `yᵢ = x₀ + … + xᵢ`. */
  cumsum(axis = 0): Tensor {
    return this.apply(runningSumOp, [], { axis: axisFromFront(axis, this.rank, "cumsum"), isReverse: false });
  }
  /** Where the largest number stands along an axis: the first of equals; a NaN counts as the largest. Has no gradient. */
  argMax(axis = -1): Tensor {
    return this.apply(argMaxOp, [], { axis: axisFromFront(axis, this.rank, "argMax"), name: "argMax" });
  }
  /** Where the smallest number stands along an axis: the first of equals; a NaN counts as the smallest. Has no gradient. */
  argMin(axis = -1): Tensor {
    return this.neg().apply(argMaxOp, [], { axis: axisFromFront(axis, this.rank, "argMin"), name: "argMin" });
  }

  #reduce(reduction: Reduction, axes: Axes | undefined, options: ReduceOptions): Tensor {
    checkOptions(reduction, options, ["keepAxes"]);
    const { keepAxes = false } = options;
    return this.apply(reduceOp, [], { reduction, axes: reducedAxes(axes, this.rank, reduction), keepAxes });
  }
}

/** Options of variance and std. */
export interface VarianceOptions extends ReduceOptions {
  /** What is taken from the count before dividing: 0 (by default) or 1. */
  readonly correction?: number;
}

function readVarianceOptions(op: string, options: VarianceOptions): Required<VarianceOptions> {
  checkOptions(op, options, ["correction", "keepAxes"]);
  const { correction = 0, keepAxes = false } = options;
  return { correction: checkedNumber(op, "correction", correction), keepAxes };
}

function divisorOf(op: string, count: number, correction: number): number {
  if (count > correction) return count - correction;
  throw new ValueError({ op, expected: `more than ${correction} numbers with this correction`, got: String(count) });
}
