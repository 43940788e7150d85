// Normalization by the statistics of columns (channels), four columns at a time; sums in double precision.

import { addHigh, addLow, narrowed } from "./doubleSums";
import { address, real, word } from "./record";
import { multiplyAdd, storePart } from "./vector";

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

/** x, means, variances, scale, outputGrad, xGrad, scaleGrad, shiftGrad (each or 0), rows, width, epsilon, whether the statistics are of x, how many columns to take */
export function normalizeColumnsGrad(record: usize): void {
  const columns = word(record, 14);
  for (let left = columns; left > 0; left -= 4) addColumnsGrad(record, (<usize>(columns - left)) << 2, left);
}

/** Four columns. */
function addColumnsGrad(record: usize, offset: usize, left: i32): void {
  const x = address(record, 2) + offset;
  const outputGrad = address(record, 6) + offset;
  const xGrad = address(record, 7);
  const rows = word(record, 10);
  const rowBytes = (<usize>word(record, 11)) << 2;
  const mean = loadOr(address(record, 3), offset, 0);
  const factor = inverseDeviation(address(record, 4) + offset, <f64>real(record, 12));
  let gradLow = f64x2.splat(0);
  let gradHigh = gradLow;
  let productLow = gradLow;
  let productHigh = gradLow;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const grad = v128.load(outputGrad + row * rowBytes);
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + row * rowBytes), mean), factor);
    const product = f32x4.mul(grad, normalized);
    gradLow = addLow(gradLow, grad);
    gradHigh = addHigh(gradHigh, grad);
    productLow = addLow(productLow, product);
    productHigh = addHigh(productHigh, product);
  }
  const gradSum = narrowed(gradLow, gradHigh);
  const productSum = narrowed(productLow, productHigh);
  addPart(address(record, 8), offset, productSum, left);
  addPart(address(record, 9), offset, gradSum, left);
  if (xGrad === 0) return;
  const areOfX = word(record, 13) !== 0;
  const share = f32x4.splat(<f32>1 / <f32>rows);
  const gradMean = areOfX ? f32x4.mul(gradSum, share) : f32x4.splat(0);
  const productMean = areOfX ? f32x4.mul(productSum, share) : f32x4.splat(0);
  const factorScale = f32x4.mul(factor, loadOr(address(record, 5), offset, 1));
  for (let row: usize = 0; row < <usize>rows; row++) {
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + row * rowBytes), mean), factor);
    const centred = f32x4.sub(v128.load(outputGrad + row * rowBytes), gradMean);
    const grad = areOfX ? f32x4.sub(centred, f32x4.mul(normalized, productMean)) : centred;
    const target = xGrad + offset + row * rowBytes;
    storePart(target, multiplyAdd(grad, factorScale, v128.load(target)), left);
  }
}

/** Adds to an array that may not be there. */
function addPart(array: usize, offset: usize, value: v128, left: i32): void {
  if (array !== 0) storePart(array + offset, f32x4.add(v128.load(array + offset), value), left);
}
