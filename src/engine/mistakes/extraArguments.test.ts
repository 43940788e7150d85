// More arguments than a free function reads: refused, but for what a list's own methods tell besides the item.

import { expect, it } from "vitest";
import {
  activationInfo,
  activations,
  backendName,
  callbacks,
  classificationReport,
  compare,
  concat,
  confusionMatrix,
  datasets,
  grad,
  hessian,
  hessianVectorProduct,
  initializers,
  input,
  layers,
  load,
  losses,
  metrics,
  model,
  newestRace,
  noGrad,
  ones,
  optimizers,
  Random,
  rocCurve,
  schedules,
  sequential,
  type Tensor,
  tensor,
  useBackend,
  useThreads,
  valueAndGrad,
} from "../index.ts";
import { makingCall } from "../remake.ts";
import { isRefused, untyped } from "./refused.testing.ts";

/** The same function for whoever does not keep to its type. */
function loose(take: unknown): (...given: unknown[]) => unknown {
  return untyped(take);
}

const square = (x: Tensor) => x.square();
const sgd = optimizers.sgd();
const mse = losses.mse();

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
  ["a weight of mse", () => loose(losses.mse)(undefined, 0.5), "losses.mse: expected no arguments, got 2"],
  [
    "a seed of heNormal",
    () => loose(initializers.heNormal)(undefined, 1),
    "initializers.heNormal: expected no arguments",
  ],
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
  [
    "two backends",
    () => loose(useBackend)("plain", "simd"),
    "useBackend: expected at most 1 argument, got 2, the next",
  ],
  ["threads and helpers", () => loose(useThreads)(1, 2), "useThreads: expected at most 1 argument, got 2, the next b"],
  ["a name of the backend", () => loose(backendName)("simd"), 'backendName: expected no arguments, got "simd".'],
  ["a number of the race", () => loose(newestRace)(2), "newestRace: expected no arguments, got 2."],
  ["a second seed", () => new Random(...(untyped([1, 2]) as [number])), "Random: expected at most 1 argument, got 2"],
  [
    "a third bound",
    () => new Random(1).uniform(...untyped([0, 1, 10])),
    "uniform: expected at most 2 arguments, got 3",
  ],
  ["a count of numbers", () => new Random(1).normal(...untyped([0, 1, 10])), "normal: expected at most 2 arguments, g"],
  ["a rate beside reset", () => loose(sgd.reset.bind(sgd))(0.1), "optimizer.reset: expected no arguments, got 0.1."],
  [
    "the rate of a preview",
    () => loose(sgd.preview.bind(sgd))([], [], 0.1),
    "optimizer.preview: expected at most 2 arguments, got 3",
  ],
  [
    "the weights of a loss",
    () => loose(mse.compute.bind(mse))(tensor([1]), tensor([1]), [1]),
    "mse.compute: expected at most 2 arguments, got 3",
  ],
  [
    "the classes of f1",
    () => loose(metrics.f1.compute)([1], [1], 2),
    "f1.compute: expected at most 2 arguments, got 3",
  ],
  [
    "the epoch of a schedule",
    () => loose(schedules.exponential({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 }))(1, 2),
    "schedules.exponential: expected at most 1 argument, got 2",
  ],
  [
    "a gain of weights",
    () => loose(initializers.zeros().make)([2], new Random(1), 3),
    "zeros.make: expected at most 2 arguments, got 3",
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
  const halves = schedules.exponential({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 });
  expect([0, 1, 2].map(halves)).toEqual([1, 0.5, 0.25]);
  expect([[2], [3]].map(ones).map(({ shape }) => shape)).toEqual([[2], [3]]);
});

it("refuses in the promise of what is asynchronous", async () => {
  await expect(loose(compare)({}, { seeds: 3 })).rejects.toThrow("compare: expected at most 1 argument, got 2, the");
});

it("takes the place for an argument where there is no list", () => {
  expect(() => loose(layers.dense)(16, 0)).toThrow("layers.dense: expected options as an object, such as");
  expect(() => loose(layers.dense)(16, 0, [8, 16])).toThrow("layers.dense: expected options as an object, such as");
});
