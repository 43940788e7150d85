// Planned steps against eager ones: the same bits, for every kind of layer, every loss and every optimizer.

import { describe, expect, it } from "vitest";
import {
  input,
  layers,
  losses,
  lossNames,
  type Model,
  model,
  type Optimizer,
  optimizerNames,
  optimizers,
  Random,
  tensor,
} from "../../index.ts";
import { trainableWeights, trainingPass } from "../step.ts";
import { bitsOf, dense, expectTwins, inside, numbers, random, residentCount, type TwinCase } from "./twins.testing.ts";

const flat = () => [layers.flatten(), layers.dense(2)];

const layerCases: Record<string, TwinCase> = {
  dense: { make: () => [dense(), layers.dense(2, { activation: "sigmoid" })], x: [3], y: [2] },
  prelu: { make: () => [layers.dense(4, { activation: "prelu" }), layers.dense(2)], x: [3], y: [2] },
  "activation, softmax": { make: () => [dense(), layers.activation("softmax")], x: [3], y: [4] },
  reshape: { make: () => [layers.dense(6), layers.reshape([2, 3]), ...flat()], x: [3], y: [2] },
  dropout: { make: () => [dense(9), layers.dropout(0.4), layers.dense(2)], x: [3], y: [2] },
  "dropout with a seed": { make: () => [dense(9), layers.dropout(0.4, { seed: 5 }), layers.dense(2)], x: [3], y: [2] },
  gaussianNoise: { make: () => [layers.gaussianNoise(0.3), layers.dense(2)], x: [3], y: [2] },
  batchNorm: { make: () => [dense(), layers.batchNorm(), layers.dense(2)], x: [3], y: [2] },
  "batchNorm, torch": {
    make: () => [dense(), layers.batchNorm({ convention: "torch" }), layers.dense(2)],
    x: [3],
    y: [2],
  },
  layerNorm: { make: () => [dense(), layers.layerNorm(), layers.dense(2)], x: [3], y: [2] },
  rmsNorm: { make: () => [dense(), layers.rmsNorm(), layers.dense(2)], x: [3], y: [2] },
  conv1d: { make: () => [layers.conv1d(3, 2, { activation: "relu" }), ...flat()], x: [6, 2], y: [2] },
  conv2d: { make: () => [layers.conv2d(3, 3, { padding: "same", strides: 2 }), ...flat()], x: [5, 5, 2], y: [2] },
  depthwiseConv2d: { make: () => [layers.depthwiseConv2d(3), ...flat()], x: [5, 5, 2], y: [2] },
  separableConv2d: { make: () => [layers.separableConv2d(3, 3), ...flat()], x: [5, 5, 2], y: [2] },
  "conv2d of many filters": { make: () => [layers.conv2d(11, 3), ...flat()], x: [5, 5, 2], y: [2] },
  conv2dTranspose: { make: () => [layers.conv2dTranspose(3, 3, { strides: 2 }), ...flat()], x: [3, 3, 2], y: [2] },
  maxPooling1d: { make: () => [layers.conv1d(3, 2), layers.maxPooling1d(2), ...flat()], x: [6, 2], y: [2] },
  maxPooling2d: { make: () => [layers.conv2d(3, 2), layers.maxPooling2d(2), ...flat()], x: [5, 5, 1], y: [2] },
  averagePooling1d: { make: () => [layers.conv1d(3, 2), layers.averagePooling1d(2), ...flat()], x: [6, 2], y: [2] },
  averagePooling2d: { make: () => [layers.conv2d(3, 2), layers.averagePooling2d(2), ...flat()], x: [5, 5, 1], y: [2] },
  globalMaxPooling2d: {
    make: () => [layers.conv2d(3, 2), layers.globalMaxPooling2d(), layers.dense(2)],
    x: [4, 4, 1],
    y: [2],
  },
  globalAveragePooling1d: {
    make: () => [layers.conv1d(3, 2), layers.globalAveragePooling1d(), layers.dense(2)],
    x: [4, 2],
    y: [2],
  },
  embedding: {
    make: () => [layers.embedding(6, 3), ...flat()],
    x: [4],
    y: [2],
    inputs: () =>
      tensor(
        Array.from({ length: 20 }, () => random.integer(6)),
        [5, 4],
      ),
  },
  simpleRnn: { make: () => [layers.simpleRnn(3), layers.dense(2)], x: [4, 2], y: [2] },
  lstm: { make: () => [layers.lstm(3, { returnSequences: true }), ...flat()], x: [4, 2], y: [2] },
  gru: { make: () => [layers.gru(3), layers.dense(2)], x: [4, 2], y: [2] },
  bidirectional: { make: () => [layers.bidirectional(layers.lstm(3)), layers.dense(2)], x: [4, 2], y: [2] },
  multiHeadAttention: { make: () => [layers.multiHeadAttention(2, { keyDim: 2 }), ...flat()], x: [4, 3], y: [2] },
  residual: {
    make: () => [layers.residual([dense(5), layers.dense(4)], { projection: true }), layers.dense(2)],
    x: [3],
    y: [2],
  },
};

