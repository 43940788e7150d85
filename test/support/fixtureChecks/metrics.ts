// Checks metrics against fixture files of the schema of `metrics.json`: all at once, and in batches of odd sizes.

import {
  classificationReport,
  confusionMatrix,
  type Metric,
  metrics,
  rocCurve,
  type Tensor,
  tensor,
} from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, readTensor } from "./comparison.ts";

interface RocFixture {
  readonly fpr: readonly number[];
  readonly tpr: readonly number[];
  readonly thresholds: readonly (number | string)[];
}

interface BinaryCase {
  readonly name: string;
  readonly target: readonly number[];
  readonly prob: readonly number[];
  readonly threshold: number;
  readonly roc_curve?: RocFixture;
  readonly [value: string]: unknown;
}

interface ScoresFixture {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

interface MulticlassCase {
  readonly name: string;
  readonly classes: number;
  readonly target: readonly number[];
  readonly target_one_hot: readonly (readonly number[])[];
  readonly prob: FixtureTensor;
  readonly predicted: readonly number[];
  readonly confusion_matrix: readonly (readonly number[])[];
  readonly precision_per_class: readonly number[];
  readonly recall_per_class: readonly number[];
  readonly f1_per_class: readonly number[];
  readonly support: readonly number[];
  readonly macro: ScoresFixture;
  readonly micro: ScoresFixture;
  readonly weighted: ScoresFixture;
  readonly [value: string]: unknown;
}

interface PairCase {
  readonly name: string;
  readonly target: FixtureTensor | readonly number[];
  readonly prob?: FixtureTensor | readonly number[];
  readonly pred?: FixtureTensor | readonly number[];
  readonly [value: string]: unknown;
}

export interface MetricsFile {
  readonly tolerance: { readonly f32: Tolerance };
  readonly binary: readonly BinaryCase[];
  readonly multiclass: readonly MulticlassCase[];
  readonly multilabel: readonly PairCase[];
  readonly regression: readonly PairCase[];
}

export function checkMetrics(file: MetricsFile): CaseResult[] {
  const tolerance = file.tolerance.f32;
  return [
    ...file.binary.map((each) => checkCase(`binary/${each.name}`, () => checkBinary(each, tolerance))),
    ...file.multiclass.map((each) => checkCase(`multiclass/${each.name}`, () => checkMulticlass(each, tolerance))),
    ...file.multilabel.map((each) => checkCase(`multilabel/${each.name}`, () => checkMultilabel(each, tolerance))),
    ...file.regression.map((each) => checkCase(`regression/${each.name}`, () => checkRegression(each, tolerance))),
  ];
}

/** Compares metrics with the fields of a case that has them: all at once, and in batches of three rows. */
class MetricComparison extends Comparison {
  fields(
    each: Readonly<Record<string, unknown>>,
    named: Readonly<Record<string, Metric>>,
    predictions: Tensor,
    targets: Tensor,
  ): void {
    for (const [field, metric] of Object.entries(named)) {
      const wanted = each[field];
      if (typeof wanted !== "number" && typeof wanted !== "string") continue;
      this.numbers([metric.compute(predictions, targets), inBatches(metric, predictions, targets)], [wanted, wanted]);
    }
  }

