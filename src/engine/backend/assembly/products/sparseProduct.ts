// Products of which one operand is zero in many places, as what comes from a ReLU, its gradients, dropout and pictures are: zeros are passed
// over. The sums go in the order of other products, so every bit is the same (but for the sign of a zero that is too small a number).

import { byteStep } from "../tape/outerAxes";
import { address, word } from "../tape/record";
import { endRows, endRowsTurned, packChecked } from "./checkedPanels";
import { ITEM_BYTES, LINE_BYTES, listNonzeros } from "./nonzeroLists";
import { multiplyLists } from "./nonzeroRows";
import { PACKED_B, packedA, packedB } from "./packing";

// Which operand is passed over by its zeros.
export const UNDECIDED: i32 = 0;
export const NEITHER: i32 = 1;
export const LEFT: i32 = 2;
export const RIGHT: i32 = 3;

/** Smaller products are not worth a look, narrower ones not the lists. */
const LEAST_SUMMANDS: f64 = 500000;
const LEAST_WIDTH: i32 = 32;
const LEAST_INNER: i32 = 32;
const LEAST_ROWS: i32 = 8;

/** So many numbers of an operand are looked at. Steps of the golden ratio's kin meet all its rows and columns, whatever repeats in them. */
const LOOKS: i32 = 256;
const ROW_STEP: u32 = 0xc13fa9a9;
const COLUMN_STEP: u32 = 0x91e10da5;

/** After so many looks an operand that holds so much more than it may is looked at no longer. */
const FIRST_LOOKS: i32 = 32;
const TOO_MUCH_MORE: f64 = 0.2;

/**
 * An operand is sparse where at most this share of it is not zero, less what lists, panels and sums cost of their own: more, the
 * narrower the other operand, the fewer the rows, and the fewer the inner places. Measured on products of 8 to 2048 rows and columns
 * and 32 to 784 inner places: passing over zeros takes as long as not to at 0.22 (512 × 32 × 32), 0.41 (8 × 256 × 256), 0.55
 * (64 × 130 × 64), 0.64 (128 × 784 × 64), 0.71 (128 × 128 × 128) and 0.76 (256 × 256 × 256) that are not zero. Where a product and
 * its sum are two instructions (baseline build), tiles spill and lists gain more.
 */
const LARGEST_SHARE: f64 = ASC_FEATURE_RELAXED_SIMD ? 0.78 : 0.95;
const COST_OF_WIDTH: f64 = 9;
const COST_OF_ROWS: f64 = 3.5;
const COST_OF_INNER: f64 = 7;

/** Inner places of a panel: so it fits into the first cache, beside a list. */
const PANEL_INNER: i32 = 128;
const MOST_PANELS: i32 = 5;

/** So many rows are multiplied and ended together: as columns of an output they fill a cache line. */
const ROWS_AT_ONCE: i32 = 16;

/** Rows whose sums find place where otherwise a left operand is packed; lists and a panel take that of a right one. */
const MOST_ROWS: i32 = 2048;
const PANEL_BYTES: i32 = <i32>LINE_BYTES * PANEL_INNER;
const ENDS_BYTES: i32 = 4 * MOST_ROWS * MOST_PANELS;
const FULL_BYTES: i32 = ROWS_AT_ONCE * PANEL_INNER * <i32>ITEM_BYTES;
const LISTS_BYTES: i32 = 4 * PACKED_B - PANEL_BYTES - ENDS_BYTES - FULL_BYTES - 64;

/** Which operand of a product should be passed over by its zeros, from a look at a few of its numbers; its record is that of `multiplyMatrices`. */
export function sparserOperand(record: usize): i32 {
  const rows = word(record, 10);
  const columns = word(record, 11);
  const inner = word(record, 12);
  if (inner < LEAST_INNER || <f64>rows * <f64>columns * <f64>inner < LEAST_SUMMANDS) return NEITHER;
  let left: f64 = 0;
  let right: f64 = 0;
  if (rows >= LEAST_ROWS && columns >= LEAST_WIDTH) {
    const largest = largestShare(columns, rows, inner);
    left = zerosBeyond(largest, address(record, 2), byteStep(record, 3), byteStep(record, 4), rows, inner);
  }
  if (columns >= LEAST_ROWS && rows >= LEAST_WIDTH) {
    const largest = largestShare(rows, columns, inner);
    right = zerosBeyond(largest, address(record, 5), byteStep(record, 7), byteStep(record, 6), columns, inner);
  }
  if (max(left, right) <= 0) return NEITHER;
  return left >= right ? LEFT : RIGHT;
}

