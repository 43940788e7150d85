// The normalization routines a backend must have: numbers shifted and scaled by the mean and variance of their column or row.

import type { Floats } from "../intrinsics.ts";

/**
 * Routines over `x` of `rows · width` numbers. A column is all numbers of one place of the last axis (a channel, as batch
 * normalization takes them), a row all numbers of one example (as layer normalization does). Statistics of columns are
 * `width` numbers, those of rows `rows`; variances are divided by the count (population variances). Sums in double.
 */
export interface NormalizationRoutines {
  /** `means[c]` = the mean of column c. */
  columnMeans(x: Floats, means: Floats, rows: number, width: number): void;
  /** `variances[c]` = the mean square distance of column c from `means[c]`. */
  columnVariances(x: Floats, means: Floats, variances: Floats, rows: number, width: number): void;
  /** `means[r]` = the mean of row r. */
  rowMeans(x: Floats, means: Floats, rows: number, width: number): void;
  /** `variances[r]` = the mean square distance of row r from `means[r]`, from 0 where `means` is `null`. */
  rowVariances(x: Floats, means: Floats | null, variances: Floats, rows: number, width: number): void;

  /** `output = scale · (x − mean) / √(variance + ε) + shift`, statistics, scale and shift of each number's column. */
  normalizeColumns(arrays: NormalizedArrays, setting: NormalizationSetting): void;
  /** Adds to the gradients of `normalizeColumns`; through the statistics too where they were taken of this `x`. */
  normalizeColumnsGrad(arrays: NormalizedGradArrays, setting: NormalizationGradSetting): void;
  /** The same formula with the statistics of each number's row; scale and shift are still those of its column. */
  normalizeRows(arrays: NormalizedArrays, setting: NormalizationSetting): void;
  /** Adds to the gradients of `normalizeRows`, through the statistics too. */
  normalizeRowsGrad(arrays: NormalizedGradArrays, setting: NormalizationSetting): void;

  /** `moving = keep · moving + take · batch`: moving statistics follow those of a batch. */
  followStatistics(moving: Floats, batch: Floats, keep: number, take: number): void;
}

/** What is normalized, and by what. */
export interface NormalizedInputs {
  readonly x: Floats;
  /** `null`: nothing is subtracted. Only rows may leave it out. */
  readonly means: Floats | null;
  readonly variances: Floats;
  /** `width` numbers (γ); `null` for 1. */
  readonly scale: Floats | null;
}

export interface NormalizedArrays extends NormalizedInputs {
  /** `width` numbers (β); `null` for 0. */
  readonly shift: Floats | null;
  readonly output: Floats;
}

export interface NormalizedGradArrays extends NormalizedInputs {
  readonly outputGrad: Floats;
  /** `null` where no gradient is wanted. */
  readonly xGrad: Floats | null;
  readonly scaleGrad: Floats | null;
  readonly shiftGrad: Floats | null;
}

export interface NormalizationSetting {
  readonly rows: number;
  readonly width: number;
  readonly epsilon: number;
}

export interface NormalizationGradSetting extends NormalizationSetting {
  /** Whether the statistics are those of `x`, and change with it; else they are given numbers (moving statistics). */
  readonly areStatisticsOfX: boolean;
}
