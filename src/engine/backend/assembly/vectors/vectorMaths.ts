// The functions that networks are made of, for four numbers at a time: exponentials, logarithms, sigmoid, tanh, the normal distribution.
// Constants are loaded from memory where they are used: V8 builds a splatted constant anew at each use, which takes twice the time.
// `pmin` and `pmax` keep a NaN that is their first operand. All polynomials are least-maximum fits made for this file.

import { multiplyAdd } from "./vector";

/** Four times the number at an address. */
export function constant(address: usize): v128 {
  return v128.load32_splat(address);
}

export const ZERO: usize = memory.data<f32>([0]);
export const ONE: usize = memory.data<f32>([1]);
export const MINUS_ONE: usize = memory.data<f32>([-1]);
export const TWO: usize = memory.data<f32>([2]);
export const HALF: usize = memory.data<f32>([0.5]);
export const MINUS_TWO: usize = memory.data<f32>([-2]);
export const MINUS_HALF: usize = memory.data<f32>([-0.5]);
export const SIGN_BIT: usize = memory.data<u32>([0x80000000]);
const INFINITE: usize = memory.data<u32>([0x7f800000]);
const MINUS_INFINITE: usize = memory.data<u32>([0xff800000]);

const LOG2_E: usize = memory.data<u32>([0x3fb8aa3b]);
// ln 2 in two parts, the first with so few digits that its products with whole numbers are exact.
export const LN2_HIGH: usize = memory.data<f32>([0.693359375]);
export const LN2_LOW: usize = memory.data<f32>([-2.1219444e-4]);
const MINUS_LN2_HIGH: usize = memory.data<f32>([-0.693359375]);
const MINUS_LN2_LOW: usize = memory.data<f32>([2.1219444e-4]);

// Adding 1.5 · 2²³ leaves a whole number in the low bits. What is added beyond that makes those bits an exponent when they
// are shifted to its place: 127 for 2ⁿ itself, 254 for two factors that share n, 191 for 2ⁿ⁺⁶⁴.
export const ROUND_TO_EXPONENT: usize = memory.data<f32>([12582912 + 127]);
const ROUND_TO_TWO_EXPONENTS: usize = memory.data<f32>([12582912 + 254]);
const ROUND_TO_RAISED_EXPONENT: usize = memory.data<f32>([12582912 + 191]);
const TWO_TO_MINUS_64: usize = memory.data<f32>([5.421010862427522e-20]);
// e^x is Infinity from 89 on, and 0 up to −104.
const LARGEST_EXPONENT: usize = memory.data<f32>([89]);
export const LEAST_EXPONENT: usize = memory.data<f32>([-104]);

const EXP_2: usize = memory.data<f32>([0.49999994]);
export const EXP_3: usize = memory.data<f32>([0.16666515]);
const EXP_4: usize = memory.data<f32>([0.041668456]);
export const EXP_5: usize = memory.data<f32>([0.008369419]);
const EXP_6: usize = memory.data<f32>([0.0013813142]);

/** `e^r − 1` for |r| ≤ ln(2) / 2. */
function expm1OfRest(r: v128): v128 {
  let p = multiplyAdd(constant(EXP_6), r, constant(EXP_5));
  p = multiplyAdd(p, r, constant(EXP_4));
  p = multiplyAdd(p, r, constant(EXP_3));
  p = multiplyAdd(p, r, constant(EXP_2));
  return multiplyAdd(p, f32x4.mul(r, r), r);
}

/** `x − n · ln 2`. */
function rest(x: v128, n: v128): v128 {
  return multiplyAdd(n, constant(MINUS_LN2_LOW), multiplyAdd(n, constant(MINUS_LN2_HIGH), x));
}

/** `e^x` = 2ⁿ · e^r; 2ⁿ as two factors, so that neither large nor denormal results are lost. */
export function exp(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, constant(LEAST_EXPONENT)), constant(LARGEST_EXPONENT));
  const rounded = multiplyAdd(bounded, constant(LOG2_E), constant(ROUND_TO_TWO_EXPONENTS));
  const n = f32x4.sub(rounded, constant(ROUND_TO_TWO_EXPONENTS));
  const p = f32x4.add(constant(ONE), expm1OfRest(rest(bounded, n)));
  const half = i32x4.shr_u(rounded, 1);
  return f32x4.mul(f32x4.mul(p, i32x4.shl(half, 23)), i32x4.shl(i32x4.sub(rounded, half), 23));
}

