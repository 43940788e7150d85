// Six or four rows by eight columns of a product whose left operand is read where it stands: rows anywhere in memory, in runs of even steps.

import { multiplyAdd } from "../vectors/vector";
import { edgeTile } from "./packing";
import { bias, moveEdge, rectified, rectifies, setBias, setRectifying } from "./tileEnding";

const TILE_COLUMNS: i32 = 8;

// How the left operand is walked: outer runs, in each some inner runs, in each so many numbers; the right one goes straight on.
let outerRuns: i32 = 0;
let outerStep: usize = 0;
let innerRuns: i32 = 0;
let innerStep: usize = 0;
let runLength: i32 = 0;
let leftStep: usize = 0;
let rightStep: usize = 0;

/** Settles the walk for the tiles to come; steps in bytes. */
export function setWalk(
  outer: i32,
  outerBytes: usize,
  inner: i32,
  innerBytes: usize,
  length: i32,
  leftBytes: usize,
  rightBytes: usize,
): void {
  outerRuns = outer;
  outerStep = outerBytes;
  innerRuns = inner;
  innerStep = innerBytes;
  runLength = length;
  leftStep = leftBytes;
  rightStep = rightBytes;
}

/** How many rows to take next: six, or four where that leaves nothing over. */
export function nextRows(left: i32): i32 {
  return left === 4 || left === 8 || left < 4 ? 4 : 6;
}

/** How many tiles of six rows come before what is left for others: none of them is cut. */
export function wholeTiles(rows: i32): i32 {
  return rows / 6 - (rows % 6 === 2 && rows > 2 ? 1 : 0);
}

/** A tile of which `rows` × `columns` lie inside the output. Rows of the left operand that are not needed may repeat others. */
export function multiplyRows(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  r5: usize,
  right: usize,
  target: usize,
  targetRow: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  const isWhole = columns === TILE_COLUMNS && (rows === 6 || rows === 4);
  const place = isWhole ? target : edgeTile;
  const row: usize = isWhole ? targetRow : 32;
  const kept = bias;
  const keptRectifying = rectifies;
  if (!isWhole) {
    setBias(0);
    setRectifying(false);
  }
  if (rows > 4) sixRows(r0, r1, r2, r3, r4, r5, right, place, row, accumulate && isWhole);
  else fourRows(r0, r1, r2, r3, right, place, row, accumulate && isWhole);
  setBias(kept);
  setRectifying(keptRectifying);
  if (!isWhole) moveEdge(edgeTile, target, targetRow, rows, columns, accumulate);
}

function areSideBySide(r0: usize, r1: usize, r2: usize, r3: usize, r4: usize, r5: usize): bool {
  return r1 - r0 === 4 && r2 - r1 === 4 && r3 - r2 === 4 && r4 - r3 === 4 && r5 - r4 === 4;
}

function sixRows(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  r5: usize,
  right: usize,
  target: usize,
  targetRow: usize,
  accumulate: bool,
): void {
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
  const step = leftStep;
  const advance = rightStep;
  const runBytes = <usize>runLength * advance;
  if (areSideBySide(r0, r1, r2, r3, r4, r5)) {
    // Rows side by side need one place for all of them.
    for (let outer = 0; outer < outerRuns; outer++) {
      let line = r0 + <usize>outer * outerStep;
      for (let inner = 0; inner < innerRuns; inner++) {
        let a = line;
        const end = b + runBytes;
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
          a += step;
          b += advance;
        }
        line += innerStep;
      }
    }
  } else
    for (let outer = 0; outer < outerRuns; outer++) {
      let offset = <usize>outer * outerStep;
      for (let inner = 0; inner < innerRuns; inner++) {
        let a0 = r0 + offset;
        let a1 = r1 + offset;
        let a2 = r2 + offset;
        let a3 = r3 + offset;
        let a4 = r4 + offset;
        let a5 = r5 + offset;
        const end = b + runBytes;
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
          a0 += step;
          a1 += step;
          a2 += step;
          a3 += step;
          a4 += step;
          a5 += step;
          b += advance;
        }
        offset += innerStep;
      }
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
    const left = v128.load(bias);
    const right = v128.load(bias, 16);
    s00 = f32x4.add(s00, left);
    s01 = f32x4.add(s01, right);
    s10 = f32x4.add(s10, left);
    s11 = f32x4.add(s11, right);
    s20 = f32x4.add(s20, left);
    s21 = f32x4.add(s21, right);
    s30 = f32x4.add(s30, left);
    s31 = f32x4.add(s31, right);
    s40 = f32x4.add(s40, left);
    s41 = f32x4.add(s41, right);
    s50 = f32x4.add(s50, left);
    s51 = f32x4.add(s51, right);
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
}

function fourRows(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  right: usize,
  target: usize,
  targetRow: usize,
  accumulate: bool,
): void {
  let b = right;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const step = leftStep;
  const advance = rightStep;
  const runBytes = <usize>runLength * advance;
  for (let outer = 0; outer < outerRuns; outer++) {
    let offset = <usize>outer * outerStep;
    for (let inner = 0; inner < innerRuns; inner++) {
      let a0 = r0 + offset;
      let a1 = r1 + offset;
      let a2 = r2 + offset;
      let a3 = r3 + offset;
      const end = b + runBytes;
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
        a0 += step;
        a1 += step;
        a2 += step;
        a3 += step;
        b += advance;
      }
      offset += innerStep;
    }
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
  }
  if (bias !== 0) {
    const left = v128.load(bias);
    const right = v128.load(bias, 16);
    s00 = f32x4.add(s00, left);
    s01 = f32x4.add(s01, right);
    s10 = f32x4.add(s10, left);
    s11 = f32x4.add(s11, right);
    s20 = f32x4.add(s20, left);
    s21 = f32x4.add(s21, right);
    s30 = f32x4.add(s30, left);
    s31 = f32x4.add(s31, right);
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
  }
  v128.store(target, s00);
  v128.store(target, s01, 16);
  v128.store(target + targetRow, s10);
  v128.store(target + targetRow, s11, 16);
  v128.store(target + 2 * targetRow, s20);
  v128.store(target + 2 * targetRow, s21, 16);
  v128.store(target + 3 * targetRow, s30);
  v128.store(target + 3 * targetRow, s31, 16);
}