describe("planned steps are eager ones to the bit", () => {
  it.each(Object.entries(layerCases))("with %s", (_, each) => {
    const { planned, eager, hasLearned } = expectTwins(each);
    expect(hasLearned).toBe(true);
    expect([planned, eager].map(residentCount)).toEqual([planned.weights.length, 0]);
  });

  it.each(lossNames)("with the loss %s", (name) => {
    const isCategorical = /ategorical|klDivergence/.test(name);
    const classes = () => Array.from({ length: 5 }, () => random.integer(3));
    const oneHotRows = () => tensor(classes().map((label) => [0, 1, 2].map((each) => (each === label ? 1 : 0))));
    const targets = name.startsWith("sparse")
      ? () => tensor(classes(), [5, 1])
      : isCategorical
        ? oneHotRows
        : name.includes("inge")
          ? () =>
              tensor(
                Array.from({ length: 15 }, () => random.integer(2)),
                [5, 3],
              )
          : () => numbers([5, 3], 0.1, 0.9);
    for (const activation of ["softmax", "sigmoid", "softplus"] as const)
      expectTwins({ make: () => [dense(), layers.dense(3, { activation })], x: [2], y: [3], loss: name, targets });
  });

  it.each([
    ["binaryCrossentropy", () => losses.binaryCrossentropy({ labelSmoothing: 0.1 }), "sigmoid"],
    ["categoricalCrossentropy", () => losses.categoricalCrossentropy({ labelSmoothing: 0.2 }), "softmax"],
    ["huber", () => losses.huber({ delta: 0.1 }), "linear"],
  ] as const)("with options of %s", (_, make, activation) => {
    const targets = () => tensor([0, 1, 2, 1, 0].map((label) => [0, 1, 2].map((each) => (each === label ? 1 : 0))));
    expectTwins({ make: () => [dense(), layers.dense(3, { activation })], x: [2], y: [3], loss: make(), targets });
  });

  const rules = optimizerNames.map((name) => [name, () => optimizers[name]({})] as const);
  it.each([
    ...rules,
    ["sgd with momentum", () => optimizers.sgd({ momentum: 0.9, nesterov: true })],
    ["rmsprop, centred, torch", () => optimizers.rmsprop({ centered: true, momentum: 0.5, convention: "torch" })],
    ["adam with AMSGrad", () => optimizers.adam({ amsgrad: true })],
    ["adagrad from 0", () => optimizers.adagrad({ initialAccumulatorValue: 0 })],
    ["a schedule", () => optimizers.adam({ learningRate: (step: number) => 0.1 / (1 + step) })],
    ["weight decay", () => optimizers.sgd({ weightDecay: 0.1, momentum: 0.9 })],
    ["coupled weight decay", () => optimizers.adam({ weightDecay: 0.1, convention: "torch" })],
    ["clipValue", () => optimizers.adam({ clipValue: 0.01 })],
    ["clipNorm", () => optimizers.adam({ clipNorm: 0.05, weightDecay: 0.1, decoupledWeightDecay: false })],
    ["globalClipNorm", () => optimizers.sgd({ clipValue: 0.1, clipNorm: 0.08, globalClipNorm: 0.05 })],
  ] as readonly (readonly [string, () => Optimizer])[])("with %s", (_, optimizer) => {
    const make = () => [layers.dense(17, { activation: "tanh" }), dense(3), layers.dense(2, { useBias: false })];
    expect(expectTwins({ make, x: [3], y: [2], optimizer }, [5, 5, 3, 5, 1, 5]).hasLearned).toBe(true);
  });

  it("with graphs: a layer used twice, several inputs, outputs and losses", () => {
    const [planned, eager] = [1, 2].map(() => {
      const [a, b] = [input(3), input(3)];
      const shared = dense(4);
      const both = layers.concat().apply([shared.apply(a), shared.apply(b), dense(2).apply(a)]);
      const outputs = [layers.dense(2, { activation: "softmax" }).apply(both), layers.dense(1).apply(both)];
      const net = model({ inputs: [a, b], outputs, seed: 3 });
      net.compile({ loss: ["categoricalCrossentropy", "mse"], lossWeights: [1, 0.3], optimizer: "adam" });
      return net;
    }) as [Model<unknown>, Model<unknown>];
    for (let step = 0; step < 4; step++) {
      const xs = [numbers([4, 3]), numbers([4, 3])];
      const ys = [
        tensor([
          [0, 1],
          [1, 0],
          [1, 0],
          [0, 1],
        ]),
        numbers([4, 1]),
      ];
      const result = planned.trainOnBatch(xs, ys);
      const { compiled } = eager;
      if (compiled === null) throw new Error("Compile first.");
      const pass = trainingPass(inside(eager).graph, compiled.losses, { xs, ys }, new Random(3));
      compiled.optimizer.update(trainableWeights(eager.layers));
      expect(Object.values(result)).toEqual([pass.loss, ...pass.losses]);
      expect(bitsOf(planned)).toEqual(bitsOf(eager));
    }
  });
});
