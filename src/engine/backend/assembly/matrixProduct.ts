// Matrix products: both operands are packed into panels, so that plain and transposed ones run at the same speed (Goto & van de Geijn 2008).

import { multiplyFewInner, multiplyRowsByColumn, multiplyTurnedByColumn } from "./narrowProduct";
import {
  BLOCK_COLUMNS,
  BLOCK_INNER,
  BLOCK_ROWS,
  edgeTile,
  PANEL_COLUMNS,
  PANEL_ROWS,
  packA,
  packB,
  packedA,
  packedB,
} from "./packing";
import { address, word } from "./record";
import {
  bias,
  moveEdge,
  multiplyRows,
  nextRows,
  rectified,
  rectifies,
  setBias,
  setRectifying,
  setWalk,
} from "./rowTile";
import { multiplyAdd, storePart } from "./vector";

/** Products whose right operand holds no more numbers are made without packing: it stays in the first cache as it is. */
export const LARGEST_DIRECT: i32 = 4096;

/** For so few columns a left operand that lies row by row is not packed: it would hardly be read again. */
const FEW_COLUMNS: i32 = 256;

/** Rows a multiple of so many bytes apart crowd into a few places of the first cache: packed they are up to 1.4 times as fast. */
const CROWDED: usize = 2048;

/**
 * a, its row stride, its column stride, b, its row stride, its column stride, output, its row stride (columns stand side by
 * side), rows, columns, inner, whether to add to the output, a number for each column that is added in the end (or 0), whether
 * what is below zero then becomes zero
 */
export function multiplyMatrices(record: usize): void {
  const a = address(record, 2);
  const aRow = (<usize>word(record, 3)) << 2;
  const aColumn = (<usize>word(record, 4)) << 2;
  const b = address(record, 5);
  const bRow = (<usize>word(record, 6)) << 2;
  const bColumn = (<usize>word(record, 7)) << 2;
  const output = address(record, 8);
  const outputRow = (<usize>word(record, 9)) << 2;
  const rows = word(record, 10);
  const columns = word(record, 11);
  const inner = word(record, 12);
  const accumulate = word(record, 13) !== 0;
  const extra = address(record, 14);
  const cuts = word(record, 15) !== 0;
  setBias(0);
  setRectifying(cuts);
  if (multiplyNarrow(a, aRow, aColumn, b, bRow, bColumn, output, outputRow, rows, columns, inner, accumulate, extra))
    return;
  if (bColumn === 4 && columns * inner <= LARGEST_DIRECT) {
    setWalk(1, 0, 1, 0, inner, aColumn, bRow);
    multiplyInPlace(a, aRow, b, 32, output, outputRow, rows, columns, extra, accumulate);
    return;
  }
  // Blocks of even length: a short last one would cost as much for its sums as a long one.
  const blocks = (inner + BLOCK_INNER - 1) / BLOCK_INNER;
  const evenInner = ((inner + blocks - 1) / blocks + 3) & ~3;
  for (let column = 0; column < columns; column += BLOCK_COLUMNS) {
    const blockColumns = min(BLOCK_COLUMNS, columns - column);
    const outputColumn = output + ((<usize>column) << 2);
    for (let k = 0; k < inner; k += evenInner) {
      const blockInner = min(evenInner, inner - k);
      const adds = accumulate || k > 0;
      // The bias is added when the last block is.
      const isLast = k + blockInner >= inner;
      const blockBias = extra === 0 || !isLast ? 0 : extra + ((<usize>column) << 2);
      setRectifying(cuts && isLast);
      const aBlock = a + <usize>k * aColumn;
      packB(b + <usize>k * bRow + <usize>column * bColumn, bRow, bColumn, blockInner, blockColumns);
      if (aColumn === 4 && blockColumns <= FEW_COLUMNS && aRow % CROWDED !== 0) {
        setWalk(1, 0, 1, 0, blockInner, 4, 32);
        multiplyInPlace(
          aBlock,
          aRow,
          packedB,
          (<usize>blockInner) << 5,
          outputColumn,
          outputRow,
          rows,
          blockColumns,
          blockBias,
          adds,
        );
        continue;
      }
      for (let row = 0; row < rows; row += BLOCK_ROWS) {
        const blockRows = min(BLOCK_ROWS, rows - row);
        packA(aBlock + <usize>row * aRow, aRow, aColumn, blockRows, blockInner, packedA);
        multiplyBlock(
          outputColumn + <usize>row * outputRow,
          outputRow,
          blockRows,
          blockColumns,
          blockInner,
          blockBias,
          adds,
        );
      }
    }
  }
}

