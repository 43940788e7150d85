// Normalization: statistics while training and afterwards, by both conventions, and what cannot be normalized.

import { describe, expect, it } from "vitest";
import { type Layer, layers, ones, Random, type Run, sequential, Tensor, tensor } from "../../index.ts";

const random = new Random(1);
const training = { training: true, random };
const inference = { training: false, random };

function built<Made extends Layer>(layer: Made, inputShape: readonly number[]): Made {
  layer.build(inputShape, random);
  return layer;
}

function numbersOf(layer: Layer): Record<string, number[]> {
  return Object.fromEntries(layer.weights.map(({ name, data }) => [name, [...data]]));
}

/** Two features of very different size; means 2 and 200, variances 1 and 10000. */
const x = tensor([
  [1, 100],
  [3, 300],
]);

describe("batchNorm", () => {
  it("brings each feature to mean 0 and deviation 1 while training", () => {
    const layer = built(layers.batchNorm({ epsilon: 0 }), [2]);
    expect(layer.call(x, training).toArray()).toEqual([
      [-1, -1],
      [1, 1],
    ]);
  });

  it("moves its statistics towards the batch's while training, and uses them otherwise", () => {
    const layer = built(layers.batchNorm({ momentum: 0.5, epsilon: 0 }), [2]);
    layer.call(x, inference);
    expect(numbersOf(layer)).toMatchObject({ movingMean: [0, 0], movingVariance: [1, 1] });
    layer.call(x, training);
    expect(numbersOf(layer)).toMatchObject({ movingMean: [1, 100], movingVariance: [1, 5000.5] });
    expect(layer.call(tensor([[1, 100]]), inference).toArray()).toEqual([[0, 0]]);
    expect(layer.call(tensor([[2, 100]]), inference).toArray()).toEqual([[1, 0]]);
  });

  it("by PyTorch's convention counts the new batch by momentum, and divides its variance by n − 1", () => {
    const layer = built(layers.batchNorm({ convention: "torch" }), [2]);
    expect(layer).toMatchObject({ momentum: 0.1, epsilon: 1e-5 });
    layer.call(x, training);
    const moved = numbersOf(layer);
    expect(moved.movingMean?.[0]).toBeCloseTo(0.2, 6);
    expect(moved.movingVariance?.[0]).toBeCloseTo(0.9 + 0.1 * 2, 6);
    // One example has no variance to divide by n − 1.
    layer.call(tensor([[0, 0]]), training);
    expect(numbersOf(layer).movingVariance?.[0]).toBeCloseTo(0.9 * 1.1, 6);
  });

  it("holds two weights that learn and two that it keeps by itself; center and scale leave the first out", () => {
    const layer = built(layers.batchNorm(), [4, 3]);
    expect(layer.weights.map(({ name, shape, isTrainable }) => [name, shape, isTrainable])).toEqual([
      ["gamma", [3], true],
      ["beta", [3], true],
      ["movingMean", [3], false],
      ["movingVariance", [3], false],
    ]);
    expect(layer.trainableWeights.map(({ name }) => name)).toEqual(["gamma", "beta"]);
    const bare = built(layers.batchNorm({ center: false, scale: false }), [3]);
    expect(bare.weights.map(({ name }) => name)).toEqual(["movingMean", "movingVariance"]);
  });

  it("that must not learn uses its moving statistics as they are, also while training", () => {
    const layer = built(layers.batchNorm({ trainable: false, epsilon: 0 }), [2]);
    expect(layer.call(x, training).toArray()).toEqual(x.toArray());
    expect(numbersOf(layer)).toMatchObject({ movingMean: [0, 0], movingVariance: [1, 1] });
  });

  it("is exact where a feature is large and varies little", () => {
    const layer = built(layers.batchNorm({ epsilon: 0 }), [1]);
    const column = tensor([[16384], [16385], [16386], [16387]]);
    const [first, , , last] = layer.call(column, training).data;
    expect(first).toBeCloseTo(-1.5 / Math.sqrt(1.25), 6);
    expect(last).toBeCloseTo(1.5 / Math.sqrt(1.25), 6);
  });

  it("keeps a NaN in its own feature", () => {
    const layer = built(layers.batchNorm(), [2]);
    const output = layer.call(
      tensor([
        [Number.NaN, 1],
        [0, 3],
      ]),
      training,
    );
    expect([...output.data].map(Number.isNaN)).toEqual([true, false, true, false]);
  });

  it("says what it cannot work with", () => {
    const layer = built(layers.batchNorm(), [2]);
    expect(() => layer.call(ones([3, 4]), training)).toThrow(
      "batchNorm: expected input [batch, …, 2], got [3, 4]. Give 2 features per example.",
    );
    expect(() => layers.batchNorm().call(x, training)).toThrow("expected input a layer that was built");
    expect(() => layers.batchNorm().build([], random)).toThrow("expected input [batch, features], got [batch]");
    expect(() => layer.call(new Tensor([0, 2], new Float32Array()), training)).toThrow("expected at least one number");
    expect(() => layers.batchNorm({ momentum: 2 })).toThrow("expected a momentum from 0 to 1, got 2");
    expect(() => layers.batchNorm({ epsilon: -1 })).toThrow("expected epsilon as a number from 0 on, got -1");
    // @ts-expect-error: what a cell without types may pass.
    expect(() => layers.batchNorm({ convention: "pytorch" })).toThrow('expected convention "keras" or "torch"');
    // @ts-expect-error: the option's name in older Keras.
    expect(() => layers.batchNorm({ eps: 1e-5 })).toThrow("layers.batchNorm");
  });

  it("lets gradients through a deep sigmoid network that loses them without", async () => {
    const plain = await firstGradients(() => [layers.dense(16), layers.activation("sigmoid")]);
    const normalized = await firstGradients(() => [layers.dense(16), layers.batchNorm(), layers.activation("sigmoid")]);
    // From the last hidden layer to the first: without, less than a thousandth of a thousandth is left.
    expect(plain.first / plain.last).toBeLessThan(1e-5);
    expect(normalized.first / normalized.last).toBeGreaterThan(0.1);
  });
});

