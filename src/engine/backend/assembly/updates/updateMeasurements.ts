// What an update does to weights: measured from copies of what they were, or while a plain step is made.

import { add, addSpread, addSquares, addTwoSums, areAlike, BLOCK, isSure } from "../measurements/blockSums";
import { packedA } from "../products/packing";
import { address, word } from "../tape/record";
import { sumOf } from "../vectors/doubleSums";
import { keepFirst, multiplyAdd, storePart, sumLanes } from "../vectors/vector";

/** values, before, length, results: count, Σx and Σx² of what was before, Σ(new − before)², count */
export function measureUpdate(record: usize): void {
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
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let movedA = f32x4.splat(0);
  let movedB = f32x4.splat(0);
  let changes = i32x4.splat(0);
  const end = before + ((<usize>count) << 2);
  const ahead = values - before;
  for (let at = before; at < end; at += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const changeA = f32x4.sub(v128.load(at + ahead), a);
    const changeB = f32x4.sub(v128.load(at + ahead, 16), b);
    changes = v128.or(changes, v128.or(changeA, changeB));
    sumA = f32x4.add(sumA, a);
    sumB = f32x4.add(sumB, b);
    squaresA = multiplyAdd(a, a, squaresA);
    squaresB = multiplyAdd(b, b, squaresB);
    movedA = multiplyAdd(changeA, changeA, movedA);
    movedB = multiplyAdd(changeB, changeB, movedB);
  }
  const sum = f32x4.add(sumA, sumB);
  const squares = f32x4.add(squaresA, squaresB);
  if (!canTrust(count, sum, squares)) return false;
  addTwoSums(results, 1, sum, squares);
  const moved = sumLanes(f32x4.add(movedA, movedB));
  if (isSure(moved)) add(results, 3, <f64>moved);
  else if (v128.any_true(changes)) addChanges(values, before, count, results);
  return true;
}

/** Whether float32 sums of weights keep all that is asked of them. */
function canTrust(count: i32, sums: v128, squares: v128): bool {
  const all = sumLanes(squares);
  return isSure(all) && !areAlike(count, sumLanes(sums), all);
}

function addUpdate(values: usize, before: usize, length: i32, results: usize): void {
  addSpread(before, length, results);
  addChanges(values, before, length, results);
}

/** Σ(new − before)² in double precision: that of very small steps. */
function addChanges(values: usize, before: usize, length: i32, results: usize): void {
  let moved = f64x2.splat(0);
  for (let left = length; left > 0; left -= 4) {
    const at = (<usize>(length - left)) << 2;
    const whole = f32x4.sub(v128.load(values + at), v128.load(before + at));
    moved = addSquares(moved, left >= 4 ? whole : keepFirst(whole, left));
  }
  add(results, 3, sumOf(moved));
}

/** gradient, values, length, scale (its place), results: `values += scale · gradient`, and what `measureUpdate` finds of it */
export function measuredStep(record: usize): void {
  let gradient = address(record, 2);
  let values = address(record, 3);
  const length = word(record, 4);
  const scale = f32x4.splat(<f32>load<f64>(address(record, 5)));
  const results = address(record, 6);
  add(results, 0, <f64>length);
  add(results, 4, <f64>length);
  for (let left = length; left > 0; left -= BLOCK) {
    const count = min(BLOCK, left);
    const whole = count & ~7;
    const done = whole > 0 && stepQuickly(gradient, values, whole, scale, results) ? whole : 0;
    if (whole < count) step(gradient, values, whole, count, scale);
    const skipped = (<usize>done) << 2;
    if (done < count) addUpdate(values + skipped, packedA + skipped, count - done, results);
    gradient += (<usize>BLOCK) << 2;
    values += (<usize>BLOCK) << 2;
  }
}

/** The step from one weight (a multiple of four) on. What the weights were stands in the room for packed operands then. */
function step(gradient: usize, values: usize, from: i32, to: i32, scale: v128): void {
  for (let left = to - from; left > 0; left -= 4) {
    const at = (<usize>(to - left)) << 2;
    const before = v128.load(values + at);
    v128.store(packedA + at, before);
    storePart(values + at, multiplyAdd(scale, v128.load(gradient + at), before), left);
  }
}

/** The step of a multiple of eight weights. `false`, and nothing added, where float32 cannot hold their squares or what they differ by. */
function stepQuickly(gradient: usize, values: usize, count: i32, scale: v128, results: usize): bool {
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let squaresA = f32x4.splat(0);
  let squaresB = f32x4.splat(0);
  let movedA = f32x4.splat(0);
  let movedB = f32x4.splat(0);
  let changes = i32x4.splat(0);
  const end = values + ((<usize>count) << 2);
  const ahead = gradient - values;
  let kept = packedA;
  for (let at = values; at < end; at += 32, kept += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    v128.store(kept, a);
    v128.store(kept, b, 16);
    const nextA = multiplyAdd(scale, v128.load(at + ahead), a);
    const nextB = multiplyAdd(scale, v128.load(at + ahead, 16), b);
    v128.store(at, nextA);
    v128.store(at, nextB, 16);
    const changeA = f32x4.sub(nextA, a);
    const changeB = f32x4.sub(nextB, b);
    changes = v128.or(changes, v128.or(changeA, changeB));
    sumA = f32x4.add(sumA, a);
    sumB = f32x4.add(sumB, b);
    squaresA = multiplyAdd(a, a, squaresA);
    squaresB = multiplyAdd(b, b, squaresB);
    movedA = multiplyAdd(changeA, changeA, movedA);
    movedB = multiplyAdd(changeB, changeB, movedB);
  }
  const sum = f32x4.add(sumA, sumB);
  const squares = f32x4.add(squaresA, squaresB);
  if (!canTrust(count, sum, squares)) return false;
  addTwoSums(results, 1, sum, squares);
  const moved = sumLanes(f32x4.add(movedA, movedB));
  if (isSure(moved)) add(results, 3, <f64>moved);
  else if (v128.any_true(changes)) addChanges(values, packedA, count, results);
  return true;
}
