// The normalization routines of the plain backend: float32 storage, statistics and sums in double.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import { Doubles, type Floats, maths } from "../intrinsics.ts";
import type {
  NormalizationGradSetting,
  NormalizationRoutines,
  NormalizationSetting,
  NormalizedArrays,
  NormalizedGradArrays,
} from "./normalization.ts";

const { sqrt } = maths;

export const plainNormalization: NormalizationRoutines = {
  columnMeans,
  columnVariances,
  rowMeans,
  rowVariances,
  normalizeColumns,
  normalizeColumnsGrad,
  normalizeRows,
  normalizeRowsGrad,
  followStatistics: (moving, batch, keep, take) => {
    for (let index = 0; index < moving.length; index++)
      moving[index] = keep * (moving[index] as number) + take * (batch[index] as number);
  },
};

function columnMeans(x: Floats, means: Floats, rows: number, width: number): void {
  const sums = new Doubles(width);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < width; column++) sums[column] = (sums[column] as number) + (x[at++] as number);
  for (let column = 0; column < width; column++) means[column] = (sums[column] as number) / rows;
}

function columnVariances(x: Floats, means: Floats, variances: Floats, rows: number, width: number): void {
  const sums = new Doubles(width);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < width; column++) {
      const distance = (x[at++] as number) - (means[column] as number);
      sums[column] = (sums[column] as number) + distance * distance;
    }
  for (let column = 0; column < width; column++) variances[column] = (sums[column] as number) / rows;
}

function rowMeans(x: Floats, means: Floats, rows: number, width: number): void {
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += x[at++] as number;
    means[row] = sum / width;
  }
}

function rowVariances(x: Floats, means: Floats | null, variances: Floats, rows: number, width: number): void {
  for (let row = 0, at = 0; row < rows; row++) {
    const mean = meanAt(means, row);
    let sum = 0;
    for (let column = 0; column < width; column++) {
      const distance = (x[at++] as number) - mean;
      sum += distance * distance;
    }
    variances[row] = sum / width;
  }
}

function normalizeColumns(
  { x, means, variances, scale, shift, output }: NormalizedArrays,
  { rows, width, epsilon }: NormalizationSetting,
): void {
  const factors = inverseDeviations(variances, epsilon);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < width; column++, at++) {
      const normalized = ((x[at] as number) - meanAt(means, column)) * (factors[column] as number);
      output[at] = normalized * scaleAt(scale, column) + (shift === null ? 0 : (shift[column] as number));
    }
}

function normalizeRows(
  { x, means, variances, scale, shift, output }: NormalizedArrays,
  { rows, width, epsilon }: NormalizationSetting,
): void {
  const factors = inverseDeviations(variances, epsilon);
  for (let row = 0, at = 0; row < rows; row++) {
    const mean = meanAt(means, row);
    const factor = factors[row] as number;
    for (let column = 0; column < width; column++, at++) {
      const normalized = ((x[at] as number) - mean) * factor;
      output[at] = normalized * scaleAt(scale, column) + (shift === null ? 0 : (shift[column] as number));
    }
  }
}

/**
 * With n = (x − mean) / √(variance + ε) and g the gradient of the output: scaleGrad += Σ g·n, shiftGrad += Σ g, and
 * xGrad += scale / √(variance + ε) · (g − mean(g) − n · mean(g·n)), means over the column; for given statistics only the
 * first term.
 */
function normalizeColumnsGrad(
  { x, means, variances, scale, outputGrad, xGrad, scaleGrad, shiftGrad }: NormalizedGradArrays,
  { rows, width, epsilon, areStatisticsOfX }: NormalizationGradSetting,
): void {
  const factors = inverseDeviations(variances, epsilon);
  const gradSums = new Doubles(width);
  const productSums = new Doubles(width);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < width; column++, at++) {
      const grad = outputGrad[at] as number;
      const normalized = ((x[at] as number) - meanAt(means, column)) * (factors[column] as number);
      gradSums[column] = (gradSums[column] as number) + grad;
      productSums[column] = (productSums[column] as number) + grad * normalized;
    }
  if (scaleGrad !== null) addTo(scaleGrad, productSums);
  if (shiftGrad !== null) addTo(shiftGrad, gradSums);
  if (xGrad === null) return;
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < width; column++, at++) {
      const factor = factors[column] as number;
      let grad = outputGrad[at] as number;
      if (areStatisticsOfX) {
        const normalized = ((x[at] as number) - meanAt(means, column)) * factor;
        grad -= ((gradSums[column] as number) + normalized * (productSums[column] as number)) / rows;
      }
      xGrad[at] = (xGrad[at] as number) + grad * factor * scaleAt(scale, column);
    }
}

/**
 * As for columns, but the scale differs along a row, so that it stands inside the means: with h = g · scale,
 * xGrad += (h − mean(h) − n · mean(h·n)) / √(variance + ε), without mean(h) where no mean was subtracted.
 */
function normalizeRowsGrad(
  { x, means, variances, scale, outputGrad, xGrad, scaleGrad, shiftGrad }: NormalizedGradArrays,
  { rows, width, epsilon }: NormalizationSetting,
): void {
  const factors = inverseDeviations(variances, epsilon);
  const scaleSums = new Doubles(width);
  const shiftSums = new Doubles(width);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    const mean = meanAt(means, row);
    const factor = factors[row] as number;
    let gradSum = 0;
    let productSum = 0;
    for (let column = 0; column < width; column++) {
      const grad = outputGrad[start + column] as number;
      const normalized = ((x[start + column] as number) - mean) * factor;
      const scaled = grad * scaleAt(scale, column);
      gradSum += scaled;
      productSum += scaled * normalized;
      scaleSums[column] = (scaleSums[column] as number) + grad * normalized;
      shiftSums[column] = (shiftSums[column] as number) + grad;
    }
    if (xGrad === null) continue;
    const gradMean = means === null ? 0 : gradSum / width;
    for (let column = 0, at = start; column < width; column++, at++) {
      const normalized = ((x[at] as number) - mean) * factor;
      const scaled = (outputGrad[at] as number) * scaleAt(scale, column);
      xGrad[at] = (xGrad[at] as number) + (scaled - gradMean - (normalized * productSum) / width) * factor;
    }
  }
  if (scaleGrad !== null) addTo(scaleGrad, scaleSums);
  if (shiftGrad !== null) addTo(shiftGrad, shiftSums);
}

function inverseDeviations(variances: Floats, epsilon: number): Doubles {
  const factors = new Doubles(variances.length);
  for (let index = 0; index < factors.length; index++)
    factors[index] = 1 / sqrt((variances[index] as number) + epsilon);
  return factors;
}

function meanAt(means: Floats | null, index: number): number {
  return means === null ? 0 : (means[index] as number);
}

function scaleAt(scale: Floats | null, column: number): number {
  return scale === null ? 1 : (scale[column] as number);
}

function addTo(output: Floats, sums: Doubles): void {
  for (let index = 0; index < output.length; index++)
    output[index] = (output[index] as number) + (sums[index] as number);
}
