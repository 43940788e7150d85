// Eight columns of a product, six rows at a time: here most of a training's time goes. Each loop is a plain one, and one call makes all
// tiles of the columns: so V8 keeps the twelve sums in registers, and there is little to do between two tiles.

import { multiplyAdd } from "../vectors/vector";
import { bias, rectified, rectifies } from "./tileEnding";

/** Six numbers of the left operand, one of each row, stand side by side; the next six `leftStep` further on, those of the next tile `leftTile`. */
export function multiplySideBySide(
  left: usize,
  leftTile: usize,
  leftStep: usize,
  right: usize,
  rightStep: usize,
  output: usize,
  targetRow: usize,
  tiles: i32,
  inner: i32,
  accumulate: bool,
): void {
  const end = right + <usize>inner * rightStep;
  let start = left;
  let target = output;
  for (let tile = 0; tile < tiles; tile++) {
    let a = start;
    let b = right;
    let s00 = f32x4.splat(0);
    let s01 = s00;
    let s10 = s00;
    let s11 = s00;
    let s20 = s00;
    let s21 = s00;
    let s30 = s00;
    let s31 = s00;
    let s40 = s00;
    let s41 = s00;
    let s50 = s00;
    let s51 = s00;
    while (b < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let each = v128.load_splat<f32>(a);
      s00 = multiplyAdd(each, b0, s00);
      s01 = multiplyAdd(each, b1, s01);
      each = v128.load_splat<f32>(a, 4);
      s10 = multiplyAdd(each, b0, s10);
      s11 = multiplyAdd(each, b1, s11);
      each = v128.load_splat<f32>(a, 8);
      s20 = multiplyAdd(each, b0, s20);
      s21 = multiplyAdd(each, b1, s21);
      each = v128.load_splat<f32>(a, 12);
      s30 = multiplyAdd(each, b0, s30);
      s31 = multiplyAdd(each, b1, s31);
      each = v128.load_splat<f32>(a, 16);
      s40 = multiplyAdd(each, b0, s40);
      s41 = multiplyAdd(each, b1, s41);
      each = v128.load_splat<f32>(a, 20);
      s50 = multiplyAdd(each, b0, s50);
      s51 = multiplyAdd(each, b1, s51);
      a += leftStep;
      b += rightStep;
    }
    if (accumulate) {
      s00 = f32x4.add(v128.load(target), s00);
      s01 = f32x4.add(v128.load(target, 16), s01);
      s10 = f32x4.add(v128.load(target + targetRow), s10);
      s11 = f32x4.add(v128.load(target + targetRow, 16), s11);
      s20 = f32x4.add(v128.load(target + 2 * targetRow), s20);
      s21 = f32x4.add(v128.load(target + 2 * targetRow, 16), s21);
      s30 = f32x4.add(v128.load(target + 3 * targetRow), s30);
      s31 = f32x4.add(v128.load(target + 3 * targetRow, 16), s31);
      s40 = f32x4.add(v128.load(target + 4 * targetRow), s40);
      s41 = f32x4.add(v128.load(target + 4 * targetRow, 16), s41);
      s50 = f32x4.add(v128.load(target + 5 * targetRow), s50);
      s51 = f32x4.add(v128.load(target + 5 * targetRow, 16), s51);
    }
    if (bias !== 0) {
      const first = v128.load(bias);
      const second = v128.load(bias, 16);
      s00 = f32x4.add(s00, first);
      s01 = f32x4.add(s01, second);
      s10 = f32x4.add(s10, first);
      s11 = f32x4.add(s11, second);
      s20 = f32x4.add(s20, first);
      s21 = f32x4.add(s21, second);
      s30 = f32x4.add(s30, first);
      s31 = f32x4.add(s31, second);
      s40 = f32x4.add(s40, first);
      s41 = f32x4.add(s41, second);
      s50 = f32x4.add(s50, first);
      s51 = f32x4.add(s51, second);
    }
    if (rectifies) {
      s00 = rectified(s00);
      s01 = rectified(s01);
      s10 = rectified(s10);
      s11 = rectified(s11);
      s20 = rectified(s20);
      s21 = rectified(s21);
      s30 = rectified(s30);
      s31 = rectified(s31);
      s40 = rectified(s40);
      s41 = rectified(s41);
      s50 = rectified(s50);
      s51 = rectified(s51);
    }
    v128.store(target, s00);
    v128.store(target, s01, 16);
    v128.store(target + targetRow, s10);
    v128.store(target + targetRow, s11, 16);
    v128.store(target + 2 * targetRow, s20);
    v128.store(target + 2 * targetRow, s21, 16);
    v128.store(target + 3 * targetRow, s30);
    v128.store(target + 3 * targetRow, s31, 16);
    v128.store(target + 4 * targetRow, s40);
    v128.store(target + 4 * targetRow, s41, 16);
    v128.store(target + 5 * targetRow, s50);
    v128.store(target + 5 * targetRow, s51, 16);
    start += leftTile;
    target += 6 * targetRow;
  }
}

