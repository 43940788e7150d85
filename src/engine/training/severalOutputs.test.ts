// Several outputs: each with its loss, metrics and weight, by order or by name.

import { describe, expect, it } from "vitest";
import { callbacks, input, layers, model, optimizers, Random, type Tensor, tensor } from "../index.ts";

const random = new Random(7);
const left = tensor(random.uniformFloats(40 * 2, -1, 1), [40, 2]);
const right = tensor(random.uniformFloats(40 * 3, -1, 1), [40, 3]);
const size = left.sum(1, { keepAxes: true }).add(right.sum(1, { keepAxes: true }));
const isLarge = size.greater(0);

/** Two inputs, one trunk, two heads: how large a sum is, and whether it is positive. */
function twoHeads() {
  const [a, b] = [input({ shape: 2, name: "left" }), input({ shape: 3, name: "right" })];
  const trunk = layers.dense(8, { activation: "tanh", name: "trunk" }).apply(layers.concat().apply([a, b]));
  const amount = layers.dense(1, { name: "amount" }).apply(trunk);
  const sign = layers.dense(1, { activation: "sigmoid", name: "is_large" }).apply(trunk);
  return model({ inputs: [a, b], outputs: [amount, sign], seed: 1 });
}

const compiled = (options: Partial<Parameters<ReturnType<typeof twoHeads>["compile"]>[0]> = {}) => {
  const net = twoHeads();
  net.compile({ loss: ["mse", "binaryCrossentropy"], optimizer: "adam", ...options });
  return net;
};

const x = { left, right };
const y = { amount: size, is_large: isLarge };

