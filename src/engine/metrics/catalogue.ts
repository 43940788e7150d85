// The metrics by name, and metrics written in a cell.

import { checkOptions, describeValue, saying, UnknownNameError, ValueError } from "../errors.ts";
import { withKnownMembers } from "../members.ts";
import { findName, type OpenName } from "../names.ts";
import { remembering } from "../remake.ts";
import { withoutRecording } from "../tape.ts";
import { Tensor } from "../tensor.ts";
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  exactMatch,
  sparseCategoricalAccuracy,
  topKAccuracy,
} from "./classification.ts";
import { balancedAccuracy, cohenKappa, f1, matthews, precision, recall, specificity } from "./confusion.ts";
import { type Metric, meanMetric, nameable } from "./metric.ts";
import { auc, averagePrecision } from "./ranking.ts";
import {
  brier,
  cosineSimilarity,
  explainedVariance,
  logLoss,
  mae,
  mape,
  maxError,
  medianAbsoluteError,
  mse,
  pearson,
  r2,
  rmse,
} from "./regression.ts";

const byName = remembering("metrics", {
  /** Share of right answers, 0 to 1: binary, categorical or sparse, as the shapes of outputs and targets ask. `"acc"` for short. */
  accuracy: nameable(accuracy),
  /** Share of right answers for two classes: an output above the threshold (0.5) stands for class 1. `metrics.binaryAccuracy({ threshold: 0.3 })`. */
  binaryAccuracy,
  /** Share of right answers for one-hot targets: the largest output is the answer. */
  categoricalAccuracy: nameable(categoricalAccuracy),
  /** Share of right answers for targets that are class numbers: the largest output is the answer. */
  sparseCategoricalAccuracy: nameable(sparseCategoricalAccuracy),
  /** Share of examples whose right class is among the `k` (5) largest outputs: `metrics.topKAccuracy({ k: 3 })`. One-hot targets or class numbers. */
  topKAccuracy,
  /** Share of examples with all labels right, where each may have several: every output above 0.5 exactly where the target is 1. */
  exactMatch,
  /** The mean over the classes of the share that is found, so that rare classes count as much as others; of two classes `(TP / (TP + FN) + TN / (TN + FP)) / 2`. */
  balancedAccuracy,
  /** Of the examples called positive (output above 0.5), the share that is: `TP / (TP + FP)`. Several classes: `metrics.precision({ average: "macro" })`. */
  precision,
  /** Of the positive examples, the share that is found (output above 0.5): `TP / (TP + FN)`. Several classes: `metrics.recall({ average: "macro" })`. */
  recall,
  /** The harmonic mean of precision and recall: `2·P·R / (P + R)`. Several classes: `metrics.f1({ average: "macro" })`. */
  f1,
  /** Of the negative examples, the share that is called so (output not above 0.5): `TN / (TN + FP)`. */
  specificity,
  /** Area under the ROC curve: how probable it is that a positive example gets a larger output than a negative one. 0.5 is guessing. Exact; several classes: mean of each against the rest. */
  auc: nameable(auc),
  /** Area under the precision–recall curve, as the sum of gains in recall times precision: `Σₖ (Rₖ − Rₖ₋₁)·Pₖ`. For rare positives. */
  averagePrecision: nameable(averagePrecision),
  /**
   * Matthews' correlation of answers and targets, −1 to 1; 0 is guessing, also where classes are unequally frequent. Of two classes
   * `(TP·TN − FP·FN) / √((TP + FP)·(TP + FN)·(TN + FP)·(TN + FN))`.
   */
  matthews,
  /** Cohen's kappa: how far answers agree with targets beyond chance: `(A − C) / (1 − C)`, with `A` the accuracy and `C` what chance alone would give. */
  cohenKappa,
  /** Brier score: the mean squared distance of probabilities from what happened: `mean((p − t)²)`. */
  brier: nameable(brier),
  /** Mean of `−log` of the probability given to the right class: for one output, one-hot targets or class numbers. */
  logLoss: nameable(logLoss),
  /** Mean squared error: `mean((p − t)²)`. */
  mse: nameable(mse),
  /** Root of the mean squared error, in the unit of the targets: `√mean((p − t)²)`. */
  rmse: nameable(rmse),
  /** Mean absolute error: `mean(|p − t|)`. */
  mae: nameable(mae),
  /** Mean absolute percentage error: `100·mean(|p − t| / |t|)`. */
  mape: nameable(mape),
  /** The largest absolute error: `max |p − t|`. */
  maxError: nameable(maxError),
  /** The median of the absolute errors of all outputs together: outliers do not move it. */
  medianAbsoluteError: nameable(medianAbsoluteError),
  /** Coefficient of determination: `1 − Σ(t − p)² / Σ(t − mean t)²`; 1 is perfect, 0 is guessing the mean. Several outputs: their mean, or `metrics.r2({ average: "variance" })`. */
  r2,
  /** Like r2, but a constant offset of the predictions does not count: `1 − Var(t − p) / Var(t)`. */
  explainedVariance: nameable(explainedVariance),
  /** Pearson's correlation of predictions and targets, −1 to 1: `Cov(p, t) / √(Var(p)·Var(t))`. */
  pearson: nameable(pearson),
  /** Mean over the rows of the cosine of the angle between predictions and targets, −1 to 1: `mean(p·t / (|p|·|t|))`. */
  cosineSimilarity: nameable(cosineSimilarity),
} as const satisfies Record<string, Metric>);