/** `width`: columns that each number of the sparse operand is multiplied by; `rows`: how many lists there are. */
function largestShare(width: i32, rows: i32, inner: i32): f64 {
  return LARGEST_SHARE - COST_OF_WIDTH / <f64>width - COST_OF_ROWS / <f64>rows - COST_OF_INNER / <f64>inner;
}

/** How much less of a matrix than `largest` is not zero: the more, the more is gained. 0 where nothing is. */
function zerosBeyond(largest: f64, matrix: usize, rowStride: usize, columnStride: usize, rows: i32, columns: i32): f64 {
  if (largest <= 0) return 0;
  let found = 0;
  let row: u32 = 0;
  let column: u32 = 0;
  for (let look = 0; look < LOOKS; look++) {
    if (look === FIRST_LOOKS && <f64>found > (largest + TOO_MUCH_MORE) * <f64>FIRST_LOOKS) return 0;
    const place = matrix + placeOf(row, rows) * rowStride + placeOf(column, columns) * columnStride;
    if (load<f32>(place) !== 0) found++;
    row += ROW_STEP;
    column += COLUMN_STEP;
  }
  return max(0, largest - <f64>found / <f64>LOOKS);
}

/** Of so many places the one that a fraction of 2³² stands for. */
function placeOf(fraction: u32, count: i32): usize {
  return <usize>((<u64>fraction * <u64>count) >> 32);
}

/** The product of a record, summed in blocks of so many inner places. */
export function multiplySparse(record: usize, operand: i32, blockInner: i32): void {
  const a = address(record, 2);
  const b = address(record, 5);
  const rows = word(record, 10);
  const columns = word(record, 11);
  endRow = byteStep(record, 9);
  endsTurned = operand === RIGHT;
  if (operand === LEFT)
    multiplyNonzeros(
      record,
      blockInner,
      a,
      byteStep(record, 3),
      byteStep(record, 4),
      rows,
      b,
      byteStep(record, 6),
      byteStep(record, 7),
      columns,
    );
  else
    multiplyNonzeros(
      record,
      blockInner,
      b,
      byteStep(record, 7),
      byteStep(record, 6),
      columns,
      a,
      byteStep(record, 4),
      byteStep(record, 3),
      rows,
    );
}

/** Lists are made of the rows of `left`; these are the rows of the output, or its columns (`endsTurned`). */
function multiplyNonzeros(
  record: usize,
  blockInner: i32,
  left: usize,
  leftRow: usize,
  leftColumn: usize,
  rows: i32,
  right: usize,
  rightRow: usize,
  rightColumn: usize,
  columns: i32,
): void {
  const inner = word(record, 12);
  for (let k = 0; k < inner; k += blockInner) {
    const length = min(blockInner, inner - k);
    const isLast = k + length >= inner;
    endsOnTop = word(record, 13) !== 0 || k > 0;
    endBias = isLast ? address(record, 14) : 0;
    endRectifies = isLast && word(record, 15) !== 0;
    const panels = (length + PANEL_INNER - 1) / PANEL_INNER;
    const panelInner = ((length + panels - 1) / panels + 3) & ~3;
    const rowsAtOnce = min(MOST_ROWS, LISTS_BYTES / (panels * panelInner * <i32>ITEM_BYTES)) & ~3;
    for (let row = 0; row < rows; row += rowsAtOnce)
      multiplyRowBlock(
        left + <usize>row * leftRow + <usize>k * leftColumn,
        leftRow,
        leftColumn,
        right + <usize>k * rightRow,
        rightRow,
        rightColumn,
        address(record, 8),
        row,
        min(rowsAtOnce, rows - row),
        columns,
        length,
        panelInner,
      );
  }
}

