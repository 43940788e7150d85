// When a model has its weights: as soon as somebody asks for them and the inputs' shapes are known, else at the first data.

import { expect, it } from "vitest";
import { input, layers, model, ones, sequential } from "../../index.ts";

const graph = () => {
  const x = input(3);
  return model({ inputs: x, outputs: layers.dense(2).apply(x) });
};
const told = () => sequential([layers.dense(2, { inputShape: 3 })]);
const untold = () => sequential([layers.dense(2)]);

it.each([
  ["a graph", graph],
  ["a first layer with inputShape", told],
])("%s gives its weights and takes others before it saw data", (_, make) => {
  const net = make();
  expect(net.isBuilt).toBe(false);
  expect(net.getWeights().map(({ shape }) => shape)).toEqual([[3, 2], [2]]);
  const other = make();
  other.setWeights(net.getWeights());
  expect(other.predict(ones([1, 3])).toArray()).toEqual(net.predict(ones([1, 3])).toArray());
  other.setWeights([ones([3, 2]), [1, 2]]);
  expect(other.predict(ones([1, 3])).toArray()).toEqual([[4, 5]]);
});

it("weights that do not fit leave a model without any, which the seed of fit still chooses", async () => {
  const net = told();
  expect(() => net.setWeights([ones([2, 3]), [1, 2]])).toThrow("expected number 0, the kernel of dense_1 (layers[0])");
  expect(() => net.setWeights([ones([3, 2])])).toThrow("setWeights: expected 2 tensors, got 1. Take them from");
  expect(net.isBuilt).toBe(false);
  const fitted = async (each: typeof net) => {
    each.compile({ loss: "mse", optimizer: "sgd" });
    await each.fit(ones([4, 3]), ones([4, 2]), { seed: 7 });
    return each.getWeights().map((weight) => weight.toArray());
  };
  expect(await fitted(net)).toEqual(await fitted(told()));
});

it("where no shape is known there are no weights, and none are taken", () => {
  expect(untold().getWeights()).toEqual([]);
  expect(() => untold().setWeights([ones([3, 2]), [1, 2]])).toThrow("no weights before it knows its inputShape");
});
