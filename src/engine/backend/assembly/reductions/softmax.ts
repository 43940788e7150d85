// Softmax and its logarithm over rows, and their gradients.

import { address, word } from "../tape/record";
import { addHigh, addLow, sumOf } from "../vectors/doubleSums";
import { keepFirst, multiplyAdd, storePart } from "../vectors/vector";
import { exp, expOfNegative } from "../vectors/vectorMaths";

/** input, output, rows, width, whether it is the logarithm */
export function softmax(record: usize): void {
  let input = address(record, 2);
  let output = address(record, 3);
  const rows = word(record, 4);
  const width = word(record, 5);
  const isLog = word(record, 6) !== 0;
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++, input += bytes, output += bytes) {
    // The largest number is taken out of each row first, so that no exponential overflows.
    const largest = f32x4.splat(largestOf(input, width));
    const total = storeExponentials(input, output, width, largest, isLog);
    if (isLog) subtractFromRow(input, output, width, largest, f32x4.splat(<f32>NativeMath.log(total)));
    else divideRow(output, width, f32x4.splat(<f32>total));
  }
}

/** A NaN is passed over: it makes the sum NaN, and so the whole row. */
export function largestOf(input: usize, width: i32): f32 {
  let best = f32x4.splat(-Infinity);
  let left = width;
  for (; left >= 4; left -= 4, input += 16) best = f32x4.pmax(best, v128.load(input));
  let largest = max(
    max(f32x4.extract_lane(best, 0), f32x4.extract_lane(best, 1)),
    max(f32x4.extract_lane(best, 2), f32x4.extract_lane(best, 3)),
  );
  for (; left > 0; left--, input += 4) largest = max(largest, load<f32>(input));
  return largest;
}

/** Σ e^(input − largest) in double precision; the terms are kept in the output unless only the sum is wanted. */
function storeExponentials(input: usize, output: usize, width: i32, largest: v128, isLog: bool): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let left = width; left > 0; left -= 4, input += 16, output += 16) {
    const e = keepFirst(expOfNegative(f32x4.sub(v128.load(input), largest)), left);
    low = addLow(low, e);
    high = addHigh(high, e);
    if (!isLog) storePart(output, e, left);
  }
  return sumOf(f64x2.add(low, high));
}

function divideRow(output: usize, width: i32, total: v128): void {
  for (let left = width; left > 0; left -= 4, output += 16)
    storePart(output, f32x4.div(v128.load(output), total), left);
}

function subtractFromRow(input: usize, output: usize, width: i32, largest: v128, logTotal: v128): void {
  for (let left = width; left > 0; left -= 4, input += 16, output += 16)
    storePart(output, f32x4.sub(f32x4.sub(v128.load(input), largest), logTotal), left);
}

/** output, outputGrad, inputGrad, rows, width, whether it is the logarithm, whether to add: `y · (g − Σ g·y)`, or `g − e^y · Σ g` */
export function softmaxGrad(record: usize): void {
  let output = address(record, 2);
  let outputGrad = address(record, 3);
  let inputGrad = address(record, 4);
  const rows = word(record, 5);
  const width = word(record, 6);
  const isLog = word(record, 7) !== 0;
  const kept = i32x4.splat(-word(record, 8));
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++, output += bytes, outputGrad += bytes, inputGrad += bytes) {
    const total = f32x4.splat(<f32>sumOfProducts(output, outputGrad, width, isLog));
    for (let column = 0; column < width; column += 4) {
      const offset = (<usize>column) << 2;
      const y = v128.load(output + offset);
      const grad = v128.load(outputGrad + offset);
      const before = v128.and(v128.load(inputGrad + offset), kept);
      const after = isLog
        ? f32x4.add(before, f32x4.sub(grad, f32x4.mul(exp(y), total)))
        : multiplyAdd(y, f32x4.sub(grad, total), before);
      storePart(inputGrad + offset, after, width - column);
    }
  }
}

/** Σ g·y, or Σ g for the logarithm. */
function sumOfProducts(output: usize, outputGrad: usize, width: i32, isLog: bool): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let left = width; left > 0; left -= 4, output += 16, outputGrad += 16) {
    const grad = v128.load(outputGrad);
    const term = keepFirst(isLog ? grad : f32x4.mul(grad, v128.load(output)), left);
    low = addLow(low, term);
    high = addHigh(high, term);
  }
  return sumOf(f64x2.add(low, high));
}