/** `e^x` where no number is above 0: a little faster. */
export function expOfNegative(x: v128): v128 {
  const bounded = f32x4.pmax(x, constant(LEAST_EXPONENT));
  const rounded = multiplyAdd(bounded, constant(LOG2_E), constant(ROUND_TO_RAISED_EXPONENT));
  const n = f32x4.sub(rounded, constant(ROUND_TO_RAISED_EXPONENT));
  return raised(rounded, rest(bounded, n));
}

/** 2ⁿ · e^r, from the bits of n + 64. */
function raised(rounded: v128, r: v128): v128 {
  const p = f32x4.add(constant(ONE), expm1OfRest(r));
  return f32x4.mul(f32x4.mul(p, i32x4.shl(rounded, 23)), constant(TWO_TO_MINUS_64));
}

/** `e^x − 1`, exact for small x too. */
export function expm1(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, constant(LEAST_EXPONENT)), constant(LARGEST_EXPONENT));
  const rounded = multiplyAdd(bounded, constant(LOG2_E), constant(ROUND_TO_TWO_EXPONENTS));
  const n = f32x4.sub(rounded, constant(ROUND_TO_TWO_EXPONENTS));
  const q = expm1OfRest(rest(bounded, n));
  const half = i32x4.shr_u(rounded, 1);
  const one = constant(ONE);
  const factor = i32x4.shl(half, 23);
  const otherFactor = i32x4.shl(i32x4.sub(rounded, half), 23);
  const far = f32x4.sub(f32x4.mul(f32x4.mul(f32x4.add(q, one), factor), otherFactor), one);
  const power = f32x4.mul(factor, otherFactor);
  const near = multiplyAdd(q, power, f32x4.sub(power, one));
  const y = v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), one));
  return withSignOf(x, y);
}

/** `y` with its sign bit set where that of `x` is. */
export function withSignOf(x: v128, y: v128): v128 {
  return v128.or(y, v128.and(x, constant(SIGN_BIT)));
}

/** `−|x|` */
export function negativeMagnitude(x: v128): v128 {
  return v128.or(x, constant(SIGN_BIT));
}

/** `1 / (1 + e^−x)` by the exponential of a negative number only, so nothing overflows and tiny values stay exact. */
export function sigmoid(x: v128): v128 {
  return sigmoidFrom(x, expOfNegative(negativeMagnitude(x)));
}

/** The sigmoid from `e = e^−|x|`: in two parts, each small enough to be taken into a loop by the compiler. */
export function sigmoidFrom(x: v128, e: v128): v128 {
  const one = constant(ONE);
  return f32x4.div(v128.bitselect(one, e, f32x4.ge(x, constant(ZERO))), f32x4.add(one, e));
}

// Beyond 10 tanh is 1. Below 0.625 an odd polynomial: the other way would lose digits.
const TANH_LIMIT: usize = memory.data<f32>([-20]);
const TANH_TURN: usize = memory.data<f32>([0.625]);
const TANH_3: usize = memory.data<f32>([-0.3333333]);
const TANH_5: usize = memory.data<f32>([0.13332771]);
const TANH_7: usize = memory.data<f32>([-0.053850953]);
const TANH_9: usize = memory.data<f32>([0.020997355]);
const TANH_11: usize = memory.data<f32>([-0.006096937]);

/** `(tanh x − x) / x` for |x| < 0.625, from `x²`. */
function tanhExcess(square: v128): v128 {
  let p = multiplyAdd(constant(TANH_11), square, constant(TANH_9));
  p = multiplyAdd(p, square, constant(TANH_7));
  p = multiplyAdd(p, square, constant(TANH_5));
  p = multiplyAdd(p, square, constant(TANH_3));
  return f32x4.mul(p, square);
}

/** `(1 − e) / (1 + e)` with `e = e^(−2|x|)`: tanh |x|. */
function tanhFar(magnitude: v128): v128 {
  const one = constant(ONE);
  const bounded = f32x4.pmax(f32x4.mul(magnitude, constant(MINUS_TWO)), constant(TANH_LIMIT));
  const rounded = multiplyAdd(bounded, constant(LOG2_E), constant(ROUND_TO_EXPONENT));
  const r = rest(bounded, f32x4.sub(rounded, constant(ROUND_TO_EXPONENT)));
  const e = f32x4.mul(f32x4.add(one, expm1OfRest(r)), i32x4.shl(rounded, 23));
  return f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
}

