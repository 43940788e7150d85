// Metrics: by name and with options, in batches and at once, where nothing is defined, and what they refuse.

import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { Tensor, tensor } from "../tensor.ts";
import { metrics, resolveMetric } from "./catalogue.ts";
import { classificationReport, confusionMatrix } from "./classificationReport.ts";
import type { Metric, MetricBatch } from "./metric.ts";

describe("metrics by name and with options", () => {
  it("a metric that takes options is itself a metric", () => {
    expect(resolveMetric(metrics.precision).name).toBe("precision");
    expect(resolveMetric(metrics.precision({ threshold: 0.2, name: "eager" })).name).toBe("eager");
    expect(resolveMetric("top_k_categorical_accuracy").name).toBe("topKAccuracy");
    expect(resolveMetric(() => 1).name).toBe("custom");
  });

  it("wrong options are refused with the right ones", () => {
    expect(() => metrics.f1({ averge: "macro" } as never)).toThrow('Did you mean "average"?');
    expect(() => metrics.f1({ average: "mean" as never })).toThrow('expected average "binary", "macro"');
    expect(() => metrics.f1({ average: null as never })).toThrow("classificationReport(outputs, labels).classes");
    expect(() => metrics.topKAccuracy({ k: 0 })).toThrow("expected k as a whole number, 1 or more");
    expect(() => metrics.recall({ threshold: "0.5" as never })).toThrow("expected threshold as a finite number");
    expect(() => metrics.mse.compute([1, 2], [1])).toThrow("mse: expected targets for the 2 rows of predictions");
    expect(() => confusionMatrix([[0.1, 0.9]], [2])).toThrow("expected class numbers from 0 to 1, got 2 at row 0");
    expect(() => metrics.logLoss.compute([[0.1, 0.9]], [2])).toThrow(
      "expected class numbers from 0 to 1, got 2 at row 0",
    );
    expect(() => metrics.accuracy.compute([[1], [Number.NaN]], [1, 0])).toThrow(
      "accuracy: expected predictions without NaN, got NaN at row 1",
    );
    expect(() => metrics.accuracy.compute([0.5], [Number.POSITIVE_INFINITY])).toThrow("expected finite targets");
    expect(() => metrics.mse.compute([[0.1, 0.9]], [1])).toThrow(
      "mse: expected targets of 2 numbers an example, as predictions are, got 1. Class numbers suit accuracy",
    );
    expect(() => metrics.accuracy.compute([[0.1, 0.2, 0.7]], [[0, 1]])).toThrow(
      "of 3 numbers an example, as predictions are, or 1 class number, got 2",
    );
  });

  it("choose a class at each step of a sequence", () => {
    const outputs = tensor([
      [
        [0.9, 0.1],
        [0.8, 0.2],
        [0.3, 0.7],
      ],
    ]);
    expect(metrics.accuracy.compute(outputs, [[0, 1, 1]])).toBeCloseTo(2 / 3, 12);
    expect(metrics.logLoss.compute(outputs, [[0, 0, 1]])).toBeCloseTo(-Math.log(0.9 * 0.8 * 0.7) / 3, 6);
    expect(confusionMatrix(outputs, [[0, 1, 1]]).toArray()).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});

const batch = (prediction: Tensor, target: Tensor): MetricBatch => ({
  prediction: prediction.data,
  target: target.data,
  rows: prediction.shape[0] ?? 0,
  width: prediction.shape[1] ?? 1,
  targetWidth: target.shape[1] ?? 1,
  classes: prediction.shape[1] ?? 1,
  tensors: () => ({ target, prediction }),
});

describe("in batches as at once", () => {
  const random = new Random(5);
  const binary = Object.entries(metrics).filter(([name]) => name !== "custom") as [string, Metric][];

  it.each(binary)("%s", (_, metric) => {
    for (const size of [1, 3, 5, 17]) {
      // Halves, so that outputs are often equal.
      const prediction = new Tensor(
        [17, 1],
        random.uniformFloats(17).map((value) => Math.round(value * 20) / 20),
      );
      const target = new Tensor(
        [17, 1],
        random.uniformFloats(17).map((value) => Math.round(value)),
      );
      const total = metric.start();
      for (let start = 0; start < 17; start += size)
        total.add(batch(prediction.slice(start, start + size), target.slice(start, start + size)));
      expect(total.result()).toBeCloseTo(metric.compute(prediction, target), 12);
    }
  });
});

describe("called", () => {
  const names = (Object.keys(metrics) as (keyof typeof metrics)[]).filter(
    (name) => name !== "custom" && name !== "topKAccuracy",
  );
  it.each(names)("metrics.%s() is metrics.%s, with another name where one is given", (name) => {
    const called = metrics[name]({ name: "mine" });
    expect([called.name, called.kind, called.better]).toEqual(["mine", "metric", metrics[name].better]);
    const [predictions, targets] = [tensor([0.9, 0.2, 0.7, 0.4]), tensor([1, 0, 0, 1])];
    expect(called.compute(predictions, targets)).toBe(metrics[name].compute(predictions, targets));
    expect(metrics[name]().name).toBe(metrics[name].name);
    expect(() => metrics[name](predictions as object)).toThrow(
      `To measure predictions write metrics.${name}.compute(predictions, targets).`,
    );
  });
});

describe("where nothing is defined", () => {
  it("shares of nothing are 0, an area of one class alone is NaN", () => {
    expect(metrics.precision.compute([0.1, 0.2], [1, 0])).toBe(0);
    expect(metrics.recall.compute([0.9, 0.2], [0, 0])).toBe(0);
    expect(metrics.f1({ average: "weighted" }).compute([[1, 0]], [0])).toBe(1);
    expect(metrics.matthews.compute([0.9, 0.8], [1, 1])).toBe(0);
    expect(metrics.auc.compute([0.9, 0.8], [1, 1])).toBeNaN();
    expect(metrics.averagePrecision.compute([0.9, 0.8], [0, 0])).toBeNaN();
    expect(metrics.accuracy.start().result()).toBeNaN();
    expect(metrics.r2.start().result()).toBeNaN();
  });

  it("a NaN among the outputs of a training shows in what is computed from their values", () => {
    for (const name of ["mse", "mae", "auc", "maxError", "medianAbsoluteError", "logLoss", "pearson"] as const) {
      const total = metrics[name].start();
      total.add(batch(tensor([[0.5], [Number.NaN], [0.2]]), tensor([[1], [0], [1]])));
      expect(total.result(), name).toBeNaN();
    }
  });
});

it("a report gives each class and the averages", () => {
  const report = classificationReport(
    tensor([
      [0.7, 0.2, 0.1],
      [0.1, 0.8, 0.1],
      [0.5, 0.3, 0.2],
    ]),
    [0, 1, 2],
  );
  expect(report.confusion.toArray()).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [1, 0, 0],
  ]);
  expect(report.classes.map(({ recall, support }) => [recall, support])).toEqual([
    [1, 1],
    [1, 1],
    [0, 1],
  ]);
  expect(report.micro.f1).toBeCloseTo(2 / 3, 12);
});
