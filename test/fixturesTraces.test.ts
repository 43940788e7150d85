// What fit records of each layer, and metrics, against reference values of other frameworks.

import { afterAll, describe, expect, it } from "vitest";
import {
  backendName,
  layers,
  type Metric,
  metrics,
  optimizers,
  sequential,
  tensor,
  useBackend,
} from "../src/engine/index.ts";
import { metricBatch } from "../src/engine/training/compile.ts";
import { expectClose } from "./support/expectClose.ts";
import { type FixtureTensor, numberOf, readFixture, type Tolerance, tensorOf } from "./support/fixtures.ts";

interface TrainingCase {
  readonly name: string;
  readonly model: {
    readonly layers: readonly { name: string; type: string; units: number; activation: string }[];
    readonly loss: string;
  };
  readonly optimizer: { readonly name: string; readonly lr: number; readonly momentum?: number };
  readonly steps: number;
  readonly x: FixtureTensor;
  readonly y: FixtureTensor;
  readonly initial_weights: Readonly<Record<string, FixtureTensor>>;
  readonly loss: readonly number[];
  /** Per layer: L2, mean |g|, max |g|, standard deviation. */
  readonly gradient_stats: readonly {
    readonly step: number;
    readonly layers: Readonly<Record<string, readonly [number, number, number, number]>>;
  }[];
  readonly activation_stats?: readonly {
    readonly step: number;
    readonly layers: Readonly<Record<string, { mean: number; std: number; zero_fraction: number }>>;
  }[];
  readonly tolerance_f32: Tolerance;
  readonly tolerance_f32_gradient_stats: Tolerance;
}

describe("recorded statistics of deep networks", () => {
  const { cases } = readFixture<{ cases: TrainingCase[] }>("training.json");
  const deep = cases.filter(({ name }) => name.startsWith("deep_"));

  it("finds the reference trainings", () => {
    expect(deep.map(({ name }) => name)).toEqual(["deep_sigmoid_12", "deep_relu_he_12", "deep_tanh_large_init_12"]);
  });

  const usual = backendName();
  afterAll(() => void useBackend(usual.startsWith("simd") ? "simd" : "plain"));
  const onBoth = deep.flatMap((each) => (["plain", "simd"] as const).map((name) => [each.name, name, each] as const));

  it.each(onBoth)("%s on %s", async (_, backend, reference) => {
    expect(useBackend(backend).startsWith(backend)).toBe(true);
    const model = sequential(
      reference.model.layers.map(({ name, units, activation }) => layers.dense(units, { name, activation })),
    );
    const x = tensorOf(reference.x);
    model.build(x.shape.slice(1));
    model.setWeights(Object.values(reference.initial_weights).map((weights) => tensorOf(weights)));
    const { lr, momentum = 0 } = reference.optimizer;
    model.compile({ loss: reference.model.loss, optimizer: optimizers.sgd({ learningRate: lr, momentum }) });
    const size = x.shape[0] ?? 1;
    const run = await model.fit(x, tensorOf(reference.y), { epochs: reference.steps, batchSize: size, shuffle: false });
    expectClose(run.loss, reference.loss, reference.tolerance_f32, "loss");
    for (const { step, layers: expected } of reference.gradient_stats) {
      for (const [name, values] of Object.entries(expected)) {
        const series = run.layers.find((layer) => layer.name === name)?.series;
        const got = [series?.l2[step], series?.meanAbs[step], series?.max[step], series?.std[step]].map(
          (value) => value ?? Number.NaN,
        );
        expectClose(got, values, reference.tolerance_f32_gradient_stats, `${name} at step ${step}`);
      }
    }
    for (const { step, layers: expected } of reference.activation_stats ?? []) {
      for (const [name, { mean, std }] of Object.entries(expected)) {
        const series = run.layers.find((layer) => layer.name === name)?.series;
        const got = [series?.activationMean[step], series?.activationStd[step]].map((value) => value ?? Number.NaN);
        expectClose(got, [mean, std], { rtol: 1e-4, atol: 1e-6 }, `activation of ${name} at step ${step}`);
      }
    }
  });
});

describe("metrics", () => {
  const fixture = readFixture<{
    tolerance: { f32: Tolerance };
    binary: {
      name: string;
      target: number[];
      prob: (number | string)[];
      threshold: number;
      accuracy: number;
      precision: number;
      recall: number;
      f1: number;
    }[];
    multiclass: { name: string; target: number[]; target_one_hot: number[][]; prob: FixtureTensor; accuracy: number }[];
    multilabel: { target: FixtureTensor; prob: FixtureTensor; binary_accuracy: number }[];
    regression: {
      name: string;
      target: number[] | FixtureTensor;
      pred: number[] | FixtureTensor;
      mse: number;
      rmse?: number;
      mae: number;
      r2?: number;
      r2_uniform_average?: number;
    }[];
  }>("metrics.json");
  const { f32 } = fixture.tolerance;

  /** A metric over two batches, so that totals are tested too. */
  function measured(metric: Metric, target: ReturnType<typeof tensor>, prediction: ReturnType<typeof tensor>): number {
    const total = metric.start();
    const half = Math.max(1, Math.floor((target.shape[0] ?? 1) / 2));
    total.add(metricBatch(target.slice(0, half), prediction.slice(0, half)));
    if (half < (target.shape[0] ?? 1)) total.add(metricBatch(target.slice(half), prediction.slice(half)));
    return total.result();
  }
  const column = (values: readonly (number | string)[]) => tensor(values.map(numberOf), { shape: [values.length, 1] });
  const check = (got: number, wanted: number, what: string) => expectClose([got], [wanted], f32, what);

  it.each(fixture.binary.filter(({ threshold }) => threshold === 0.5).map((each) => [each.name, each] as const))(
    "of two classes: %s",
    (_, each) => {
      const [target, prediction] = [column(each.target), column(each.prob)];
      for (const name of ["accuracy", "precision", "recall", "f1"] as const)
        check(measured(metrics[name], target, prediction), each[name], name);
    },
  );

  it.each(fixture.multiclass.map((each) => [each.name, each] as const))("of several classes: %s", (_, each) => {
    const prediction = tensorOf(each.prob);
    check(measured(metrics.accuracy, tensor(each.target_one_hot), prediction), each.accuracy, "categorical");
    check(measured(metrics.accuracy, column(each.target), prediction), each.accuracy, "sparse");
  });

  it("of several labels at once", () => {
    for (const each of fixture.multilabel) {
      check(
        measured(metrics.binaryAccuracy, tensorOf(each.target), tensorOf(each.prob)),
        each.binary_accuracy,
        "binaryAccuracy",
      );
    }
  });

  it.each(fixture.regression.map((each) => [each.name, each] as const))("of regression: %s", (_, each) => {
    const read = (values: number[] | FixtureTensor) => (Array.isArray(values) ? column(values) : tensorOf(values));
    const [target, prediction] = [read(each.target), read(each.pred)];
    check(measured(metrics.mse, target, prediction), each.mse, "mse");
    check(measured(metrics.mae, target, prediction), each.mae, "mae");
    if (each.rmse !== undefined) check(measured(metrics.rmse, target, prediction), each.rmse, "rmse");
    const r2 = each.r2 ?? each.r2_uniform_average;
    if (r2 !== undefined) check(measured(metrics.r2, target, prediction), r2, "r2");
  });
});
