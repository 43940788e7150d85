// Activation functions, four numbers at a time, each beside its slope. What they mean: scalarMaths.ts.

import { multiplyAdd } from "../vectors/vector";
import {
  constant,
  exp,
  expm1,
  expOfNegative,
  MINUS_ONE,
  negativeMagnitude,
  normalBell,
  normalShare,
  ONE,
  sigmoid,
  sigmoidFrom,
  softplus,
  squareOfTanh,
  TWO,
  tanhshrink,
  ZERO,
} from "../vectors/vectorMaths";
import { SlopeFunction, UnaryFunction } from "./unaryFunctions";

const ONE_SIXTH: usize = memory.data<f32>([0.16666667]);
const THREE: usize = memory.data<f32>([3]);
const MINUS_THREE: usize = memory.data<f32>([-3]);
const SIX: usize = memory.data<f32>([6]);
const SELU_SCALE: usize = memory.data<f32>([1.0507009873554805]);
const SELU_SLOPE: usize = memory.data<f32>([1.0507009873554805 * 1.6732632423543772]);
const NORMAL_PEAK: usize = memory.data<f32>([0.3989422804014327]);
// 2 · √(2/π) and 0.044715 of it.
const GELU_LINEAR: usize = memory.data<f32>([1.5957691216057308]);
const GELU_CUBIC: usize = memory.data<f32>([0.07135481627260025]);
const GELU_CUBIC_SLOPE: usize = memory.data<f32>([0.2140644488178007]);
const GELU_LARGEST_SQUARE: usize = memory.data<f32>([400]);

/** The numbers between two limits. Adding 0 makes +0 of −0, as `Math.max(0, x)` does. */
function between(low: usize, x: v128, high: usize): v128 {
  return f32x4.pmin(f32x4.pmax(x, constant(low)), constant(high));
}

/** 1 where a number lies between two limits, else 0. */
function isBetween(low: usize, x: v128, high: usize): v128 {
  return v128.and(constant(ONE), v128.and(f32x4.gt(x, constant(low)), f32x4.lt(x, constant(high))));
}

function isPositive(x: v128): v128 {
  return f32x4.gt(x, constant(ZERO));
}

export class Step extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    // All bits set is a NaN.
    return v128.or(v128.and(constant(ONE), f32x4.ge(x, constant(ZERO))), f32x4.ne(x, x));
  }
  slope(_source: v128, _alpha: v128): v128 {
    return constant(ZERO);
  }
}

/** Its values: activationLoops.ts. */
export class SigmoidSlope extends SlopeFunction {
  slope(y: v128, _alpha: v128): v128 {
    return f32x4.mul(y, f32x4.sub(constant(ONE), y));
  }
}

export class LogSigmoid extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.neg(softplus(f32x4.neg(x)));
  }
  slope(x: v128, _alpha: v128): v128 {
    return sigmoid(f32x4.neg(x));
  }
}

export class HardSigmoid extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return between(ZERO, f32x4.mul(f32x4.add(x, constant(THREE)), constant(ONE_SIXTH)), ONE);
  }
  slope(x: v128, _alpha: v128): v128 {
    return f32x4.mul(isBetween(MINUS_THREE, x, THREE), constant(ONE_SIXTH));
  }
}

/** Its values: activationLoops.ts. */
export class TanhSlope extends SlopeFunction {
  slope(y: v128, _alpha: v128): v128 {
    // 1 − y² as a product, which keeps its digits where y is near 1.
    return f32x4.mul(f32x4.sub(constant(ONE), y), f32x4.add(constant(ONE), y));
  }
}

export class HardTanh extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return between(MINUS_ONE, x, ONE);
  }
  slope(y: v128, _alpha: v128): v128 {
    return isBetween(MINUS_ONE, y, ONE);
  }
}

export class Tanhshrink extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return tanhshrink(x);
  }
  slope(x: v128, _alpha: v128): v128 {
    return squareOfTanh(x);
  }
}

