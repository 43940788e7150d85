// Functions of two numbers, four pairs at a time, each beside its two slopes. What they mean: scalarMaths.ts.

import { constant, HALF, log, MINUS_ONE, ONE, SIGN_BIT, ZERO } from "../vectors/vectorMaths";
import { fourFloats } from "./rareFunctions";

/** A function of four pairs at a time. */
export abstract class BinaryFunction {
  abstract value(a: v128, b: v128): v128;
  abstract slopeA(a: v128, b: v128): v128;
  abstract slopeB(a: v128, b: v128): v128;
}

/** 1 where a mask is set, else 0. */
function oneWhere(mask: v128): v128 {
  return v128.and(constant(ONE), mask);
}

/** What one of two gets that are compared: all where it is chosen, half where both are equal. */
function equalSlope(a: v128, b: v128, isChosen: v128): v128 {
  return v128.bitselect(constant(HALF), oneWhere(isChosen), f32x4.eq(a, b));
}

export class Add extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.add(a, b);
  }
  slopeA(_a: v128, _b: v128): v128 {
    return constant(ONE);
  }
  slopeB(_a: v128, _b: v128): v128 {
    return constant(ONE);
  }
}

export class Subtract extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.sub(a, b);
  }
  slopeA(_a: v128, _b: v128): v128 {
    return constant(ONE);
  }
  slopeB(_a: v128, _b: v128): v128 {
    return constant(MINUS_ONE);
  }
}

export class Multiply extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.mul(a, b);
  }
  slopeA(_a: v128, b: v128): v128 {
    return b;
  }
  slopeB(a: v128, _b: v128): v128 {
    return a;
  }
}

export class Divide extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.div(a, b);
  }
  slopeA(_a: v128, b: v128): v128 {
    return f32x4.div(constant(ONE), b);
  }
  slopeB(a: v128, b: v128): v128 {
    // −a / b², without the square, which would overflow early.
    return f32x4.div(f32x4.neg(f32x4.div(a, b)), b);
  }
}

/** The first to fourth number. */
function laneAt(x: v128, place: i32): f32 {
  if (place === 0) return f32x4.extract_lane(x, 0);
  if (place === 1) return f32x4.extract_lane(x, 1);
  return place === 2 ? f32x4.extract_lane(x, 2) : f32x4.extract_lane(x, 3);
}

function powerAt(base: v128, exponent: v128, place: i32): f64 {
  const a = laneAt(base, place);
  const b = laneAt(exponent, place);
  if (a === 1 || (a === -1 && abs(b) === Infinity)) return 1;
  return NativeMath.pow(a, b);
}

/** `base^exponent`, one after another in double precision. */
function power(base: v128, exponent: v128): v128 {
  return fourFloats(
    powerAt(base, exponent, 0),
    powerAt(base, exponent, 1),
    powerAt(base, exponent, 2),
    powerAt(base, exponent, 3),
  );
}

export class Power extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return power(a, b);
  }
  slopeA(a: v128, b: v128): v128 {
    const slope = f32x4.mul(b, power(a, f32x4.sub(b, constant(ONE))));
    return v128.andnot(slope, f32x4.eq(b, constant(ZERO)));
  }
  slopeB(a: v128, b: v128): v128 {
    return v128.andnot(f32x4.mul(power(a, b), log(a)), f32x4.eq(a, constant(ZERO)));
  }
}

export class Maximum extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.max(a, b);
  }
  slopeA(a: v128, b: v128): v128 {
    return equalSlope(a, b, f32x4.gt(a, b));
  }
  slopeB(a: v128, b: v128): v128 {
    return equalSlope(a, b, f32x4.gt(b, a));
  }
}

export class Minimum extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.min(a, b);
  }
  slopeA(a: v128, b: v128): v128 {
    return equalSlope(a, b, f32x4.lt(a, b));
  }
  slopeB(a: v128, b: v128): v128 {
    return equalSlope(a, b, f32x4.lt(b, a));
  }
}

