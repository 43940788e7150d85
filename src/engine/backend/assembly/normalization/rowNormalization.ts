// Normalization by the statistics of rows (examples), four numbers of a row at a time; sums in double precision.

import { address, real, word } from "../tape/record";
import { addHigh, addLow, sumOf } from "../vectors/doubleSums";
import { keepFirst, multiplyAdd, storePart } from "../vectors/vector";

/** x, means, rows, width */
export function rowMeans(record: usize): void {
  let x = address(record, 2);
  const means = address(record, 3);
  const rows = word(record, 4);
  const width = word(record, 5);
  for (let row = 0; row < rows; row++) {
    let low = f64x2.splat(0);
    let high = low;
    for (let left = width; left > 0; left -= 4) {
      const value = partOf(x, width, left);
      low = addLow(low, value);
      high = addHigh(high, value);
    }
    store<f32>(means + ((<usize>row) << 2), <f32>((sumOf(low) + sumOf(high)) / <f64>width));
    x += (<usize>width) << 2;
  }
}

/** x, means (or 0), variances, rows, width */
export function rowVariances(record: usize): void {
  let x = address(record, 2);
  const means = address(record, 3);
  const variances = address(record, 4);
  const rows = word(record, 5);
  const width = word(record, 6);
  for (let row = 0; row < rows; row++) {
    const place = (<usize>row) << 2;
    const mean = f32x4.splat(means === 0 ? <f32>0 : load<f32>(means + place));
    let low = f64x2.splat(0);
    let high = low;
    for (let left = width; left > 0; left -= 4) {
      const whole = f32x4.sub(v128.load(x + ((<usize>(width - left)) << 2)), mean);
      const distance = left >= 4 ? whole : keepFirst(whole, left);
      const square = f32x4.mul(distance, distance);
      low = addLow(low, square);
      high = addHigh(high, square);
    }
    store<f32>(variances + place, <f32>((sumOf(low) + sumOf(high)) / <f64>width));
    x += (<usize>width) << 2;
  }
}

/** Four numbers of a row, zeros behind its end. */
function partOf(row: usize, width: i32, left: i32): v128 {
  const whole = v128.load(row + ((<usize>(width - left)) << 2));
  return left >= 4 ? whole : keepFirst(whole, left);
}

function inverseDeviation(variances: usize, row: i32, epsilon: f64): f32 {
  return <f32>(1 / sqrt(<f64>load<f32>(variances + ((<usize>row) << 2)) + epsilon));
}

function loadOr(array: usize, offset: usize, otherwise: f32): v128 {
  return array === 0 ? f32x4.splat(otherwise) : v128.load(array + offset);
}

function meanOf(means: usize, row: i32): f32 {
  return means === 0 ? 0 : load<f32>(means + ((<usize>row) << 2));
}

/** x, means (or 0), variances, scale (or 0), shift (or 0), output, rows, width, epsilon */
export function normalizeRows(record: usize): void {
  let x = address(record, 2);
  let output = address(record, 7);
  const rows = word(record, 8);
  const width = word(record, 9);
  const rowBytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    const mean = f32x4.splat(meanOf(address(record, 3), row));
    const factor = f32x4.splat(inverseDeviation(address(record, 4), row, <f64>real(record, 10)));
    for (let left = width; left > 0; left -= 4) {
      const offset = (<usize>(width - left)) << 2;
      const normalized = f32x4.mul(f32x4.sub(v128.load(x + offset), mean), factor);
      const scale = loadOr(address(record, 5), offset, 1);
      storePart(output + offset, multiplyAdd(normalized, scale, loadOr(address(record, 6), offset, 0)), left);
    }
    x += rowBytes;
    output += rowBytes;
  }
}

/** x, means, variances, scale, outputGrad, xGrad, scaleGrad, shiftGrad (each or 0), rows, width, epsilon, how many columns to sum */
export function normalizeRowsGrad(record: usize): void {
  const rows = word(record, 10);
  for (let row = 0; row < rows; row++) addRowGrad(record, row, address(record, 8), address(record, 9));
}

