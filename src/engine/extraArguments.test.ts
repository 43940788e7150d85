// More arguments than a free function reads: refused, but for what a list's own methods tell besides the item.

import { expect, it } from "vitest";
import {
  activations,
  callbacks,
  concat,
  datasets,
  layers,
  losses,
  metrics,
  ones,
  optimizers,
  tensor,
} from "./index.ts";
import { isRefused, untyped } from "./refused.testing.ts";
import { makingCall } from "./remake.ts";

/** The same function for whoever does not keep to its type. */
function loose(take: unknown): (...given: unknown[]) => unknown {
  return untyped(take);
}

isRefused([
  [
    "ones with options",
    () => loose(ones)([2], { requiresGrad: true }),
    "ones: expected at most 1 argument, got 2, the",
  ],
  [
    "a dtype",
    () => loose(tensor)([1], {}, "float32"),
    'tensor: expected at most 2 arguments, got 3, the next being "fl',
  ],
  [
    "concat of three",
    () => loose(concat)([[1], [2]], 0, true),
    "concat: expected at most 2 arguments, got 3, the next b",
  ],
  [
    "momentum beside options",
    () => loose(optimizers.sgd)({ learningRate: 0.1 }, 0.9),
    "optimizers.sgd: expected at most 1",
  ],
  ["a third of gru", () => loose(layers.gru)(3, {}, { units: 3 }), "layers.gru: expected at most 2 arguments, got 3"],
  ["a fourth of conv2d", () => loose(layers.conv2d)(8, 3, {}, 1), "layers.conv2d: expected at most 3 arguments, got 4"],
  ["a weight of mse", () => loose(losses.mse)(undefined, 0.5), "losses.mse: expected at most 1 argument, got 2, the n"],
  ["two of f1", () => loose(metrics.f1)({ average: "macro" }, 0.5), "metrics.f1: expected at most 1 argument, got 2"],
  ["patience beside", () => loose(callbacks.earlyStopping)({}, 5), "callbacks.earlyStopping: expected at most 1 argum"],
  [
    "a third of leakyRelu",
    () => loose(activations.leakyRelu)([1], 0.1, 2),
    "activations.leakyRelu: expected at most 2",
  ],
  ["options of iris", () => loose(datasets.iris)({ seed: 1 }), "datasets.iris: expected no arguments, got an object."],
  [
    "a number for options",
    () => loose(optimizers.sgd)(0.1, 0.9),
    "optimizers.sgd: expected options as an object, such a",
  ],
]);

it("maps a list", () => {
  const dense = [16, 8].map(loose(layers.dense)) as { units: number }[];
  expect(dense.map(({ units }) => units)).toEqual([16, 8]);
  // As if it had been called with the item alone: so it can be made again.
  expect(dense.map((layer) => makingCall(layer)?.values)).toEqual([[16], [8]]);
  const leaky = [-1, -2, 3].map(loose(activations.leakyRelu)) as { item(): number }[];
  expect(leaky.map((each) => each.item())).toEqual([Math.fround(-0.2), Math.fround(-0.4), 3]);
  expect([[2], [3]].map(ones).map(({ shape }) => shape)).toEqual([[2], [3]]);
});

it("takes the place for an argument where there is no list", () => {
  expect(() => loose(layers.dense)(16, 0)).toThrow("layers.dense: expected options as an object, such as");
  expect(() => loose(layers.dense)(16, 0, [8, 16])).toThrow("layers.dense: expected options as an object, such as");
});
