// What fit notices before it trains: choices that do not go together, nothing to learn, and the loss of guessing.

import { describe, expect, it } from "vitest";
import { datasets, layers, type Model, sequential } from "../../index.ts";

describe("fit notices", () => {
  async function notesOf(last: Parameters<typeof layers.dense>, loss: string, targets: number[][]): Promise<string[]> {
    const model = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(...last)]);
    model.compile({ loss });
    const run = await model.fit(
      [
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      targets,
    );
    return run.notes.map(({ kind }) => kind);
  }
  const column = [[0], [1], [1]];

  it("what does not go together, and nothing where all does", async () => {
    expect(await notesOf([1, { activation: "softmax" }], "binaryCrossentropy", column)).toContain("softmaxWithOneUnit");
    expect(await notesOf([1, { activation: "sigmoid" }], "mse", column)).toEqual(["squaredErrorOnClasses"]);
    expect(await notesOf([1, {}], "binaryCrossentropy", column)).toEqual(["crossentropyWithoutProbabilities"]);
    expect(await notesOf([1, { activation: "step" }], "mae", column)).toEqual(["stepActivation"]);
    expect(await notesOf([1, { activation: "sigmoid" }], "binaryCrossentropy", column)).toEqual([]);
    expect(await notesOf([1, {}], "mse", [[0.5], [2], [1]])).toEqual([]);
    expect(await notesOf([1, { activation: "sigmoid" }], "mse", [[0.5], [2], [1]])).toEqual(["targetsOutOfReach"]);
    expect(await notesOf([1, { activation: "relu" }], "mae", [[0.5], [2], [1]])).toEqual([]);
    expect(await notesOf([1, { activation: "relu" }], "mae", [[-0.5], [2], [1]])).toEqual(["targetsOutOfReach"]);
  });

  it("a model with nothing to learn", async () => {
    const kindsOf = async (model: Model) => {
      model.compile({ loss: "mse" });
      return (await model.fit([[1], [2]], [[0.3], [0.5]])).notes;
    };
    const frozen = sequential([layers.dense(1, { trainable: false }), layers.activation("tanh")]);
    expect(await kindsOf(frozen)).toEqual([
      {
        kind: "nothingToLearn",
        layer: null,
        text: "Training changes nothing in this model: its layers with weights have trainable: false.",
      },
    ]);
    expect((await kindsOf(sequential([layers.dropout(0.5)])))[0]?.text).toContain("none of its layers has weights");
    const [layer] = frozen.layers;
    if (layer !== undefined) layer.trainable = true;
    expect(await kindsOf(frozen)).toEqual([]);
  });

  it("the loss of guessing", async () => {
    const twoClasses = sequential([layers.dense(1, { activation: "sigmoid" })]);
    twoClasses.compile({ loss: "binaryCrossentropy" });
    const run = await twoClasses.fit(datasets.xor(), { batchSize: 4 });
    expect(run.guessLoss).toBeCloseTo(Math.log(2), 12);
    const model = sequential([layers.dense(3, { activation: "softmax" })]);
    model.compile({ loss: "sparseCategoricalCrossentropy" });
    const sparse = await model.fit([[1], [2], [3]], [0, 1, 2]);
    expect(sparse.guessLoss).toBeCloseTo(Math.log(3), 12);
    const prices = sequential([layers.dense(1)]);
    prices.compile({ loss: "mae" });
    expect((await prices.fit([[1], [2], [3]], [10, 12, 20])).guessLoss).toBeCloseTo(10 / 3, 12);
  });
});
