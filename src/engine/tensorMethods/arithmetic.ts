// Operations of tensors with two operands, stretched to the shape they have together: arithmetic, comparisons, and the matrix product.

import type { BinaryName } from "../backend/scalarMaths.ts";
import { Floats } from "../intrinsics.ts";
import { binaryOp, unaryOp } from "../ops/elementwise.ts";
import { matmulOp } from "../ops/matmul.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { detached, TensorCore } from "./tensorCore.ts";

/** Arithmetic and comparisons of tensors. */
export abstract class ArithmeticMethods extends TensorCore {
  /** `a + b`, with broadcasting. */
  add(other: TensorLike): Tensor {
    return this.applyBinary("add", other);
  }
  /** `a − b`, with broadcasting. */
  sub(other: TensorLike): Tensor {
    return this.applyBinary("subtract", other);
  }
  /** `a · b` number by number, with broadcasting. For the matrix product see `matmul`. */
  mul(other: TensorLike): Tensor {
    return this.applyBinary("multiply", other);
  }
  /** `a / b` number by number, with broadcasting. */
  div(other: TensorLike): Tensor {
    return this.applyBinary("divide", other);
  }
  /** `aᵇ` number by number, with broadcasting. */
  pow(exponent: TensorLike): Tensor {
    return this.applyBinary("power", exponent);
  }
  /** The larger of `a` and `b`, number by number. Where equal, each gets half of the gradient. */
  maximum(other: TensorLike): Tensor {
    return this.applyBinary("maximum", other);
  }
  /** The smaller of `a` and `b`, number by number. */
  minimum(other: TensorLike): Tensor {
    return this.applyBinary("minimum", other);
  }
  /** What is left of `a` after whole multiples of `b`, with the sign of `b`: `a − b·⌊a / b⌋`. */
  mod(divisor: TensorLike): Tensor {
    return this.applyBinary("remainder", divisor);
  }
  /**
   * Each number moved to `min` or `max` where it lies beyond; leave one `undefined` for no limit on that side. The
   * gradient passes from `min` to `max`, both included, and is 0 beyond.
   *
   * @example tensor([-2, 0.5, 3]).clip(0, 1) // [0, 0.5, 1]
   */
  clip(min?: TensorLike, max?: TensorLike): Tensor {
    const raised = min === undefined ? this.apply(unaryOp, [], identity) : this.applyBinary("atLeast", min);
    return max === undefined ? raised : raised.applyBinary("atMost", max);
  }
  /** Another name for `clip`. */
  clamp(min?: TensorLike, max?: TensorLike): Tensor {
    return this.clip(min, max);
  }
  /** The same numbers, but `value` where the mask is not 0. The mask is stretched to the shape, and gets no gradient. */
  maskedFill(mask: TensorLike, value: TensorLike): Tensor {
    const kept = this.applyBinary("takeUnless", detached(mask));
    return kept.add(
      kept
        .derived([], new Floats([-0]))
        .add(value)
        .applyBinary("takeWhere", detached(mask)),
    );
  }
  /** 1 where `a > b`, else 0. Has no gradient. */
  greater(other: TensorLike): Tensor {
    return this.applyBinary("greater", other);
  }
  /** 1 where `a ≥ b`, else 0. Has no gradient. */
  greaterEqual(other: TensorLike): Tensor {
    return this.applyBinary("greaterEqual", other);
  }
  /** 1 where `a < b`, else 0. Has no gradient. */
  less(other: TensorLike): Tensor {
    return this.applyBinary("less", other);
  }
  /** 1 where `a ≤ b`, else 0. Has no gradient. */
  lessEqual(other: TensorLike): Tensor {
    return this.applyBinary("lessEqual", other);
  }
  /** 1 where `a = b`, else 0. Has no gradient. */
  equal(other: TensorLike): Tensor {
    return this.applyBinary("equal", other);
  }
  /** 1 where `a ≠ b`, else 0. Has no gradient. */
  notEqual(other: TensorLike): Tensor {
    return this.applyBinary("notEqual", other);
  }

  /**
   * Matrix product of `[…, rows, inner]` with `[…, inner, columns]`; leading axes that one lacks or has with length 1 stretch. A
   * vector is a row on the left, a column on the right, and that axis is not in the product: `[inner] · [inner]` is one number.
   *
   * @throws ShapeError when `a` has not as many columns as `b` has rows.
   */
  matmul(other: TensorLike): Tensor {
    return this.apply(matmulOp, [other], null);
  }

  /** @internal */
  applyBinary(name: BinaryName, other: TensorLike): Tensor {
    return this.apply(binaryOp, [other], { function: name });
  }
}

const identity = { function: "identity", alpha: 0 } as const;
