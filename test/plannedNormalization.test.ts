// Normalization, noise and embeddings in a planned training step: what is laid out once must go on as steps made one by one.

import { describe, expect, it } from "vitest";
import { type Layer, layers, type Model, Random, sequential, Tensor } from "../src/engine/index.ts";

const random = new Random(8);
const rows = 21;
const features = new Tensor([rows, 6], random.normalFloats(rows * 6));
const ids = new Tensor(
  [rows, 3],
  new Float32Array(rows * 3).map((_, at) => (at * 7 + (at % 5)) % 9),
);
const targets = new Tensor([rows, 1], random.uniformFloats(rows));

/** Networks that hold the layers in question, and data they can take. */
const networks: Record<string, { x: Tensor; make: () => Layer[] }> = {
  batchNorm: { x: features, make: () => [layers.dense(5), layers.batchNorm({ momentum: 0.8 }), layers.dense(1)] },
  "batchNorm by PyTorch's convention": {
    x: features,
    make: () => [layers.dense(5), layers.batchNorm({ convention: "torch" }), layers.dense(1)],
  },
  "layerNorm and rmsNorm": {
    x: features,
    make: () => [layers.layerNorm(), layers.dense(5), layers.rmsNorm(), layers.dense(1)],
  },
  "dropout and gaussianNoise": {
    x: features,
    make: () => [layers.gaussianNoise(0.3), layers.dense(7), layers.dropout(0.4), layers.dense(1)],
  },
  "dropout and gaussianNoise with seeds of their own": {
    x: features,
    make: () => [
      layers.gaussianNoise(0.3, { seed: 2 }),
      layers.dense(7),
      layers.dropout(0.4, { seed: 3 }),
      layers.dense(1),
    ],
  },
  "embedding, reshape and flatten": {
    x: ids,
    make: () => [layers.embedding(9, 4), layers.reshape([2, 6]), layers.flatten(), layers.dense(1)],
  },
};

async function train({ x, make }: { x: Tensor; make: () => Layer[] }, isEager: boolean): Promise<Model> {
  const made = make();
  if (isEager) for (const layer of made) unplan(layer);
  const model = sequential(made, { seed: 5 });
  model.compile({ loss: "mse", optimizer: "adam" });
  // Batches of two sizes, in an order that changes.
  await model.fit(x, targets, { epochs: 4, batchSize: 8, seed: 3 });
  return model;
}

/** A call of its own is one that no plan knows. */
function unplan(layer: Layer): void {
  const { call } = layer;
  layer.call = (x, context) => call.call(layer, x, context);
}

describe("a planned training", () => {
  it.each(Object.entries(networks))("of %s goes as one made step by step", async (_name, network) => {
    const [planned, eager] = [await train(network, false), await train(network, true)];
    expect(planned.run?.loss).toEqual(eager.run?.loss);
    expect(planned.getWeights().map(({ data }) => [...data])).toEqual(eager.getWeights().map(({ data }) => [...data]));
  });

  it("names an id that is not in the table, wherever it comes up", async () => {
    const wrong = new Tensor(ids.shape, ids.data.slice());
    wrong.data[40] = 9;
    const model = sequential([layers.embedding(9, 4), layers.flatten(), layers.dense(1)]);
    model.compile({ loss: "mse", optimizer: "sgd" });
    await expect(model.fit(wrong, targets, { epochs: 3, batchSize: 4, seed: 1 })).rejects.toThrow(
      "embedding_1: expected whole ids from 0 to 8 (inputDim 9), got 9 at [",
    );
  });
});
