// Normalization by the statistics of columns (channels), four columns at a time; sums in double precision.

import { packedA } from "../products/packing";
import { address, real, word } from "../tape/record";
import { addHigh, addLow, narrowed } from "../vectors/doubleSums";
import { multiplyAdd, storePart } from "../vectors/vector";

/** x, means, rows, width, how many columns to take */
export function columnMeans(record: usize): void {
  const x = address(record, 2);
  const means = address(record, 3);
  const rows = word(record, 4);
  const rowBytes = (<usize>word(record, 5)) << 2;
  const columns = word(record, 6);
  const count = f64x2.splat(<f64>rows);
  for (let left = columns; left > 0; left -= 4) {
    const offset = (<usize>(columns - left)) << 2;
    let low = f64x2.splat(0);
    let high = low;
    let place = x + offset;
    for (let row = 0; row < rows; row++) {
      const value = v128.load(place);
      low = addLow(low, value);
      high = addHigh(high, value);
      place += rowBytes;
    }
    storePart(means + offset, narrowed(f64x2.div(low, count), f64x2.div(high, count)), left);
  }
}

/** x, means, variances, rows, width, how many columns to take */
export function columnVariances(record: usize): void {
  const x = address(record, 2);
  const means = address(record, 3);
  const variances = address(record, 4);
  const rows = word(record, 5);
  const rowBytes = (<usize>word(record, 6)) << 2;
  const columns = word(record, 7);
  const count = f64x2.splat(<f64>rows);
  for (let left = columns; left > 0; left -= 4) {
    const offset = (<usize>(columns - left)) << 2;
    const mean = v128.load(means + offset);
    let low = f64x2.splat(0);
    let high = low;
    let place = x + offset;
    for (let row = 0; row < rows; row++) {
      const distance = f32x4.sub(v128.load(place), mean);
      const square = f32x4.mul(distance, distance);
      low = addLow(low, square);
      high = addHigh(high, square);
      place += rowBytes;
    }
    storePart(variances + offset, narrowed(f64x2.div(low, count), f64x2.div(high, count)), left);
  }
}

/** `1 / √(variance + ε)`, rounded once. */
function inverseDeviation(variances: usize, epsilon: f64): v128 {
  const variance = v128.load(variances);
  const extra = f64x2.splat(epsilon);
  const one = f64x2.splat(1);
  const low = f64x2.sqrt(addLow(extra, variance));
  const high = f64x2.sqrt(addHigh(extra, variance));
  return narrowed(f64x2.div(one, low), f64x2.div(one, high));
}

function loadOr(array: usize, offset: usize, otherwise: f32): v128 {
  return array === 0 ? f32x4.splat(otherwise) : v128.load(array + offset);
}

/** x, means, variances, scale (or 0), shift (or 0), output, rows, width, epsilon */
export function normalizeColumns(record: usize): void {
  const x = address(record, 2);
  const rows = word(record, 8);
  const width = word(record, 9);
  const epsilon = <f64>real(record, 10);
  const rowBytes = (<usize>width) << 2;
  for (let left = width; left > 0; left -= 4) {
    const offset = (<usize>(width - left)) << 2;
    const mean = loadOr(address(record, 3), offset, 0);
    const factor = inverseDeviation(address(record, 4) + offset, epsilon);
    const scale = loadOr(address(record, 5), offset, 1);
    const shift = loadOr(address(record, 6), offset, 0);
    let source = x + offset;
    let target = address(record, 7) + offset;
    for (let row = 0; row < rows; row++) {
      const normalized = f32x4.mul(f32x4.sub(v128.load(source), mean), factor);
      storePart(target, multiplyAdd(normalized, scale, shift), left);
      source += rowBytes;
      target += rowBytes;
    }
  }
}

/**
 * Columns of one cache line go together, a block of rows at a time: else each line would be fetched again for every four
 * columns. Sums go row by row all the same.
 */
const LINE_COLUMNS: i32 = 16;
const BLOCK_ROWS: i32 = 64;

// What is known of four columns stands in scratch memory, side by side; first sums, then the means that they come to.
const GRAD: usize = 0;
const PRODUCT: usize = 32;
const FACTOR: usize = 64;
const FACTOR_SCALE: usize = 80;
const KNOWN_BYTES: usize = 96;

/** x, means, variances, scale, outputGrad, xGrad, scaleGrad, shiftGrad (each or 0), rows, width, epsilon, whether the statistics are of x, how many columns to take */
export function normalizeColumnsGrad(record: usize): void {
  const columns = word(record, 14);
  for (let column = 0; column < columns; column += LINE_COLUMNS)
    addLineGrad(record, (<usize>column) << 2, min(LINE_COLUMNS, columns - column));
}

