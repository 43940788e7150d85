// Null where something could be left out: refused as in all other options, not taken for the default.

import { expect, it } from "vitest";
import { layers, sequential, tensor } from "../index.ts";
import { isRefused, untyped } from "../refused.testing.ts";

const [x, y] = [tensor([[1], [2]]), tensor([[1], [2]])];

function compiled() {
  const net = sequential([layers.dense(1)]);
  net.compile({ loss: "mse", optimizer: "sgd" });
  return net;
}

const compiling = (options: object) => () =>
  sequential([layers.dense(1)]).compile({ loss: "mse", ...untyped(options) });

isRefused([
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
