// Functions of tensors that treat each number by itself, and the softmax of rows.

import type { UnaryName } from "../backend/scalarMaths.ts";
import { unaryOp } from "../ops/elementwise.ts";
import { softmaxOp } from "../ops/softmax.ts";
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

  /** Softmax over the last axis: `e^xᵢ / Σ e^xⱼ`, computed without overflow. */
  softmax(): Tensor {
    return this.apply(softmaxOp, [], { isLog: false });
  }
  /** Logarithm of the softmax over the last axis. */
  logSoftmax(): Tensor {
    return this.apply(softmaxOp, [], { isLog: true });
  }

  /** @internal */
  protected applyUnary(name: UnaryName, alpha = 0): Tensor {
    return this.apply(unaryOp, [], { function: name, alpha });
  }
}
