// What `compile` settles: the loss, the optimizer and the metrics, by name or made by hand.

import { checkOptions, describeValue, ValueError } from "../errors.ts";
import type { Loss } from "../losses/loss.ts";
import { type LossOption, resolveLoss } from "../losses/lossOption.ts";
import { type MetricOption, resolveMetric } from "../metrics/catalogue.ts";
import type { Metric, MetricBatch } from "../metrics/metric.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type OptimizerOption, resolveOptimizer } from "../optimizers/optimizers.ts";
import type { Tensor } from "../tensor.ts";

/** How a model learns. */
export interface CompileOptions {
  /** What to make small: a name ("mse", "binaryCrossentropy", "categoricalCrossentropy" …) or `losses.xxx(…)`. */
  readonly loss: LossOption;
  /** How to make it small: a name ("sgd", "rmsprop", "adam", "adamW" …) or `optimizers.xxx({ learningRate })`. Default "rmsprop", as in Keras. */
  readonly optimizer?: OptimizerOption;
  /** What else to measure: names ("acc", "mae" …) or `metrics.custom(…)`. Default none. */
  readonly metrics?: readonly MetricOption[];
}

/** The settled parts. */
export interface Compiled {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
}

/** @throws UnknownNameError with the nearest name; ValueError without a loss. */
export function readCompileOptions(options: CompileOptions): Compiled {
  checkOptions("compile", options, ["loss", "optimizer", "metrics"]);
  if (options.loss === undefined) {
    throw new ValueError({
      op: "compile",
      expected: "a loss",
      got: "none",
      hint: 'For example compile({ loss: "mse", optimizer: "adam" }).',
    });
  }
  const metrics = options.metrics ?? [];
  if (!Array.isArray(metrics))
    throw new ValueError({
      op: "compile",
      expected: "metrics as a list",
      got: describeValue(metrics),
      hint: 'For example metrics: ["acc"].',
    });
  const optimizer = resolveOptimizer(options.optimizer ?? "rmsprop");
  // Momentum gathered on another model means nothing here, and the same compile must give the same run.
  optimizer.reset();
  return { loss: resolveLoss(options.loss), optimizer, metrics: metrics.map((metric) => resolveMetric(metric)) };
}

/** Targets and predictions as metrics read them. */
export function metricBatch(target: Tensor, prediction: Tensor): MetricBatch {
  const rows = prediction.shape[0] ?? 0;
  return {
    target: target.data,
    prediction: prediction.data,
    rows,
    targetWidth: rows === 0 ? 0 : target.size / rows,
    width: rows === 0 ? 0 : prediction.size / rows,
    tensors: () => ({ target: target.detach(), prediction: prediction.detach() }),
  };
}
