// Matrix products: both operands are packed into panels, so that plain and transposed ones run at the same speed (Goto & van de Geijn 2008).

import { multiplyFewInner, multiplyRowsByColumn, multiplyTurnedByColumn } from "./narrowProduct";
import { address, word } from "./record";
import { moveEdge, multiplyRows, nextRows, setWalk } from "./rowTile";
import { multiplyAdd } from "./vector";

// A block of A stays in the second cache, a panel of B in the first. V8 keeps 6 rows of 8 numbers in registers, no more.
const BLOCK_INNER: i32 = 400;
const BLOCK_ROWS: i32 = 96;
const BLOCK_COLUMNS: i32 = 1024;
const PANEL_ROWS: i32 = 6;
const PANEL_COLUMNS: i32 = 8;

/** Products whose right operand holds no more numbers are made without packing: it stays in the first cache as it is. */
const LARGEST_DIRECT: i32 = 4096;

/** For so few columns a left operand that lies row by row is not packed: it would hardly be read again. */
const FEW_COLUMNS: i32 = 256;

/** How much scratch memory a thread needs. */
export const SCRATCH_BYTES: i32 = (BLOCK_ROWS * BLOCK_INNER + BLOCK_INNER * (BLOCK_COLUMNS + 8) + 64) * 4;

let packedA: usize = 0;
let packedB: usize = 0;
let edgeTile: usize = 0;

/** Where this thread may write while it computes: SCRATCH_BYTES bytes. */
export function setScratch(start: usize): void {
  packedA = start;
  packedB = packedA + ((<usize>(BLOCK_ROWS * BLOCK_INNER)) << 2);
  edgeTile = packedB + ((<usize>(BLOCK_INNER * (BLOCK_COLUMNS + 8))) << 2);
}

/**
 * a, its row stride, its column stride, b, its row stride, its column stride, output, its row stride (columns stand side by
 * side), rows, columns, inner, whether to add to the output
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
  if (inner === 0) {
    if (!accumulate) fillRows(output, outputRow, rows, columns);
    return;
  }
  if (columns === 1 && aColumn === 4 && bRow === 4) {
    multiplyRowsByColumn(a, aRow, b, output, outputRow, rows, inner, accumulate);
    return;
  }
  if (columns === 1 && aRow === 4 && outputRow === 4) {
    multiplyTurnedByColumn(a, aColumn, b, bRow, output, rows, inner, accumulate);
    return;
  }
  if (inner <= 2 && bColumn === 4) {
    multiplyFewInner(a, aRow, aColumn, b, bRow, output, outputRow, rows, columns, inner, accumulate);
    return;
  }
  if (bColumn === 4 && columns * inner <= LARGEST_DIRECT) {
    setWalk(1, 0, 1, 0, inner, aColumn, bRow);
    multiplyInPlace(a, aRow, b, 32, output, outputRow, rows, columns, accumulate);
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
      const aBlock = a + <usize>k * aColumn;
      packB(b + <usize>k * bRow + <usize>column * bColumn, bRow, bColumn, blockInner, blockColumns);
      if (aColumn === 4 && blockColumns <= FEW_COLUMNS) {
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
          adds,
        );
        continue;
      }
      for (let row = 0; row < rows; row += BLOCK_ROWS) {
        const blockRows = min(BLOCK_ROWS, rows - row);
        packA(aBlock + <usize>row * aRow, aRow, aColumn, blockRows, blockInner, packedA);
        multiplyBlock(outputColumn + <usize>row * outputRow, outputRow, blockRows, blockColumns, blockInner, adds);
      }
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
  accumulate: bool,
): void {
  let panel = right;
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
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
function multiplyBlock(output: usize, outputRow: usize, rows: i32, columns: i32, inner: i32, accumulate: bool): void {
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    const panelB = packedB + ((<usize>(column * inner)) << 2);
    for (let row = 0; row < rows; row += PANEL_ROWS) {
      const panelA = packedA + ((<usize>(row * inner)) << 2);
      const target = output + <usize>row * outputRow + ((<usize>column) << 2);
      const tileRows = min(PANEL_ROWS, rows - row);
      const tileColumns = min(PANEL_COLUMNS, columns - column);
      if (tileRows === PANEL_ROWS && tileColumns === PANEL_COLUMNS)
        multiplyTile(inner, panelA, panelB, target, outputRow, accumulate);
      else {
        multiplyTile(inner, panelA, panelB, edgeTile, 32, false);
        moveEdge(edgeTile, target, outputRow, tileRows, tileColumns, accumulate);
      }
    }
  }
}

/** Rows of A in panels of six, for each inner place six numbers; rows that are not there are zero. */
function packA(a: usize, rowStride: usize, columnStride: usize, rows: i32, inner: i32, packed: usize): void {
  let target = packed;
  for (let row = 0; row < rows; row += PANEL_ROWS) {
    const source = a + <usize>row * rowStride;
    const count = rows - row;
    if (count < PANEL_ROWS) packFewRows(source, rowStride, columnStride, count, inner, target);
    else if (columnStride === 4) packRowMajor(source, rowStride, inner, target);
    else if (rowStride === 4) packColumnMajor(source, columnStride, inner, target);
    else packFewRows(source, rowStride, columnStride, PANEL_ROWS, inner, target);
    target += (<usize>(PANEL_ROWS * inner)) << 2;
  }
}

