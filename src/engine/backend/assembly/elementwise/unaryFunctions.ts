// Functions of one number, four at a time, each beside its slope. What they mean: scalarMaths.ts.
// A slope is computed from one array, the function's argument or its result: which, says simd/records/elementwiseRoutines.ts.

import { multiplyAdd } from "../vectors/vector";
import {
  bell,
  constant,
  exp,
  expm1,
  HALF,
  log,
  log1p,
  MINUS_HALF,
  MINUS_ONE,
  normalBell,
  normalShare,
  ONE,
  SIGN_BIT,
  withSignOf,
  ZERO,
} from "../vectors/vectorMaths";

const SQRT_2: usize = memory.data<u32>([0x3fb504f3]);
const TWO_BY_SQRT_PI: usize = memory.data<f32>([1.1283791670955126]);
const ERF_1: usize = memory.data<f32>([0.12837917]);
const ERF_3: usize = memory.data<f32>([-0.37612626]);
const ERF_5: usize = memory.data<f32>([0.112835854]);
const ERF_7: usize = memory.data<f32>([-0.026853811]);
const ERF_9: usize = memory.data<f32>([0.0051883277]);
const ERF_11: usize = memory.data<f32>([-0.000801019254]);
const ERF_13: usize = memory.data<f32>([0.0000785385706]);

/** How steep a function is, for four numbers at a time. */
export abstract class SlopeFunction {
  abstract slope(source: v128, alpha: v128): v128;
}

/** A function of four numbers at a time; `alpha` is its parameter where it has one. */
export abstract class UnaryFunction extends SlopeFunction {
  abstract value(x: v128, alpha: v128): v128;
}

/** 1 or −1, 0 for ±0 (with its sign), NaN for NaN. */
function signOf(x: v128): v128 {
  const zero = constant(ZERO);
  const signed = v128.or(v128.and(x, constant(SIGN_BIT)), constant(ONE));
  return v128.bitselect(signed, x, v128.or(f32x4.lt(x, zero), f32x4.gt(x, zero)));
}

export class Identity extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return x;
  }
  slope(_source: v128, _alpha: v128): v128 {
    return constant(ONE);
  }
}

export class Negate extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.neg(x);
  }
  slope(_source: v128, _alpha: v128): v128 {
    return constant(MINUS_ONE);
  }
}

export class Abs extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.abs(x);
  }
  slope(x: v128, _alpha: v128): v128 {
    return signOf(x);
  }
}

export class Sign extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return signOf(x);
  }
  slope(_source: v128, _alpha: v128): v128 {
    return constant(ZERO);
  }
}

export class Square extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.mul(x, x);
  }
  slope(x: v128, _alpha: v128): v128 {
    return f32x4.add(x, x);
  }
}

export class Sqrt extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.sqrt(x);
  }
  slope(y: v128, _alpha: v128): v128 {
    return f32x4.div(constant(HALF), y);
  }
}

export class Reciprocal extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.div(constant(ONE), x);
  }
  slope(y: v128, _alpha: v128): v128 {
    return f32x4.neg(f32x4.mul(y, y));
  }
}

export class Exp extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return exp(x);
  }
  slope(y: v128, _alpha: v128): v128 {
    return y;
  }
}

export class Log extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return log(x);
  }
  slope(x: v128, _alpha: v128): v128 {
    return f32x4.div(constant(ONE), x);
  }
}

export class Log1p extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return log1p(x);
  }
  slope(x: v128, _alpha: v128): v128 {
    return f32x4.div(constant(ONE), f32x4.add(constant(ONE), x));
  }
}

export class Expm1 extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return expm1(x);
  }
  slope(y: v128, _alpha: v128): v128 {
    return f32x4.add(y, constant(ONE));
  }
}

export class Rsqrt extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.div(constant(ONE), f32x4.sqrt(x));
  }
  slope(y: v128, _alpha: v128): v128 {
    return f32x4.mul(f32x4.mul(constant(MINUS_HALF), f32x4.abs(y)), f32x4.mul(y, y));
  }
}

/** By an odd polynomial up to 1, by the tail of the normal distribution beyond. */
export class Erf extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    const magnitude = f32x4.abs(x);
    const scaled = f32x4.mul(magnitude, constant(SQRT_2));
    const share = normalShare(scaled, normalBell(scaled));
    const far = f32x4.sub(f32x4.add(share, share), constant(ONE));
    const near = multiplyAdd(magnitude, erfExcess(f32x4.mul(x, x)), magnitude);
    const y = v128.bitselect(near, far, f32x4.lt(magnitude, constant(ONE)));
    return withSignOf(x, y);
  }
  slope(x: v128, _alpha: v128): v128 {
    return f32x4.mul(constant(TWO_BY_SQRT_PI), bell(x));
  }
}

/** (erf(x) − x) / x for |x| ≤ 1, from `x²`. */
function erfExcess(square: v128): v128 {
  let p = multiplyAdd(constant(ERF_13), square, constant(ERF_11));
  p = multiplyAdd(p, square, constant(ERF_9));
  p = multiplyAdd(p, square, constant(ERF_7));
  p = multiplyAdd(p, square, constant(ERF_5));
  p = multiplyAdd(p, square, constant(ERF_3));
  return multiplyAdd(p, square, constant(ERF_1));
}

/** A function with steps: flat wherever it has a slope. */
abstract class Stairs extends UnaryFunction {
  slope(_source: v128, _alpha: v128): v128 {
    return constant(ZERO);
  }
}

export class Floor extends Stairs {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.floor(x);
  }
}

export class Ceil extends Stairs {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.ceil(x);
  }
}

export class Round extends Stairs {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.nearest(x);
  }
}

export class Trunc extends Stairs {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.trunc(x);
  }
}
