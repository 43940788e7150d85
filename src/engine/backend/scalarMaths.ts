// The mathematics of single numbers: each function beside its derivative, in double precision. The reference every backend is measured by.

import { maths } from "../intrinsics.ts";
import { complementaryErrorFunction, errorFunction } from "./errorFunction.ts";

const { abs, cos, cosh, exp, expm1, floor, log, log1p, max, min, sign, sin, sinh, sqrt, tanh } = maths;

/** A function of one number. `alpha` is its parameter where it has one. */
export interface ScalarFunction {
  value(x: number, alpha: number): number;
  /** The derivative at `x`, where `y = value(x)` is known already. At a kink: the side PyTorch takes. */
  slope(x: number, y: number, alpha: number): number;
}

/** A function of two numbers with its two partial derivatives. */
export interface ScalarFunctionOfTwo {
  value(a: number, b: number): number;
  slopeA(a: number, b: number, y: number): number;
  slopeB(a: number, b: number, y: number): number;
}

export const seluAlpha = 1.6732632423543772;
export const seluScale = 1.0507009873554805;
const sqrtHalf = maths.sqrt(0.5);
const normalPeak = 1 / maths.sqrt(2 * maths.PI);
const geluInner = maths.sqrt(2 / maths.PI);
const geluCubic = 0.044715;

/** 1 / (1 + e⁻ˣ) by the exponential of a negative number only, so nothing overflows and tiny values stay exact. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** log(1 + eˣ) without overflow. */
function softplus(x: number): number {
  return max(x, 0) + log1p(exp(-abs(x)));
}

/** Φ(x), the normal distribution function. */
function normalShare(x: number): number {
  return 0.5 * complementaryErrorFunction(-x * sqrtHalf);
}

/** x − tanh x; of small numbers by its series, since their difference would lose its digits. */
function tanhshrink(x: number): number {
  if (abs(x) > 0.03) return x - tanh(x);
  const square = x * x;
  return x * square * (1 / 3 - square * (2 / 15 - square * (17 / 315 - (square * 62) / 2835)));
}

const zero = () => 0;