/** The numbers of a row of the left operand stand side by side. */
export function multiplyRowByRow(
  left: usize,
  leftRow: usize,
  right: usize,
  rightStep: usize,
  output: usize,
  targetRow: usize,
  tiles: i32,
  inner: i32,
  accumulate: bool,
): void {
  const end = right + <usize>inner * rightStep;
  let start = left;
  let target = output;
  for (let tile = 0; tile < tiles; tile++) {
    let a0 = start;
    let a1 = a0 + leftRow;
    let a2 = a1 + leftRow;
    let a3 = a2 + leftRow;
    let a4 = a3 + leftRow;
    let a5 = a4 + leftRow;
    let b = right;
    let s00 = f32x4.splat(0);
    let s01 = s00;
    let s10 = s00;
    let s11 = s00;
    let s20 = s00;
    let s21 = s00;
    let s30 = s00;
    let s31 = s00;
    let s40 = s00;
    let s41 = s00;
    let s50 = s00;
    let s51 = s00;
    while (b < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let each = v128.load_splat<f32>(a0);
      s00 = multiplyAdd(each, b0, s00);
      s01 = multiplyAdd(each, b1, s01);
      each = v128.load_splat<f32>(a1);
      s10 = multiplyAdd(each, b0, s10);
      s11 = multiplyAdd(each, b1, s11);
      each = v128.load_splat<f32>(a2);
      s20 = multiplyAdd(each, b0, s20);
      s21 = multiplyAdd(each, b1, s21);
      each = v128.load_splat<f32>(a3);
      s30 = multiplyAdd(each, b0, s30);
      s31 = multiplyAdd(each, b1, s31);
      each = v128.load_splat<f32>(a4);
      s40 = multiplyAdd(each, b0, s40);
      s41 = multiplyAdd(each, b1, s41);
      each = v128.load_splat<f32>(a5);
      s50 = multiplyAdd(each, b0, s50);
      s51 = multiplyAdd(each, b1, s51);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      a5 += 4;
      b += rightStep;
    }
    if (accumulate) {
      s00 = f32x4.add(v128.load(target), s00);
      s01 = f32x4.add(v128.load(target, 16), s01);
      s10 = f32x4.add(v128.load(target + targetRow), s10);
      s11 = f32x4.add(v128.load(target + targetRow, 16), s11);
      s20 = f32x4.add(v128.load(target + 2 * targetRow), s20);
      s21 = f32x4.add(v128.load(target + 2 * targetRow, 16), s21);
      s30 = f32x4.add(v128.load(target + 3 * targetRow), s30);
      s31 = f32x4.add(v128.load(target + 3 * targetRow, 16), s31);
      s40 = f32x4.add(v128.load(target + 4 * targetRow), s40);
      s41 = f32x4.add(v128.load(target + 4 * targetRow, 16), s41);
      s50 = f32x4.add(v128.load(target + 5 * targetRow), s50);
      s51 = f32x4.add(v128.load(target + 5 * targetRow, 16), s51);
    }
    if (bias !== 0) {
      const first = v128.load(bias);
      const second = v128.load(bias, 16);
      s00 = f32x4.add(s00, first);
      s01 = f32x4.add(s01, second);
      s10 = f32x4.add(s10, first);
      s11 = f32x4.add(s11, second);
      s20 = f32x4.add(s20, first);
      s21 = f32x4.add(s21, second);
      s30 = f32x4.add(s30, first);
      s31 = f32x4.add(s31, second);
      s40 = f32x4.add(s40, first);
      s41 = f32x4.add(s41, second);
      s50 = f32x4.add(s50, first);
      s51 = f32x4.add(s51, second);
    }
    if (rectifies) {
      s00 = rectified(s00);
      s01 = rectified(s01);
      s10 = rectified(s10);
      s11 = rectified(s11);
      s20 = rectified(s20);
      s21 = rectified(s21);
      s30 = rectified(s30);
      s31 = rectified(s31);
      s40 = rectified(s40);
      s41 = rectified(s41);
      s50 = rectified(s50);
      s51 = rectified(s51);
    }
    v128.store(target, s00);
    v128.store(target, s01, 16);
    v128.store(target + targetRow, s10);
    v128.store(target + targetRow, s11, 16);
    v128.store(target + 2 * targetRow, s20);
    v128.store(target + 2 * targetRow, s21, 16);
    v128.store(target + 3 * targetRow, s30);
    v128.store(target + 3 * targetRow, s31, 16);
    v128.store(target + 4 * targetRow, s40);
    v128.store(target + 4 * targetRow, s41, 16);
    v128.store(target + 5 * targetRow, s50);
    v128.store(target + 5 * targetRow, s51, 16);
    start += 6 * leftRow;
    target += 6 * targetRow;
  }
}