/** A limit below: at the limit itself the gradient still passes to `a`. */
export class AtLeast extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.max(a, b);
  }
  slopeA(a: v128, b: v128): v128 {
    return oneWhere(f32x4.ge(a, b));
  }
  slopeB(a: v128, b: v128): v128 {
    return oneWhere(f32x4.lt(a, b));
  }
}

/** A limit above. */
export class AtMost extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return f32x4.min(a, b);
  }
  slopeA(a: v128, b: v128): v128 {
    return oneWhere(f32x4.le(a, b));
  }
  slopeB(a: v128, b: v128): v128 {
    return oneWhere(f32x4.gt(a, b));
  }
}

/** What is left of a after whole multiples of b, one after another in double precision: exact. */
export class Remainder extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return fourFloats(remainderAt(a, b, 0), remainderAt(a, b, 1), remainderAt(a, b, 2), remainderAt(a, b, 3));
  }
  slopeA(_a: v128, _b: v128): v128 {
    return constant(ONE);
  }
  slopeB(a: v128, b: v128): v128 {
    return f32x4.neg(
      fourFloats(multiplesAt(a, b, 0), multiplesAt(a, b, 1), multiplesAt(a, b, 2), multiplesAt(a, b, 3)),
    );
  }
}

function multiplesAt(a: v128, b: v128, place: i32): f64 {
  return floor(<f64>laneAt(a, place) / <f64>laneAt(b, place));
}

function remainderAt(a: v128, b: v128, place: i32): f64 {
  const divisor = <f64>laneAt(b, place);
  const rest = <f64>laneAt(a, place) % divisor;
  return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest;
}

export class Prelu extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return v128.bitselect(f32x4.mul(b, a), a, f32x4.lt(a, constant(ZERO)));
  }
  slopeA(a: v128, b: v128): v128 {
    return v128.bitselect(constant(ONE), b, f32x4.gt(a, constant(ZERO)));
  }
  slopeB(a: v128, _b: v128): v128 {
    return f32x4.pmin(a, constant(ZERO));
  }
}

/** a where the condition is not 0, else −0, which added to any number changes nothing. */
export class TakeWhere extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return v128.bitselect(constant(SIGN_BIT), a, f32x4.eq(b, constant(ZERO)));
  }
  slopeA(_a: v128, b: v128): v128 {
    return oneWhere(f32x4.ne(b, constant(ZERO)));
  }
  slopeB(_a: v128, _b: v128): v128 {
    return constant(ZERO);
  }
}

export class TakeUnless extends BinaryFunction {
  value(a: v128, b: v128): v128 {
    return v128.bitselect(a, constant(SIGN_BIT), f32x4.eq(b, constant(ZERO)));
  }
  slopeA(_a: v128, b: v128): v128 {
    return oneWhere(f32x4.eq(b, constant(ZERO)));
  }
  slopeB(_a: v128, _b: v128): v128 {
    return constant(ZERO);
  }
}

/** A comparison: 1 or 0, flat everywhere. */
export abstract class Comparison extends BinaryFunction {
  slopeA(_a: v128, _b: v128): v128 {
    return constant(ZERO);
  }
  slopeB(_a: v128, _b: v128): v128 {
    return constant(ZERO);
  }
}

export class Greater extends Comparison {
  value(a: v128, b: v128): v128 {
    return oneWhere(f32x4.gt(a, b));
  }
}

export class GreaterEqual extends Comparison {
  value(a: v128, b: v128): v128 {
    return oneWhere(f32x4.ge(a, b));
  }
}

export class Less extends Comparison {
  value(a: v128, b: v128): v128 {
    return oneWhere(f32x4.lt(a, b));
  }
}

export class LessEqual extends Comparison {
  value(a: v128, b: v128): v128 {
    return oneWhere(f32x4.le(a, b));
  }
}

export class Equal extends Comparison {
  value(a: v128, b: v128): v128 {
    return oneWhere(f32x4.eq(a, b));
  }
}

export class NotEqual extends Comparison {
  value(a: v128, b: v128): v128 {
    return oneWhere(f32x4.ne(a, b));
  }
}
