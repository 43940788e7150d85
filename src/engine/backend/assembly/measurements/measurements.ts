// What a training measures of itself at a step: sums, extremes and counts, added to doubles that stand in a table.

import {
  COUNT_MAGNITUDES,
  COUNT_VALUES,
  KEEP_ROW,
  MEASURE_FLAT,
  MEASURE_NUMBERS,
  MEASURE_OUTPUT,
  MEASURE_SPREAD,
  MEASURE_UPDATE,
  MEASURE_ZERO_COLUMNS,
  MEASURED_STEP,
} from "../../opcodes";
import { address, word } from "../tape/record";
import { measuredStep, measureUpdate } from "../updates/updateMeasurements";
import { multiplyAdd, storePart, sumLanes } from "../vectors/vector";
import { countInBins } from "./binCounts";
import { add, addTwoSums, areAlike, BLOCK, countLanes, isSure, largestLane, SIZE_BITS } from "./blockSums";
import { addBlock, zeroColumnsOf } from "./moments";
import { measureFlat, measureOutput, measureSpread } from "./outputMeasurements";

export function runMeasurementRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case MEASURE_NUMBERS:
      measureNumbers(record);
      break;
    case MEASURE_SPREAD:
      measureSpread(record);
      break;
    case MEASURE_UPDATE:
      measureUpdate(record);
      break;
    case MEASURED_STEP:
      measuredStep(record);
      break;
    case MEASURE_FLAT:
      measureFlat(record);
      break;
    case MEASURE_ZERO_COLUMNS:
      measureZeroColumns(record);
      break;
    case MEASURE_OUTPUT:
      measureOutput(record);
      break;
    case COUNT_MAGNITUDES:
      countInBins(record, true);
      break;
    case COUNT_VALUES:
      countInBins(record, false);
      break;
    case KEEP_ROW:
      keepRow(record);
      break;
    default:
      abort();
  }
}

/** values, length, results: count, Σx, Σ|x|, Σx², largest |x|, zeros */
function measureNumbers(record: usize): void {
  let values = address(record, 2);
  const length = word(record, 3);
  const results = address(record, 4);
  add(results, 0, <f64>length);
  for (let left = length; left > 0; left -= BLOCK) {
    const count = min(BLOCK, left);
    const whole = count & ~15;
    const done = whole > 0 && addNumbersQuickly(values, whole, results) ? whole : 0;
    if (done < count) addBlock(values + ((<usize>done) << 2), count - done, results + 8);
    values += (<usize>BLOCK) << 2;
  }
}

/**
 * A multiple of sixteen numbers; `false`, and nothing added, where float32 cannot hold their squares or what they differ by.
 * Four vectors a time, and four sums of squares: a product added to a sum takes longest, and the next need not wait for the last.
 */
function addNumbersQuickly(values: usize, count: i32, results: usize): bool {
  const sizeBits = v128.load32_splat(SIZE_BITS);
  let sum = f32x4.splat(0);
  let sizes = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let squaresC = f32x4.splat(0);
  let squaresD = f32x4.splat(0);
  let largest = i32x4.splat(0);
  // In bytes: a block has too few numbers for one of sixteen to count beyond 255.
  let zeros = i8x16.splat(0);
  const end = values + ((<usize>count) << 2);
  for (let at = values; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    squaresA = multiplyAdd(a, a, squaresA);
    squaresB = multiplyAdd(b, b, squaresB);
    const sizeA = v128.and(a, sizeBits);
    const sizeB = v128.and(b, sizeBits);
    const pairSum = f32x4.add(a, b);
    const pairSizes = f32x4.add(sizeA, sizeB);
    const pairLargest = i32x4.max_s(sizeA, sizeB);
    const pairBytes = i16x8.narrow_i32x4_s(sizeA, sizeB);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    squaresC = multiplyAdd(c, c, squaresC);
    squaresD = multiplyAdd(d, d, squaresD);
    const sizeC = v128.and(c, sizeBits);
    const sizeD = v128.and(d, sizeBits);
    sum = f32x4.add(sum, f32x4.add(pairSum, f32x4.add(c, d)));
    sizes = f32x4.add(sizes, f32x4.add(pairSizes, f32x4.add(sizeC, sizeD)));
    largest = i32x4.max_s(largest, i32x4.max_s(pairLargest, i32x4.max_s(sizeC, sizeD)));
    const bytes = i8x16.narrow_i16x8_s(pairBytes, i16x8.narrow_i32x4_s(sizeC, sizeD));
    zeros = i8x16.sub(zeros, i8x16.eq(bytes, i8x16.splat(0)));
  }
  const size = largestLane(largest);
  const squares = sumLanes(f32x4.add(f32x4.add(squaresA, squaresB), f32x4.add(squaresC, squaresD)));
  // All zeros, or what can be trusted; infinities and NaN have the largest bits.
  if (size !== 0 && (size >= 0x7f800000 || !isSure(squares))) return false;
  if (size !== 0 && areAlike(count, sumLanes(sum), squares)) return false;
  addTwoSums(results, 1, sum, sizes);
  add(results, 3, <f64>squares);
  const before = load<f64>(results, 32);
  const here = <f64>reinterpret<f32>(size);
  // A NaN that is there stays.
  if (here > before) store<f64>(results, here, 32);
  add(results, 5, <f64>sumBytes(zeros));
  return true;
}

/** The sum of sixteen bytes. */
function sumBytes(bytes: v128): i32 {
  return countLanes(i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
}

/** values, length, width, results: columns, how many hold nothing but zeros */
function measureZeroColumns(record: usize): void {
  const width = word(record, 4);
  add(address(record, 5), 0, <f64>width);
  add(address(record, 5), 1, <f64>zeroColumnsOf(address(record, 2), word(record, 3), width));
}

/** table, length, rows, row (its place): the table is copied to that row */
function keepRow(record: usize): void {
  const table = address(record, 2);
  const length = word(record, 3);
  const row = address(record, 4) + ((<usize>length) << 2) * <usize>load<f64>(address(record, 5));
  for (let left = length; left > 0; left -= 4) {
    const at = (<usize>(length - left)) << 2;
    storePart(row + at, v128.load(table + at), left);
  }
}
