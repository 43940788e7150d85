// Traces: bounded, with first, last and outliers kept; and the numbers in them.

import { describe, expect, it } from "vitest";
import { datasets, layers, optimizers, sequential } from "../../index.ts";
import { thinnedIndices } from "./trace.ts";

describe("a trace", () => {
  it("thins without preferring large values among ordinary ones", () => {
    const sizes = Array.from({ length: 1000 }, (_, index) => 1 + (index % 2));
    const kept = thinnedIndices(sizes, 100);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(999);
    expect(new Set(kept.slice(1, -1).map((index) => sizes[index])).size).toBeLessThanOrEqual(2);
    expect(thinnedIndices(sizes, 2)).toHaveLength(3);
    expect(thinnedIndices([1, Number.NaN, 1, 1, 1, 1], 4)).toContain(1);
  });

  it("thins a gentle wave without cutting its height", () => {
    for (const at of [1, 2, 500, 501, 997, 998]) {
      const sizes = Array.from({ length: 1000 }, (_, index) => 100 / (1 + Math.abs(index - at)));
      for (const limit of [4, 5, 60, 200]) {
        const kept = thinnedIndices(sizes, limit);
        expect(kept).toContain(at);
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect([...kept].sort((a, b) => a - b)).toEqual(kept);
      }
    }
  });
});

describe("what fit records", () => {
  it("has gradient, update and activation of each layer with weights, from the first step on", async () => {
    const model = sequential([
      layers.dense(8, { activation: "relu" }),
      layers.dropout(0.1),
      layers.dense(4, { activation: "sigmoid" }),
      layers.dense(1),
    ]);
    model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.1 }) });
    const run = await model.fit(datasets.moons({ samples: 64 }), { epochs: 3, batchSize: 32 });
    expect(run.trace).toEqual({ steps: [1, 2, 3, 4, 5, 6], stride: 1 });
    const [first, dropout, second, last] = run.layers;
    expect(run.layers.map(({ name }) => name)).toEqual(["dense_1", "dropout_1", "dense_2", "dense_3"]);
    expect(dropout?.series.meanAbs).toEqual([]);
    for (const layer of [first, second, last]) {
      expect(layer?.series.meanAbs).toHaveLength(6);
      expect(layer?.series.updateRatio.every((ratio) => ratio !== null && ratio > 0 && ratio < 1)).toBe(true);
      expect(layer?.epochGradient).toBeGreaterThan(0);
    }
    expect(first?.series.deadShare.every((share) => share !== null && share >= 0 && share <= 1)).toBe(true);
    expect(second?.series.deadShare).toEqual([null, null, null, null, null, null]);
    expect(last?.series.saturatedShare).toEqual([null, null, null, null, null, null]);
    expect(second?.preActivations?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(second?.preActivations?.edges).toHaveLength((second?.preActivations?.shares.length ?? 0) + 1);
    expect(last?.preActivations).toBeNull();
    expect(second?.preActivations?.unitMeans).toHaveLength(second?.preActivations?.units ?? -1);
  });

  it("counts units that are zero for a whole batch as dead", async () => {
    const model = sequential([layers.dense(4, { activation: "relu", biasInitializer: "zeros" }), layers.dense(1)]);
    model.build(2);
    const [kernel, ...rest] = model.getWeights();
    // Three of four units see only negative sums.
    const dying = [
      [-5, -5, -5, 5],
      [-5, -5, -5, 5],
    ];
    model.setWeights([dying, ...rest]);
    expect(kernel?.shape).toEqual([2, 4]);
    model.compile({ loss: "mse", optimizer: "sgd" });
    const run = await model.fit(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 2],
    );
    expect(run.layers[0]?.series.deadShare).toEqual([0.75]);
    expect(run.layers[0]?.preActivations?.deadUnits).toEqual([0, 1, 2]);
    expect(run.layers[0]?.series.saturatedShare).toEqual([0.75]);
    // The gradient of a dead unit's three weights is zero.
    expect(run.layers[0]?.series.zeroShare[0]).toBe(0.75);
  });

  it("keeps the parameter of each activation, given or not", async () => {
    const model = sequential([
      layers.dense(2, { activation: "leakyRelu", alpha: 0.35 }),
      layers.dense(2, { activation: "elu" }),
      layers.dense(1, { activation: "sigmoid" }),
    ]);
    model.compile({ loss: "mse", optimizer: "sgd" });
    const run = await model.fit(datasets.xor(), { epochs: 1 });
    expect(run.layers.map(({ preActivations }) => preActivations?.alpha)).toEqual([0.35, 1, null]);
  });

  it("is nothing with trace: false", async () => {
    const model = sequential([layers.dense(1, { activation: "sigmoid" })]);
    model.compile({ loss: "binaryCrossentropy" });
    const run = await model.fit(datasets.xor(), { epochs: 2, trace: false });
    expect(run.trace.steps).toEqual([]);
    expect(run.layers[0]?.preActivations).toBeNull();
  });
});
