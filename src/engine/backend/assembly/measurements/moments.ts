// Sums and extremes of a block of numbers in double precision, and columns of zeros.

import { sumOf } from "../vectors/doubleSums";
import { keepFirst, sumLanes } from "../vectors/vector";

/**
 * The sum and that of squares are double all along: numbers that hardly differ have a variance, the difference of the two,
 * far below what float32 leaves of them.
 */
export function addBlock(values: usize, length: i32, result: usize): void {
  let sumLow = f64x2.splat(0);
  let sumHigh = f64x2.splat(0);
  let squaresLow = f64x2.splat(0);
  let squaresHigh = f64x2.splat(0);
  let sumAbs = f32x4.splat(0);
  let largest = f32x4.splat(0);
  let zeros = i32x4.splat(0);
  for (let left = length; left > 0; left -= 4) {
    const whole = v128.load(values + ((<usize>(length - left)) << 2));
    const x = left >= 4 ? whole : keepFirst(whole, left);
    const size = f32x4.abs(x);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1));
    sumLow = f64x2.add(sumLow, low);
    sumHigh = f64x2.add(sumHigh, high);
    squaresLow = f64x2.add(squaresLow, f64x2.mul(low, low));
    squaresHigh = f64x2.add(squaresHigh, f64x2.mul(high, high));
    sumAbs = f32x4.add(sumAbs, size);
    largest = f32x4.pmax(largest, size);
    zeros = i32x4.sub(zeros, f32x4.eq(x, f32x4.splat(0)));
  }
  const all = sumLanes(sumAbs);
  const biggest = max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
  // Lanes behind the end are zeros that are not there.
  const missing = (4 - (length & 3)) & 3;
  const count =
    i32x4.extract_lane(zeros, 0) +
    i32x4.extract_lane(zeros, 1) +
    i32x4.extract_lane(zeros, 2) +
    i32x4.extract_lane(zeros, 3) -
    missing;
  store<f64>(result, load<f64>(result) + sumOf(f64x2.add(sumLow, sumHigh)));
  store<f64>(result, load<f64>(result, 8) + <f64>all, 8);
  store<f64>(result, load<f64>(result, 16) + sumOf(f64x2.add(squaresLow, squaresHigh)), 16);
  const before = load<f64>(result, 24);
  // biome-ignore lint/suspicious/noGlobalIsNan: AssemblyScript has no Number.isNaN.
  store<f64>(result, isNaN(all) ? f64.NaN : max(before, <f64>biggest), 24);
  store<f64>(result, load<f64>(result, 32) + <f64>count, 32);
}

/** How many columns of a matrix hold nothing but zeros. */
export function zeroColumnsOf(values: usize, length: i32, width: i32): i32 {
  const rows = length / width;
  const rowBytes = (<usize>width) << 2;
  let count = 0;
  for (let column = 0; column < width; column++) {
    let place = values + ((<usize>column) << 2);
    let row = 0;
    for (; row < rows && load<f32>(place) === 0; row++) place += rowBytes;
    if (row === rows) count++;
  }
  return count;
}
