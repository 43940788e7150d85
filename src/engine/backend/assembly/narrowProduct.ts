// Products with a single column, or over one or two inner places: too narrow for tiles.

import { keepFirst, multiplyAdd, storePart, sumLanes } from "./vector";

/** One column, the left operand row by row: each number is the product of two rows of numbers side by side. */
export function multiplyRowsByColumn(
  a: usize,
  aRow: usize,
  b: usize,
  output: usize,
  outputRow: usize,
  rows: i32,
  inner: i32,
  accumulate: bool,
): void {
  let left = a;
  let target = output;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    let k = 0;
    for (; k + 4 <= inner; k += 4) {
      const place = (<usize>k) << 2;
      sum = multiplyAdd(v128.load(left + place), v128.load(b + place), sum);
    }
    if (k < inner) {
      const place = (<usize>k) << 2;
      sum = f32x4.add(sum, keepFirst(f32x4.mul(v128.load(left + place), v128.load(b + place)), inner - k));
    }
    store<f32>(target, accumulate ? load<f32>(target) + sumLanes(sum) : sumLanes(sum));
    left += aRow;
    target += outputRow;
  }
}

/** One column, the left operand turned, so that four rows stand side by side at each inner place. */
export function multiplyTurnedByColumn(
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  output: usize,
  rows: i32,
  inner: i32,
  accumulate: bool,
): void {
  for (let left = rows; left > 0; left -= 4) {
    const offset = (<usize>(rows - left)) << 2;
    let place = a + offset;
    let right = b;
    let sum = f32x4.splat(0);
    for (let k = 0; k < inner; k++) {
      sum = multiplyAdd(v128.load(place), v128.load_splat<f32>(right), sum);
      place += aColumn;
      right += bRow;
    }
    const target = output + offset;
    storePart(target, accumulate ? f32x4.add(v128.load(target), sum) : sum, left);
  }
}

/** One or two inner places: each row is a multiple of one row of the right operand, or of two. */
export function multiplyFewInner(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  output: usize,
  outputRow: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  accumulate: bool,
): void {
  let left = a;
  let line = output;
  for (let row = 0; row < rows; row++) {
    const first = v128.load_splat<f32>(left);
    const second = inner > 1 ? v128.load_splat<f32>(left + aColumn) : f32x4.splat(0);
    let right = b;
    let target = line;
    for (let count = columns; count > 0; count -= 4) {
      let sum = f32x4.mul(first, v128.load(right));
      if (inner > 1) sum = multiplyAdd(second, v128.load(right + bRow), sum);
      storePart(target, accumulate ? f32x4.add(v128.load(target), sum) : sum, count);
      right += 16;
      target += 16;
    }
    left += aRow;
    line += outputRow;
  }
}
