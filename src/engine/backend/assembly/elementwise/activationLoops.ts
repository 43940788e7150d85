// The two most common activation functions, each in a loop of its own that holds its constants in registers: loaded anew for every
// four numbers, they take a fifth more time. The polynomials are least-maximum fits made for this file.

import { address, word } from "../tape/record";
import { multiplyAdd, storePart, subtractProduct } from "../vectors/vector";
import {
  constant,
  EXP_3,
  EXP_5,
  LEAST_EXPONENT,
  LN2_HIGH,
  LN2_LOW,
  ONE,
  ROUND_TO_EXPONENT,
  SIGN_BIT,
} from "../vectors/vectorMaths";

const TWO_LOG2_E: usize = memory.data<u32>([0x4038aa3b]);
// Beyond 10 tanh is 1.
const TANH_END: usize = memory.data<f32>([10]);
const MINUS_HALF_LN2: usize = memory.data<f32>([-0.34657359]);
const MINUS_HALF_LN2_HIGH: usize = memory.data<f32>([-0.3466796875]);
const MINUS_HALF_LN2_LOW: usize = memory.data<f32>([1.0609722e-4]);
const TANH_3: usize = memory.data<f32>([-0.33333322]);
const TANH_5: usize = memory.data<f32>([0.13331172]);
const TANH_7: usize = memory.data<f32>([-0.052723587]);

/**
 * function, x, output, length. With |x| = r + n · ln(2) / 2 and t = tanh r, a polynomial, tanh |x| is
 * `((2ⁿ − 1) + t · (2ⁿ + 1)) / ((2ⁿ + 1) + t · (2ⁿ − 1))`: nothing cancels, and for small x it is t.
 */
export function mapTanh(record: usize): void {
  let input = address(record, 3);
  let output = address(record, 4);
  const sign = constant(SIGN_BIT);
  const end = constant(TANH_END);
  const scale = constant(TWO_LOG2_E);
  const round = constant(ROUND_TO_EXPONENT);
  const step = constant(ASC_FEATURE_RELAXED_SIMD ? MINUS_HALF_LN2 : MINUS_HALF_LN2_HIGH);
  const stepRest = constant(MINUS_HALF_LN2_LOW);
  const c7 = constant(TANH_7);
  const c5 = constant(TANH_5);
  const c3 = constant(TANH_3);
  const one = constant(ONE);
  for (let left = word(record, 5); left > 0; left -= 4, output += 16, input += 16) {
    const x = v128.load(input);
    const signOfX = v128.and(x, sign);
    const bounded = f32x4.pmin(v128.xor(x, signOfX), end);
    const rounded = multiplyAdd(bounded, scale, round);
    const n = f32x4.sub(rounded, round);
    let r = multiplyAdd(n, step, bounded);
    // What FMA leaves out of a single product is too small for tanh.
    if (!ASC_FEATURE_RELAXED_SIMD) r = multiplyAdd(n, stepRest, r);
    const square = f32x4.mul(r, r);
    const p = multiplyAdd(multiplyAdd(c7, square, c5), square, c3);
    const t = multiplyAdd(f32x4.mul(p, square), r, r);
    const power = i32x4.shl(rounded, 23);
    const less = f32x4.sub(power, one);
    const more = f32x4.add(power, one);
    const y = f32x4.div(multiplyAdd(t, more, less), multiplyAdd(t, less, more));
    storePart(output, v128.or(signOfX, y), left);
  }
}

const TWO_TO_MINUS_24: usize = memory.data<u32>([0x33800000]);
const ROUND_TO_LOWERED_EXPONENT: usize = memory.data<f32>([12582912 + 103]);
const MINUS_LOG2_E: usize = memory.data<u32>([0xbfb8aa3b]);
const LARGEST_SIGMOID_ARGUMENT: usize = memory.data<f32>([70]);
const MINUS_EXP_2: usize = memory.data<f32>([-0.49999994]);
const MINUS_EXP_4: usize = memory.data<f32>([-0.041668456]);
const MINUS_EXP_6: usize = memory.data<f32>([-0.0013813142]);

/**
 * function, x, output, length. `1 / (1 + e^−x)`, above and below multiplied by 2⁻²⁴: so e^−x neither overflows where the result is
 * all but zero, nor is it needed in two factors. From 70 on it counts no more.
 */
export function mapSigmoid(record: usize): void {
  let input = address(record, 3);
  let output = address(record, 4);
  const least = constant(LEAST_EXPONENT);
  const largest = constant(LARGEST_SIGMOID_ARGUMENT);
  const scale = constant(MINUS_LOG2_E);
  const round = constant(ROUND_TO_LOWERED_EXPONENT);
  const high = constant(LN2_HIGH);
  const low = constant(LN2_LOW);
  const c6 = constant(MINUS_EXP_6);
  const c5 = constant(EXP_5);
  const c4 = constant(MINUS_EXP_4);
  const c3 = constant(EXP_3);
  const c2 = constant(MINUS_EXP_2);
  const top = constant(TWO_TO_MINUS_24);
  for (let left = word(record, 5); left > 0; left -= 4, output += 16, input += 16) {
    const bounded = f32x4.pmin(f32x4.pmax(v128.load(input), least), largest);
    const rounded = multiplyAdd(bounded, scale, round);
    const n = f32x4.sub(rounded, round);
    // e^−x = 2ⁿ · e^−r = 2ⁿ · (1 − less)
    const r = multiplyAdd(n, low, multiplyAdd(n, high, bounded));
    const square = f32x4.mul(r, r);
    const p = multiplyAdd(multiplyAdd(multiplyAdd(c6, r, c5), square, multiplyAdd(c4, r, c3)), r, c2);
    const less = multiplyAdd(p, square, r);
    const power = i32x4.shl(rounded, 23);
    storePart(output, f32x4.div(top, f32x4.add(top, subtractProduct(less, power, power))), left);
  }
}