/** The nearest whole number; of two equally near the even one, as IEEE 754 and other libraries do. */
function roundToEven(x: number): number {
  const up = maths.round(x);
  return up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

const basic = {
  identity: { value: (x) => x, slope: () => 1 },
  negate: { value: (x) => -x, slope: () => -1 },
  abs: { value: (x) => abs(x), slope: (x) => sign(x) },
  sign: { value: (x) => sign(x), slope: zero },
  square: { value: (x) => x * x, slope: (x) => 2 * x },
  sqrt: { value: (x) => sqrt(x), slope: (_, y) => 0.5 / y },
  reciprocal: { value: (x) => 1 / x, slope: (_, y) => -y * y },
  exp: { value: (x) => exp(x), slope: (_, y) => y },
  log: { value: (x) => log(x), slope: (x) => 1 / x },
  log1p: { value: (x) => log1p(x), slope: (x) => 1 / (1 + x) },
  expm1: { value: (x) => expm1(x), slope: (_, y) => y + 1 },
  sin: { value: (x) => sin(x), slope: (x) => cos(x) },
  cos: { value: (x) => cos(x), slope: (x) => -sin(x) },
  tan: { value: (x) => maths.tan(x), slope: (_, y) => 1 + y * y },
  asin: { value: (x) => maths.asin(x), slope: (x) => 1 / sqrt(1 - x * x) },
  acos: { value: (x) => maths.acos(x), slope: (x) => -1 / sqrt(1 - x * x) },
  atan: { value: (x) => maths.atan(x), slope: (x) => 1 / (1 + x * x) },
  sinh: { value: (x) => sinh(x), slope: (x) => cosh(x) },
  cosh: { value: (x) => cosh(x), slope: (x) => sinh(x) },
  asinh: { value: (x) => maths.asinh(x), slope: (x) => 1 / sqrt(x * x + 1) },
  acosh: { value: (x) => maths.acosh(x), slope: (x) => 1 / sqrt(x * x - 1) },
  atanh: { value: (x) => maths.atanh(x), slope: (x) => 1 / (1 - x * x) },
  log2: { value: (x) => maths.log2(x), slope: (x) => 1 / (x * log(2)) },
  log10: { value: (x) => maths.log10(x), slope: (x) => 1 / (x * log(10)) },
  rsqrt: { value: (x) => 1 / sqrt(x), slope: (x, y) => (-0.5 * y) / x },
  erf: { value: errorFunction, slope: (x) => (2 / sqrt(maths.PI)) * exp(-x * x) },
  floor: { value: (x) => floor(x), slope: zero },
  ceil: { value: (x) => maths.ceil(x), slope: zero },
  round: { value: roundToEven, slope: zero },
  trunc: { value: (x) => maths.trunc(x), slope: zero },
} satisfies Record<string, ScalarFunction>;

const activationFunctions = {
  step: { value: (x) => (x >= 0 ? 1 : min(0, max(x, 0))), slope: zero },
  sigmoid: { value: sigmoid, slope: (_, y) => y * (1 - y) },
  logSigmoid: { value: (x) => -softplus(-x), slope: (x) => sigmoid(-x) },
  hardSigmoid: { value: (x) => max(0, min(1, x / 6 + 0.5)), slope: (x) => (x > -3 && x < 3 ? 1 / 6 : 0) },
  tanh: { value: (x) => tanh(x), slope: (_, y) => 1 - y * y },
  hardTanh: { value: (x) => max(-1, min(1, x)), slope: (x) => (x > -1 && x < 1 ? 1 : 0) },
  tanhshrink: { value: tanhshrink, slope: (x) => tanh(x) ** 2 },
  relu: { value: (x) => max(0, x), slope: (x) => (x > 0 ? 1 : 0) },
  relu6: { value: (x) => max(0, min(6, x)), slope: (x) => (x > 0 && x < 6 ? 1 : 0) },
  leakyRelu: { value: (x, alpha) => (x < 0 ? alpha * x : x), slope: (x, _, alpha) => (x > 0 ? 1 : alpha) },
  elu: { value: (x, alpha) => (x > 0 ? x : alpha * expm1(x)), slope: (x, _, alpha) => (x > 0 ? 1 : alpha * exp(x)) },
  selu: {
    value: (x) => seluScale * (x > 0 ? x : seluAlpha * expm1(x)),
    slope: (x) => seluScale * (x > 0 ? 1 : seluAlpha * exp(x)),
  },
  celu: {
    value: (x, alpha) => (x > 0 ? x : alpha * expm1(x / alpha)),
    slope: (x, _, alpha) => (x > 0 ? 1 : exp(x / alpha)),
  },
  // x · Φ(x); its derivative is Φ(x) + x · φ(x).
  gelu: { value: (x) => x * normalShare(x), slope: (x) => normalShare(x) + x * normalPeak * exp(-0.5 * x * x) },
  // x/2 · (1 + tanh u) = x · sigmoid(2u), u = √(2/π) · (x + 0.044715 x³).
  geluTanh: {
    value: (x) => x * sigmoid(2 * geluInner * (x + geluCubic * x ** 3)),
    slope: (x) => {
      const share = sigmoid(2 * geluInner * (x + geluCubic * x ** 3));
      return share + x * share * (1 - share) * 2 * geluInner * (1 + 3 * geluCubic * x * x);
    },
  },
  silu: {
    value: (x) => x * sigmoid(x),
    slope: (x) => {
      const share = sigmoid(x);
      return share * (1 + x * (1 - share));
    },
  },
  // x · hardSigmoid(x). At its kinks, where hardSigmoid has slope 0, the product rule gives 0 and 1.
  hardSwish: {
    value: (x) => (x * max(0, min(6, x + 3))) / 6,
    slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
  },
  mish: {
    value: (x) => x * tanh(softplus(x)),
    slope: (x) => {
      const inner = tanh(softplus(x));
      return inner + x * (1 - inner * inner) * sigmoid(x);
    },
  },
  softplus: { value: softplus, slope: sigmoid },
  softsign: { value: (x) => x / (1 + abs(x)), slope: (x) => 1 / (1 + abs(x)) ** 2 },
  hardShrink: { value: (x, alpha) => (abs(x) <= alpha ? 0 : x), slope: (x, _, alpha) => (abs(x) <= alpha ? 0 : 1) },
  softShrink: {
    value: (x, alpha) => x - max(-alpha, min(alpha, x)),
    slope: (x, _, alpha) => (abs(x) <= alpha ? 0 : 1),
  },
  thresholdedRelu: { value: (x, alpha) => (x <= alpha ? 0 : x), slope: (x, _, alpha) => (x <= alpha ? 0 : 1) },
} satisfies Record<string, ScalarFunction>;

const equalSlope = (mine: number, other: number, mineIsChosen: boolean) =>
  mine === other ? 0.5 : mineIsChosen ? 1 : 0;
/** As IEEE 754 and other libraries have it, also where JavaScript says NaN: 1 to any power is 1, and so is −1 to an infinite one. */
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && abs(b) === Infinity) ? 1 : maths.pow(a, b);
}