/** `(tanh x)²` */
export function squareOfTanh(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const near = multiplyAdd(tanhExcess(f32x4.mul(x, x)), x, x);
  const y = v128.bitselect(near, tanhFar(magnitude), f32x4.lt(magnitude, constant(TANH_TURN)));
  return f32x4.mul(y, y);
}

/** `x − tanh x` without losing the digits of small numbers. */
export function tanhshrink(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const near = f32x4.mul(f32x4.neg(tanhExcess(f32x4.mul(x, x))), x);
  const far = f32x4.sub(x, withSignOf(x, tanhFar(magnitude)));
  return v128.bitselect(near, far, f32x4.lt(magnitude, constant(TANH_TURN)));
}

const SQRT_HALF_BITS: usize = memory.data<u32>([0x3f3504f3]);
const LEAST_NORMAL: usize = memory.data<f32>([1.1754944e-38]);
const TWO_TO_25: usize = memory.data<f32>([33554432]);
const TWENTY_FIVE: usize = memory.data<f32>([25]);
const LOG_3: usize = memory.data<f32>([0.3333333]);
const LOG_4: usize = memory.data<f32>([-0.25000837]);
const LOG_5: usize = memory.data<f32>([0.20001292]);
const LOG_6: usize = memory.data<f32>([-0.16622764]);
const LOG_7: usize = memory.data<f32>([0.141997]);
const LOG_8: usize = memory.data<f32>([-0.13164199]);
const LOG_9: usize = memory.data<f32>([0.12779088]);
const LOG_10: usize = memory.data<f32>([-0.07646038]);

/** `log x + shift · ln 2` for positive numbers that are neither denormal nor infinite: x = 2ⁿ · m with m around 1. */
function logOfNormal(x: v128, shift: v128): v128 {
  const n = i32x4.shr_s(i32x4.sub(x, constant(SQRT_HALF_BITS)), 23);
  const exponent = f32x4.add(f32x4.convert_i32x4_s(n), shift);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(n, 23)), constant(ONE));
  let p = multiplyAdd(constant(LOG_10), f, constant(LOG_9));
  p = multiplyAdd(p, f, constant(LOG_8));
  p = multiplyAdd(p, f, constant(LOG_7));
  p = multiplyAdd(p, f, constant(LOG_6));
  p = multiplyAdd(p, f, constant(LOG_5));
  p = multiplyAdd(p, f, constant(LOG_4));
  p = multiplyAdd(p, f, constant(LOG_3));
  const square = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), square);
  y = multiplyAdd(exponent, constant(LN2_LOW), y);
  y = multiplyAdd(square, constant(MINUS_HALF), y);
  return multiplyAdd(exponent, constant(LN2_HIGH), f32x4.add(f, y));
}

/** The natural logarithm: −Infinity at 0, NaN below. */
export function log(x: v128): v128 {
  const isTiny = f32x4.lt(x, constant(LEAST_NORMAL));
  const normal = v128.bitselect(f32x4.mul(x, constant(TWO_TO_25)), x, isTiny);
  const y = logOfNormal(normal, f32x4.neg(v128.and(isTiny, constant(TWENTY_FIVE))));
  const infinite = constant(INFINITE);
  const bounded = v128.bitselect(y, x, f32x4.lt(x, infinite));
  const atZero = v128.bitselect(constant(MINUS_INFINITE), bounded, f32x4.eq(x, constant(ZERO)));
  return v128.or(atZero, f32x4.lt(x, constant(ZERO)));
}

/** `log(1 + x)` for 0 ≤ x ≤ 1: what rounding took from 1 + x is made good by the quotient (Kahan). */
function log1pOfShare(x: v128): v128 {
  const one = constant(ONE);
  const sum = f32x4.add(one, x);
  const y = f32x4.mul(logOfNormal(sum, constant(ZERO)), f32x4.div(x, f32x4.sub(sum, one)));
  return v128.bitselect(x, y, f32x4.eq(sum, one));
}