export class Relu extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.add(f32x4.pmax(x, constant(ZERO)), constant(ZERO));
  }
  slope(y: v128, _alpha: v128): v128 {
    return v128.and(constant(ONE), isPositive(y));
  }
}

export class Relu6 extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.add(between(ZERO, x, SIX), constant(ZERO));
  }
  slope(y: v128, _alpha: v128): v128 {
    return isBetween(ZERO, y, SIX);
  }
}

export class LeakyRelu extends UnaryFunction {
  value(x: v128, alpha: v128): v128 {
    return v128.bitselect(f32x4.mul(alpha, x), x, f32x4.lt(x, constant(ZERO)));
  }
  slope(x: v128, alpha: v128): v128 {
    return v128.bitselect(constant(ONE), alpha, isPositive(x));
  }
}

export class Elu extends UnaryFunction {
  value(x: v128, alpha: v128): v128 {
    return v128.bitselect(x, f32x4.mul(alpha, expm1(x)), isPositive(x));
  }
  slope(x: v128, alpha: v128): v128 {
    return v128.bitselect(constant(ONE), f32x4.mul(alpha, expOfNegative(x)), isPositive(x));
  }
}

export class Selu extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    const left = f32x4.mul(constant(SELU_SLOPE), expm1(x));
    return v128.bitselect(f32x4.mul(constant(SELU_SCALE), x), left, isPositive(x));
  }
  slope(x: v128, _alpha: v128): v128 {
    const left = f32x4.mul(constant(SELU_SLOPE), expOfNegative(x));
    return v128.bitselect(constant(SELU_SCALE), left, isPositive(x));
  }
}

export class Celu extends UnaryFunction {
  value(x: v128, alpha: v128): v128 {
    return v128.bitselect(x, f32x4.mul(alpha, expm1(f32x4.div(x, alpha))), isPositive(x));
  }
  slope(x: v128, alpha: v128): v128 {
    return v128.bitselect(constant(ONE), exp(f32x4.div(x, alpha)), isPositive(x));
  }
}

export class Gelu extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.mul(x, normalShare(x, normalBell(x)));
  }
  slope(x: v128, _alpha: v128): v128 {
    const bell = normalBell(x);
    return multiplyAdd(f32x4.mul(x, constant(NORMAL_PEAK)), bell, normalShare(x, bell));
  }
}

export class GeluTanh extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    const factor = multiplyAdd(f32x4.mul(x, x), constant(GELU_CUBIC), constant(GELU_LINEAR));
    const inner = f32x4.mul(x, factor);
    return f32x4.mul(x, sigmoidFrom(inner, expOfNegative(negativeMagnitude(inner))));
  }
  slope(x: v128, _alpha: v128): v128 {
    const one = constant(ONE);
    const square = f32x4.mul(x, x);
    const inner = f32x4.mul(x, multiplyAdd(square, constant(GELU_CUBIC), constant(GELU_LINEAR)));
    const e = expOfNegative(negativeMagnitude(inner));
    const larger = f32x4.div(one, f32x4.add(one, e));
    const smaller = f32x4.mul(e, larger);
    const share = v128.bitselect(larger, smaller, f32x4.ge(inner, constant(ZERO)));
    // Where the square is larger than this, the factor it stands beside is 0.
    const bounded = f32x4.pmin(square, constant(GELU_LARGEST_SQUARE));
    const innerSlope = multiplyAdd(bounded, constant(GELU_CUBIC_SLOPE), constant(GELU_LINEAR));
    return multiplyAdd(x, f32x4.mul(f32x4.mul(larger, smaller), innerSlope), share);
  }
}

export class Silu extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.mul(x, sigmoidFrom(x, expOfNegative(negativeMagnitude(x))));
  }
  slope(x: v128, _alpha: v128): v128 {
    const one = constant(ONE);
    const e = expOfNegative(negativeMagnitude(x));
    const larger = f32x4.div(one, f32x4.add(one, e));
    const smaller = f32x4.mul(e, larger);
    const isRight = f32x4.ge(x, constant(ZERO));
    const rest = v128.bitselect(smaller, larger, isRight);
    return f32x4.mul(v128.bitselect(larger, smaller, isRight), multiplyAdd(x, rest, one));
  }
}