function addLineGrad(record: usize, start: usize, columns: i32): void {
  const rows = word(record, 10);
  for (let column = 0; column < columns; column += 4) beginColumns(record, start, column);
  for (let row = 0; row < rows; row += BLOCK_ROWS)
    for (let column = 0; column < columns; column += 4) sumColumns(record, start, column, row);
  for (let column = 0; column < columns; column += 4) endSums(record, start, column, columns - column);
  if (address(record, 7) === 0) return;
  for (let row = 0; row < rows; row += BLOCK_ROWS)
    for (let column = 0; column < columns; column += 4) addColumnsGrad(record, start, column, row, columns - column);
}

function knownOf(column: i32): usize {
  return packedA + KNOWN_BYTES * <usize>(column >> 2);
}

function beginColumns(record: usize, start: usize, column: i32): void {
  const offset = start + ((<usize>column) << 2);
  const known = knownOf(column);
  const factor = inverseDeviation(address(record, 4) + offset, <f64>real(record, 12));
  memory.fill(known, 0, FACTOR);
  v128.store(known + FACTOR, factor);
  v128.store(known + FACTOR_SCALE, f32x4.mul(factor, loadOr(address(record, 5), offset, 1)));
}

/** Sums of a block of rows of four columns. */
function sumColumns(record: usize, start: usize, column: i32, row: i32): void {
  const offset = start + ((<usize>column) << 2);
  const known = knownOf(column);
  const x = address(record, 2);
  const outputGrad = address(record, 6);
  const rowBytes = (<usize>word(record, 11)) << 2;
  const mean = loadOr(address(record, 3), offset, 0);
  const factor = v128.load(known + FACTOR);
  let gradLow = v128.load(known + GRAD);
  let gradHigh = v128.load(known + GRAD + 16);
  let productLow = v128.load(known + PRODUCT);
  let productHigh = v128.load(known + PRODUCT + 16);
  let place = offset + <usize>row * rowBytes;
  for (let left = min(BLOCK_ROWS, word(record, 10) - row); left > 0; left--) {
    const grad = v128.load(outputGrad + place);
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + place), mean), factor);
    const product = f32x4.mul(grad, normalized);
    gradLow = addLow(gradLow, grad);
    gradHigh = addHigh(gradHigh, grad);
    productLow = addLow(productLow, product);
    productHigh = addHigh(productHigh, product);
    place += rowBytes;
  }
  v128.store(known + GRAD, gradLow);
  v128.store(known + GRAD + 16, gradHigh);
  v128.store(known + PRODUCT, productLow);
  v128.store(known + PRODUCT + 16, productHigh);
}

/** The gradients of scale and shift, and the means in the place of the sums. */
function endSums(record: usize, start: usize, column: i32, left: i32): void {
  const offset = start + ((<usize>column) << 2);
  const known = knownOf(column);
  const gradSum = narrowed(v128.load(known + GRAD), v128.load(known + GRAD + 16));
  const productSum = narrowed(v128.load(known + PRODUCT), v128.load(known + PRODUCT + 16));
  addPart(address(record, 8), offset, productSum, left);
  addPart(address(record, 9), offset, gradSum, left);
  const share = f32x4.splat(<f32>1 / <f32>word(record, 10));
  v128.store(known + GRAD, f32x4.mul(gradSum, share));
  v128.store(known + PRODUCT, f32x4.mul(productSum, share));
}

/** The gradient of x in a block of rows of four columns. */
function addColumnsGrad(record: usize, start: usize, column: i32, row: i32, left: i32): void {
  const offset = start + ((<usize>column) << 2);
  const known = knownOf(column);
  const x = address(record, 2);
  const outputGrad = address(record, 6);
  const xGrad = address(record, 7);
  const rowBytes = (<usize>word(record, 11)) << 2;
  const areOfX = word(record, 13) !== 0;
  const mean = loadOr(address(record, 3), offset, 0);
  const factor = v128.load(known + FACTOR);
  const factorScale = v128.load(known + FACTOR_SCALE);
  const gradMean = areOfX ? v128.load(known + GRAD) : f32x4.splat(0);
  const productMean = v128.load(known + PRODUCT);
  let place = offset + <usize>row * rowBytes;
  for (let rows = min(BLOCK_ROWS, word(record, 10) - row); rows > 0; rows--) {
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + place), mean), factor);
    const centred = f32x4.sub(v128.load(outputGrad + place), gradMean);
    const grad = areOfX ? f32x4.sub(centred, f32x4.mul(normalized, productMean)) : centred;
    const target = xGrad + place;
    storePart(target, multiplyAdd(grad, factorScale, v128.load(target)), left);
    place += rowBytes;
  }
}

/** Adds to an array that may not be there. */
function addPart(array: usize, offset: usize, value: v128, left: i32): void {
  if (array !== 0) storePart(array + offset, f32x4.add(v128.load(array + offset), value), left);
}
