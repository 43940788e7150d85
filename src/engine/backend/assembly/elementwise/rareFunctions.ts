// Functions of one number that networks seldom need: one number after another in double precision, each beside its slope.

import { UnaryFunction } from "./unaryFunctions";

/** A function of a double. */
abstract class ScalarFunction {
  abstract valueAt(x: f64): f64;
  abstract slopeAt(source: f64): f64;
}

/** A function of four numbers, by a function of doubles. */
export class OneByOne<F extends ScalarFunction> extends UnaryFunction {
  value(x: v128, _alpha: v128): v128 {
    const f = changetype<F>(0);
    return fourFloats(
      f.valueAt(f32x4.extract_lane(x, 0)),
      f.valueAt(f32x4.extract_lane(x, 1)),
      f.valueAt(f32x4.extract_lane(x, 2)),
      f.valueAt(f32x4.extract_lane(x, 3)),
    );
  }
  slope(source: v128, _alpha: v128): v128 {
    const f = changetype<F>(0);
    return fourFloats(
      f.slopeAt(f32x4.extract_lane(source, 0)),
      f.slopeAt(f32x4.extract_lane(source, 1)),
      f.slopeAt(f32x4.extract_lane(source, 2)),
      f.slopeAt(f32x4.extract_lane(source, 3)),
    );
  }
}

/** Four numbers from double precision. */
export function fourFloats(a: f64, b: f64, c: f64, d: f64): v128 {
  const first = f32x4.replace_lane(f32x4.splat(<f32>a), 1, <f32>b);
  return f32x4.replace_lane(f32x4.replace_lane(first, 2, <f32>c), 3, <f32>d);
}

export class Sin extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.sin(x);
  }
  slopeAt(x: f64): f64 {
    return NativeMath.cos(x);
  }
}

export class Cos extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.cos(x);
  }
  slopeAt(x: f64): f64 {
    return -NativeMath.sin(x);
  }
}

export class Tan extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.tan(x);
  }
  slopeAt(y: f64): f64 {
    return 1 + y * y;
  }
}

export class Asin extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.asin(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / sqrt(1 - x * x);
  }
}

export class Acos extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.acos(x);
  }
  slopeAt(x: f64): f64 {
    return -1 / sqrt(1 - x * x);
  }
}

export class Atan extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.atan(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / (1 + x * x);
  }
}

export class Sinh extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.sinh(x);
  }
  slopeAt(x: f64): f64 {
    return NativeMath.cosh(x);
  }
}

export class Cosh extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.cosh(x);
  }
  slopeAt(x: f64): f64 {
    return NativeMath.sinh(x);
  }
}

export class Asinh extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.asinh(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / sqrt(x * x + 1);
  }
}

export class Acosh extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.acosh(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / sqrt(x * x - 1);
  }
}

export class Atanh extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.atanh(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / (1 - x * x);
  }
}

export class Log2 extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.log2(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / (x * NativeMath.LN2);
  }
}

export class Log10 extends ScalarFunction {
  valueAt(x: f64): f64 {
    return NativeMath.log10(x);
  }
  slopeAt(x: f64): f64 {
    return 1 / (x * NativeMath.LN10);
  }
}
