// Convolution and pooling in a planned training step, on both backends: what is laid out once must go on as steps made one by one.

import { afterAll, describe, expect, it } from "vitest";
import type { Backend } from "../src/engine/backend/backend.ts";
import { backend, setBackend } from "../src/engine/backend/current.ts";
import { plainBackend } from "../src/engine/backend/plain.ts";
import { createSimdBackend } from "../src/engine/backend/simd/simdBackend.ts";
import { type Layer, layers, type Model, Random, sequential, Tensor } from "../src/engine/index.ts";

const usual = backend();
afterAll(() => setBackend(usual));

const random = new Random(9);
const rows = 13;
const pictures = new Tensor([rows, 7, 5, 2], random.normalFloats(rows * 70));
const series = new Tensor([rows, 17, 3], random.normalFloats(rows * 51));
const targets = new Tensor([rows, 2], random.uniformFloats(rows * 2));

/** Networks that hold the layers in question, and data they can take. */
const networks: Record<string, { x: Tensor; make: () => Layer[] }> = {
  "conv2d and both poolings": {
    x: pictures,
    make: () => [
      layers.conv2d(5, 3, { padding: "same", activation: "relu" }),
      layers.maxPooling2d(2, { padding: "same" }),
      layers.conv2d(3, [2, 3], { padding: [0, 1], dilationRate: [2, 1], activation: "tanh" }),
      layers.averagePooling2d(2, { strides: 1 }),
      layers.flatten(),
      layers.dense(2),
    ],
  },
  "depthwiseConv2d and separableConv2d": {
    x: pictures,
    make: () => [
      layers.depthwiseConv2d(3, { strides: 2, padding: "same", depthMultiplier: 2, activation: "tanh" }),
      layers.separableConv2d(5, 2, { useBias: false, activation: "relu" }),
      layers.globalAveragePooling2d(),
      layers.dense(2),
    ],
  },
  conv2dTranspose: {
    x: pictures,
    make: () => [
      layers.conv2dTranspose(3, 3, { strides: 2, padding: "same", activation: "tanh" }),
      layers.conv2dTranspose(2, 2),
      layers.globalMaxPooling2d(),
      layers.dense(2),
    ],
  },
  "conv1d and its poolings": {
    x: series,
    make: () => [
      layers.conv1d(5, 3, { padding: "causal", dilationRate: 2, activation: "tanh" }),
      layers.maxPooling1d(2),
      layers.conv1d(4, 2, { strides: 2 }),
      layers.averagePooling1d(2),
      layers.globalMaxPooling1d(),
      layers.dense(2),
    ],
  },
};

async function train(
  { x, make }: { x: Tensor; make: () => Layer[] },
  { on, isEager }: { on: Backend; isEager: boolean },
): Promise<Model> {
  setBackend(on);
  const made = make();
  if (isEager) for (const layer of made) unplan(layer);
  const model = sequential(made, { seed: 5 });
  model.compile({ loss: "mse", optimizer: "adam" });
  // Batches of two sizes, in an order that changes.
  await model.fit(x, targets, { epochs: 4, batchSize: 5, seed: 3 });
  return model;
}

/** A call of its own is one that no plan knows. */
function unplan(layer: Layer): void {
  const { call } = layer;
  layer.call = (x, context) => call.call(layer, x, context);
}

const weightsOf = (model: Model) => model.weights.flatMap(({ data }) => [...data]);
const lossesOf = (model: Model) => model.run?.history[0]?.train ?? [];

const simd = createSimdBackend();
if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

describe.each([
  ["plain", plainBackend],
  ["simd", simd],
] as const)("on the %s backend", (_, on) => {
  it.each(Object.entries(networks))("%s: the same bits as steps made one by one", async (_name, network) => {
    const planned = await train(network, { on, isEager: false });
    const eager = await train(network, { on, isEager: true });
    expect(lossesOf(planned)).toHaveLength(4);
    expect(lossesOf(planned).at(-1)).toBeLessThan(lossesOf(planned)[0] ?? 0);
    expect(lossesOf(planned)).toEqual(lossesOf(eager));
    expect(weightsOf(planned)).toEqual(weightsOf(eager));
  });
});
