// Null where something could be left out: refused as in all other options, not taken for the default.

import { expect, it } from "vitest";
import {
  callbacks,
  datasets,
  input,
  layers,
  model,
  optimizers,
  schedules,
  sequential,
  tensor,
  zeros,
} from "../index.ts";
import { isRefused, untyped } from "../mistakes/refused.testing.ts";

const [x, y] = [tensor([[1], [2]]), tensor([[1], [2]])];

function compiled() {
  const net = sequential([layers.dense(1)]);
  net.compile({ loss: "mse", optimizer: "sgd" });
  return net;
}

const compiling = (options: object) => () =>
  sequential([layers.dense(1)]).compile({ loss: "mse", ...untyped(options) });

/** A model of two outputs, "a" and "b". */
function twoHeads() {
  const start = input(1);
  const outputs = { a: layers.dense(1).apply(start), b: layers.dense(1).apply(start) };
  const net = model({ inputs: start, outputs });
  net.compile({ loss: "mse", optimizer: "sgd" });
  return net;
}

const weighing = (options: object) => () => twoHeads().trainOnBatch(x, { a: y, b: y }, untyped(options));

isRefused([
  ["learningRate: null", () => optimizers.adam(untyped({ learningRate: null })), "learningRate given or left out, got"],
  [
    "activation: null",
    () => layers.lstm(2, untyped({ activation: null })),
    "layers.lstm: expected activation given or",
  ],
  ["power: null", () => schedules.polynomial(untyped({ initialLearningRate: 1, decaySteps: 2, power: null })), "power"],
  [
    "momentum.min: null",
    () => schedules.oneCycle(untyped({ maxLearningRate: 1, totalSteps: 3, momentum: { min: null } })),
    "schedules.oneCycle: expected momentum.min as a finite number, got null.",
  ],
  [
    "a weight's initializer: null",
    () => layers.custom({ name: "own", weights: { w: untyped({ initializer: null }) }, forward: (z) => z }),
    'weight "w" of own: expected initializer given or left out, got null. Leave it out for its default.',
  ],
  [
    "initialState: null",
    () => {
      const layer = layers.lstm(2);
      sequential([layer]).build([3, 1]);
      layer.run(zeros([1, 3, 1]), untyped({ initialState: null }));
    },
    "lstm_1.run: expected initialState given or left out, got null.",
  ],
  [
    "what comes after a warm-up",
    () => schedules.warmUp({ steps: 3, after: () => untyped(null) })(1),
    "learningRate: expected the learning rate of step 0 as a finite number, got null.",
  ],
  [
    "patience: null",
    () => callbacks.earlyStopping(untyped({ patience: null })),
    "callbacks.earlyStopping: expected patience as a whole number",
  ],
  [
    "factor: null",
    () => datasets.circles(untyped({ factor: null })),
    "datasets.circles: expected factor given or left",
  ],
  ["trainOnBatch(x, y, null)", () => compiled().trainOnBatch(x, y, untyped(null)), "trainOnBatch: expected options as"],
  ["sampleWeight of a head", weighing({ sampleWeight: { a: null } }), 'sampleWeight for "a" given or left out, got nu'],
  ["classWeight of a head", weighing({ classWeight: { a: null } }), 'classWeight for "a" given or left out, got null.'],
  ["optimizer: null", compiling({ optimizer: null }), 'optimizer: expected a name such as "adam", or optimizers.adam'],
  ["metrics: null", compiling({ metrics: null }), "compile: expected metrics as a list, got null."],
  ["evaluate(x, y, null)", () => compiled().evaluate(x, y, untyped(null)), "evaluate: expected options as an object"],
  [
    "sampleWeight: null of evaluate",
    () => compiled().evaluate(x, y, untyped({ sampleWeight: null })),
    "evaluate: expected sampleWeight as a number for each example, got null.",
  ],
]);

it.each([
  ["options: null", null, "fit: expected options as an object, such as { epochs: … }, got null."],
  ["sampleWeight: null", { sampleWeight: null }, "fit: expected sampleWeight as a number for each example, got null."],
])("fit with %s", async (_, options, says) => {
  await expect(compiled().fit(x, y, untyped(options))).rejects.toThrow(says);
});