/** The gradient of x alone. */
export function normalizeRowsXGrad(record: usize): void {
  const rows = word(record, 10);
  for (let row = 0; row < rows; row++) addRowGrad(record, row, 0, 0);
}

/** The gradients of scale and shift alone, of some columns: row by row, as they are summed together with that of x. */
export function normalizeRowsSums(record: usize): void {
  const rows = word(record, 10);
  const rowBytes = (<usize>word(record, 11)) << 2;
  const columns = word(record, 13);
  let x = address(record, 2);
  let outputGrad = address(record, 6);
  for (let row = 0; row < rows; row++) {
    const mean = f32x4.splat(meanOf(address(record, 3), row));
    const factor = f32x4.splat(inverseDeviation(address(record, 4), row, <f64>real(record, 12)));
    for (let left = columns; left > 0; left -= 4) {
      const offset = (<usize>(columns - left)) << 2;
      const grad = v128.load(outputGrad + offset);
      const normalized = f32x4.mul(f32x4.sub(v128.load(x + offset), mean), factor);
      addPart(address(record, 8), offset, f32x4.mul(grad, normalized), left);
      addPart(address(record, 9), offset, grad, left);
    }
    x += rowBytes;
    outputGrad += rowBytes;
  }
}

function addRowGrad(record: usize, row: i32, scaleGrad: usize, shiftGrad: usize): void {
  const width = word(record, 11);
  const start = (<usize>row * <usize>width) << 2;
  const x = address(record, 2) + start;
  const outputGrad = address(record, 6) + start;
  const scales = address(record, 5);
  const mean = f32x4.splat(meanOf(address(record, 3), row));
  const factor = f32x4.splat(inverseDeviation(address(record, 4), row, <f64>real(record, 12)));
  let gradLow = f64x2.splat(0);
  let gradHigh = gradLow;
  let productLow = gradLow;
  let productHigh = gradLow;
  for (let left = width; left > 0; left -= 4) {
    const offset = (<usize>(width - left)) << 2;
    const grad = partOf(outputGrad, width, left);
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + offset), mean), factor);
    const own = f32x4.mul(grad, left >= 4 ? normalized : keepFirst(normalized, left));
    addPart(scaleGrad, offset, own, left);
    addPart(shiftGrad, offset, grad, left);
    const scale = loadOr(scales, offset, 1);
    const scaled = f32x4.mul(grad, left >= 4 ? scale : keepFirst(scale, left));
    const product = f32x4.mul(scaled, left >= 4 ? normalized : keepFirst(normalized, left));
    gradLow = addLow(gradLow, scaled);
    gradHigh = addHigh(gradHigh, scaled);
    productLow = addLow(productLow, product);
    productHigh = addHigh(productHigh, product);
  }
  const xGrad = address(record, 7);
  if (xGrad === 0) return;
  const count = <f64>width;
  const hasMean = address(record, 3) !== 0;
  const gradMean = f32x4.splat(hasMean ? <f32>((sumOf(gradLow) + sumOf(gradHigh)) / count) : <f32>0);
  const productMean = f32x4.splat(<f32>((sumOf(productLow) + sumOf(productHigh)) / count));
  for (let left = width; left > 0; left -= 4) {
    const offset = (<usize>(width - left)) << 2;
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + offset), mean), factor);
    const scaled = f32x4.mul(v128.load(outputGrad + offset), loadOr(scales, offset, 1));
    const grad = f32x4.sub(f32x4.sub(scaled, gradMean), f32x4.mul(normalized, productMean));
    const target = xGrad + start + offset;
    storePart(target, multiplyAdd(grad, factor, v128.load(target)), left);
  }
}

/** Adds to an array that may not be there. */
function addPart(array: usize, offset: usize, value: v128, left: i32): void {
  if (array !== 0) storePart(array + offset, f32x4.add(v128.load(array + offset), value), left);
}
