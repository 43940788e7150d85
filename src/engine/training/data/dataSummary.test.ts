// What a run remembers of its data: the scale of inputs, counts of classes, and units that start alike.

import { describe, expect, it } from "vitest";
import { type Examples, layers, type Model, sequential } from "../../index.ts";

async function fitted(model: Model, loss: string, data: Examples, options = {}) {
  model.compile({ loss });
  return model.fit(data, { epochs: 1, ...options });
}

describe("a run remembers of its data", () => {
  const x = Array.from({ length: 1000 }, (_, row) => [row % 2, 100 + (row % 3), 0]);

  it("which feature is how large, of some hundred examples spread over all", async () => {
    const y = x.map((_, row) => [row % 2]);
    const { dataSummary } = await fitted(sequential([layers.dense(1, { activation: "sigmoid" })]), "bce", { x, y });
    expect(dataSummary).toMatchObject({ examples: 1000, classCounts: [500, 500], isWeighted: false });
    expect(dataSummary.inputs[0]).toMatchObject({ takenBy: ["dense"], examples: 256, largestFeature: 1 });
    expect(dataSummary.inputs[0]?.largestSize).toBeCloseTo(101, 0);
    const oneHot = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const softmax = sequential([layers.dense(3, { activation: "softmax" })]);
    const several = await fitted(softmax, "categoricalCrossentropy", { x: [[1], [2], [3], [4]], y: oneHot });
    expect(several.dataSummary.classCounts).toEqual([1, 2, 1]);
  });

  it("the classes of numbered ones too, none of values, and whether examples are weighed", async () => {
    const numbered = sequential([layers.dense(3, { activation: "softmax" })]);
    const run = await fitted(
      numbered,
      "sparseCategoricalCrossentropy",
      { x: [[1], [2], [3]], y: [0, 2, 2] },
      { sampleWeight: [1, 2, 2] },
    );
    expect(run.dataSummary).toMatchObject({ classCounts: [1, 0, 2], isWeighted: true });
    expect(
      (await fitted(sequential([layers.dense(1)]), "mse", { x, y: x.map(() => [2.5]) })).dataSummary.classCounts,
    ).toBeNull();
  });
});

describe("units that start alike are noticed", () => {
  const kinds = async (...given: Parameters<typeof sequential>[0]) => {
    const run = await fitted(sequential(given), "mse", { x: [[1], [2]], y: [[1], [3]] });
    return run.notes.map(({ kind, layer }) => `${kind} ${layer}`);
  };
  const zeros = { kernelInitializer: "zeros" } as const;

  it("where the next layer weighs them alike", async () => {
    expect(await kinds(layers.dense(4, { ...zeros, activation: "tanh" }), layers.dense(1, zeros))).toEqual([
      "symmetricStart dense_1",
    ]);
    const ones = { kernelInitializer: "ones" } as const;
    expect(await kinds(layers.dense(4, ones), layers.activation("tanh"), layers.dense(1, ones))).toHaveLength(1);
  });

  it("not where random weights, or the targets, tell them apart", async () => {
    expect(await kinds(layers.dense(4, { activation: "tanh" }), layers.dense(1, zeros))).toEqual([]);
    expect(await kinds(layers.dense(4, { ...zeros, activation: "tanh" }), layers.dense(1))).toEqual([]);
    expect(await kinds(layers.dense(1, zeros))).toEqual([]);
    expect(await kinds(layers.dense(4, zeros), layers.dropout(0.5), layers.dense(1, zeros))).toEqual([]);
  });
});
