// Panels of the operand that is multiplied by lists, and what becomes of the sums.

import { multiplyAdd, storePart } from "../vectors/vector";
import { LINE_BYTES } from "./nonzeroLists";
import { rectified } from "./tileEnding";

/**
 * Packs some columns of a matrix: `vectors` times four numbers for each inner place, zeros where no columns are. Gives whether all are
 * finite: zero times anything else is not zero.
 */
export function packChecked(
  matrix: usize,
  rowStride: usize,
  columnStride: usize,
  inner: i32,
  columns: i32,
  vectors: i32,
  panel: usize,
): bool {
  let check = f32x4.splat(0);
  let done = 0;
  if (columnStride === 4) {
    done = columns & ~3;
    check = packSideBySide(matrix, rowStride, inner, (<usize>done) << 2, panel);
  } else if (rowStride === 4)
    for (; done + 4 <= columns; done += 4)
      check = packTurned(matrix + <usize>done * columnStride, columnStride, inner, panel + ((<usize>done) << 2), check);
  const begun = (columns + 3) & ~3;
  for (; done < begun; done++) {
    const source = matrix + <usize>done * columnStride;
    check = packColumn(source, rowStride, done < columns ? inner : 0, inner, panel + ((<usize>done) << 2), check);
  }
  for (; done < 4 * vectors; done += 4) clearFour(inner, panel + ((<usize>done) << 2));
  return !v128.any_true(f32x4.ne(check, check));
}

/** Zero where all numbers so far were finite, NaN otherwise. */
function checked(numbers: v128, check: v128): v128 {
  return multiplyAdd(numbers, f32x4.splat(0), check);
}

function packSideBySide(matrix: usize, rowStride: usize, inner: i32, wholeBytes: usize, panel: usize): v128 {
  let check = f32x4.splat(0);
  let source = matrix;
  let target = panel;
  for (let k = 0; k < inner; k++) {
    for (let place: usize = 0; place < wholeBytes; place += 16) {
      const numbers = v128.load(source + place);
      v128.store(target + place, numbers);
      check = checked(numbers, check);
    }
    source += rowStride;
    target += LINE_BYTES;
  }
  return check;
}

/** Four columns whose numbers stand one below the other. */
function packTurned(matrix: usize, columnStride: usize, inner: i32, panel: usize, before: v128): v128 {
  let check = before;
  let source = matrix;
  let target = panel;
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    const v0 = v128.load(source);
    const v1 = v128.load(source + columnStride);
    const v2 = v128.load(source + 2 * columnStride);
    const v3 = v128.load(source + 3 * columnStride);
    check = checked(v0, checked(v1, checked(v2, checked(v3, check))));
    const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(target + LINE_BYTES, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(target + 2 * LINE_BYTES, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(target + 3 * LINE_BYTES, v128.shuffle<f64>(high01, high23, 1, 3));
    source += 16;
    target += 4 * LINE_BYTES;
  }
  for (let column: usize = 0; column < 4; column++)
    check = packColumn(source + column * columnStride, 4, inner - k, inner - k, target + (column << 2), check);
  return check;
}

/** One column: `there` numbers, zeros behind them up to `inner`. */
function packColumn(column: usize, rowStride: usize, there: i32, inner: i32, panel: usize, before: v128): v128 {
  let check = before;
  let source = column;
  let target = panel;
  for (let k = 0; k < inner; k++) {
    const value = k < there ? load<f32>(source) : <f32>0;
    store<f32>(target, value);
    check = checked(f32x4.splat(value), check);
    source += rowStride;
    target += LINE_BYTES;
  }
  return check;
}

function clearFour(inner: i32, panel: usize): void {
  let target = panel;
  for (let k = 0; k < inner; k++) {
    v128.store(target, f32x4.splat(0));
    target += LINE_BYTES;
  }
}

/** Sums of some rows become `columns` numbers of each in the output: on top of what is there, with a bias, without what is below zero, as asked. */
export function endRows(
  sums: usize,
  rows: i32,
  columns: i32,
  output: usize,
  outputRow: usize,
  accumulate: bool,
  bias: usize,
  rectifies: bool,
): void {
  for (let row = 0; row < rows; row++) {
    let source = sums + <usize>row * LINE_BYTES;
    let target = output + <usize>row * outputRow;
    let extra = bias;
    for (let left = columns; left > 0; left -= 4) {
      endFour(v128.load(source), target, left, accumulate, extra, rectifies);
      source += 16;
      target += 16;
      if (extra !== 0) extra += 16;
    }
  }
}

/** The same for rows of sums that are columns of the output. */
export function endRowsTurned(
  sums: usize,
  rows: i32,
  columns: i32,
  output: usize,
  outputRow: usize,
  accumulate: bool,
  bias: usize,
  rectifies: bool,
): void {
  let line = sums;
  let target = output;
  for (let left = columns; left > 0; left -= 4) {
    let source = line;
    let place = target;
    let extra = bias;
    for (let rowsLeft = rows; rowsLeft > 0; rowsLeft -= 4) {
      const v0 = v128.load(source);
      const v1 = v128.load(source + LINE_BYTES);
      const v2 = v128.load(source + 2 * LINE_BYTES);
      const v3 = v128.load(source + 3 * LINE_BYTES);
      const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
      const c0 = v128.shuffle<f64>(low01, low23, 0, 2);
      const c1 = v128.shuffle<f64>(low01, low23, 1, 3);
      const c2 = v128.shuffle<f64>(high01, high23, 0, 2);
      const c3 = v128.shuffle<f64>(high01, high23, 1, 3);
      endFour(c0, place, rowsLeft, accumulate, extra, rectifies);
      if (left > 1) endFour(c1, place + outputRow, rowsLeft, accumulate, extra, rectifies);
      if (left > 2) endFour(c2, place + 2 * outputRow, rowsLeft, accumulate, extra, rectifies);
      if (left > 3) endFour(c3, place + 3 * outputRow, rowsLeft, accumulate, extra, rectifies);
      source += 4 * LINE_BYTES;
      place += 16;
      if (extra !== 0) extra += 16;
    }
    line += 16;
    target += 4 * outputRow;
  }
}

function endFour(sums: v128, target: usize, left: i32, accumulate: bool, bias: usize, rectifies: bool): void {
  let value = sums;
  if (accumulate) value = f32x4.add(v128.load(target), value);
  if (bias !== 0) value = f32x4.add(value, v128.load(bias));
  if (rectifies) value = rectified(value);
  storePart(target, value, left);
}
