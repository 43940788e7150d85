// Six or four rows by eight columns of a product whose left operand is read where it stands: rows anywhere in memory, in runs of even steps.

import { multiplyAdd, storePart } from "./vector";

const TILE_COLUMNS: i32 = 8;
const EDGE_BYTES: i32 = 6 * TILE_COLUMNS * 4;
const edge: usize = memory.data(EDGE_BYTES, 16);

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
  const place = isWhole ? target : edge;
  const row: usize = isWhole ? targetRow : 32;
  if (rows > 4) sixRows(r0, r1, r2, r3, r4, r5, right, place, row, accumulate && isWhole);
  else fourRows(r0, r1, r2, r3, right, place, row, accumulate && isWhole);
  if (!isWhole) moveEdge(edge, target, targetRow, rows, columns, accumulate);
}

/** Of a tile at the edge of an output, 32 bytes a row, only what lies inside. */
export function moveEdge(
  tile: usize,
  target: usize,
  targetRow: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let row = 0; row < rows; row++) {
    const from = tile + ((<usize>(row * TILE_COLUMNS)) << 2);
    const to = target + <usize>row * targetRow;
    movePart(from, to, columns, accumulate);
    if (columns > 4) movePart(from + 16, to + 16, columns - 4, accumulate);
  }
}

function movePart(from: usize, to: usize, left: i32, accumulate: bool): void {
  const value = v128.load(from);
  storePart(to, accumulate ? f32x4.add(v128.load(to), value) : value, left);
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
  storeRow(target, s00, s01, accumulate);
  storeRow(target + targetRow, s10, s11, accumulate);
  storeRow(target + 2 * targetRow, s20, s21, accumulate);
  storeRow(target + 3 * targetRow, s30, s31, accumulate);
  storeRow(target + 4 * targetRow, s40, s41, accumulate);
  storeRow(target + 5 * targetRow, s50, s51, accumulate);
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
  storeRow(target, s00, s01, accumulate);
  storeRow(target + targetRow, s10, s11, accumulate);
  storeRow(target + 2 * targetRow, s20, s21, accumulate);
  storeRow(target + 3 * targetRow, s30, s31, accumulate);
}

function storeRow(target: usize, first: v128, second: v128, accumulate: bool): void {
  v128.store(target, accumulate ? f32x4.add(v128.load(target), first) : first);
  v128.store(target, accumulate ? f32x4.add(v128.load(target, 16), second) : second, 16);
}