export class HardSwish extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.mul(x, f32x4.mul(between(ZERO, f32x4.add(x, constant(THREE)), SIX), constant(ONE_SIXTH)));
  }
  slope(x: v128, _alpha: v128): v128 {
    const inside = f32x4.mul(f32x4.add(f32x4.add(x, x), constant(THREE)), constant(ONE_SIXTH));
    const right = v128.bitselect(constant(ONE), inside, f32x4.ge(x, constant(THREE)));
    return v128.andnot(right, f32x4.le(x, constant(MINUS_THREE)));
  }
}

/**
 * x · tanh(log(1 + eˣ)) = x · n / d. With e = e^−|x|, on the left n = e·(e + 2) and d = n + 2, on the right n = 1 + 2e and
 * d = n + 2e².
 */
export class Mish extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    const e = expOfNegative(negativeMagnitude(x));
    const isRight = f32x4.ge(x, constant(ZERO));
    const n = mishNumerator(e, isRight);
    return f32x4.mul(x, f32x4.div(n, f32x4.add(n, mishRest(e, isRight))));
  }
  slope(x: v128, _alpha: v128): v128 {
    const one = constant(ONE);
    const e = expOfNegative(negativeMagnitude(x));
    const isRight = f32x4.ge(x, constant(ZERO));
    const n = mishNumerator(e, isRight);
    const rest = mishRest(e, isRight);
    const inverse = f32x4.div(one, f32x4.add(n, rest));
    const inner = f32x4.mul(n, inverse);
    const innerSlope = f32x4.mul(f32x4.mul(rest, inverse), f32x4.add(one, inner));
    const share = f32x4.div(v128.bitselect(one, e, isRight), f32x4.add(one, e));
    return multiplyAdd(f32x4.mul(x, innerSlope), share, inner);
  }
}

function mishNumerator(e: v128, isRight: v128): v128 {
  const left = f32x4.mul(e, f32x4.add(e, constant(TWO)));
  return v128.bitselect(multiplyAdd(e, constant(TWO), constant(ONE)), left, isRight);
}

/** d − n */
function mishRest(e: v128, isRight: v128): v128 {
  return v128.bitselect(f32x4.mul(constant(TWO), f32x4.mul(e, e)), constant(TWO), isRight);
}

export class Softplus extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return softplus(x);
  }
  slope(x: v128, _alpha: v128): v128 {
    return sigmoid(x);
  }
}

export class Softsign extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    return f32x4.div(x, f32x4.add(constant(ONE), f32x4.abs(x)));
  }
  slope(x: v128, _alpha: v128): v128 {
    const inverse = f32x4.div(constant(ONE), f32x4.add(constant(ONE), f32x4.abs(x)));
    return f32x4.mul(inverse, inverse);
  }
}

/** x outside −alpha to alpha, 0 inside. */
export class HardShrink extends UnaryFunction {
  value(x: v128, alpha: v128): v128 {
    return v128.andnot(x, f32x4.le(f32x4.abs(x), alpha));
  }
  slope(x: v128, alpha: v128): v128 {
    return v128.andnot(constant(ONE), f32x4.le(f32x4.abs(x), alpha));
  }
}

export class SoftShrink extends UnaryFunction {
  value(x: v128, alpha: v128): v128 {
    return f32x4.sub(x, f32x4.pmin(f32x4.pmax(x, f32x4.neg(alpha)), alpha));
  }
  slope(x: v128, alpha: v128): v128 {
    return v128.andnot(constant(ONE), f32x4.le(f32x4.abs(x), alpha));
  }
}

export class ThresholdedRelu extends UnaryFunction {
  value(x: v128, alpha: v128): v128 {
    return v128.andnot(x, f32x4.le(x, alpha));
  }
  slope(x: v128, alpha: v128): v128 {
    return v128.andnot(constant(ONE), f32x4.le(x, alpha));
  }
}