/** The metrics that have a name. */
export type MetricName = keyof typeof byName;

const names = Object.keys(byName) as MetricName[];
const aliases = {
  acc: "accuracy",
  meanSquaredError: "mse",
  rootMeanSquaredError: "rmse",
  meanAbsoluteError: "mae",
  f1Score: "f1",
  r2Score: "r2",
  meanAbsolutePercentageError: "mape",
  topKCategoricalAccuracy: "topKAccuracy",
  rocAuc: "auc",
  mcc: "matthews",
  kappa: "cohenKappa",
  brierScore: "brier",
  binaryCrossentropy: "logLoss",
  categoricalCrossentropy: "logLoss",
  correlation: "pearson",
} as const;

/** What `compile` takes: a name, a metric, or a function of predictions and targets. */
export type MetricOption = OpenName<MetricName | keyof typeof aliases> | Metric | MetricFunction;

/** A metric written in a cell: predictions and targets of a batch give one number. */
export type MetricFunction = (predictions: Tensor, targets: Tensor) => Tensor | number;

/** The metric an option means. @throws UnknownNameError with the nearest right name. */
export function resolveMetric(metric: MetricOption): Metric {
  if (isMetric(metric)) return metric;
  if (typeof metric === "function") return made.custom(metric);
  if (typeof metric !== "string") {
    throw new ValueError({
      op: "compile",
      expected: "metrics by name or from metrics.custom(…)",
      got: describeValue(metric),
    });
  }
  const name = findName<MetricName>(metric, names, aliases);
  if (name === null) throw new UnknownNameError({ what: "metric", unknown: metric, known: names, aliases });
  return byName[name];
}

/** A metric, also one that could be called with options. */
function isMetric(option: MetricOption): option is Metric {
  if (typeof option !== "function" && (typeof option !== "object" || option === null)) return false;
  return "kind" in option && option.kind === "metric";
}

function custom(
  fn: MetricFunction,
  options: { readonly name?: string; readonly better?: Metric["better"] } = {},
): Metric {
  if (typeof fn !== "function") {
    throw new ValueError({
      op: "metrics.custom",
      expected: "a function of predictions and targets",
      got: describeValue(fn),
    });
  }
  checkOptions("metrics.custom", options, ["name", "better"]);
  const { better = "lower" } = options;
  if (better !== "lower" && better !== "higher")
    throw new ValueError({
      op: "metrics.custom",
      expected: 'better as "lower" or "higher"',
      got: describeValue(better),
    });
  const name = options.name ?? (fn.name === "" ? "custom" : fn.name);
  return meanMetric(
    name,
    better,
    (batch) => {
      const { target, prediction } = batch.tensors();
      const value = withoutRecording(() => saying(`This is in the metric "${name}".`, () => fn(prediction, target)));
      const number = value instanceof Tensor ? value.data[0] : value;
      if (typeof number !== "number" || (value instanceof Tensor && value.data.length !== 1)) {
        const got = value instanceof Tensor ? `a tensor [${value.shape.join(", ")}]` : describeValue(value);
        throw new ValueError({ op: name, expected: "one number for the batch", got, hint: "End with .mean()." });
      }
      return { sum: number * batch.rows, count: batch.rows };
    },
    { form: "any" },
  );
}

/** What was made so remembers it, as what other catalogues make does. */
const made = remembering("metrics", { custom }, { custom: 2 });

/**
 * Metrics to measure beside the loss: `compile({ metrics: ["acc", metrics.custom(…)] })`.
 *
 * By name: accuracy ("acc"; binary, categorical or sparse as the shapes ask), binaryAccuracy, categoricalAccuracy,
 * sparseCategoricalAccuracy, topKAccuracy, exactMatch, balancedAccuracy, precision, recall, f1, specificity (of two
 * classes, above 0.5), auc, averagePrecision, matthews, cohenKappa, brier, logLoss, mse, rmse, mae, mape, maxError,
 * medianAbsoluteError, r2, explainedVariance, pearson, cosineSimilarity. All may be called, some with options of their
 * own: `metrics.f1({ average: "macro" })`. Each computes from arrays too: `metrics.auc.compute(outputs, targets)`.
 */
export const metrics = withKnownMembers(
  "metric",
  {
    ...byName,
    /**
     * A metric written with tensor operations: the mean of `fn` over the batches, each weighted by its examples.
     *
     * @param fn Takes the batch's predictions and targets and gives one number (or a tensor of one).
     * @param options `name` (default the function's own name, or "custom"); `better`: "lower" (default) or "higher".
     * @example metrics.custom((predictions, targets) => predictions.sub(targets).abs().max(), { name: "worst" })
     */
    custom: made.custom,
  } as const,
  aliases,
);
