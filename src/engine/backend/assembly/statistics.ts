// What a training looks at: moments, distances, counts. Results are doubles, written where the record says.

import { ARE_FINITE, COUNT_ZERO_COLUMNS, MOMENTS, SQUARED_DISTANCE } from "../opcodes";
import { sumOf } from "./doubleSums";
import { runMeasurementRoutine } from "./measurements";
import { addBlock, zeroColumnsOf } from "./moments";
import { address, word } from "./record";
import { keepFirst, multiplyAdd } from "./vector";

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
      runMeasurementRoutine(opcode, record);
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
  const count = zeroColumnsOf(address(record, 2), word(record, 3), word(record, 4));
  store<f64>(address(record, 5), <f64>count);
}
