// Metrics of regression: how far predictions lie from their targets.

import { maths } from "../intrinsics.ts";
import { type Metric, type MetricBatch, meanMetric } from "./metric.ts";

export const mse = meanMetric("mse", "lower", squaredErrors);
export const rmse = meanMetric("rmse", "lower", squaredErrors, maths.sqrt);
export const mae = meanMetric("mae", "lower", (batch) => sumOver(batch, (error) => maths.abs(error)));

/**
 * The share of the targets' variance that is explained: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². 1 is perfect, 0 as good as the mean.
 * Several outputs: the mean over them.
 */
export const r2: Metric = {
  kind: "metric",
  name: "r2",
  better: "higher",
  start() {
    const columns: ColumnSpread[] = [];
    return {
      add({ target, prediction, rows, width }) {
        for (let index = 0; index < rows * width; index++) {
          const column = columns[index % width] ?? { count: 0, mean: 0, spread: 0, errors: 0 };
          columns[index % width] = column;
          addToSpread(column, target[index] ?? 0, prediction[index] ?? 0);
        }
      },
      result() {
        const shares = columns.map(({ spread, errors }) =>
          spread === 0 ? (errors === 0 ? 1 : 0) : 1 - errors / spread,
        );
        return shares.reduce((sum, share) => sum + share, 0) / shares.length;
      },
    };
  },
};

interface ColumnSpread {
  count: number;
  mean: number;
  spread: number;
  errors: number;
}

/** Welford's update: the variance stays exact however large the mean is. */
function addToSpread(column: ColumnSpread, target: number, prediction: number): void {
  const distance = target - column.mean;
  column.count++;
  column.mean += distance / column.count;
  column.spread += distance * (target - column.mean);
  column.errors += (target - prediction) * (target - prediction);
}

function squaredErrors(batch: MetricBatch): { sum: number; count: number } {
  return sumOver(batch, (error) => error * error);
}

function sumOver(
  { target, prediction, rows, width }: MetricBatch,
  of: (error: number) => number,
): { sum: number; count: number } {
  let sum = 0;
  for (let index = 0; index < rows * width; index++) sum += of((prediction[index] ?? 0) - (target[index] ?? 0));
  return { sum, count: rows * width };
}
