// Metrics of regression: how far predictions lie from their targets. And of probabilities: how far those lie from what happened.

import { describeValue, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import {
  checkMetricOptions,
  configurable,
  defineMetric,
  type MetricBatch,
  type MetricOptions,
  meanMetric,
} from "./metric.ts";

const { abs, log, max, sqrt } = maths;

export const mse = meanMetric("mse", "lower", squaredErrors);
export const rmse = meanMetric("rmse", "lower", squaredErrors, { finish: sqrt });
export const mae = meanMetric("mae", "lower", (batch) => sumOver(batch, (p, t) => abs(p - t)));
export const mape = meanMetric("mape", "lower", (batch) =>
  sumOver(batch, (p, t) => (100 * abs(p - t)) / max(abs(t), 1e-7)),
);
export const brier = meanMetric("brier", "lower", squaredErrors);

export const maxError = defineMetric("maxError", "lower", () => {
  let largest = -Infinity;
  return {
    add({ target, prediction, rows, width }) {
      for (let index = 0; index < rows * width; index++) {
        const error = abs((prediction[index] ?? 0) - (target[index] ?? 0));
        if (error > largest || Number.isNaN(error)) largest = error;
      }
    },
    result: () => (largest === -Infinity ? Number.NaN : largest),
  };
});

export const medianAbsoluteError = defineMetric("medianAbsoluteError", "lower", () => {
  const errors: number[] = [];
  return {
    add({ target, prediction, rows, width }) {
      for (let index = 0; index < rows * width; index++)
        errors.push(abs((prediction[index] ?? 0) - (target[index] ?? 0)));
    },
    result() {
      if (errors.length === 0 || errors.some(Number.isNaN)) return Number.NaN;
      const sorted = errors.toSorted((a, b) => a - b);
      const middle = maths.floor(sorted.length / 2);
      const upper = sorted[middle] ?? 0;
      return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
    },
  };
});

/** The cosine of the angle between each row of predictions and its targets; rows of zeros count as at right angles. */
export const cosineSimilarity = meanMetric("cosineSimilarity", "higher", ({ target, prediction, rows, width }) => {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    let dot = 0;
    let predictionSquare = 0;
    let targetSquare = 0;
    for (let index = row * width; index < (row + 1) * width; index++) {
      const p = prediction[index] ?? 0;
      const t = target[index] ?? 0;
      dot += p * t;
      predictionSquare += p * p;
      targetSquare += t * t;
    }
    sum += dot / sqrt(max(predictionSquare, 1e-12) * max(targetSquare, 1e-12));
  }
  return { sum, count: rows };
});

/** `−log` of the probability given to what happened; probabilities are kept 1e-7 away from 0 and 1. */
export const logLoss = meanMetric(
  "logLoss",
  "lower",
  (batch) => {
    const { target, prediction, rows, width, targetWidth } = batch;
    const clip = (p: number) => (Number.isNaN(p) ? p : max(1e-7, maths.min(1 - 1e-7, p)));
    if (width === 1) return sumOver(batch, (p, t) => -(t * log(clip(p)) + (1 - t) * log(1 - clip(p))));
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let total = 0;
      for (let each = 0; each < width; each++) total += prediction[row * width + each] ?? 0;
      for (let each = 0; each < width; each++) {
        const share = targetWidth === 1 ? Number(target[row] === each) : (target[row * width + each] ?? 0);
        if (share !== 0) sum -= share * log(clip((prediction[row * width + each] ?? 0) / total));
      }
    }
    return { sum, count: rows };
  },
  { form: "classes" },
);

/** Options of `r2`. */
export interface R2Options extends MetricOptions {
  /** Over several outputs: their plain mean (`"uniform"`, by default), or weighted by how much each varies (`"variance"`). */
  readonly average?: "uniform" | "variance";
}

export const r2 = configurable((options: R2Options) => {
  checkMetricOptions("r2", options, ["average"]);
  const { average = "uniform", name = "r2" } = options;
  if (average !== "uniform" && average !== "variance")
    throw new ValueError({
      op: "metrics.r2",
      expected: 'average "uniform" or "variance"',
      got: describeValue(average),
    });
  return columnMetric(name, (columns) => {
    if (average === "uniform") return meanOf(columns, ({ t, errors }) => explained(t.spread, errors));
    const sum = (of: (column: ColumnMoments) => number) => columns.reduce((total, column) => total + of(column), 0);
    return explained(
      sum(({ t }) => t.spread),
      sum(({ errors }) => errors),
    );
  });
}, {});

/** Like r2, but a constant offset of the predictions does not count: `1 − variance of the errors / variance of the targets`. */
export const explainedVariance = columnMetric("explainedVariance", (columns) =>
  meanOf(columns, ({ t, error }) => explained(t.spread, error.spread)),
);

/** Pearson's correlation of predictions and targets, −1 to 1. */
export const pearson = columnMetric("pearson", (columns) =>
  meanOf(columns, ({ t, p, shared }) => shared / sqrt(t.spread * p.spread)),
);

/** The share of a spread that is not left as errors; where there is none, 1 for no errors and 0 for any. */
function explained(spread: number, left: number): number {
  return spread === 0 ? (left === 0 ? 1 : 0) : 1 - left / spread;
}

function meanOf(columns: readonly ColumnMoments[], of: (column: ColumnMoments) => number): number {
  return columns.reduce((sum, column) => sum + of(column), 0) / columns.length;
}

/** Mean and sum of squared distances from it. */
interface Spread {
  mean: number;
  spread: number;
}

interface ColumnMoments {
  count: number;
  readonly t: Spread;
  readonly p: Spread;
  readonly error: Spread;
  /** Σ (t − mean t)(p − mean p). */
  shared: number;
  /** Σ (t − p)². */
  errors: number;
}

function columnMetric(name: string, of: (columns: readonly ColumnMoments[]) => number) {
  return defineMetric(name, "higher", () => {
    const columns: ColumnMoments[] = [];
    const start = (): Spread => ({ mean: 0, spread: 0 });
    return {
      add({ target, prediction, rows, width }) {
        for (let index = 0; index < rows * width; index++) {
          columns[index % width] ??= { count: 0, t: start(), p: start(), error: start(), shared: 0, errors: 0 };
          const column = columns[index % width];
          if (column !== undefined) addPair(column, target[index] ?? 0, prediction[index] ?? 0);
        }
      },
      result: () => of(columns),
    };
  });
}

/** Welford's update: variances stay exact however large the means are. */
function addPair(column: ColumnMoments, t: number, p: number): void {
  column.count++;
  column.errors += (t - p) ** 2;
  const distance = t - column.t.mean;
  addTo(column.t, t, column.count);
  addTo(column.p, p, column.count);
  addTo(column.error, t - p, column.count);
  column.shared += distance * (p - column.p.mean);
}

function addTo(spread: Spread, value: number, count: number): void {
  const distance = value - spread.mean;
  spread.mean += distance / count;
  spread.spread += distance * (value - spread.mean);
}

function squaredErrors(batch: MetricBatch): { sum: number; count: number } {
  return sumOver(batch, (p, t) => (p - t) * (p - t));
}

function sumOver(
  { target, prediction, rows, width }: MetricBatch,
  of: (p: number, t: number) => number,
): { sum: number; count: number } {
  let sum = 0;
  for (let index = 0; index < rows * width; index++) sum += of(prediction[index] ?? 0, target[index] ?? 0);
  return { sum, count: rows * width };
}
