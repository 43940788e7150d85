// Every variant of every rule is written out, and its last line is the engine's own number.

import { describe, expect, it } from "vitest";
import { layers, type Optimizer, optimizers, schedules, sequential } from "../../engine/index.ts";
import { backpropView } from "./backpropView.ts";

const scheduled = () => schedules.oneCycle({ maxLearningRate: 0.05, totalSteps: 12, momentum: { min: 0.5, max: 0.9 } });
const torch = { convention: "torch" } as const;

const variants: Readonly<Record<string, () => Optimizer>> = {
  "sgd with momentum": () => optimizers.sgd({ momentum: 0.9 }),
  "sgd that looks ahead": () => optimizers.sgd({ momentum: 0.9, nesterov: true }),
  "sgd with momentum, torch": () => optimizers.sgd({ momentum: 0.9, ...torch }),
  "sgd that looks ahead, torch": () => optimizers.sgd({ momentum: 0.9, nesterov: true, ...torch }),
  "sgd with dampening, torch": () => optimizers.sgd({ momentum: 0.9, dampening: 0.5, ...torch }),
  "sgd with scheduled momentum": () => optimizers.sgd({ learningRate: scheduled() }),
  "sgd with scheduled momentum, torch": () => optimizers.sgd({ learningRate: scheduled(), ...torch }),
  rmsprop: () => optimizers.rmsprop(),
  "rmsprop, torch": () => optimizers.rmsprop(torch),
  "rmsprop with momentum": () => optimizers.rmsprop({ momentum: 0.8 }),
  "rmsprop with momentum, torch": () => optimizers.rmsprop({ momentum: 0.8, ...torch }),
  "rmsprop, centred": () => optimizers.rmsprop({ centered: true, epsilon: 1e-3 }),
  "rmsprop, centred, with momentum, torch": () =>
    optimizers.rmsprop({ centered: true, momentum: 0.8, epsilon: 1e-3, ...torch }),
  "rmsprop with scheduled momentum": () => optimizers.rmsprop({ learningRate: scheduled() }),
  "adagrad whose rate decays": () => optimizers.adagrad({ learningRateDecay: 0.1, ...torch }),
  "adam, torch, with an ε that counts": () => optimizers.adam({ epsilon: 0.1, ...torch }),
  "adam with amsgrad, torch": () => optimizers.adam({ epsilon: 0.1, amsgrad: true, ...torch }),
  "adam with scheduled momentum": () => optimizers.adam({ learningRate: scheduled() }),
  "adamax with scheduled momentum": () => optimizers.adamax({ learningRate: scheduled() }),
  "nadam with scheduled momentum": () => optimizers.nadam({ learningRate: scheduled() }),
  "rAdam with scheduled momentum": () => optimizers.rAdam({ learningRate: scheduled() }),
};

const x = [[1, 0.5]];
const y = [[1]];

describe("the rule", () => {
  it.each(Object.keys(variants))("of %s, at the first update and later", (name) => {
    const model = sequential([layers.dense(2, { inputShape: 2, activation: "tanh" }), layers.dense(1)], { seed: 2 });
    const optimizer = variants[name]?.();
    if (optimizer === undefined) throw new Error("The variant is missing.");
    model.compile({ loss: "mse", optimizer });
    for (let step = 1; step <= 4; step++) {
      for (const { update } of backpropView(model, { x, y }).weights) {
        const moved = update?.lines.findLast(({ symbols }) => symbols[0]?.kind === "symbol" && symbols[0].base !== "u");
        expect(update?.lines.length).toBeGreaterThan(0);
        expect(Number(moved?.result)).toBeCloseTo(Number(update?.after), 4);
      }
      model.trainOnBatch(x, y);
    }
  });
});