/** `log(1 + x)`, exact for small x too. */
export function log1p(x: v128): v128 {
  const sum = f32x4.add(constant(ONE), x);
  const isOrdinary = v128.and(f32x4.gt(sum, constant(ZERO)), f32x4.lt(sum, constant(INFINITE)));
  const isLost = f32x4.eq(sum, constant(ONE));
  const y = f32x4.mul(logOfNormal(sum, constant(ZERO)), f32x4.div(x, f32x4.sub(sum, constant(ONE))));
  return v128.bitselect(x, v128.bitselect(y, log(sum), isOrdinary), isLost);
}

/** `log(1 + e^x)` without overflow. */
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, constant(ZERO)), log1pOfShare(expOfNegative(negativeMagnitude(x))));
}

// Beyond 15 the normal distribution's tail is smaller than any float32.
const NORMAL_LIMIT: usize = memory.data<f32>([15]);
const BELL_LIMIT: usize = memory.data<f32>([10.5]);
const HIGH_TWELVE_BITS: usize = memory.data<u32>([0xfffff000]);
const TAIL_STEP: usize = memory.data<f32>([0.3]);
const TAIL_0: usize = memory.data<f32>([5.0730472e-7]);
const TAIL_1: usize = memory.data<f32>([0.11967486]);
const TAIL_2: usize = memory.data<f32>([0.119690947]);
const TAIL_3: usize = memory.data<f32>([0.109552704]);
const TAIL_4: usize = memory.data<f32>([0.0808587]);
const TAIL_5: usize = memory.data<f32>([0.09025795]);
const TAIL_6: usize = memory.data<f32>([-0.069975165]);
const TAIL_7: usize = memory.data<f32>([0.18174438]);
const TAIL_8: usize = memory.data<f32>([-0.22142445]);
const TAIL_9: usize = memory.data<f32>([0.10979194]);
const TAIL_10: usize = memory.data<f32>([-0.020172374]);

/** `e^(high + low)` for −174 ≤ high ≤ 0 and a small `low`, which the sum itself would lose. */
function expOfSum(high: v128, low: v128): v128 {
  const rounded = multiplyAdd(f32x4.add(high, low), constant(LOG2_E), constant(ROUND_TO_RAISED_EXPONENT));
  const n = f32x4.sub(rounded, constant(ROUND_TO_RAISED_EXPONENT));
  return raised(rounded, f32x4.add(rest(high, n), low));
}

/** `e^(factor · x²)` for −120 ≤ factor · x²: the square is taken in two parts, for its rounding would be large beside the result. */
function expOfSquare(x: v128, factor: v128): v128 {
  const high = v128.and(x, constant(HIGH_TWELVE_BITS));
  const low = f32x4.mul(f32x4.sub(x, high), f32x4.add(x, high));
  return expOfSum(f32x4.mul(f32x4.mul(high, high), factor), f32x4.mul(low, factor));
}

/** `e^(−x²/2)` */
export function normalBell(x: v128): v128 {
  return expOfSquare(f32x4.pmin(f32x4.abs(x), constant(NORMAL_LIMIT)), constant(MINUS_HALF));
}

/** `e^(−x²)` */
export function bell(x: v128): v128 {
  return expOfSquare(f32x4.pmin(f32x4.abs(x), constant(BELL_LIMIT)), constant(MINUS_ONE));
}

/** Φ(x), the share of the normal distribution below `x`, from `bell = e^(−x²/2)`: Φ(−|x|) is the bell times a smooth function of 1 / (1 + 0.3·|x|). */
export function normalShare(x: v128, bell: v128): v128 {
  const one = constant(ONE);
  const magnitude = f32x4.pmin(f32x4.abs(x), constant(NORMAL_LIMIT));
  const t = f32x4.div(one, multiplyAdd(magnitude, constant(TAIL_STEP), one));
  let p = multiplyAdd(constant(TAIL_10), t, constant(TAIL_9));
  p = multiplyAdd(p, t, constant(TAIL_8));
  p = multiplyAdd(p, t, constant(TAIL_7));
  p = multiplyAdd(p, t, constant(TAIL_6));
  p = multiplyAdd(p, t, constant(TAIL_5));
  p = multiplyAdd(p, t, constant(TAIL_4));
  p = multiplyAdd(p, t, constant(TAIL_3));
  p = multiplyAdd(p, t, constant(TAIL_2));
  p = multiplyAdd(p, t, constant(TAIL_1));
  const tail = f32x4.mul(bell, multiplyAdd(p, t, constant(TAIL_0)));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, constant(ZERO)));
}
