// The largest and the smallest number over any axes, their gradient, and where the largest is. How a record sees the input: reductions.ts.

import { afterAxes, byteStep, loadSteps, outerOffset, outerPlaces, storeSteps } from "../tape/outerAxes";
import { address, word } from "../tape/record";
import { keepFirst, storePart } from "../vectors/vector";

/** Which of two numbers an extreme keeps; a NaN stays. */
abstract class Extreme {
  abstract start(): v128;
  abstract better(a: v128, b: v128): v128;
}

export class Largest extends Extreme {
  start(): v128 {
    return f32x4.splat(-Infinity);
  }
  better(a: v128, b: v128): v128 {
    return f32x4.max(a, b);
  }
}

export class Smallest extends Extreme {
  start(): v128 {
    return f32x4.splat(Infinity);
  }
  better(a: v128, b: v128): v128 {
    return f32x4.min(a, b);
  }
}

/**
 * input, output, kind (0: largest, 1: smallest), nothing, columns, their step in the output, reduced rows, their step in the
 * input, kept axes, reduced axes as in reductions.ts
 */
export function findExtreme<F extends Extreme>(record: usize): void {
  const places = outerPlaces(record, 10, 2);
  const columns = word(record, 6);
  const outputStep = byteStep(record, 7);
  for (let place = 0; place < places; place++) {
    const input = address(record, 2) + outerOffset(record, 10, 2, place, 0);
    const output = address(record, 3) + outerOffset(record, 10, 2, place, 1);
    if (outputStep === 0) storeSteps(output, 4, extremeOfLanes<F>(extremeOf<F>(record, input, 0)), 1);
    else
      for (let column = 0; column < columns; column += 4)
        storeSteps(
          output + <usize>column * outputStep,
          outputStep,
          extremeOf<F>(record, input + ((<usize>column) << 2), 4),
          columns - column,
        );
  }
}

/** The extremes of the first `width` columns, or over all columns for width 0, over rows and reduced axes. */
function extremeOf<F extends Extreme>(record: usize, input: usize, width: i32): v128 {
  const f = changetype<F>(0);
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  const columns = width === 0 ? word(record, 6) : width;
  const rows = word(record, 8);
  let best = f.start();
  let other = f.start();
  for (let place = 0; place < places; place++) {
    let start = input + outerOffset(record, reduced, 1, place, 0);
    for (let row = 0; row < rows; row++, start += byteStep(record, 9)) {
      let at = start;
      let left = columns;
      // Two chains, for each waits for itself.
      for (; left >= 8; left -= 8, at += 32) {
        best = f.better(best, v128.load(at));
        other = f.better(other, v128.load(at, 16));
      }
      if (left >= 4) {
        best = f.better(best, v128.load(at));
        left -= 4;
        at += 16;
      }
      if (left > 0) best = f.better(best, onlyFirst(v128.load(at), f.start(), left));
    }
  }
  return f.better(best, other);
}

/** The first `count` numbers, others in place of the rest. */
function onlyFirst(values: v128, others: v128, count: i32): v128 {
  return v128.bitselect(values, others, keepFirst(i32x4.splat(-1), count));
}

/** The extreme of the four numbers, in each place. */
function extremeOfLanes<F extends Extreme>(values: v128): v128 {
  const f = changetype<F>(0);
  const pairs = f.better(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return f.better(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2));
}

/**
 * input, output, outputGrad, inputGrad, columns, their step in the output, reduced rows, their step in the input, kept axes,
 * reduced axes as in reductions.ts: all numbers equal to the extreme share its gradient.
 */