describe("several outputs", () => {
  it("are trained together, each by its loss, and named in the history", async () => {
    const net = compiled({
      metrics: { is_large: "acc", amount: ["mae"] },
      optimizer: optimizers.adam({ learningRate: 0.02 }),
    });
    const run = await net.fit(x, y, { epochs: 30, batchSize: 8, validationSplit: 0.25 });
    expect(run.history.map(({ name }) => name)).toEqual([
      "loss",
      "amountLoss",
      "isLargeLoss",
      "amountMae",
      "isLargeAccuracy",
    ]);
    expect(run.history.map(({ better }) => better)).toEqual(["lower", "lower", "lower", "lower", "higher"]);
    const last = run.history.map(({ train, validation }) => [train.at(-1) ?? 0, validation?.at(-1) ?? 0]);
    for (const which of [0, 1])
      expect(last[0]?.[which]).toBeCloseTo((last[1]?.[which] ?? 0) + (last[2]?.[which] ?? 0), 5);
    expect(last[0]?.[0]).toBeLessThan(0.5 * (run.history[0]?.train[0] ?? 0));
    expect(run.lossName).toBe("mse + binaryCrossentropy");
    expect(run.guessLoss).toBeGreaterThan(0);
    expect(run.loss.length).toBe(run.steps.done);
  });

  it("are the same in order and by name", async () => {
    const [listed, named] = [compiled(), compiled({ loss: { is_large: "binaryCrossentropy", amount: "mse" } })];
    const first = await listed.fit([left, right], [size, isLarge], { epochs: 2 });
    const second = await named.fit({ x, y }, { epochs: 2, validationData: [x, y] });
    expect(second.history.map(({ train }) => train)).toEqual(first.history.map(({ train }) => train));
    expect(named.evaluate(x, y)).toEqual(
      listed.evaluate([
        [left, right],
        [size, isLarge],
      ]),
    );
    expect(second.history.map(({ validation }) => validation?.at(-1))).toEqual(Object.values(named.evaluate(x, y)));
  });

  it("count as much as lossWeights say", () => {
    const gradient = (lossWeights: Record<string, number>, of: "amount" | "is_large") => {
      const net = compiled({ lossWeights, optimizer: "sgd" });
      const values = net.trainOnBatch(x, y);
      return { values, grad: net.layers.find(({ name }) => name === of)?.weights[0]?.grad as Tensor };
    };
    const plain = gradient({}, "amount");
    const half = gradient({ amount: 0.5 }, "amount");
    expect(half.values.loss).toBeCloseTo(0.5 * (plain.values.amountLoss ?? 0) + (plain.values.isLargeLoss ?? 0), 6);
    expect(half.values.amountLoss).toBe(plain.values.amountLoss);
    half.grad.data.forEach((value, index) => {
      expect(value).toBeCloseTo(0.5 * (plain.grad.data[index] ?? 0), 6);
    });
    expect(gradient({ is_large: 0 }, "is_large").grad.data.every((value) => value === 0)).toBe(true);
  });

  it("use the stable form of each loss with its activation", () => {
    const net = compiled();
    const far = { left: left.mul(1000), right: right.mul(1000) };
    net.setWeights(net.getWeights().map((weight) => weight.mul(1000)));
    expect(net.evaluate(far, { amount: size, is_large: tensor(1).sub(isLarge) }).isLargeLoss).toBeGreaterThan(20);
  });

  it("can be watched by callbacks, also by the names of Keras", async () => {
    for (const monitor of ["validationIsLargeLoss", "val_is_large_loss"]) {
      const stop = callbacks.earlyStopping({ monitor, patience: 0 });
      const run = await compiled().fit(x, y, { epochs: 2, validationSplit: 0.5, callbacks: [stop] });
      expect(run.state).toBe("finished");
    }
    const wrong = callbacks.earlyStopping({ monitor: "validationIsLargLoss" });
    await expect(compiled().fit(x, y, { validationSplit: 0.5, callbacks: [wrong] })).rejects.toThrow(
      'Did you mean "validationIsLargeLoss"?',
    );
  });

  it("take one loss or list of metrics for all", () => {
    const net = compiled({ loss: "mse", metrics: ["mae"] });
    expect(Object.keys(net.evaluate(x, y))).toEqual(["loss", "amountLoss", "isLargeLoss", "amountMae", "isLargeMae"]);
    const lists = compiled({ metrics: [[], ["acc"]] });
    expect(Object.keys(lists.evaluate(x, y))).toEqual(["loss", "amountLoss", "isLargeLoss", "isLargeAccuracy"]);
  });

  it("are each noticed when loss and activation do not go together", async () => {
    const run = await compiled({ loss: ["binaryCrossentropy", "mse"] }).fit(x, { amount: isLarge, is_large: isLarge });
    expect(run.notes.map(({ kind }) => kind)).toEqual(["crossentropyWithoutProbabilities", "squaredErrorOnClasses"]);
  });

  it("say what is missing or does not fit", async () => {
    expect(() => compiled({ loss: ["mse"] })).toThrow(
      'compile: expected loss for "amount", "is_large", got a list of 1. Give one for each, in this order, or an object with these names.',
    );
    expect(() => compiled({ loss: { amount: "mse" } as never })).toThrow(
      'compile: expected loss for "is_large", got undefined.',
    );
    expect(() => compiled({ loss: { amount: "mse", isLarge: "mse" } as never })).toThrow('Did you mean "is_large"?');
    expect(() => compiled({ lossWeights: 2 as never })).toThrow(
      "compile: expected lossWeights as a list or by name, got 2. For example lossWeights: { amount: 0.5 }.",
    );
    expect(() => compiled({ lossWeights: { amount: Number.NaN } })).toThrow("each of lossWeights as a finite number");
    expect(() => compiled({ metrics: { amont: "mae" } })).toThrow('Did you mean "amount"?');
    await expect(compiled().fit(x, { amount: size } as never, {})).rejects.toThrow('fit: expected y for "is_large"');
    await expect(compiled().fit(x, [size, isLarge.slice(0, 3)])).rejects.toThrow(
      'fit: expected x "left" and y "is_large" with equally many rows, got 40 and 3. Each example needs its target.',
    );
    await expect(compiled().fit(left, size)).rejects.toThrow('fit: expected x for "left", "right", got a Tensor.');
    await expect(compiled().fit(x, [size, isLarge.mul(2)])).rejects.toThrow("binaryCrossentropy");
    await expect(compiled().fit([left, right.mul(Number.NaN)], y)).rejects.toThrow(
      'fit: expected finite numbers in x "right", got NaN at row 0, column 0.',
    );
  });
});
