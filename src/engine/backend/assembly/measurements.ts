// What a training measures of itself at a step: sums, extremes and counts, added to doubles that stand in a table.

import {
  COUNT_MAGNITUDES,
  COUNT_VALUES,
  MEASURE_FLAT,
  MEASURE_NUMBERS,
  MEASURE_SPREAD,
  MEASURE_UPDATE,
  MEASURE_ZERO_COLUMNS,
} from "../opcodes";
import { addHigh, addLow, sumOf } from "./doubleSums";
import { addBlock, zeroColumnsOf } from "./moments";
import { address, real, word } from "./record";
import { keepFirst, multiplyAdd, sumLanes } from "./vector";

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
    case MEASURE_FLAT:
      measureFlat(record);
      break;
    case MEASURE_ZERO_COLUMNS:
      measureZeroColumns(record);
      break;
    case COUNT_MAGNITUDES:
      countInBins(record, true);
      break;
    case COUNT_VALUES:
      countInBins(record, false);
      break;
    default:
      abort();
  }
}

/** So many numbers are added up in float32 before the sums go on in double. */
const BLOCK: i32 = 512;
/** Sums of squares below this may have lost numbers whose square float32 cannot hold. */
const LEAST_SQUARES: f32 = 1e-28;
const MOST_SQUARES: f32 = 1e37;

