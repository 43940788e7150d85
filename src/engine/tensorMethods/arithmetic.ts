// Operations of tensors with two operands, stretched to the shape they have together: arithmetic, comparisons, and the matrix product.

import type { BinaryName } from "../backend/scalarMaths.ts";
import { binaryOp } from "../ops/elementwise.ts";
import { matmulOp } from "../ops/matmul.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { TensorCore } from "./tensorCore.ts";

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

  /** Matrix product of `[…, rows, inner]` with `[inner, columns]` (or with the same leading axes). @throws ShapeError */
  matmul(other: TensorLike): Tensor {
    return this.apply(matmulOp, [other], null);
  }

  /** @internal */
  protected applyBinary(name: BinaryName, other: TensorLike): Tensor {
    return this.apply(binaryOp, [other], { function: name });
  }
}
