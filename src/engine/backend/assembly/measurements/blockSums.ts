// Sums of a block of numbers in float32, as far as that can be trusted, added to doubles.

import { addHigh, addLow, sumOf } from "../vectors/doubleSums";
import { keepFirst, sumLanes } from "../vectors/vector";

/** So many numbers are added up in float32, in four or more sums side by side, before they go on in double. */
export const BLOCK: i32 = 2048;
/** Sums of squares below the first may have lost numbers whose square float32 cannot hold; above the second they may be infinite. */
const LEAST_SQUARES: f32 = 1e-28;
const MOST_SQUARES: f32 = 1e37;
/** All bits but the sign. From memory: V8 builds a constant anew at each use. */
export const SIZE_BITS: usize = memory.data<u32>([0x7fffffff]);

/** Adds to one of the doubles of a table. */
export function add(results: usize, place: i32, value: f64): void {
  const at = results + ((<usize>place) << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Adds the sums of four numbers and of four more, each in the order of `sumLanes`, to two neighbouring doubles of a table. */
export function addTwoSums(results: usize, place: i32, first: v128, second: v128): void {
  const at = results + ((<usize>place) << 3);
  const pairs = f32x4.add(v128.shuffle<f32>(first, second, 0, 2, 4, 6), v128.shuffle<f32>(first, second, 1, 3, 5, 7));
  const sums = f32x4.add(v128.shuffle<f32>(pairs, pairs, 0, 2, 0, 2), v128.shuffle<f32>(pairs, pairs, 1, 3, 1, 3));
  v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(sums)));
}

/** The largest of four positive numbers, told by their bits: so a NaN counts as larger than all. */
export function largestLane(bits: v128): i32 {
  const pairs = i32x4.max_s(bits, v128.shuffle<i32>(bits, bits, 2, 3, 0, 1));
  return i32x4.extract_lane(i32x4.max_s(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** How often all bits of a lane were set, where each time subtracted one. */
export function countLanes(counts: v128): i32 {
  const pairs = i32x4.add(counts, v128.shuffle<i32>(counts, counts, 2, 3, 0, 1));
  return i32x4.extract_lane(i32x4.add(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/**
 * What to take from each number of a block (8 or more) so that the sum of squares keeps the digits in which they differ: their
 * middle, as far as the first and the last four tell, where they lie closer to each other than to zero; else nothing.
 */
export function pivotOf(values: usize, count: i32): f32 {
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
export function isSure(squares: f32): bool {
  return squares >= LEAST_SQUARES && squares <= MOST_SQUARES;
}

/**
 * Whether numbers lie so near to each other, compared to their size, that float32 sums would lose what they differ by: three
 * quarters of Σx² are their mean's.
 */
export function areAlike(count: i32, sum: f32, squares: f32): bool {
  return <f64>sum * sum > 0.75 * <f64>count * squares;
}

/** Adds Σx and Σx² of numbers from which a pivot was taken. */
export function addCentred(
  sum: usize,
  squares: usize,
  count: i32,
  pivot: f32,
  centredSum: f64,
  centredSquares: f64,
): void {
  const middle = <f64>pivot;
  const all = <f64>count * middle;
  store<f64>(sum, load<f64>(sum) + (centredSum + all));
  store<f64>(squares, load<f64>(squares) + (centredSquares + 2 * middle * centredSum + all * middle));
}

/** In double precision throughout. */
export function addSpread(values: usize, length: i32, results: usize): void {
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

export function addSquares(sums: v128, x: v128): v128 {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
  return f64x2.add(sums, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
}
