// Options of `compare` that look as if they meant something: each is refused by name before anything trains.

import { expect, it } from "vitest";
import { type CompareOptions, compare, layers, sequential } from "../index.ts";
import { untyped } from "../mistakes/refused.testing.ts";

const base: CompareOptions = {
  model: () => sequential([layers.dense(1)]),
  data: { x: [[1], [2], [3], [4]], y: [[1], [2], [3], [4]] },
  loss: "mse",
  optimizers: ["sgd"],
  seeds: 2,
};

it.each<readonly [string, unknown, string]>([
  ["tune: null", { tune: null }, "compare: expected tune as true or false, or how to tune, got null."],
  ["seeds: null", { seeds: null }, "compare: expected seeds as a number of them, or a list, got null."],
  ["epochs: null", { epochs: null }, "compare: expected epochs as a whole number, 1 or more, got null."],
  ["batchSize: null", { batchSize: null }, "compare: expected batchSize as a whole number, 1 or more, got null."],
  ["metrics: null", { metrics: null }, "compile: expected metrics as a list, got null."],
  ["model: null", { model: null }, "compare: expected model as a function that makes one, got null."],
  [
    "an activation in a variant",
    { variants: { relu: { activation: "relu" } } },
    'Unknown option of the variant "relu" "activation". What differs in the net itself is a model of its own: { model: () => sequential(',
  ],
  [
    "a misspelt option in a variant",
    { variants: { fast: { learningrat: 0.1 } } },
    'Unknown option of the variant "fast" "learningrat". Did you mean "learningRate"? Known: model,',
  ],
  ["an empty name", { variants: { "": {} } }, "compare: expected a name for each variant, got an empty one."],
  [
    "the same rate twice",
    { tune: { rates: [0.1, 0.01, 0.1] } },
    "compare: expected tune.rates that differ, got 0.1 twice.",
  ],
  [
    "more seeds to tune than there are",
    { tune: { seeds: 3 } },
    "tune.seeds of at most the 2 of the race, got 3. Leave",
  ],
  [
    "model: null in a variant",
    { variants: { a: { model: null, optimizer: "sgd" } } },
    'compare: expected model as a function that makes one, got null. For example model: () => sequential([layers.dense(16, { activation: "relu" }), layers.dense(1)]). This is in the variant "a".',
  ],
  ["loss: null in a variant", { variants: { a: { loss: null, optimizer: "sgd" } } }, 'This is in the variant "a".'],
  [
    "learningRate: null in a variant",
    { variants: { a: { learningRate: null, optimizer: "sgd" } } },
    'This is in the variant "a".',
  ],
  [
    "batchSize: null in a variant",
    { variants: { a: { batchSize: null, optimizer: "sgd" } } },
    "compare: expected batchSize as a whole number, 1 or more, got null.",
  ],
  [
    "epochs: null in a variant",
    { variants: { a: { epochs: null, optimizer: "sgd" } } },
    "compare: expected epochs as a whole number, 1 or more, got null.",
  ],
])("%s", async (_, options, says) => {
  await expect(compare({ ...base, ...untyped(options) })).rejects.toThrow(says);
});

it("takes what is undefined for not said", async () => {
  const variants = { a: { model: undefined, loss: undefined, batchSize: undefined, epochs: undefined } };
  const race = await compare({
    ...base,
    seeds: 1,
    workers: 0,
    variants: untyped({ a: { ...variants.a, optimizer: "sgd" } }),
  });
  expect(race.state).toBe("finished");
});
