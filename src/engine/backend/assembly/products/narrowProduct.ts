// Products with a single column, or over one or two inner places: too narrow for tiles. Each adds a number for each column in the end (its place, or 0).

import { loadSteps, storeSteps } from "../tape/outerAxes";
import { keepFirst, multiplyAdd, storePart } from "../vectors/vector";

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
  extra: usize,
): void {
  const whole = (<usize>(inner & ~3)) << 2;
  for (let left = rows; left > 0; left -= 4) {
    // Rows that are not there repeat the last one.
    const last = left - 1;
    const line = a + <usize>(rows - left) * aRow;
    const ahead1 = <usize>min(1, last) * aRow;
    const ahead2 = <usize>min(2, last) * aRow;
    const ahead3 = <usize>min(3, last) * aRow;
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (let place: usize = 0; place < whole; place += 16) {
      const right = v128.load(b + place);
      const at = line + place;
      sum0 = multiplyAdd(v128.load(at), right, sum0);
      sum1 = multiplyAdd(v128.load(at + ahead1), right, sum1);
      sum2 = multiplyAdd(v128.load(at + ahead2), right, sum2);
      sum3 = multiplyAdd(v128.load(at + ahead3), right, sum3);
    }
    if (inner & 3) {
      const right = v128.load(b + whole);
      const at = line + whole;
      sum0 = f32x4.add(sum0, keepFirst(f32x4.mul(v128.load(at), right), inner & 3));
      sum1 = f32x4.add(sum1, keepFirst(f32x4.mul(v128.load(at + ahead1), right), inner & 3));
      sum2 = f32x4.add(sum2, keepFirst(f32x4.mul(v128.load(at + ahead2), right), inner & 3));
      sum3 = f32x4.add(sum3, keepFirst(f32x4.mul(v128.load(at + ahead3), right), inner & 3));
    }
    const target = output + <usize>(rows - left) * outputRow;
    let value = sumsOfFour(sum0, sum1, sum2, sum3);
    if (accumulate) value = f32x4.add(loadSteps(target, outputRow, left), value);
    if (extra !== 0) value = f32x4.add(value, v128.load32_splat(extra));
    if (outputRow === 4) storePart(target, value, left);
    else storeSteps(target, outputRow, value, left);
  }
}

/** The sum of the four numbers of each, in the order of `sumLanes`. */
function sumsOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  const low = f32x4.add(v128.shuffle<i64>(abLow, cdLow, 0, 2), v128.shuffle<i64>(abLow, cdLow, 1, 3));
  const high = f32x4.add(v128.shuffle<i64>(abHigh, cdHigh, 0, 2), v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
  return f32x4.add(low, high);
}

/** One column, the left operand turned, so that rows stand side by side at each inner place: sixteen of them at a time. */
export function multiplyTurnedByColumn(
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  output: usize,
  rows: i32,
  inner: i32,
  accumulate: bool,
  extra: usize,
): void {
  let left = rows;
  let start = a;
  let target = output;
  for (; left >= 16; left -= 16, start += 64, target += 64) {
    let place = start;
    let right = b;
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (let k = 0; k < inner; k++) {
      const each = v128.load_splat<f32>(right);
      sum0 = multiplyAdd(v128.load(place), each, sum0);
      sum1 = multiplyAdd(v128.load(place, 16), each, sum1);
      sum2 = multiplyAdd(v128.load(place, 32), each, sum2);
      sum3 = multiplyAdd(v128.load(place, 48), each, sum3);
      place += aColumn;
      right += bRow;
    }
    storeSum(target, sum0, 4, accumulate, extra);
    storeSum(target + 16, sum1, 4, accumulate, extra);
    storeSum(target + 32, sum2, 4, accumulate, extra);
    storeSum(target + 48, sum3, 4, accumulate, extra);
  }
  for (; left > 0; left -= 4, start += 16, target += 16) {
    let place = start;
    let right = b;
    let sum = f32x4.splat(0);
    for (let k = 0; k < inner; k++) {
      sum = multiplyAdd(v128.load(place), v128.load_splat<f32>(right), sum);
      place += aColumn;
      right += bRow;
    }
    storeSum(target, sum, left, accumulate, extra);
  }
}

/** Up to four numbers of a single column. */
function storeSum(target: usize, sum: v128, left: i32, accumulate: bool, extra: usize): void {
  let value = accumulate ? f32x4.add(v128.load(target), sum) : sum;
  if (extra !== 0) value = f32x4.add(value, v128.load32_splat(extra));
  storePart(target, value, left);
}

/**
 * One or two inner places: each row is a multiple of one row of the right operand, or of two. Sixteen columns at a time, whose
 * numbers of the right operand stay in registers for all rows.
 */
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
  extra: usize,
): void {
  // With −0 there is nothing added: not even to another −0.
  const nothing = f32x4.splat(-0.0);
  let left = columns;
  let right = b;
  let target = output;
  let added = extra;
  for (; left >= 16; left -= 16, right += 64, target += 64) {
    const bias0 = extra === 0 ? nothing : v128.load(added);
    const bias1 = extra === 0 ? nothing : v128.load(added, 16);
    const bias2 = extra === 0 ? nothing : v128.load(added, 32);
    const bias3 = extra === 0 ? nothing : v128.load(added, 48);
    added += 64;
    let line = target;
    let place = a;
    if (inner === 1)
      for (let row = 0; row < rows; row++, line += outputRow, place += aRow) {
        const each = v128.load_splat<f32>(place);
        finish(line, f32x4.mul(each, v128.load(right)), bias0, accumulate);
        finish(line + 16, f32x4.mul(each, v128.load(right, 16)), bias1, accumulate);
        finish(line + 32, f32x4.mul(each, v128.load(right, 32)), bias2, accumulate);
        finish(line + 48, f32x4.mul(each, v128.load(right, 48)), bias3, accumulate);
      }
    else {
      const next = right + bRow;
      for (let row = 0; row < rows; row++, line += outputRow, place += aRow) {
        const first = v128.load_splat<f32>(place);
        const second = v128.load_splat<f32>(place + aColumn);
        const sum0 = multiplyAdd(second, v128.load(next), f32x4.mul(first, v128.load(right)));
        const sum1 = multiplyAdd(second, v128.load(next, 16), f32x4.mul(first, v128.load(right, 16)));
        const sum2 = multiplyAdd(second, v128.load(next, 32), f32x4.mul(first, v128.load(right, 32)));
        const sum3 = multiplyAdd(second, v128.load(next, 48), f32x4.mul(first, v128.load(right, 48)));
        finish(line, sum0, bias0, accumulate);
        finish(line + 16, sum1, bias1, accumulate);
        finish(line + 32, sum2, bias2, accumulate);
        finish(line + 48, sum3, bias3, accumulate);
      }
    }
  }
  for (; left > 0; left -= 4, right += 16, target += 16) {
    const bias = extra === 0 ? nothing : v128.load(added);
    added += 16;
    let line = target;
    let place = a;
    for (let row = 0; row < rows; row++, line += outputRow, place += aRow) {
      let sum = f32x4.mul(v128.load_splat<f32>(place), v128.load(right));
      if (inner > 1) sum = multiplyAdd(v128.load_splat<f32>(place + aColumn), v128.load(right + bRow), sum);
      if (accumulate) sum = f32x4.add(v128.load(line), sum);
      storePart(line, f32x4.add(sum, bias), left);
    }
  }
}

function finish(target: usize, sum: v128, bias: v128, accumulate: bool): void {
  v128.store(target, f32x4.add(accumulate ? f32x4.add(v128.load(target), sum) : sum, bias));
}
