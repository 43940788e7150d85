// What users of other libraries write: each is taken, or answered with what to write instead; nothing is silently ignored, nothing spins.

import { describe, expect, it } from "vitest";
import {
  callbacks,
  datasets,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  Random,
  sequential,
  UnknownNameError,
  ValueError,
} from "./index.ts";

/** As if without types: a cell runs although the editor marks it. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what types would refuse.
type Untyped = any;
const untyped = (value: unknown): Untyped => value;

const x = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = [0, 1, 1, 0];

function net(options: object = {}) {
  const model = sequential([layers.dense(3, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
  model.compile(untyped({ loss: "binaryCrossentropy", optimizer: "sgd", ...options }));
  return model;
}

describe("names that are not there", () => {
  it.each([
    ["layers.Dense", () => untyped(layers).Dense(3), "dense"],
    ["layers.linear", () => untyped(layers).linear(3), "dense"],
    ["layers.drpout", () => untyped(layers).drpout(0.5), "dropout"],
    ["optimizers.Adam", () => untyped(optimizers).Adam(), "adam"],
    ["losses.binaryCrossEntropy", () => untyped(losses).binaryCrossEntropy(), "binaryCrossentropy"],
    ["initializers.heNorm", () => untyped(initializers).heNorm(), "heNormal"],
    ["datasets.moon", () => untyped(datasets).moon(), "moons"],
    ["metrics.acuracy", () => untyped(metrics).acuracy, "accuracy"],
    ["loss: CrossEntropyLoss", () => net({ loss: "CrossEntropyLoss" }), "sparseCategoricalCrossentropy"],
    ["loss: BCELoss", () => net({ loss: "BCELoss" }), "binaryCrossentropy"],
    ["optimizer: amad", () => net({ optimizer: "amad" }), "adam"],
    ["lr", () => optimizers.sgd(untyped({ lr: 0.1 })), "learningRate"],
    ["learning_rate", () => optimizers.sgd(untyped({ learning_rate: 0.1 })), "learningRate"],
    ["stddev", () => initializers.randomNormal(untyped({ stddev: 1 })), "standardDeviation"],
  ])("%s is answered with the nearest right one", (_, make, suggestion) => {
    expect(make).toThrow(UnknownNameError);
    expect(make).toThrow(`Did you mean "${suggestion}"?`);
  });

  it("leaves what JavaScript asks of any object alone", async () => {
    expect(await layers).toBe(layers);
    expect(JSON.parse(JSON.stringify({ layers }))).toEqual({ layers: {} });
    expect(String(layers)).toBe("[object Object]");
  });

  it("takes val_loss as Keras writes it", async () => {
    const stop = callbacks.earlyStopping({ monitor: "val_loss" });
    await expect(net().fit(x, y, { validationSplit: 0.25, callbacks: [stop] })).resolves.toBeDefined();
  });
});

describe("options that are none", () => {
  it.each([
    ["optimizers.adam(0.1)", () => optimizers.adam(untyped(0.1))],
    ["losses.huber(0.5)", () => losses.huber(untyped(0.5))],
    ["datasets.moons(200)", () => datasets.moons(untyped(200))],
    ["split(0.2)", () => datasets.moons().split(untyped(0.2))],
    ['layers.dense(3, "relu")', () => layers.dense(3, untyped("relu"))],
    ['compile("mse", "adam")', () => untyped(net()).compile("mse", "adam")],
    ["compile()", () => untyped(net()).compile()],
    ['sequential(…, "net")', () => sequential([layers.dense(1)], untyped("net"))],
  ])("%s is refused, not ignored", (_, make) => {
    expect(make).toThrow(/expected options as an object, such as \{ \w+: … \}, got/);
  });

  it("fit refuses a bare number of epochs, and lists that are none", async () => {
    await expect(untyped(net()).fit(x, y, 10)).rejects.toThrow("fit: expected options as an object");
    await expect(untyped(net()).fit(x, y, { callbacks: {} })).rejects.toThrow("callbacks as a list");
    await expect(untyped(net()).fit(x, y, { callbacks: [() => {}] })).rejects.toThrow("a callback: expected options");
    expect(() => net({ metrics: "acc" })).toThrow('metrics: ["acc"]');
  });

  it("functions that were not called say so", () => {
    expect(() => net({ loss: losses.mse })).toThrow("Call it: losses.mse()");
    expect(() => net({ optimizer: optimizers.adam })).toThrow("Call it: optimizers.adam()");
    expect(() => layers.dense(1, untyped({ activation: Math.tanh }))).toThrow("the name of a function");
    expect(() => losses.custom(untyped("mse"))).toThrow("a function of predictions and targets");
  });
});

describe("numbers out of range", () => {
  it.each([
    ["learningRate: Infinity", () => optimizers.adam({ learningRate: Number.POSITIVE_INFINITY })],
    ['learningRate: "0.1"', () => optimizers.adam(untyped({ learningRate: "0.1" }))],
    ["clipValue: -1", () => optimizers.sgd({ clipValue: -1 })],
    ["clipNorm: NaN", () => optimizers.sgd({ clipNorm: Number.NaN })],
    ["weightDecay: -0.1", () => optimizers.sgd({ weightDecay: -0.1 })],
    ["constant(NaN)", () => initializers.constant(Number.NaN)],
    ["minChange: NaN", () => callbacks.earlyStopping({ minChange: Number.NaN })],
    ["new Random(NaN)", () => new Random(Number.NaN)],
    ["permutation(Infinity)", () => new Random(1).permutation(Number.POSITIVE_INFINITY)],
    ["permutation(-1)", () => new Random(1).permutation(-1)],
    ["shuffle of endless length", () => new Random(1).shuffle({ length: Number.POSITIVE_INFINITY })],
    ["integer(0)", () => new Random(1).integer(0)],
    ["normalFloats(NaN)", () => new Random(1).normalFloats(Number.NaN)],
  ])("%s is refused", (_, make) => {
    expect(make).toThrow(ValueError);
  });

  it("fit refuses a seed, epochs or a batch size that never ends or begins", async () => {
    for (const options of [
      { seed: Number.NaN },
      { epochs: Number.POSITIVE_INFINITY },
      { epochs: 0.5 },
      { batchSize: 0 },
      { batchSize: Number.NaN },
    ])
      await expect(net().fit(x, y, options)).rejects.toThrow(ValueError);
  });
});
