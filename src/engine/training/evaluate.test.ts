// Measuring and predicting: batch by batch, the first time worked out at once, then by plans, always the same numbers.

import { describe, expect, it } from "vitest";
import { input, layers, type Model, model, sequential, tensor } from "../index.ts";
import { bitsOf, dense, numbers, residentCount } from "./plans/twins.testing.ts";

const [x, y] = [numbers([25, 3]), numbers([25, 2], 0, 1)];

const made = () => {
  const custom = layers.custom({ forward: (given) => given.mul(1 + (given.data[0] ?? 0)) });
  const stack = [dense(5), layers.batchNorm(), layers.dropout(0.5), custom, layers.dense(2, { activation: "sigmoid" })];
  const net = sequential(stack, { seed: 2 });
  net.compile({ loss: "binaryCrossentropy", optimizer: "adam", metrics: ["mae"] });
  net.build(3);
  return net;
};

/** What several looks at a model give: the first is eager, the others are planned. */
function looks(net: Model, batchSize: number): { readonly predictions: unknown[]; readonly measures: unknown[] } {
  const predictions = [1, 2, 3].map(() => [...net.predict(x, { batchSize }).data]);
  const measures = [1, 2, 3].map(() => net.evaluate(x, y, { batchSize }));
  return { predictions, measures };
}

describe("predict and evaluate", () => {
  it.each([25, 10, 1])("give the same in batches of %d, however often they are asked", (batchSize) => {
    const net = made();
    net.trainOnBatch(x, y);
    for (let round = 0; round < 2; round++) {
      const { predictions, measures } = looks(net, batchSize);
      expect(predictions[1]).toEqual(predictions[0]);
      expect(predictions[2]).toEqual(predictions[0]);
      expect(measures[1]).toEqual(measures[0]);
      expect(measures[2]).toEqual(measures[0]);
      net.trainOnBatch(x, y);
    }
  });

  it("see weights that were changed since", () => {
    const net = made();
    const before = looks(net, 25).predictions;
    net.setWeights(net.getWeights().map((weight) => weight.mul(0.5)));
    const after = looks(net, 25).predictions;
    expect(after[0]).not.toEqual(before[0]);
    expect(after[0]).toEqual(after[2]);
  });

  it("leave weights, gradients and the training as they were", () => {
    const [watched, other] = [made(), made()];
    for (let step = 0; step < 3; step++) {
      watched.trainOnBatch(x, y);
      other.trainOnBatch(x, y);
      const gradients = watched.weights.map(({ grad }) => grad?.toArray());
      looks(watched, 10);
      expect(watched.weights.map(({ grad }) => grad?.toArray())).toEqual(gradients);
      expect(bitsOf(watched)).toEqual(bitsOf(other));
    }
  });

  it("give predictions that stay as they are", () => {
    const net = made();
    looks(net, 25);
    const first = net.predict(x);
    const before = [...first.data];
    net.predict(x.mul(-1));
    expect([...first.data]).toEqual(before);
  });

  it("work for several inputs and outputs", () => {
    const [a, b] = [input(3), input(2)];
    const both = layers.concat().apply([a, b]);
    const net = model({ inputs: [a, b], outputs: [dense(2).apply(both), layers.dense(1).apply(both)], seed: 1 });
    net.compile({ loss: "mse", metrics: ["mae"] });
    const xs = [x, y];
    const ys = [
      y,
      tensor(
        [...y.data].filter((_, index) => index % 2 === 0),
        [25, 1],
      ),
    ];
    const all = [1, 2, 3].map(() => [
      net.predict(xs, { batchSize: 10 }).map((each) => [...each.data]),
      net.evaluate(xs, ys),
    ]);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });

  it("are planned only when the same is asked again", () => {
    const net = made();
    net.predict(x);
    expect(residentCount(net)).toBe(0);
    net.predict(x);
    expect(residentCount(net)).toBe(net.weights.length);
  });
});
