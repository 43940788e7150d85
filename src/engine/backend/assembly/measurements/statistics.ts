// What a training looks at: moments, and whether all is finite. Results are doubles, written where the record says.

import { ARE_FINITE, MOMENTS } from "../../opcodes";
import { address, word } from "../tape/record";
import { keepFirst } from "../vectors/vector";
import { SIZE_BITS } from "./blockSums";
import { runMeasurementRoutine } from "./measurements";
import { addBlock } from "./moments";

export function runStatisticsRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case ARE_FINITE:
      areFinite(record);
      break;
    case MOMENTS:
      moments(record);
      break;
    default:
      runMeasurementRoutine(opcode, record);
  }
}

/** So many magnitudes are added up in float32 before the sum goes on in double. */
const BLOCK: i32 = 1024;

/** values, length, result: 1 when all are finite */
function areFinite(record: usize): void {
  let at = address(record, 2);
  const length = word(record, 3);
  const sizeBits = v128.load32_splat(SIZE_BITS);
  // Infinity and NaN have the largest bits. Two of them, so that the next vector need not wait for the last one.
  let largestA = i32x4.splat(0);
  let largestB = i32x4.splat(0);
  for (const end = at + ((<usize>(length & ~15)) << 2); at < end; at += 64) {
    const low = i32x4.max_s(v128.and(v128.load(at), sizeBits), v128.and(v128.load(at, 16), sizeBits));
    const high = i32x4.max_s(v128.and(v128.load(at, 32), sizeBits), v128.and(v128.load(at, 48), sizeBits));
    largestA = i32x4.max_s(largestA, low);
    largestB = i32x4.max_s(largestB, high);
  }
  for (let left = length & 15; left > 0; left -= 4) {
    const x = v128.and(v128.load(at), sizeBits);
    largestA = i32x4.max_s(largestA, left >= 4 ? x : keepFirst(x, left));
    at += 16;
  }
  const isInfinite = i32x4.ge_s(i32x4.max_s(largestA, largestB), i32x4.splat(0x7f800000));
  store<f64>(address(record, 4), v128.any_true(isInfinite) ? 0 : 1);
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
