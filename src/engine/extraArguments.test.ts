// More arguments than a free function reads: refused, but for what a list's own methods tell besides the item.

import { expect, it } from "vitest";
import {
  activationInfo,
  activations,
  callbacks,
  classificationReport,
  compare,
  concat,
  confusionMatrix,
  datasets,
  grad,
  hessian,
  hessianVectorProduct,
  input,
  layers,
  load,
  losses,
  metrics,
  model,
  noGrad,
  ones,
  optimizers,
  rocCurve,
  sequential,
  type Tensor,
  tensor,
  valueAndGrad,
} from "./index.ts";
import { isRefused, untyped } from "./refused.testing.ts";
import { makingCall } from "./remake.ts";

/** The same function for whoever does not keep to its type. */
function loose(take: unknown): (...given: unknown[]) => unknown {
  return untyped(take);
}

const square = (x: Tensor) => x.square();

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
  [
    "layers one by one",
    () => loose(sequential)(layers.dense(2), {}, layers.dense(1)),
    "sequential: expected at most 2 arguments, got 3, the next being a Dense. Give all layers in one list.",
  ],
  [
    "a name beside",
    () => loose(model)({}, "net"),
    'model: expected at most 1 argument, got 2, the next being "net". Gi',
  ],
  [
    "sizes one by one",
    () => loose(input)(8, {}, 1),
    "input: expected at most 2 arguments, got 3, the next being 1. Give",
  ],
  ["the point beside grad", () => loose(grad)(square, [1]), "grad: expected at most 1 argument, got 2, the next"],
  ["the point beside valueAndGrad", () => loose(valueAndGrad)(square, 1), "valueAndGrad: expected at most 1 argument"],
  ["the point beside hessian", () => loose(hessian)(square, 1), "hessian: expected at most 1 argument"],
  ["a vector beside", () => loose(hessianVectorProduct)(square, 1), "hessianVectorProduct: expected at most 1 argumen"],
  [
    "two of noGrad",
    () => loose(noGrad)(() => 1, true),
    "noGrad: expected at most 1 argument, got 2, the next being true",
  ],
  [
    "a third of load",
    () => loose(load)("models/a", {}, true),
    "load: expected at most 2 arguments, got 3, the next bei",
  ],
  ["a third of rocCurve", () => loose(rocCurve)([0.1], [1], 0.5), "rocCurve: expected at most 2 arguments, got 3"],
  ["classes in place", () => loose(confusionMatrix)([1], [1], {}, 2), "confusionMatrix: expected at most 3 arguments"],
  [
    "a fourth of the report",
    () => loose(classificationReport)([1], [1], {}, 2),
    "classificationReport: expected at mo",
  ],
  [
    "activationInfo with alpha",
    () => loose(activationInfo)("leakyRelu", 0.1),
    "activationInfo: expected at most 1 argum",
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
  expect([square, square].map(loose(grad)).map((slope) => String(loose(slope)(3)))).toEqual([
    "Tensor [] 6",
    "Tensor [] 6",
  ]);
  expect([[2], [3]].map(ones).map(({ shape }) => shape)).toEqual([[2], [3]]);
});

it("refuses in the promise of what is asynchronous", async () => {
  await expect(loose(compare)({}, { seeds: 3 })).rejects.toThrow("compare: expected at most 1 argument, got 2, the");
});

it("takes the place for an argument where there is no list", () => {
  expect(() => loose(layers.dense)(16, 0)).toThrow("layers.dense: expected options as an object, such as");
  expect(() => loose(layers.dense)(16, 0, [8, 16])).toThrow("layers.dense: expected options as an object, such as");
});
