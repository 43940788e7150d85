// What a training looks at: moments, distances, counts. Results are doubles, written where the record says.

import { ARE_FINITE, COUNT_ZERO_COLUMNS, MOMENTS, SQUARED_DISTANCE } from "../opcodes";
import { sumOf } from "./doubleSums";
import { address, word } from "./record";
import { keepFirst, multiplyAdd, sumLanes } from "./vector";

export function runStatisticsRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case ARE_FINITE:
      areFinite(record);
      break;
    case MOMENTS:
      moments(record);
      break;
    case SQUARED_DISTANCE:
      squaredDistance(record);
      break;
    case COUNT_ZERO_COLUMNS:
      countZeroColumns(record);
      break;
    default:
      abort();
  }
}

/** So many magnitudes are added up in float32 before the sum goes on in double. */
const BLOCK: i32 = 1024;

/** values, length, result: 1 when all are finite */
function areFinite(record: usize): void {
  const values = address(record, 2);
  const length = word(record, 3);
  let check = f32x4.splat(0);
  let index = 0;
  for (; index + 4 <= length; index += 4)
    check = multiplyAdd(v128.load(values + ((<usize>index) << 2)), f32x4.splat(0), check);
  if (index < length) {
    const last = keepFirst(v128.load(values + ((<usize>index) << 2)), length - index);
    check = multiplyAdd(last, f32x4.splat(0), check);
  }
  store<f64>(address(record, 4), v128.any_true(f32x4.ne(check, f32x4.splat(0))) ? 0 : 1);
}

/** values, length, result: sum, sum of |x|, sum of squares, largest |x| (NaN when one is), zeros: added to what stands there */
function moments(record: usize): void {
  let values = address(record, 2);
  const length = word(record, 3);
  const result = address(record, 4);
  for (let start = 0; start < length; start += BLOCK) {
    addBlock(values, min(BLOCK, length - start), result);
    values += (<usize>BLOCK) << 2;
  }
}

/**
 * The sum and that of squares are double all along: numbers that hardly differ have a variance, the difference of the two,
 * far below what float32 leaves of them.
 */
function addBlock(values: usize, length: i32, result: usize): void {
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

/** a, b, length, result: `Σ (a − b)²` */
function squaredDistance(record: usize): void {
  let a = address(record, 2);
  let b = address(record, 3);
  let sum = f64x2.splat(0);
  for (let left = word(record, 4); left > 0; left -= 4) {
    const whole = f32x4.sub(v128.load(a), v128.load(b));
    const difference = left >= 4 ? whole : keepFirst(whole, left);
    const low = f64x2.promote_low_f32x4(difference);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(difference, difference, 1, 1));
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    a += 16;
    b += 16;
  }
  store<f64>(address(record, 5), sumOf(sum));
}

/** values, length, width, result: how many columns hold nothing but zeros */
function countZeroColumns(record: usize): void {
  const values = address(record, 2);
  const rows = word(record, 3) / word(record, 4);
  const width = word(record, 4);
  const rowBytes = (<usize>width) << 2;
  let count = 0;
  for (let column = 0; column < width; column++) {
    let place = values + ((<usize>column) << 2);
    let row = 0;
    for (; row < rows && load<f32>(place) === 0; row++) place += rowBytes;
    if (row === rows) count++;
  }
  store<f64>(address(record, 5), <f64>count);
}