  scores(got: ScoresFixture, wanted: ScoresFixture): void {
    this.numbers([got.precision, got.recall, got.f1], [wanted.precision, wanted.recall, wanted.f1]);
  }
}

/** The metric as a training measures it: batch by batch, the last one smaller. */
function inBatches(metric: Metric, predictions: Tensor, targets: Tensor, batchSize = 3): number {
  const total = metric.start();
  const rows = predictions.shape[0] ?? 0;
  for (let start = 0; start < rows; start += batchSize) {
    const prediction = predictions.slice(start, start + batchSize);
    const target = targets.slice(start, start + batchSize);
    const count = prediction.shape[0] ?? 1;
    total.add({
      target: target.data,
      prediction: prediction.data,
      rows: count,
      targetWidth: target.size / count,
      width: prediction.size / count,
      classes: prediction.rank < 2 ? 1 : (prediction.shape.at(-1) ?? 1),
      tensors: () => ({ target, prediction }),
    });
  }
  return total.result();
}

function checkBinary(each: BinaryCase, tolerance: Tolerance): number {
  const comparison = new MetricComparison(tolerance);
  const { threshold } = each;
  const predictions = tensor(each.prob);
  const targets = tensor(each.target);
  const named: Record<string, Metric> = {
    accuracy: metrics.binaryAccuracy({ threshold }),
    precision: metrics.precision({ threshold }),
    recall: metrics.recall({ threshold }),
    f1: metrics.f1({ threshold }),
    specificity: metrics.specificity({ threshold }),
    mcc: metrics.matthews({ threshold }),
    balanced_accuracy: metrics.balancedAccuracy({ threshold }),
    brier: metrics.brier,
    roc_auc: metrics.auc,
    average_precision: metrics.averagePrecision,
    log_loss: metrics.logLoss,
  };
  comparison.fields(each, named, predictions, targets);
  const counts = confusionMatrix(predictions, targets, { threshold });
  comparison.numbers(counts.data, [each.tn, each.fp, each.fn, each.tp].map(Number));
  // Where the reference calls the area undefined, there is none.
  if (!("roc_auc" in each))
    comparison.claim(Number.isNaN(metrics.auc.compute(predictions, targets)), "the area under the curve is undefined");
  if (each.roc_curve !== undefined) {
    const curve = rocCurve(predictions, targets);
    comparison.numbers(curve.falsePositiveRate, each.roc_curve.fpr);
    comparison.numbers(curve.truePositiveRate, each.roc_curve.tpr);
    comparison.numbers(curve.thresholds, each.roc_curve.thresholds);
  }
  return comparison.worst;
}

function checkMulticlass(each: MulticlassCase, tolerance: Tolerance): number {
  const comparison = new MetricComparison(tolerance);
  const predictions = readTensor(each.prob);
  const oneHotRows = tensor(each.target_one_hot);
  const numbers = tensor(each.target);
  const topK = Object.keys(each).flatMap((field) => {
    const k = /^top_(\d+)_accuracy$/.exec(field)?.[1];
    return k === undefined ? [] : [[field, metrics.topKAccuracy({ k: Number(k) })] as const];
  });
  const named: Record<string, Metric> = {
    accuracy: metrics.accuracy,
    categorical_crossentropy: metrics.logLoss,
    mcc: metrics.matthews,
    cohen_kappa: metrics.cohenKappa,
    roc_auc_ovr_macro: metrics.auc,
    ...Object.fromEntries(topK),
  };
  for (const targets of [oneHotRows, numbers]) {
    comparison.fields(each, named, predictions, targets);
    const report = classificationReport(predictions, targets, { classes: each.classes });
    comparison.numbers(report.confusion.data, each.confusion_matrix.flat());
    comparison.numbers(
      report.classes.map(({ precision }) => precision),
      each.precision_per_class,
    );
    comparison.numbers(
      report.classes.map(({ recall }) => recall),
      each.recall_per_class,
    );
    comparison.numbers(
      report.classes.map(({ f1 }) => f1),
      each.f1_per_class,
    );
    comparison.numbers(
      report.classes.map(({ support }) => support),
      each.support,
    );
    for (const average of ["macro", "micro", "weighted"] as const) {
      comparison.scores(report[average], each[average]);
      const { precision, recall, f1 } = metrics;
      const single = { precision: precision({ average }), recall: recall({ average }), f1: f1({ average }) };
      comparison.fields({ ...each[average] }, single, predictions, targets);
    }
  }
  comparison.fields(each, { accuracy: metrics.categoricalAccuracy }, predictions, oneHotRows);
  comparison.fields(each, { accuracy: metrics.sparseCategoricalAccuracy }, predictions, numbers);
  comparison.numbers(predictions.argMax().data, each.predicted);
  return comparison.worst;
}

function readValues(values: FixtureTensor | readonly number[] | undefined): Tensor {
  if (values === undefined) throw new Error("The case has neither pred nor prob.");
  return "shape" in values ? readTensor(values) : tensor(values);
}

function checkMultilabel(each: PairCase, tolerance: Tolerance): number {
  const comparison = new MetricComparison(tolerance);
  const named = { binary_accuracy: metrics.binaryAccuracy, exact_match: metrics.exactMatch };
  comparison.fields(each, named, readValues(each.prob), readValues(each.target));
  return comparison.worst;
}

function checkRegression(each: PairCase, tolerance: Tolerance): number {
  const comparison = new MetricComparison(tolerance);
  const predictions = readValues(each.pred);
  const targets = readValues(each.target);
  const named: Record<string, Metric> = {
    mse: metrics.mse,
    rmse: metrics.rmse,
    mae: metrics.mae,
    r2: metrics.r2,
    r2_uniform_average: metrics.r2,
    r2_variance_weighted: metrics.r2({ average: "variance" }),
    mape_percent: metrics.mape,
    max_error: metrics.maxError,
    median_absolute_error: metrics.medianAbsoluteError,
    explained_variance: metrics.explainedVariance,
    pearson: metrics.pearson,
  };
  comparison.fields(each, named, predictions, targets);
  if (typeof each.mean_target === "number") comparison.numbers([targets.mean().item()], [each.mean_target]);
  if (Array.isArray(each.r2_raw))
    comparison.numbers(
      each.r2_raw.map((_, column) =>
        metrics.r2.compute(predictions.slice(column, column + 1, 1), targets.slice(column, column + 1, 1)),
      ),
      each.r2_raw,
    );
  return comparison.worst;
}