/** Mean |gradient| of the first and last hidden dense layer of ten, at the first step. */
async function firstGradients(block: () => Layer[]): Promise<{ first: number; last: number }> {
  const numbers = new Random(4);
  const inputs = new Tensor([64, 8], numbers.normalFloats(64 * 8));
  const targets = new Tensor(
    [64, 1],
    new Float32Array(64).map((_, row) => ((inputs.data[8 * row] ?? 0) > 0 ? 1 : 0)),
  );
  const hidden = Array.from({ length: 10 }, block).flat();
  const model = sequential([...hidden, layers.dense(1, { activation: "sigmoid" })], { seed: 1 });
  model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
  const run: Run = await model.fit(inputs, targets, { epochs: 1, batchSize: 64, seed: 1 });
  const gradients = run.layers.filter(({ type }) => type === "dense").map(({ series }) => series.meanAbs[0] ?? NaN);
  return { first: gradients[0] ?? Number.NaN, last: gradients[9] ?? Number.NaN };
}

describe("layerNorm and rmsNorm", () => {
  it("layerNorm brings each example to mean 0 and deviation 1, then scales and shifts each feature", () => {
    const layer = built(layers.layerNorm({ epsilon: 0 }), [2]);
    const wide = tensor([
      [1, 3],
      [-500, 500],
    ]);
    const plain = [
      [-1, 1],
      [-1, 1],
    ];
    expect(layer.call(wide, training).toArray()).toEqual(plain);
    expect(layer.call(wide, inference).toArray()).toEqual(plain);
    layer.weights.find(({ name }) => name === "gamma")?.assign([2, 3]);
    layer.weights.find(({ name }) => name === "beta")?.assign([0, 1]);
    expect(layer.call(wide.slice(0, 1), inference).toArray()).toEqual([[-2, 4]]);
  });

  it("rmsNorm divides each example by its root mean square", () => {
    const layer = built(layers.rmsNorm({ epsilon: 0 }), [2]);
    const scale = 1 / Math.sqrt((9 + 16) / 2);
    const [a, b] = layer.call(tensor([[3, -4]]), training).data;
    expect(a).toBeCloseTo(3 * scale, 6);
    expect(b).toBeCloseTo(-4 * scale, 6);
    expect(layer.weights.map(({ name }) => name)).toEqual(["gamma"]);
  });

  it("have Keras' defaults, and weights only for what they are asked to do", () => {
    expect([layers.layerNorm().epsilon, layers.rmsNorm().epsilon]).toEqual([1e-3, 1e-6]);
    expect(built(layers.layerNorm(), [3]).weights.map(({ name }) => name)).toEqual(["gamma", "beta"]);
    expect(built(layers.layerNorm({ center: false }), [3]).weights.map(({ name }) => name)).toEqual(["gamma"]);
    expect(built(layers.rmsNorm({ scale: false }), [3]).weights).toEqual([]);
  });

  it("keep the shape of any rank, and say what they cannot work with", () => {
    const layer = built(layers.layerNorm(), [2, 3, 4]);
    expect(layer.call(ones([5, 2, 3, 4]), training).shape).toEqual([5, 2, 3, 4]);
    expect(() => layer.call(ones([5, 2, 3, 7]), training)).toThrow("layerNorm: expected input [batch, …, 4]");
    // @ts-expect-error: RMS normalization adds nothing.
    expect(() => layers.rmsNorm({ center: true })).toThrow("layers.rmsNorm");
  });
});