/** Exact, also where a holds b so often that float64 cannot count it. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

const test = (holds: (a: number, b: number) => boolean): ScalarFunctionOfTwo => ({
  value: (a, b) => (holds(a, b) ? 1 : 0),
  slopeA: zero,
  slopeB: zero,
});

const binary = {
  add: { value: (a, b) => a + b, slopeA: () => 1, slopeB: () => 1 },
  subtract: { value: (a, b) => a - b, slopeA: () => 1, slopeB: () => -1 },
  multiply: { value: (a, b) => a * b, slopeA: (_, b) => b, slopeB: (a) => a },
  divide: { value: (a, b) => a / b, slopeA: (_, b) => 1 / b, slopeB: (a, b) => -a / (b * b) },
  power: {
    value: power,
    slopeA: (a, b) => (b === 0 ? 0 : b * power(a, b - 1)),
    // aᵇ · ln a; at a = 0 the limit from above, zero.
    slopeB: (a, _, y) => (a === 0 ? 0 : y * log(a)),
  },
  // Where both are equal each gets half of the gradient.
  maximum: {
    value: (a, b) => max(a, b),
    slopeA: (a, b) => equalSlope(a, b, a > b),
    slopeB: (a, b) => equalSlope(a, b, b > a),
  },
  minimum: {
    value: (a, b) => min(a, b),
    slopeA: (a, b) => equalSlope(a, b, a < b),
    slopeB: (a, b) => equalSlope(a, b, b < a),
  },
  // A limit below (atLeast) and above (atMost): at the limit itself the gradient still passes to `a`.
  atLeast: { value: (a, b) => max(a, b), slopeA: (a, b) => (a >= b ? 1 : 0), slopeB: (a, b) => (a < b ? 1 : 0) },
  atMost: { value: (a, b) => min(a, b), slopeA: (a, b) => (a <= b ? 1 : 0), slopeB: (a, b) => (a > b ? 1 : 0) },
  // What is left of a after whole multiples of b, with the sign of b.
  remainder: {
    value: remainder,
    slopeA: () => 1,
    slopeB: (a, b) => -floor(a / b),
  },
  // ReLU whose slope on the left, b, is learned.
  prelu: { value: (a, b) => (a < 0 ? b * a : a), slopeA: (a, b) => (a > 0 ? 1 : b), slopeB: (a) => min(0, a) },
  // a where the condition b is not 0 (takeWhere) or is 0 (takeUnless), else −0: their sum is `where`, and a + −0 is a, also for −0.
  takeWhere: { value: (a, b) => (b === 0 ? -0 : a), slopeA: (_, b) => (b === 0 ? 0 : 1), slopeB: zero },
  takeUnless: { value: (a, b) => (b === 0 ? a : -0), slopeA: (_, b) => (b === 0 ? 1 : 0), slopeB: zero },
  greater: test((a, b) => a > b),
  greaterEqual: test((a, b) => a >= b),
  less: test((a, b) => a < b),
  lessEqual: test((a, b) => a <= b),
  equal: test((a, b) => a === b),
  notEqual: test((a, b) => a !== b),
} satisfies Record<string, ScalarFunctionOfTwo>;

export type ActivationFunctionName = keyof typeof activationFunctions;
export type UnaryName = keyof typeof basic | ActivationFunctionName;
export type BinaryName = keyof typeof binary;

export const unaryFunctions: Readonly<Record<UnaryName, ScalarFunction>> = { ...basic, ...activationFunctions };
export const binaryFunctions: Readonly<Record<BinaryName, ScalarFunctionOfTwo>> = binary;