function packFewRows(source: usize, rowStride: usize, columnStride: usize, rows: i32, inner: i32, packed: usize): void {
  let target = packed;
  for (let k = 0; k < inner; k++) {
    let place = source + <usize>k * columnStride;
    for (let row = 0; row < PANEL_ROWS; row++) {
      store<f32>(target, row < rows ? load<f32>(place) : <f32>0);
      place += rowStride;
      target += 4;
    }
  }
}

/** Six rows whose numbers stand side by side: four inner places at once, turned by shuffles. */
function packRowMajor(source: usize, rowStride: usize, inner: i32, packed: usize): void {
  let r0 = source;
  let r1 = r0 + rowStride;
  let r2 = r1 + rowStride;
  let r3 = r2 + rowStride;
  let r4 = r3 + rowStride;
  let r5 = r4 + rowStride;
  let target = packed;
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    const v0 = v128.load(r0);
    const v1 = v128.load(r1);
    const v2 = v128.load(r2);
    const v3 = v128.load(r3);
    const v4 = v128.load(r4);
    const v5 = v128.load(r5);
    const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    const low45 = v128.shuffle<f32>(v4, v5, 0, 4, 1, 5);
    const high45 = v128.shuffle<f32>(v4, v5, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(target, v128.shuffle<f64>(low01, low23, 1, 3), 24);
    v128.store(target, v128.shuffle<f64>(high01, high23, 0, 2), 48);
    v128.store(target, v128.shuffle<f64>(high01, high23, 1, 3), 72);
    v128.store64_lane(target, low45, 0, 16);
    v128.store64_lane(target, low45, 1, 40);
    v128.store64_lane(target, high45, 0, 64);
    v128.store64_lane(target, high45, 1, 88);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    r4 += 16;
    r5 += 16;
    target += 96;
  }
  if (k < inner) packFewRows(r0, rowStride, 4, PANEL_ROWS, inner - k, target);
}

/** Six rows of a transposed matrix: the six numbers of an inner place stand side by side. */
function packColumnMajor(source: usize, columnStride: usize, inner: i32, packed: usize): void {
  let place = source;
  let target = packed;
  for (let k = 0; k < inner; k++) {
    v128.store(target, v128.load(place));
    store<u64>(target, load<u64>(place, 16), 16);
    place += columnStride;
    target += 24;
  }
}

/** Columns of B in panels of eight, for each inner place eight numbers; columns that are not there are zero. */
function packB(b: usize, rowStride: usize, columnStride: usize, inner: i32, columns: i32): void {
  let target = packedB;
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    const source = b + <usize>column * columnStride;
    const count = columns - column;
    if (count < PANEL_COLUMNS) packFewColumns(source, rowStride, columnStride, count, inner, target);
    else if (columnStride === 4) packSideBySide(source, rowStride, inner, target);
    else if (rowStride === 4) packTransposed(source, columnStride, inner, target);
    else packFewColumns(source, rowStride, columnStride, PANEL_COLUMNS, inner, target);
    target += (<usize>(PANEL_COLUMNS * inner)) << 2;
  }
}

function packFewColumns(
  source: usize,
  rowStride: usize,
  columnStride: usize,
  columns: i32,
  inner: i32,
  packed: usize,
): void {
  let target = packed;
  for (let k = 0; k < inner; k++) {
    let place = source + <usize>k * rowStride;
    for (let column = 0; column < PANEL_COLUMNS; column++) {
      store<f32>(target, column < columns ? load<f32>(place) : <f32>0);
      place += columnStride;
      target += 4;
    }
  }
}

function packSideBySide(source: usize, rowStride: usize, inner: i32, packed: usize): void {
  let place = source;
  let target = packed;
  for (let k = 0; k < inner; k++) {
    v128.store(target, v128.load(place));
    v128.store(target, v128.load(place, 16), 16);
    place += rowStride;
    target += 32;
  }
}

/** Eight columns of a transposed matrix, four inner places at once. */
function packTransposed(source: usize, columnStride: usize, inner: i32, packed: usize): void {
  let place = source;
  let target = packed;
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    transposeFour(place, columnStride, target);
    transposeFour(place + 4 * columnStride, columnStride, target + 16);
    place += 16;
    target += 128;
  }
  if (k < inner) packFewColumns(place, 4, columnStride, PANEL_COLUMNS, inner - k, target);
}

/** Four columns at four inner places, turned, into rows that stand 32 bytes apart. */
function transposeFour(source: usize, columnStride: usize, target: usize): void {
  const v0 = v128.load(source);
  const v1 = v128.load(source + columnStride);
  const v2 = v128.load(source + 2 * columnStride);
  const v3 = v128.load(source + 3 * columnStride);
  const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(target, v128.shuffle<f64>(low01, low23, 1, 3), 32);
  v128.store(target, v128.shuffle<f64>(high01, high23, 0, 2), 64);
  v128.store(target, v128.shuffle<f64>(high01, high23, 1, 3), 96);
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
  storeRow(target, s00, s01, accumulate);
  storeRow(target + targetRow, s10, s11, accumulate);
  storeRow(target + 2 * targetRow, s20, s21, accumulate);
  storeRow(target + 3 * targetRow, s30, s31, accumulate);
  storeRow(target + 4 * targetRow, s40, s41, accumulate);
  storeRow(target + 5 * targetRow, s50, s51, accumulate);
}

function storeRow(target: usize, first: v128, second: v128, accumulate: bool): void {
  v128.store(target, accumulate ? f32x4.add(v128.load(target), first) : first);
  v128.store(target, accumulate ? f32x4.add(v128.load(target, 16), second) : second, 16);
}