/** Products too narrow for tiles. Gives whether it was one. */
function multiplyNarrow(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  output: usize,
  outputRow: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  accumulate: bool,
  extra: usize,
): bool {
  if (inner === 0) {
    if (!accumulate) fillRows(output, outputRow, rows, columns);
    if (extra !== 0) addToRows(output, outputRow, rows, columns, extra);
  } else if (columns === 1 && aColumn === 4 && bRow === 4)
    multiplyRowsByColumn(a, aRow, b, output, outputRow, rows, inner, accumulate, extra);
  else if (columns === 1 && aRow === 4 && outputRow === 4)
    multiplyTurnedByColumn(a, aColumn, b, bRow, output, rows, inner, accumulate, extra);
  else if (inner <= 2 && bColumn === 4)
    multiplyFewInner(a, aRow, aColumn, b, bRow, output, outputRow, rows, columns, inner, accumulate, extra);
  else return false;
  return true;
}

/** The same numbers added to every row. */
function addToRows(output: usize, outputRow: usize, rows: i32, columns: i32, extra: usize): void {
  for (let row = 0; row < rows; row++) {
    let target = output + <usize>row * outputRow;
    let place = extra;
    for (let left = columns; left > 0; left -= 4) {
      storePart(target, f32x4.add(v128.load(target), v128.load(place)), left);
      target += 16;
      place += 16;
    }
  }
}

/** A sum of nothing is zero. */
function fillRows(output: usize, outputRow: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) memory.fill(output + <usize>row * outputRow, 0, (<usize>columns) << 2);
}

/** A product whose left operand is read where it stands. The next eight columns of the right one begin `rightBytes` further on. */
function multiplyInPlace(
  a: usize,
  aRow: usize,
  right: usize,
  rightBytes: usize,
  output: usize,
  outputRow: usize,
  rows: i32,
  columns: i32,
  extra: usize,
  accumulate: bool,
): void {
  let panel = right;
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    setBias(extra === 0 ? 0 : extra + ((<usize>column) << 2));
    const tileColumns = min(PANEL_COLUMNS, columns - column);
    let target = output + ((<usize>column) << 2);
    let r0 = a;
    for (let left = rows; left > 0; ) {
      const tileRows = nextRows(left);
      const last = min(left, tileRows) - 1;
      const r1 = r0 + <usize>min(1, last) * aRow;
      const r2 = r0 + <usize>min(2, last) * aRow;
      const r3 = r0 + <usize>min(3, last) * aRow;
      const r4 = r0 + <usize>min(4, last) * aRow;
      const r5 = r0 + <usize>min(5, last) * aRow;
      multiplyRows(r0, r1, r2, r3, r4, r5, panel, target, outputRow, last + 1, tileColumns, accumulate);
      left -= tileRows;
      r0 += <usize>tileRows * aRow;
      target += <usize>tileRows * outputRow;
    }
    panel += rightBytes;
  }
}

/** The packed block of A times the packed block of B, tile by tile. */
function multiplyBlock(
  output: usize,
  outputRow: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  extra: usize,
  accumulate: bool,
): void {
  const cuts = rectifies;
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    const panelBias = extra === 0 ? 0 : extra + ((<usize>column) << 2);
    const panelB = packedB + ((<usize>(column * inner)) << 2);
    for (let row = 0; row < rows; row += PANEL_ROWS) {
      const panelA = packedA + ((<usize>(row * inner)) << 2);
      const target = output + <usize>row * outputRow + ((<usize>column) << 2);
      const tileRows = min(PANEL_ROWS, rows - row);
      const tileColumns = min(PANEL_COLUMNS, columns - column);
      const isWhole = tileRows === PANEL_ROWS && tileColumns === PANEL_COLUMNS;
      setBias(isWhole ? panelBias : 0);
      setRectifying(isWhole && cuts);
      if (isWhole) multiplyTile(inner, panelA, panelB, target, outputRow, accumulate);
      else {
        multiplyTile(inner, panelA, panelB, edgeTile, 32, false);
        setBias(panelBias);
        setRectifying(cuts);
        moveEdge(edgeTile, target, outputRow, tileRows, tileColumns, accumulate);
      }
    }
  }
  setRectifying(cuts);
}

/** Six rows by eight columns of the product: twelve sums in registers over the whole inner length. */
function multiplyTile(
  inner: i32,
  panelA: usize,
  panelB: usize,
  target: usize,
  targetRow: usize,
  accumulate: bool,
): void {
  let a = panelA;
  let b = panelB;
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
  const end = b + ((<usize>inner) << 5);
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
    a += 24;
    b += 32;
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
