// The metrics by name, and metrics written in a cell.

import { checkOptions, describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { withKnownMembers } from "../members.ts";
import { findName, type OpenName } from "../names.ts";
import { withoutRecording } from "../tape.ts";
import { Tensor } from "../tensor.ts";
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  f1,
  precision,
  recall,
  sparseCategoricalAccuracy,
} from "./classification.ts";
import { type Metric, meanMetric } from "./metric.ts";
import { mae, mse, r2, rmse } from "./regression.ts";

const byName = {
  /** Share of right answers, 0 to 1: binary, categorical or sparse, as the shapes of outputs and targets ask. `"acc"` for short. */
  accuracy,
  /** Share of right answers for two classes: an output above 0.5 stands for class 1. */
  binaryAccuracy,
  /** Share of right answers for one-hot targets: the largest output is the answer. */
  categoricalAccuracy,
  /** Share of right answers for targets that are class numbers: the largest output is the answer. */
  sparseCategoricalAccuracy,
  /** Of the examples called positive (output above 0.5), the share that is: `TP / (TP + FP)`. */
  precision,
  /** Of the positive examples, the share that is found (output above 0.5): `TP / (TP + FN)`. */
  recall,
  /** The harmonic mean of precision and recall: `2·P·R / (P + R)`. */
  f1,
  /** Mean squared error: `mean((p − t)²)`. */
  mse,
  /** Root of the mean squared error, in the unit of the targets: `√mean((p − t)²)`. */
  rmse,
  /** Mean absolute error: `mean(|p − t|)`. */
  mae,
  /** Coefficient of determination: `1 − Σ(t − p)² / Σ(t − mean t)²`; 1 is perfect, 0 is guessing the mean. */
  r2,
} as const satisfies Record<string, Metric>;

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
} as const;

/** What `compile` takes: a name, a metric, or a function of predictions and targets. */
export type MetricOption = OpenName<MetricName | keyof typeof aliases> | Metric | MetricFunction;

/** A metric written in a cell: predictions and targets of a batch give one number. */
export type MetricFunction = (predictions: Tensor, targets: Tensor) => Tensor | number;

/** The metric an option means. @throws UnknownNameError with the nearest right name. */
export function resolveMetric(metric: MetricOption): Metric {
  if (typeof metric === "function") return custom(metric);
  if (typeof metric === "object" && metric?.kind === "metric") return metric;
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
  const name = options.name ?? (fn.name === "" ? "custom" : fn.name);
  return meanMetric(name, options.better ?? "lower", (batch) => {
    const { target, prediction } = batch.tensors();
    const value = withoutRecording(() => fn(prediction, target));
    const number = value instanceof Tensor ? value.data[0] : value;
    if (typeof number !== "number" || (value instanceof Tensor && value.data.length !== 1)) {
      const got = value instanceof Tensor ? `a tensor [${value.shape.join(", ")}]` : describeValue(value);
      throw new ValueError({ op: name, expected: "one number for the batch", got, hint: "End with .mean()." });
    }
    return { sum: number * batch.rows, count: batch.rows };
  });
}

/**
 * Metrics to measure beside the loss: `compile({ metrics: ["acc", metrics.custom(…)] })`.
 *
 * By name: accuracy ("acc"; binary, categorical or sparse as the shapes ask), binaryAccuracy, categoricalAccuracy,
 * sparseCategoricalAccuracy, precision, recall, f1 (of two classes, above 0.5), mse, rmse, mae, r2.
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
    custom,
  } as const,
  aliases,
);
