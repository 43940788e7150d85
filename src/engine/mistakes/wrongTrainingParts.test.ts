// Wrong arguments of what a training is made of, and of randomness and data: each is refused by a typed error that says what was expected and got.

import { describe, expect, it } from "vitest";
import {
  confusionMatrix,
  constraints,
  datasets,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  Random,
  rocCurve,
  schedules,
  sequential,
  UnknownNameError,
} from "../index.ts";
import { isRefused, untyped } from "./refused.testing.ts";

function built() {
  const net = sequential([layers.dense(1)]);
  net.build(2);
  return net;
}

describe("what a training is made of", () => {
  it("wrong weights leave all weights as they were", () => {
    const net = built();
    const before = net.getWeights().map((weight) => weight.toArray());
    expect(() =>
      net.setWeights([
        [[7], [7]],
        [1, 2],
      ]),
    ).toThrow();
    expect(net.getWeights().map((weight) => weight.toArray())).toEqual(before);
  });

  it("refuses examples without numbers, and what is no function of a callback", async () => {
    const net = built();
    net.compile({ loss: "mse" });
    await expect(net.fit([[]], [1])).rejects.toThrow(
      "fit: expected data with at least one number an example, got [1, 0]",
    );
    const callback = untyped({ onEpochEnd: 3 });
    await expect(net.fit([[1, 2]], [1], { callbacks: [callback] })).rejects.toThrow("onEpochEnd as a function, got 3");
  });

  isRefused([
    [
      "optimizers.adam(null)",
      () => optimizers.adam(untyped(null)),
      "optimizers.adam: expected options as an object, such as { learningRate: … }, got null",
    ],
    [
      "optimizers.adagrad(null)",
      () => optimizers.adagrad(untyped(null)),
      "optimizers.adagrad: expected options as an object",
    ],
    ["convention: 3", () => optimizers.sgd({ convention: untyped(3) }), "Unknown convention 3. Known: keras, torch."],
    [
      'amsgrad: "no"',
      () => optimizers.adam({ amsgrad: untyped("no") }),
      "optimizers.adam: expected amsgrad as true or false",
    ],
    [
      "cycle: 1",
      () => schedules.polynomial({ initialLearningRate: 1, decaySteps: 9, cycle: untyped(1) }),
      "cycle as true or false",
    ],
    ["fromLogits: 1", () => losses.binaryCrossentropy({ fromLogits: untyped(1) }), "fromLogits as true or false"],
    [
      "labelSmoothing: []",
      () => losses.binaryCrossentropy({ labelSmoothing: untyped([]) }),
      "labelSmoothing as a finite number",
    ],
    [
      "mse with options",
      () => untyped(losses).mse({ fromLogits: true }),
      "losses.mse: expected no options, got an object",
    ],
    [
      "heNormal with a seed",
      () => untyped(initializers).heNormal({ seed: 1 }),
      "initializers.heNormal: expected no options",
    ],
    [
      "a spread below 0",
      () => initializers.randomNormal({ standardDeviation: -1 }),
      "standardDeviation of 0 or more, got -1",
    ],
    ["min above max", () => initializers.randomUniform({ min: 1, max: 0 }), "expected min up to max, got 1 and 0"],
    ["axis behind options", () => untyped(constraints).maxNorm({}, { axis: 1 }), "nothing behind an object of options"],
    ["maxNorm(2, 1)", () => constraints.maxNorm(2, untyped(1)), "constraints.maxNorm: expected options as an object"],
    ["maxValue twice", () => constraints.maxNorm(2, untyped({ maxValue: 3 })), "expected maxValue once, got 2 and,"],
    [
      "options as a promise",
      () => optimizers.adam(untyped(Promise.resolve())),
      "such as { learningRate: … }, got a Prom",
    ],
    [
      "options as a map",
      () => datasets.moons(untyped(new Map())),
      "expected options as an object, such as { samples: ",
    ],
    [
      "seed: null",
      () => sequential([layers.dense(1)], untyped({ seed: null })),
      "expected seed as a finite number, got",
    ],
    [
      "a step below 0",
      () => schedules.warmUp({ steps: 3, after: 1 })(-1),
      "schedules.warmUp: expected the step as 0 or",
    ],
    [
      "a class too many",
      () => confusionMatrix([0.1], [0], { classes: 1e9 }),
      "expected classes up to 4096, got 1000000000",
    ],
    ["classes: null", () => confusionMatrix([0.1], [0], untyped({ classes: null })), "classes as a whole number"],
    ["better: 1", () => metrics.custom(() => 1, { better: untyped(1) }), 'better as "lower" or "higher", got 1'],
    [
      "an axis by name",
      () =>
        sequential([layers.dense(1, { kernelConstraint: constraints.maxNorm(2, { axis: untyped("x") }) })]).build(2),
      'got "x"',
    ],
    [
      "weights fewer than their shape",
      () => constraints.unitNorm().apply(new Float32Array(3), [1e9, 1e9]),
      "constraints.unitNorm: expected weights [1000000000, 1000000000], 1000000000000000000 numbers, got 3",
    ],
    ["weights as a list", () => constraints.nonNeg().apply(untyped([1]), [1]), "as a Float32Array, got an array of 1"],
    ["uniform of texts", () => new Random(1).uniform(untyped("0"), untyped("1")), 'got "0"'],
    ["normal(NaN)", () => new Random(1).normal(Number.NaN), "normal: expected the first number as a finite number"],
    ["permutation(1e12)", () => new Random(1).permutation(1e12), "permutation: expected a count of numbers that fit"],
    ["uniformFloats(1e12)", () => new Random(1).uniformFloats(1e12), "that fit into memory, got 1000000000000"],
    [
      "normalFloats(1e12)",
      () => new Random(1).normalFloats(1e12),
      "normalFloats: expected a count of numbers that fit",
    ],
    ["chance of a text", () => new Random(1).chance(untyped("0.5")), "chance: expected the probability as a finite"],
    ["child(null)", () => new Random(1).child(untyped(null)), "child: expected the key as a text or a finite number"],
    ["child(NaN)", () => new Random(1).child(Number.NaN), "child: expected the key as a text or a finite number"],
    ["chance(2)", () => new Random(1).chance(2), "chance: expected the probability from 0 to 1, got 2."],
    ["shuffle of a text", () => new Random(1).shuffle(untyped("abc")), 'shuffle: expected a list, got "abc"'],
    [
      "rocCurve of other lengths",
      () => rocCurve([0.5], [0, 1]),
      "rocCurve: expected targets for the 1 predictions, got 2",
    ],
    ["rocCurve of NaN", () => rocCurve([0.5, Number.NaN], [0, 1]), "got NaN at row 1"],
    ["rocCurve of one class", () => rocCurve([0.5, 0.1], [1, 1]), "expected examples of both classes"],
    [
      "f1 of quantities",
      () => metrics.f1.compute([0.5, 2], [1, 17]),
      "expected targets of two classes, 0 and 1, got 17 at row 1",
    ],
    ["auc of quantities", () => metrics.auc.compute([0.5, 2], [1, 17]), "auc: expected targets of two classes"],
    [
      "kappa of quantities",
      () => metrics.cohenKappa.compute([[0.5], [2]], [1, 17]),
      "cohenKappa: expected targets of two classes",
    ],
    [
      "setWeights of another shape",
      () =>
        built().setWeights([
          [[1], [2]],
          [1, 2],
        ]),
      "the bias of dense_1 (layers[0]), of shape [1], got [2]",
    ],
    [
      "setWeights of NaN",
      () => built().setWeights([[[1], [Number.NaN]], [1]]),
      "number 0, the kernel of dense_1 (layers[0]), of finite numbers, got NaN",
    ],
    ["rows(2)", () => datasets.xor().rows(untyped(2)), "rows: expected the numbers of the examples as a list, got 2"],
    [
      "setWeights()",
      () => sequential([layers.dense(1)]).setWeights(untyped(undefined)),
      "setWeights: expected the weights as a list",
    ],
    ["build(2, { sed })", () => sequential([layers.dense(1)]).build(2, untyped({ sed: 1 })), 'Did you mean "seed"?'],
  ]);

  const plain = { initialLearningRate: 0.1, decaySteps: 9 };
  it.each([
    [Number.NaN, "optimizers.sgd: expected learningRate as a finite number, got NaN."],
    ["0.1", 'optimizers.sgd: expected learningRate as a finite number, got "0.1".'],
    [-1, "optimizers.sgd: expected learningRate of 0 or more, got -1."],
  ])("a learning rate of %s is not set", (rate, says) => {
    const optimizer = optimizers.sgd({ learningRate: 0.5 });
    expect(() => {
      optimizer.learningRate = untyped(rate);
    }).toThrow(says);
    expect(optimizer.learningRate).toBe(0.5);
    const scheduled = optimizers.sgd({ learningRate: schedules.cosine(plain) });
    expect(() => {
      scheduled.learningRate = 0.2;
    }).toThrow("optimizers.sgd: expected learningRate to be left to its schedule, got 0.2. Make it with a number");
  });

  it("names what is no name", () => {
    expect(() => optimizers.sgd({ convention: untyped({}) })).toThrow(UnknownNameError);
  });
});