// How the sums of a block end: in what rows of the output, as its rows or columns, on top of what stands there, and so on.
let endRow: usize = 0;
let endsTurned: bool = false;
let endsOnTop: bool = false;
let endBias: usize = 0;
let endRectifies: bool = false;

/** Some rows, over one block of inner places: first all lists, then for each panel of the other operand all rows. */
function multiplyRowBlock(
  left: usize,
  leftRow: usize,
  leftColumn: usize,
  right: usize,
  rightRow: usize,
  rightColumn: usize,
  output: usize,
  firstRow: i32,
  rows: i32,
  columns: i32,
  inner: i32,
  panelInner: i32,
): void {
  const panel = (packedB + 63) & ~63;
  const ends = panel + <usize>PANEL_BYTES;
  const full = ends + <usize>ENDS_BYTES;
  const lists = full + <usize>FULL_BYTES;
  const listBytes = <usize>(rows * panelInner) * ITEM_BYTES;
  let listsHere = lists;
  let endsHere = ends;
  for (let k = 0; k < inner; k += panelInner) {
    const length = min(panelInner, inner - k);
    listNonzeros(left + <usize>k * leftColumn, leftRow, leftColumn, rows, length, false, listsHere, endsHere);
    listsHere += listBytes;
    endsHere += (<usize>rows) << 2;
  }
  for (let column = 0; column < columns; ) {
    const vectors = vectorsFor(columns - column);
    const width = min(4 * vectors, columns - column);
    listsHere = lists;
    endsHere = ends;
    for (let k = 0; k < inner; k += panelInner) {
      const length = min(panelInner, inner - k);
      const slot = <usize>length * ITEM_BYTES;
      const isLast = k + length >= inner;
      const source = right + <usize>k * rightRow + <usize>column * rightColumn;
      const areFinite = packChecked(source, rightRow, rightColumn, length, width, vectors, panel);
      for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
        const count = min(ROWS_AT_ONCE, rows - row);
        const sums = packedA + (inner === length ? 0 : <usize>row * LINE_BYTES);
        let rowLists = listsHere + <usize>row * slot;
        let rowEnds = endsHere + ((<usize>row) << 2);
        if (!areFinite) {
          const numbers = left + <usize>row * leftRow + <usize>k * leftColumn;
          rowLists = full;
          rowEnds = ends + <usize>(ENDS_BYTES - 4 * ROWS_AT_ONCE);
          listNonzeros(numbers, leftRow, leftColumn, count, length, true, rowLists, rowEnds);
        }
        multiplyLists(rowLists, slot, rowEnds, count, panel, vectors, sums, k > 0);
        if (isLast) endSums(sums, firstRow + row, count, column, width, output);
      }
      listsHere += listBytes;
      endsHere += (<usize>rows) << 2;
    }
    column += width;
  }
}

/** How many vectors the next panel holds: 12, and what makes the last ones no narrower than 8 where that can be. */
function vectorsFor(columns: i32): i32 {
  const left = (columns + 3) >> 2;
  if (left > 16 || (left > 8 && left <= 12)) return 12;
  return left > 4 ? 8 : 4;
}

function endSums(sums: usize, row: i32, rows: i32, column: i32, columns: i32, output: usize): void {
  if (endsTurned) {
    const target = output + <usize>column * endRow + ((<usize>row) << 2);
    const bias = endBias === 0 ? 0 : endBias + ((<usize>row) << 2);
    endRowsTurned(sums, rows, columns, target, endRow, endsOnTop, bias, endRectifies);
  } else {
    const target = output + <usize>row * endRow + ((<usize>column) << 2);
    const bias = endBias === 0 ? 0 : endBias + ((<usize>column) << 2);
    endRows(sums, rows, columns, target, endRow, endsOnTop, bias, endRectifies);
  }
}
