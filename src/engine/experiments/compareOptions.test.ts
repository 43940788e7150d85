// Options of `compare` that look as if they meant something: each is refused by name before anything trains.

import { expect, it } from "vitest";
import { type CompareOptions, compare, layers, Optimizer, sequential } from "../index.ts";
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

it("names what cannot be", async () => {
  const messages = await Promise.all(
    [
      { optimizers: ["adam", "adam"] },
      { optimizers: {} },
      { optimizers: ["adm"] },
      { model: (() => undefined) as never },
      { seeds: [1, 1] },
      { budget: { epochs: 3 } as never },
      { epochz: 3 } as never,
      { loss: undefined as never },
      {
        optimizers: {
          mine: new (class extends Optimizer {
            readonly name = "mine";
            protected updateParameter() {}
          })({}, 1),
        },
      },
      { data: [[1, 2]] as never },
      { variants: { deep: { layers: 3 } as never } },
      { variants: 3 as never },
      { seeds: 1e9 },
      { tune: { rates: [0.1, -1] } },
      { tune: 3 as never },
      { trace: "all" as never },
    ].map((each) =>
      compare({ ...base, optimizers: { slow: "sgd" }, ...(each as object) }).then(
        String,
        (error: Error) => error.message,
      ),
    ),
  );
  expect(messages).toMatchInlineSnapshot(`
    [
      "compare: expected a name of its own for each variant, got "adam" twice. Give optimizers as an object: { slow: optimizers.sgd(), fast: optimizers.sgd({ learningRate: 0.1 }) }.",
      "compare: expected optimizers or variants, got none. For example optimizers: ["sgd", "adam"], or variants: { relu: { model: () => … }, tanh: { model: () => … } }.",
      "Unknown optimizer "adm". Did you mean "adam"? Known: sgd, adagrad, rmsprop, adadelta, adam, adamW, adamax, nadam, rAdam, lion, momentum, nesterov, amsgrad. This is in the variant "adm".",
      "compare: expected model as a function that makes one, got a function that gives none. For example model: () => sequential([layers.dense(16, { activation: "relu" }), layers.dense(1)]). This is in the variant "slow".",
      "compare: expected seeds that differ, got 1 twice. The same seed gives the same run: it would only look more certain.",
      "Unknown option of budget "epochs". Known: steps, examples, ms.",
      "Unknown option of compare "epochz". Did you mean "epochs"? Known: model, data, optimizers, variants, loss, metrics, seeds, epochs, batchSize, shuffle, budget, target, workers, tune, trace, snapshots, classWeight.",
      "compare: expected a loss, got none. Give one: compare({ loss: "categoricalCrossentropy", … }), or let the model be compiled. This is in the variant "slow".",
      "compare: expected an optimizer that can be made anew for each run, got a  made by new. Give a function that makes one: () => new Mine(). This is in the variant "mine".",
      "compare: expected data with x and y, got x alone. Give both: compare({ data: { x, y }, … }).",
      "Unknown option of the variant "deep" "layers". What differs in the net itself is a model of its own: { model: () => sequential([layers.dense(16, { activation: "relu" }), …]) }. Known: model, optimizer, learningRate, loss, batchSize, epochs.",
      "compare: expected variants by name, got 3. For example variants: { slow: { learningRate: 0.01 }, fast: { learningRate: 0.1 } }.",
      "compare: expected 1000 seeds at most, got 1000000000. Five to twenty tell optimizers apart.",
      "compare: expected tune.rates[1] as a number above 0, got -1. Leave tune.rates out for half decades around each optimizer's own rate.",
      "compare: expected tune as true or false, or how to tune, got 3. For example tune: { rates: [0.001, 0.01, 0.1] }.",
      "compare: expected trace as "off", "summary" or "full" (or true, false), got "all". Leave it out for the usual one, "summary".",
    ]
  `);
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
