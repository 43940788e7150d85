// Frozen layers: no gradient is found for them, the signal goes on to layers before them that learn, and traces leave them out.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainBackend } from "../backend/plain.ts";
import { type Layer, layers, type Model, sequential, tensor, useBackend } from "../index.ts";
import { expectTwins, inside, numbers, random } from "./plans/twins.testing.ts";
import { trainingPass } from "./step.ts";

const dense = (units = 4, trainable = true) => layers.dense(units, { activation: "tanh", trainable });
const scaling = (trainable: boolean) =>
  layers.custom({
    trainable,
    weights: { factor: { shape: ([features = 1]) => [features], initializer: "ones" } },
    forward: (x, { factor = tensor(1) }) => x.mul(factor).tanh(),
  });

/** Layers whose backward passes find the gradients of inputs and weights in different ways. */
const middles: readonly (readonly [string, (trainable: boolean) => readonly Layer[]])[] = [
  ["dense", (trainable) => [dense(6, trainable)]],
  ["prelu", (trainable) => [layers.dense(6, { activation: "prelu", trainable })]],
  ["conv1d", (trainable) => [layers.reshape([4, 3]), layers.conv1d(2, 3, { trainable }), layers.flatten()]],
  ["conv2d", (trainable) => [layers.reshape([3, 2, 2]), layers.conv2d(2, 2, { trainable }), layers.flatten()]],
  ["depthwise", (trainable) => [layers.reshape([3, 2, 2]), layers.depthwiseConv2d(2, { trainable }), layers.flatten()]],
  ["separable", (t) => [layers.reshape([3, 2, 2]), layers.separableConv2d(2, 2, { trainable: t }), layers.flatten()]],
  ["transpose", (t) => [layers.reshape([3, 2, 2]), layers.conv2dTranspose(2, 2, { trainable: t }), layers.flatten()]],
  ["layerNorm", (trainable) => [layers.layerNorm({ trainable })]],
  ["rmsNorm", (trainable) => [layers.rmsNorm({ trainable })]],
  ["simpleRnn", (trainable) => [layers.reshape([4, 3]), layers.simpleRnn(3, { trainable })]],
  ["lstm", (trainable) => [layers.reshape([4, 3]), layers.lstm(3, { trainable })]],
  ["gru", (trainable) => [layers.reshape([4, 3]), layers.gru(3, { trainable })]],
  ["gru, torch", (trainable) => [layers.reshape([4, 3]), layers.gru(3, { resetAfter: false, trainable })]],
  ["bidirectional", (t) => [layers.reshape([4, 3]), layers.bidirectional(layers.lstm(3, { trainable: t }))]],
  [
    "attention",
    (t) => [
      layers.reshape([4, 3]),
      layers.multiHeadAttention({ numHeads: 1, keyDim: 2, trainable: t }),
      layers.flatten(),
    ],
  ],
  ["residual", (trainable) => [layers.residual([layers.dense(12, { trainable })])]],
  ["custom", (trainable) => [scaling(trainable)]],
];

const stackOf = (middle: readonly Layer[]) => [dense(12), ...middle, dense(2)];

describe.each(["plain", "simd"] as const)("on %s, a frozen layer", (name) => {
  beforeEach(() => void useBackend(name));
  afterEach(() => void useBackend("plain"));

  it.each(middles)("lets the signal through as if it learned: %s", (_, middle) => {
    const [x, y] = [numbers([5, 3]), numbers([5, 2])];
    const [frozen, learning] = [false, true].map((trainable) => {
      const net = sequential(stackOf(middle(trainable)), { seed: 3 });
      net.compile({ loss: "mse", optimizer: "sgd" });
      net.build(3);
      return net;
    }) as [Model, Model];
    for (const net of [frozen, learning]) net.trainOnBatch(x, y);
    const ends = (net: Model) => [net.layers[0], net.layers.at(-1)].flatMap((layer) => layer?.weights ?? []);
    expect(ends(frozen).map(({ grad }) => grad?.toArray())).toEqual(ends(learning).map(({ grad }) => grad?.toArray()));
    for (const layer of frozen.layers.slice(1, -1))
      for (const weight of layer.weights) expect([weight.name, weight.grad]).toEqual([weight.name, null]);
    expect(learning.layers.slice(1, -1).some(({ weights }) => weights.some(({ grad }) => grad !== null))).toBe(true);
  });

  it("trains by plans as it does eagerly, at the bottom, between and beside custom layers", () => {
    for (const make of [
      () => [dense(4, false), dense(3, false), dense(2)],
      () => [dense(4), dense(3, false), dense(2)],
      () => [scaling(false), dense(3, false), scaling(true), dense(2, false)],
    ]) {
      const { hasLearned } = expectTwins({ make, x: [3], y: [2] });
      expect(hasLearned).toBe(true);
    }
  });
});

/** The sizes of the matrix products of an eager step. */
function productsOf(net: Model): number {
  const { matmul } = plainBackend;
  let count = 0;
  plainBackend.matmul = (...given) => {
    count++;
    matmul.call(plainBackend, ...given);
  };
  try {
    const { compiled } = net;
    if (compiled === null) throw new Error("Compile first.");
    trainingPass(inside(net).graph, compiled.losses, { xs: [numbers([5, 3])], ys: [numbers([5, 2])] }, random);
  } finally {
    plainBackend.matmul = matmul;
  }
  return count;
}

function stack(...learns: readonly boolean[]): Model {
  const net = sequential(
    learns.map((trainable, index) => dense(index === learns.length - 1 ? 2 : 4, trainable)),
    { seed: 3 },
  );
  net.compile({ loss: "mse", optimizer: "sgd" });
  net.build(3);
  return net;
}

describe("a frozen layer", () => {
  it("costs no product for its weights, nor for a signal that nobody waits for", () => {
    useBackend("plain");
    // Three forward; back: the signal at two layers, the weights of three.
    expect(productsOf(stack(true, true, true))).toBe(8);
    expect(productsOf(stack(true, false, true))).toBe(7);
    expect(productsOf(stack(true, false, false))).toBe(6);
    expect(productsOf(stack(false, false, true))).toBe(4);
    expect(productsOf(stack(false, false, false))).toBe(3);
  });

  it("has no gradient in a trace while it is frozen, and one from when it learns", async () => {
    const net = stack(false, true);
    const bottom = net.layers[0] as Layer;
    const run = await net.fit(numbers([8, 3]), numbers([8, 2]), {
      epochs: 4,
      batchSize: 4,
      trace: "full",
      seed: 1,
      callbacks: [
        {
          onEpochEnd(epoch) {
            bottom.trainable = epoch >= 2;
          },
        },
      ],
    });
    const [first, last] = run.layers;
    for (const measure of ["meanAbs", "l2", "signalMeanAbs"] as const) {
      const values = first?.series[measure] ?? [];
      expect(values.slice(0, 4)).toEqual([null, null, null, null]);
      expect(values.slice(4).every((value) => value !== null && value > 0)).toBe(true);
    }
    expect(first?.histograms?.gradient?.shares.map((shares) => shares !== null)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((step) => step > 4),
    );
    expect(first?.series.updateRatio.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(first?.series.weightNorm.every((norm) => norm !== null && norm > 0)).toBe(true);
    expect(first?.epochGradient).toBeGreaterThan(0);
    expect(last?.series.meanAbs.every((value) => value !== null && value > 0)).toBe(true);
  });
});