export function spreadExtremeGrad(record: usize): void {
  const places = outerPlaces(record, 10, 2);
  const columns = word(record, 6);
  const outputStep = byteStep(record, 7);
  for (let place = 0; place < places; place++) {
    const inputOffset = outerOffset(record, 10, 2, place, 0);
    const outputOffset = outerOffset(record, 10, 2, place, 1);
    if (outputStep === 0) spreadBlock(record, inputOffset, outputOffset, columns);
    else
      for (let column = 0; column < columns; column += 4)
        spreadColumns(
          record,
          inputOffset + ((<usize>column) << 2),
          outputOffset + <usize>column * outputStep,
          min(4, columns - column),
        );
  }
}

/** One extreme over columns, rows and reduced axes. */
function spreadBlock(record: usize, inputOffset: usize, outputOffset: usize, columns: i32): void {
  const extreme = v128.load32_splat(address(record, 3) + outputOffset);
  let equals = i32x4.splat(0);
  for (let column = 0; column < columns; column += 4)
    equals = i32x4.add(equals, countEquals(record, inputOffset + ((<usize>column) << 2), extreme, columns - column));
  const count =
    i32x4.extract_lane(equals, 0) +
    i32x4.extract_lane(equals, 1) +
    i32x4.extract_lane(equals, 2) +
    i32x4.extract_lane(equals, 3);
  const share = f32x4.div(v128.load32_splat(address(record, 4) + outputOffset), f32x4.splat(<f32>count));
  for (let column = 0; column < columns; column += 4)
    addShares(record, inputOffset + ((<usize>column) << 2), extreme, share, columns - column);
}

/** Extremes of up to four columns over rows and reduced axes. */
function spreadColumns(record: usize, inputOffset: usize, outputOffset: usize, count: i32): void {
  const outputStep = byteStep(record, 7);
  const extreme = loadSteps(address(record, 3) + outputOffset, outputStep, count);
  const equals = f32x4.convert_i32x4_s(countEquals(record, inputOffset, extreme, count));
  const share = f32x4.div(loadSteps(address(record, 4) + outputOffset, outputStep, count), equals);
  addShares(record, inputOffset, extreme, share, count);
}

/** In each of up to four columns, how many numbers are equal to the extreme. */
function countEquals(record: usize, inputOffset: usize, extreme: v128, left: i32): v128 {
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  const rows = word(record, 8);
  let equals = i32x4.splat(0);
  for (let place = 0; place < places; place++) {
    let at = address(record, 2) + inputOffset + outerOffset(record, reduced, 1, place, 0);
    for (let row = 0; row < rows; row++, at += byteStep(record, 9))
      equals = i32x4.sub(equals, f32x4.eq(v128.load(at), extreme));
  }
  return keepFirst(equals, left);
}

function addShares(record: usize, inputOffset: usize, extreme: v128, share: v128, left: i32): void {
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  const rows = word(record, 8);
  for (let place = 0; place < places; place++) {
    let offset = inputOffset + outerOffset(record, reduced, 1, place, 0);
    for (let row = 0; row < rows; row++, offset += byteStep(record, 9)) {
      const isExtreme = f32x4.eq(v128.load(address(record, 2) + offset), extreme);
      const target = address(record, 5) + offset;
      storePart(target, f32x4.add(v128.load(target), v128.and(share, isExtreme)), left);
    }
  }
}

/** input, output, outer, length, inner: the first of equals; a NaN counts as the largest. */
export function argMax(record: usize): void {
  const outer = word(record, 4);
  const length = word(record, 5);
  const inner = word(record, 6);
  const step = (<usize>inner) << 2;
  let output = address(record, 3);
  for (let block = 0; block < outer; block++) {
    const input = address(record, 2) + <usize>(block * length) * step;
    for (let column = 0; column < inner; column++, output += 4) {
      let at = input + ((<usize>column) << 2);
      let largest = load<f32>(at);
      let best = 0;
      // Every number but a NaN is at most infinite.
      for (let index = 1; index < length && largest <= Infinity; index++) {
        at += step;
        const value = load<f32>(at);
        if (!(value <= largest)) {
          largest = value;
          best = index;
        }
      }
      store<f32>(output, <f32>best);
    }
  }
}
