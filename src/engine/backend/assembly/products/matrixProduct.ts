// Matrix products: both operands are packed into panels, so that plain and transposed ones run at the same speed (Goto & van de Geijn 2008).

import { address, word } from "../tape/record";
import { storePart } from "../vectors/vector";
import { multiplyFewInner, multiplyRowsByColumn, multiplyTurnedByColumn } from "./narrowProduct";
import {
  BLOCK_COLUMNS,
  BLOCK_NUMBERS,
  BLOCK_ROWS,
  evenBlock,
  PANEL_COLUMNS,
  PANEL_ROWS,
  packA,
  packB,
  packedA,
  packedB,
} from "./packing";
import { multiplyRowByRow, multiplySideBySide } from "./panelTiles";
import { multiplyRows, nextRows, setWalk, wholeTiles } from "./rowTile";
import { multiplySparse, NEITHER, sparserOperand, UNDECIDED } from "./sparseProduct";
import { setBias, setRectifying } from "./tileEnding";

/** Products whose right operand holds no more numbers are made without packing: it stays in the first cache as it is. */
export const LARGEST_DIRECT: i32 = 4096;

/** For so few columns a left operand that lies row by row is not packed: it would hardly be read again. */
const FEW_COLUMNS: i32 = 256;

/** Columns of the right operand that are packed at a time. */
const STRIP_COLUMNS: i32 = 64;

/** Rows a multiple of so many bytes apart crowd into a few places of the first cache: packed they are up to 1.4 times as fast. */
const CROWDED: usize = 2048;

/**
 * a, its row stride, its column stride, b, its row stride, its column stride, output, its row stride (columns stand side by
 * side), rows, columns, inner, whether to add to the output, a number for each column that is added in the end (or 0), whether
 * what is below zero then becomes zero, which operand is passed over by its zeros (0: not looked yet)
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
  const isDirect = bColumn === 4 && columns * inner <= LARGEST_DIRECT;
  const blockLength = isDirect ? inner : evenBlock(inner);
  const known = word(record, 16);
  const sparse = known === UNDECIDED ? sparserOperand(record) : known;
  if (sparse !== NEITHER) {
    multiplySparse(record, sparse, blockLength);
    return;
  }
  if (isDirect) {
    const next: usize = 4 * PANEL_COLUMNS;
    multiplyInPlace(a, aRow, aColumn, b, bRow, next, output, outputRow, rows, columns, inner, accumulate, extra);
    return;
  }
  for (let column = 0; column < columns; column += BLOCK_COLUMNS) {
    const blockColumns = min(BLOCK_COLUMNS, columns - column);
    const outputColumn = output + ((<usize>column) << 2);
    for (let k = 0; k < inner; k += blockLength) {
      const blockInner = min(blockLength, inner - k);
      const adds = accumulate || k > 0;
      // The bias is added when the last block is.
      const isLast = k + blockInner >= inner;
      const blockBias = extra === 0 || !isLast ? 0 : extra + ((<usize>column) << 2);
      setRectifying(cuts && isLast);
      multiplyPacked(
        a + <usize>k * aColumn,
        aRow,
        aColumn,
        b + <usize>k * bRow + <usize>column * bColumn,
        bRow,
        bColumn,
        outputColumn,
        outputRow,
        rows,
        blockColumns,
        blockInner,
        adds,
        blockBias,
      );
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

/**
 * A product whose left operand is read where it stands. The rows of the right one stand `bRow` apart, its next eight columns begin
 * `bPanel` further on.
 */
function multiplyInPlace(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bPanel: usize,
  output: usize,
  outputRow: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  accumulate: bool,
  extra: usize,
): void {
  setWalk(1, 0, 1, 0, inner, aColumn, bRow);
  let panel = b;
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    setBias(extra === 0 ? 0 : extra + ((<usize>column) << 2));
    const tileColumns = min(PANEL_COLUMNS, columns - column);
    let target = output + ((<usize>column) << 2);
    let tiles = tileColumns === PANEL_COLUMNS ? wholeTiles(rows) : 0;
    if (aRow === 4) multiplySideBySide(a, 24, aColumn, panel, bRow, target, outputRow, tiles, inner, accumulate);
    else if (aColumn === 4) multiplyRowByRow(a, aRow, panel, bRow, target, outputRow, tiles, inner, accumulate);
    else tiles = 0;
    let r0 = a + <usize>(PANEL_ROWS * tiles) * aRow;
    target += <usize>(PANEL_ROWS * tiles) * outputRow;
    for (let left = rows - PANEL_ROWS * tiles; left > 0; ) {
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
    panel += bPanel;
  }
}

/**
 * All rows of A times a block of B. Of B some columns at a time are packed, and multiplied while they are near; all of them stay where more
 * rows follow.
 */
function multiplyPacked(
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
): void {
  const isInPlace = aColumn === 4 && columns <= FEW_COLUMNS && aRow % CROWDED !== 0;
  const isOneBlock = isInPlace || rows <= BLOCK_NUMBERS / inner;
  const mostRows = isOneBlock ? rows : BLOCK_ROWS;
  const panelBytes = (<usize>inner) << 5;
  for (let row = 0; row < rows; row += mostRows) {
    const blockRows = min(mostRows, rows - row);
    const first = a + <usize>row * aRow;
    if (!isInPlace) packA(first, aRow, aColumn, blockRows, inner, packedA);
    for (let column = 0; column < columns; column += STRIP_COLUMNS) {
      const strip = min(STRIP_COLUMNS, columns - column);
      const packed = isOneBlock ? packedB : packedB + ((<usize>(column * inner)) << 2);
      if (row === 0) packB(b + <usize>column * bColumn, bRow, bColumn, inner, strip, packed);
      const target = output + <usize>row * outputRow + ((<usize>column) << 2);
      const bias = extra === 0 ? 0 : extra + ((<usize>column) << 2);
      if (isInPlace)
        multiplyInPlace(
          first,
          aRow,
          aColumn,
          packed,
          32,
          panelBytes,
          target,
          outputRow,
          blockRows,
          strip,
          inner,
          accumulate,
          bias,
        );
      else multiplyBlock(packed, target, outputRow, blockRows, strip, inner, accumulate, bias);
    }
  }
}

/** The packed block of A times packed columns of B. */
function multiplyBlock(
  b: usize,
  output: usize,
  outputRow: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  accumulate: bool,
  extra: usize,
): void {
  const panelBytes = (<usize>(PANEL_ROWS * inner)) << 2;
  setWalk(1, 0, 1, 0, inner, 24, 32);
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    setBias(extra === 0 ? 0 : extra + ((<usize>column) << 2));
    const panelB = b + ((<usize>(column * inner)) << 2);
    const tileColumns = min(PANEL_COLUMNS, columns - column);
    const tiles = tileColumns === PANEL_COLUMNS ? rows / PANEL_ROWS : 0;
    let target = output + ((<usize>column) << 2);
    multiplySideBySide(packedA, panelBytes, 24, panelB, 32, target, outputRow, tiles, inner, accumulate);
    let a = packedA + <usize>tiles * panelBytes;
    target += <usize>(PANEL_ROWS * tiles) * outputRow;
    for (let left = rows - PANEL_ROWS * tiles; left > 0; left -= PANEL_ROWS) {
      const tileRows = min(PANEL_ROWS, left);
      multiplyRows(
        a,
        a + 4,
        a + 8,
        a + 12,
        a + 16,
        a + 20,
        panelB,
        target,
        outputRow,
        tileRows,
        tileColumns,
        accumulate,
      );
      a += panelBytes;
      target += <usize>PANEL_ROWS * outputRow;
    }
  }
}
