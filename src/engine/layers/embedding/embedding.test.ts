// Embeddings: rows for ids, how they start and learn, and ids that are none.

import { describe, expect, it } from "vitest";
import { layers, optimizers, Random, sequential, tensor } from "../../index.ts";

const random = new Random(1);
const context = { training: true, random };

function threeRows() {
  const layer = layers.embedding({ inputDim: 3, outputDim: 2 });
  layer.build([2], random);
  layer.weights[0]?.assign([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  return layer;
}

describe("embedding", () => {
  it("gives each id its row, whatever the shape of the ids", () => {
    const layer = threeRows();
    expect(layer.call(tensor([[2, 0]]), context).toArray()).toEqual([
      [
        [5, 6],
        [1, 2],
      ],
    ]);
    expect(layer.call(tensor([1]), context).toArray()).toEqual([[3, 4]]);
    expect(layers.embedding(3, 2).outputShapeFor([7, 4])).toEqual([7, 4, 2]);
    expect(layer.weights.map(({ name, shape }) => [name, shape])).toEqual([["embeddings", [3, 2]]]);
  });

  it("starts uniform from −0.05 to 0.05, or as it is told", () => {
    const layer = layers.embedding(100, 10);
    layer.build([1], random);
    const numbers = [...(layer.weights[0]?.data ?? [])];
    expect(Math.max(...numbers)).toBeLessThanOrEqual(0.05);
    expect(Math.max(...numbers)).toBeGreaterThan(0.045);
    expect(Math.min(...numbers)).toBeLessThan(-0.045);
    const ones = layers.embedding(2, 2, { embeddingsInitializer: "ones" });
    ones.build([1], random);
    expect(ones.weights[0]?.toArray()).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it.each([
    [3, "For this id inputDim must be at least 4."],
    [-1, "Number the ids from 0 on."],
    [0.5, ""],
    [Number.NaN, "Number the ids from 0 on."],
  ])("names the id %d that is not in the table, and its place", (id, hint) => {
    const ids = tensor([
      [0, 1],
      [2, id],
    ]);
    expect(() => threeRows().call(ids, context)).toThrow(
      `embedding: expected whole ids from 0 to 2 (inputDim 3), got ${id} at [1, 1] of the batch. ${hint}`,
    );
  });

  it("refuses sizes that are none", () => {
    expect(() => layers.embedding(0, 2)).toThrow("expected inputDim as a whole number, 1 or more, got 0");
    expect(() => layers.embedding(4)).toThrow("expected outputDim as a whole number, 1 or more, got undefined");
    expect(() => layers.embedding(4, 2).call(tensor([[1]]), context)).toThrow("expected a layer that was built");
  });

  it("learns which ids belong to which class", async () => {
    const model = sequential([layers.embedding(6, 2), layers.flatten(), layers.dense(1, { activation: "sigmoid" })]);
    model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.1 }), metrics: ["acc"] });
    const ids = [[0], [1], [2], [3], [4], [5]];
    const run = await model.fit(ids, [[1], [0], [0], [1], [1], [0]], { epochs: 60, batchSize: 6, seed: 1 });
    expect(run.state).toBe("finished");
    expect(model.predict(ids).data[0]).toBeGreaterThan(0.9);
    expect(model.predict(ids).data[1]).toBeLessThan(0.1);
  });
});
