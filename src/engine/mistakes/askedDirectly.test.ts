// Layers, losses and optimizers that are asked for shapes, numbers and updates without a model: they check what they are given.

import { describe } from "vitest";
import {
  constraints,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  parameter,
  Random,
  schedules,
  tensor,
} from "../index.ts";
import { isRefused, type Untyped, untyped } from "./refused.testing.ts";

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("layers that are asked directly", () => {
  const context = { training: false, random: new Random(1) };
  const makers: Readonly<Record<string, () => Untyped>> = {
    dense: () => layers.dense(2),
    conv2d: () => layers.conv2d(2, 3),
    lstm: () => layers.lstm(2),
    multiHeadAttention: () => layers.multiHeadAttention(1, { keyDim: 2 }),
    flatten: () => layers.flatten(),
    dropout: () => layers.dropout(0.5),
    batchNorm: () => layers.batchNorm(),
    add: () => layers.add(),
    residual: () => layers.residual([layers.dense(2)]),
    custom: () => layers.custom({ name: "own", forward: (x) => x }),
  };
  for (const [name, make] of Object.entries(makers))
    isRefused([
      [`${name}: call()`, () => make().call(), "expected a tensor, got undefined. In a graph it is applied"],
      [`${name}: call([[1]])`, () => make().call([[1]], context), "expected a tensor, got an array of 1"],
      [`${name}: call(x)`, () => make().call(matrix), "expected what it is told of the pass, { training: false"],
      [`${name}: callAll(3)`, () => make().callAll(3, context), "expected its inputs as a list, got 3"],
      [`${name}: callAll([null])`, () => make().callAll([null], context), "expected a tensor, got null"],
      [`${name}: outputShapeFor(3)`, () => make().outputShapeFor(3), "expected a shape of whole numbers"],
      [`${name}: outputShapeFor([-1])`, () => make().outputShapeFor([-1]), "expected a shape of whole numbers"],
      [`${name}: outputShapeForAll(3)`, () => make().outputShapeForAll(3), "inputs as a list, got 3"],
      [`${name}: trainableCountFor(3)`, () => make().trainableCountFor(3), "inputs as a list, got 3"],
    ]);
});

describe("initializers, metrics, constraints and schedules that are asked directly", () => {
  const random = new Random(1);
  isRefused([
    ["make()", () => untyped(initializers.glorotUniform()).make(), "glorotUniform: expected a shape of whole numbers"],
    ["make of zeros by a number", () => untyped(initializers.zeros()).make(3), "For one axis write [3]."],
    ["make without randomness", () => untyped(initializers.heNormal()).make([2, 3]), "new Random(1), got undefined"],
    [
      "make by a seed",
      () => untyped(initializers.orthogonal()).make([2, 3], 1),
      "of the weights: new Random(1), got 1",
    ],
    ["make of a tensor's shape less one", () => initializers.randomNormal().make([-1], random), "got [-1]"],
    ["checkTargets of a list", () => metrics.f1.checkTargets?.(untyped([1]), [1]), "f1: expected targets as a tensor"],
    [
      "checkTargets of no shape",
      () => metrics.auc.checkTargets?.(matrix, untyped(3)),
      "auc: expected a shape of whole",
    ],
    [
      "the rate of a text",
      () => schedules.cosine({ initialLearningRate: 0.1, decaySteps: 9 })(untyped("3")),
      'schedules.cosine: expected the step as a finite number, got "3"',
    ],
    [
      "the momentum of no step",
      () => schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 9, momentum: {} }).momentum?.(Number.NaN),
      "schedules.oneCycle.momentum: expected the step as a finite number, got NaN",
    ],
    ["check of no shape", () => constraints.maxNorm().check?.(untyped("a")), "constraints.maxNorm: expected a shape"],
  ]);
});

describe("losses and optimizers that are asked directly", () => {
  const weights = parameter("w", [1, 2]);
  isRefused([
    ["compute()", () => untyped(losses.mse()).compute(), "mse: expected predictions as a tensor, got undefined."],
    [
      "compute of lists",
      () => losses.binaryFocalCrossentropy().compute(matrix, untyped([[1, 2, 3]])),
      "binaryFocalCrossentropy: expected targets as a tensor, got an array of 1. tensor([[0.2, 0.8]]) makes one.",
    ],
    [
      "a loss of one's own, by a list",
      () => losses.custom((p) => p.mean(), { name: "own" }).compute(untyped([1]), matrix),
      "own: expected predictions as a tensor, got an array of 1.",
    ],
    ["computeWeighted", () => losses.mae().computeWeighted?.(matrix, matrix, untyped(1)), "weights as a tensor, got 1"],
    ["checkTargets of no shape", () => losses.mse().checkTargets(matrix, untyped(3)), "mse: expected a shape of whole"],
    ["update()", () => untyped(optimizers.adam()).update(), "adam: expected parameters as a list, got undefined"],
    [
      "update of tensors",
      () => optimizers.sgd().update(untyped([matrix])),
      "parameters[0] as a parameter, got a Tensor",
    ],
    [
      "update at NaN",
      () => optimizers.sgd().update([weights], Number.NaN),
      "sgd: expected the rate as a finite number",
    ],
    ["preview without gradients", () => optimizers.lion().preview([weights], []), "gradients for 1 parameter, got 0"],
    ["preview of too few", () => optimizers.lion().preview([weights], [[1]]), "gradients[0] of 2 numbers, got 1"],
    ["preview of NaN", () => optimizers.lion().preview([weights], [[1, Number.NaN]]), "gradients[0][1] as a finite"],
    ["endEpoch of a text", () => optimizers.sgd().endEpoch(untyped("0.1")), 'as a number, got "0.1"'],
  ]);
});