function add(results: usize, place: i32, value: f64): void {
  const at = results + ((<usize>place) << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** The largest of four positive numbers, told by their bits: so a NaN counts as larger than all. */
function largestLane(bits: v128): i32 {
  return max(
    max(i32x4.extract_lane(bits, 0), i32x4.extract_lane(bits, 1)),
    max(i32x4.extract_lane(bits, 2), i32x4.extract_lane(bits, 3)),
  );
}

function smallestLane(bits: v128): i32 {
  return min(
    min(i32x4.extract_lane(bits, 0), i32x4.extract_lane(bits, 1)),
    min(i32x4.extract_lane(bits, 2), i32x4.extract_lane(bits, 3)),
  );
}

/** How often all bits of a lane were set, where each time subtracted one. */
function countLanes(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}

/**
 * What to take from each number of a block (8 or more) so that the sum of squares keeps the digits in which they differ: their
 * middle, as far as the first and the last four tell, where they lie closer to each other than to zero; else nothing.
 */
function pivotOf(values: usize, count: i32): f32 {
  const first = v128.load(values);
  const last = v128.load(values + ((<usize>(count - 4)) << 2));
  const middle = (sumLanes(first) + sumLanes(last)) * 0.125;
  const distance = f32x4.splat(Mathf.abs(middle) * 0.5);
  const center = f32x4.splat(middle);
  const far = v128.or(
    f32x4.gt(f32x4.abs(f32x4.sub(first, center)), distance),
    f32x4.gt(f32x4.abs(f32x4.sub(last, center)), distance),
  );
  // Infinite ones would make a NaN of all others.
  return v128.any_true(far) || !(Mathf.abs(middle) < MOST_SQUARES) ? 0 : middle;
}

/** Whether float32 could hold a block's squares. */
function isSure(squares: f32): bool {
  return squares >= LEAST_SQUARES && squares <= MOST_SQUARES;
}

/** values, length, results: count, Σx, Σ|x|, Σx², largest |x|, zeros */
function measureNumbers(record: usize): void {
  let values = address(record, 2);
  const length = word(record, 3);
  const results = address(record, 4);
  add(results, 0, <f64>length);
  for (let left = length; left > 0; left -= BLOCK) {
    const count = min(BLOCK, left);
    const whole = count & ~7;
    const done = whole > 0 && addNumbersQuickly(values, whole, results) ? whole : 0;
    if (done < count) addBlock(values + ((<usize>done) << 2), count - done, results + 8);
    values += (<usize>BLOCK) << 2;
  }
}

/** A multiple of eight numbers; `false`, and nothing added, where float32 cannot hold their squares. */
function addNumbersQuickly(values: usize, count: i32, results: usize): bool {
  const pivot = pivotOf(values, count);
  const center = f32x4.splat(pivot);
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let sizesA = f32x4.splat(0);
  let sizesB = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let largest = i32x4.splat(0);
  let smallest = i32x4.splat(0x7fffffff);
  const end = values + ((<usize>count) << 2);
  for (let at = values; at < end; at += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const sizeA = f32x4.abs(a);
    const sizeB = f32x4.abs(b);
    const fromA = f32x4.sub(a, center);
    const fromB = f32x4.sub(b, center);
    largest = i32x4.max_s(largest, i32x4.max_s(sizeA, sizeB));
    smallest = i32x4.min_s(smallest, i32x4.min_s(sizeA, sizeB));
    sumA = f32x4.add(sumA, fromA);
    sumB = f32x4.add(sumB, fromB);
    sizesA = f32x4.add(sizesA, sizeA);
    sizesB = f32x4.add(sizesB, sizeB);
    squaresA = multiplyAdd(fromA, fromA, squaresA);
    squaresB = multiplyAdd(fromB, fromB, squaresB);
  }
  const size = largestLane(largest);
  const squares = sumLanes(f32x4.add(squaresA, squaresB));
  // All zeros, or what can be trusted; infinities and NaN have the largest bits.
  if (size !== 0 && (size >= 0x7f800000 || !isSure(squares))) return false;
  addCentred(results + 8, results + 24, count, pivot, <f64>sumLanes(f32x4.add(sumA, sumB)), <f64>squares);
  add(results, 2, <f64>sumLanes(f32x4.add(sizesA, sizesB)));
  const before = load<f64>(results, 32);
  store<f64>(results, max(before, <f64>reinterpret<f32>(size)), 32);
  if (smallestLane(smallest) === 0) add(results, 5, <f64>countZeros(values, end));
  return true;
}

/** Adds Σx and Σx² of numbers from which a pivot was taken. */
function addCentred(sum: usize, squares: usize, count: i32, pivot: f32, centredSum: f64, centredSquares: f64): void {
  const middle = <f64>pivot;
  const all = <f64>count * middle;
  store<f64>(sum, load<f64>(sum) + (centredSum + all));
  store<f64>(squares, load<f64>(squares) + (centredSquares + 2 * middle * centredSum + all * middle));
}

function countZeros(values: usize, end: usize): i32 {
  let zeros = i32x4.splat(0);
  for (let at = values; at < end; at += 16) zeros = i32x4.sub(zeros, f32x4.eq(v128.load(at), f32x4.splat(0)));
  return countLanes(zeros);
}

/** values, length, results: count, Σx, Σx² */
function measureSpread(record: usize): void {
  let values = address(record, 2);
  const length = word(record, 3);
  const results = address(record, 4);
  add(results, 0, <f64>length);
  for (let left = length; left > 0; left -= BLOCK) {
    const count = min(BLOCK, left);
    const whole = count & ~15;
    const done = whole > 0 && addSpreadQuickly(values, whole, results) ? whole : 0;
    if (done < count) addSpread(values + ((<usize>done) << 2), count - done, results);
    values += (<usize>BLOCK) << 2;
  }
}

/** A multiple of sixteen numbers. */
function addSpreadQuickly(values: usize, count: i32, results: usize): bool {
  const pivot = pivotOf(values, count);
  const center = f32x4.splat(pivot);
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let squaresC = f32x4.splat(0);
  let squaresD = f32x4.splat(0);
  const end = values + ((<usize>count) << 2);
  for (let at = values; at < end; at += 64) {
    const a = f32x4.sub(v128.load(at), center);
    const b = f32x4.sub(v128.load(at, 16), center);
    const c = f32x4.sub(v128.load(at, 32), center);
    const d = f32x4.sub(v128.load(at, 48), center);
    sumA = f32x4.add(sumA, f32x4.add(a, b));
    sumB = f32x4.add(sumB, f32x4.add(c, d));
    squaresA = multiplyAdd(a, a, squaresA);
    squaresB = multiplyAdd(b, b, squaresB);
    squaresC = multiplyAdd(c, c, squaresC);
    squaresD = multiplyAdd(d, d, squaresD);
  }
  const squares = sumLanes(f32x4.add(f32x4.add(squaresA, squaresB), f32x4.add(squaresC, squaresD)));
  if (!isSure(squares)) return false;
  addCentred(results + 8, results + 16, count, pivot, <f64>sumLanes(f32x4.add(sumA, sumB)), <f64>squares);
  return true;
}

/** In double precision throughout. */
function addSpread(values: usize, length: i32, results: usize): void {
  let sums = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let left = length; left > 0; left -= 4) {
    const whole = v128.load(values + ((<usize>(length - left)) << 2));
    const x = left >= 4 ? whole : keepFirst(whole, left);
    sums = addHigh(addLow(sums, x), x);
    squares = addSquares(squares, x);
  }
  add(results, 1, sumOf(sums));
  add(results, 2, sumOf(squares));
}

function addSquares(sums: v128, x: v128): v128 {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
  return f64x2.add(sums, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
}

/** values, before, length, results: count, Σx and Σx² of what was before, Σ(new − before)², count */
function measureUpdate(record: usize): void {
  let values = address(record, 2);
  let before = address(record, 3);
  const length = word(record, 4);
  const results = address(record, 5);
  add(results, 0, <f64>length);
  add(results, 4, <f64>length);
  for (let left = length; left > 0; left -= BLOCK) {
    const count = min(BLOCK, left);
    const whole = count & ~7;
    const done = whole > 0 && addUpdateQuickly(values, before, whole, results) ? whole : 0;
    const skipped = (<usize>done) << 2;
    if (done < count) addUpdate(values + skipped, before + skipped, count - done, results);
    values += (<usize>BLOCK) << 2;
    before += (<usize>BLOCK) << 2;
  }
}

/** A multiple of eight weights. */
function addUpdateQuickly(values: usize, before: usize, count: i32, results: usize): bool {
  const pivot = pivotOf(before, count);
  const center = f32x4.splat(pivot);
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let movedA = f32x4.splat(0);
  let movedB = f32x4.splat(0);
  const end = before + ((<usize>count) << 2);
  const ahead = values - before;
  for (let at = before; at < end; at += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const fromA = f32x4.sub(a, center);
    const fromB = f32x4.sub(b, center);
    const changeA = f32x4.sub(v128.load(at + ahead), a);
    const changeB = f32x4.sub(v128.load(at + ahead, 16), b);
    sumA = f32x4.add(sumA, fromA);
    sumB = f32x4.add(sumB, fromB);
    squaresA = multiplyAdd(fromA, fromA, squaresA);
    squaresB = multiplyAdd(fromB, fromB, squaresB);
    movedA = multiplyAdd(changeA, changeA, movedA);
    movedB = multiplyAdd(changeB, changeB, movedB);
  }
  const squares = sumLanes(f32x4.add(squaresA, squaresB));
  const moved = sumLanes(f32x4.add(movedA, movedB));
  if (!isSure(squares) || !isSure(moved)) return false;
  addCentred(results + 8, results + 16, count, pivot, <f64>sumLanes(f32x4.add(sumA, sumB)), <f64>squares);
  add(results, 3, <f64>moved);
  return true;
}

function addUpdate(values: usize, before: usize, length: i32, results: usize): void {
  addSpread(before, length, results);
  let moved = f64x2.splat(0);
  for (let left = length; left > 0; left -= 4) {
    const at = (<usize>(length - left)) << 2;
    const whole = f32x4.sub(v128.load(values + at), v128.load(before + at));
    moved = addSquares(moved, left >= 4 ? whole : keepFirst(whole, left));
  }
  add(results, 3, sumOf(moved));
}

/** values, length, below, above, low, high, results: count, how many lie in the regions. Nothing compares to a NaN. */
function measureFlat(record: usize): void {
  const values = address(record, 2);
  const length = word(record, 3);
  const below = f32x4.splat(real(record, 4));
  const above = f32x4.splat(real(record, 5));
  const low = f32x4.splat(real(record, 6));
  const high = f32x4.splat(real(record, 7));
  const end = values + ((<usize>(length & ~3)) << 2);
  const hasMiddle = real(record, 6) <= real(record, 7);
  let counts = i32x4.splat(0);
  let at = values;
  if (hasMiddle)
    for (; at < end; at += 16) {
      const x = v128.load(at);
      const isOutside = v128.or(f32x4.le(x, below), f32x4.ge(x, above));
      counts = i32x4.sub(counts, v128.or(isOutside, v128.and(f32x4.ge(x, low), f32x4.le(x, high))));
    }
  else
    for (; at < end; at += 16) {
      const x = v128.load(at);
      counts = i32x4.sub(counts, v128.or(f32x4.le(x, below), f32x4.ge(x, above)));
    }
  let count = countLanes(counts);
  for (const last = values + ((<usize>length) << 2); at < last; at += 4) {
    const x = load<f32>(at);
    const isMiddle = x >= real(record, 6) && x <= real(record, 7);
    if (x <= real(record, 4) || x >= real(record, 5) || isMiddle) count++;
  }
  add(address(record, 8), 0, <f64>length);
  add(address(record, 8), 1, <f64>count);
}

/** values, length, width, results: columns, how many hold nothing but zeros */
function measureZeroColumns(record: usize): void {
  const width = word(record, 4);
  add(address(record, 5), 0, <f64>width);
  add(address(record, 5), 1, <f64>zeroColumnsOf(address(record, 2), word(record, 3), width));
}

/** values, length, edges, edge count, results: how many lie below the first edge, from each to the next, and from the last on */
function countInBins(record: usize, areMagnitudes: bool): void {
  const values = address(record, 2);
  const end = values + ((<usize>word(record, 3)) << 2);
  const edges = address(record, 4);
  const edgeCount = word(record, 5);
  const results = address(record, 6);
  // Neighbours mostly lie near each other: the search starts from the bin of the number before.
  let bin = 0;
  for (let at = values; at < end; at += 4) {
    let x = load<f32>(at);
    if (areMagnitudes) {
      x = Mathf.abs(x);
      if (x === 0) continue;
    }
    // biome-ignore lint/suspicious/noSelfCompare: only a NaN differs from itself.
    if (x !== x) continue;
    while (bin < edgeCount && x >= load<f32>(edges + ((<usize>bin) << 2))) bin++;
    while (bin > 0 && x < load<f32>(edges + ((<usize>(bin - 1)) << 2))) bin--;
    add(results, bin, 1);
  }
}
