// What a layer gives: mean, deviation, and how much of it lies where its activation is flat.

import { address, real, word } from "../tape/record";
import { keepFirst, multiplyAdd, sumLanes } from "../vectors/vector";
import { add, addCentred, addSpread, addTwoSums, BLOCK, countLanes, isSure, pivotOf, SIZE_BITS } from "./blockSums";

/** values, length, results: count, Σx, Σx² */
export function measureSpread(record: usize): void {
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

/** values, length, results, below, above, low, high: count, how many lie in the regions */
export function measureFlat(record: usize): void {
  const length = word(record, 3);
  const count = countFlat(record, address(record, 2), length);
  add(address(record, 4), 0, <f64>length);
  add(address(record, 4), 1, <f64>count);
}

/** How many numbers lie in a record's regions. Nothing compares to a NaN. */
function countFlat(record: usize, values: usize, length: i32): i32 {
  const hasMiddle = real(record, 7) <= real(record, 8);
  const end = values + ((<usize>(length & ~3)) << 2);
  let counts = hasMiddle ? countInMiddle(record, values, end) : i32x4.splat(0);
  const below = f32x4.splat(real(record, 5));
  const above = f32x4.splat(real(record, 6));
  for (let at = values; at < end; at += 16) {
    const x = v128.load(at);
    counts = i32x4.sub(counts, v128.or(f32x4.le(x, below), f32x4.ge(x, above)));
  }
  if (length & 3) {
    const x = v128.load(end);
    const isOutside = v128.or(f32x4.le(x, below), f32x4.ge(x, above));
    counts = i32x4.sub(counts, keepFirst(v128.or(isOutside, isInMiddle(record, x)), length & 3));
  }
  return countLanes(counts);
}

function isInMiddle(record: usize, x: v128): v128 {
  return v128.and(f32x4.ge(x, f32x4.splat(real(record, 7))), f32x4.le(x, f32x4.splat(real(record, 8))));
}

function countInMiddle(record: usize, values: usize, end: usize): v128 {
  let counts = i32x4.splat(0);
  for (let at = values; at < end; at += 16) counts = i32x4.sub(counts, isInMiddle(record, v128.load(at)));
  return counts;
}

/** values, length, results, below, above, low, high: count, Σx, Σx², count, how many lie in the regions */
export function measureOutput(record: usize): void {
  let values = address(record, 2);
  const length = word(record, 3);
  const results = address(record, 4);
  // A part in the middle is rare, and looked for by itself.
  const hasMiddle = real(record, 7) <= real(record, 8);
  add(results, 0, <f64>length);
  add(results, 3, <f64>length);
  for (let left = length; left > 0; left -= BLOCK) {
    const count = min(BLOCK, left);
    const whole = count & ~15;
    const flat = whole > 0 && !hasMiddle ? addOutputQuickly(record, values, whole, results) : -1;
    const done = flat >= 0 ? whole : 0;
    const skipped = values + ((<usize>done) << 2);
    if (done < count) addSpread(skipped, count - done, results);
    const rest = done < count ? countFlat(record, skipped, count - done) : 0;
    add(results, 4, <f64>(rest + max(flat, 0)));
    values += (<usize>BLOCK) << 2;
  }
}

/** A multiple of sixteen numbers: how many are flat, or −1, and nothing added, where float32 cannot hold their squares. */
function addOutputQuickly(record: usize, values: usize, count: i32, results: usize): i32 {
  const pivot = pivotOf(values, count);
  if (pivot === 0 && real(record, 5) === -real(record, 6)) return addEvenOutputQuickly(record, values, count, results);
  const center = f32x4.splat(pivot);
  const below = f32x4.splat(real(record, 5));
  const above = f32x4.splat(real(record, 6));
  let flat = i32x4.splat(0);
  let sum = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  const end = values + ((<usize>count) << 2);
  for (let at = values; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const isFlatA = v128.or(f32x4.le(a, below), f32x4.ge(a, above));
    const isFlatB = v128.or(f32x4.le(b, below), f32x4.ge(b, above));
    const fromA = f32x4.sub(a, center);
    const fromB = f32x4.sub(b, center);
    squaresA = multiplyAdd(fromA, fromA, squaresA);
    squaresB = multiplyAdd(fromB, fromB, squaresB);
    const pairSum = f32x4.add(fromA, fromB);
    const pairFlat = i32x4.add(isFlatA, isFlatB);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const isFlatC = v128.or(f32x4.le(c, below), f32x4.ge(c, above));
    const isFlatD = v128.or(f32x4.le(d, below), f32x4.ge(d, above));
    const fromC = f32x4.sub(c, center);
    const fromD = f32x4.sub(d, center);
    squaresA = multiplyAdd(fromC, fromC, squaresA);
    squaresB = multiplyAdd(fromD, fromD, squaresB);
    sum = f32x4.add(sum, f32x4.add(pairSum, f32x4.add(fromC, fromD)));
    flat = i32x4.sub(flat, i32x4.add(pairFlat, i32x4.add(isFlatC, isFlatD)));
  }
  const squares = sumLanes(f32x4.add(squaresA, squaresB));
  if (!isSure(squares)) return -1;
  addCentred(results + 8, results + 16, count, pivot, <f64>sumLanes(sum), <f64>squares);
  return countLanes(flat);
}

/** The same of numbers around zero that are flat by their size alone, as those of tanh. */
function addEvenOutputQuickly(record: usize, values: usize, count: i32, results: usize): i32 {
  const sizeBits = v128.load32_splat(SIZE_BITS);
  const above = f32x4.splat(real(record, 6));
  let flat = i32x4.splat(0);
  let sum = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let squaresC = f32x4.splat(0);
  let squaresD = f32x4.splat(0);
  const end = values + ((<usize>count) << 2);
  for (let at = values; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    squaresA = multiplyAdd(a, a, squaresA);
    squaresB = multiplyAdd(b, b, squaresB);
    const pairSum = f32x4.add(a, b);
    flat = i32x4.sub(flat, f32x4.ge(v128.and(a, sizeBits), above));
    flat = i32x4.sub(flat, f32x4.ge(v128.and(b, sizeBits), above));
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    squaresC = multiplyAdd(c, c, squaresC);
    squaresD = multiplyAdd(d, d, squaresD);
    sum = f32x4.add(sum, f32x4.add(pairSum, f32x4.add(c, d)));
    flat = i32x4.sub(flat, f32x4.ge(v128.and(c, sizeBits), above));
    flat = i32x4.sub(flat, f32x4.ge(v128.and(d, sizeBits), above));
  }
  const squares = f32x4.add(f32x4.add(squaresA, squaresB), f32x4.add(squaresC, squaresD));
  if (!isSure(sumLanes(squares))) return -1;
  addTwoSums(results, 1, sum, squares);
  return countLanes(flat);
}
