// Functions of tensors that treat each number by itself, and the softmax of rows.

import type { UnaryName } from "../backend/scalarMaths.ts";
import { transposeOp } from "../ops/arrange.ts";
import { unaryOp } from "../ops/elementwise.ts";
import { softmaxOp } from "../ops/softmax.ts";
import { axisFromFront } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { ArithmeticMethods } from "./arithmetic.ts";

/** Mathematical functions of tensors. */
export abstract class MathsMethods extends ArithmeticMethods {
  /** `−x`. */
  neg(): Tensor {
    return this.applyUnary("negate");
  }
  /** `|x|`. */
  abs(): Tensor {
    return this.applyUnary("abs");
  }
  /** −1, 0 or 1. Its gradient is 0. */
  sign(): Tensor {
    return this.applyUnary("sign");
  }
  /** `x²`. */
  square(): Tensor {
    return this.applyUnary("square");
  }
  /** `√x`. */
  sqrt(): Tensor {
    return this.applyUnary("sqrt");
  }
  /** `1 / x`. */
  reciprocal(): Tensor {
    return this.applyUnary("reciprocal");
  }
  /** `eˣ`. */
  exp(): Tensor {
    return this.applyUnary("exp");
  }
  /** Natural logarithm. */
  log(): Tensor {
    return this.applyUnary("log");
  }
  /** `log(1 + x)`, exact near 0. */
  log1p(): Tensor {
    return this.applyUnary("log1p");
  }
  /** `eˣ − 1`, exact near 0. */
  expm1(): Tensor {
    return this.applyUnary("expm1");
  }
  /** Sine, of radians. */
  sin(): Tensor {
    return this.applyUnary("sin");
  }
  /** Cosine, of radians. */
  cos(): Tensor {
    return this.applyUnary("cos");
  }
  /** Tangent, of radians. */
  tan(): Tensor {
    return this.applyUnary("tan");
  }
  /** The angle whose sine it is, from −π/2 to π/2; NaN beyond ±1. */
  asin(): Tensor {
    return this.applyUnary("asin");
  }
  /** The angle whose cosine it is, from 0 to π; NaN beyond ±1. */
  acos(): Tensor {
    return this.applyUnary("acos");
  }
  /** The angle whose tangent it is, from −π/2 to π/2. */
  atan(): Tensor {
    return this.applyUnary("atan");
  }
  /** Hyperbolic sine. */
  sinh(): Tensor {
    return this.applyUnary("sinh");
  }
  /** Hyperbolic cosine. */
  cosh(): Tensor {
    return this.applyUnary("cosh");
  }
  /** The number whose hyperbolic sine it is. */
  asinh(): Tensor {
    return this.applyUnary("asinh");
  }
  /** The number whose hyperbolic cosine it is; NaN below 1. */
  acosh(): Tensor {
    return this.applyUnary("acosh");
  }
  /** The number whose hyperbolic tangent it is; NaN beyond ±1. */
  atanh(): Tensor {
    return this.applyUnary("atanh");
  }
  /** Logarithm to base 2. */
  log2(): Tensor {
    return this.applyUnary("log2");
  }
  /** Logarithm to base 10. */
  log10(): Tensor {
    return this.applyUnary("log10");
  }
  /** `1 / √x`. */
  rsqrt(): Tensor {
    return this.applyUnary("rsqrt");
  }
  /** The error function `2/√π · ∫₀ˣ e^(−t²) dt`, from −1 to 1. */
  erf(): Tensor {
    return this.applyUnary("erf");
  }
  /** The next whole number below. Its gradient is 0. */
  floor(): Tensor {
    return this.applyUnary("floor");
  }
  /** The next whole number above. Its gradient is 0. */
  ceil(): Tensor {
    return this.applyUnary("ceil");
  }
  /** The nearest whole number; of two equally near the even one. Its gradient is 0. */
  round(): Tensor {
    return this.applyUnary("round");
  }
  /** The whole part, towards 0. Its gradient is 0. */
  trunc(): Tensor {
    return this.applyUnary("trunc");
  }
  /** Hyperbolic tangent. */
  tanh(): Tensor {
    return this.applyUnary("tanh");
  }
  /** `1 / (1 + e⁻ˣ)`. */
  sigmoid(): Tensor {
    return this.applyUnary("sigmoid");
  }
  /** `max(x, 0)`. */
  relu(): Tensor {
    return this.applyUnary("relu");
  }

  /** Softmax over an axis, the last by default: `e^xᵢ / Σ e^xⱼ`, computed without overflow. */
  softmax(axis = -1): Tensor {
    return this.#softmax(axis, false);
  }
  /** Logarithm of the softmax over an axis, the last by default. */
  logSoftmax(axis = -1): Tensor {
    return this.#softmax(axis, true);
  }

  /** The routine takes rows: another axis is last while it works. */
  #softmax(axis: number, isLog: boolean): Tensor {
    const op = isLog ? "logSoftmax" : "softmax";
    const last = this.rank - 1;
    const at = this.rank === 0 ? last : axisFromFront(axis, this.rank, op);
    if (at === last) return this.apply(softmaxOp, [], { isLog });
    const order = this.shape.map((_, each) => (each === at ? last : each === last ? at : each));
    return this.apply(transposeOp, [], { order }).apply(softmaxOp, [], { isLog }).apply(transposeOp, [], { order });
  }

  /** @internal */
  applyUnary(name: UnaryName, alpha = 0): Tensor {
    return this.apply(unaryOp, [], { function: name, alpha });
  }
}
