// Optimizers: names, settings, memory. Their arithmetic is checked against reference values in test/fixturesTraining.test.ts.

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { schedules } from "../schedules/schedules.ts";
import { parameter } from "../tensor.ts";
import { optimizerNames, optimizers, resolveOptimizer } from "./optimizers.ts";

describe("optimizers", () => {
  it.each([
    ["sgd", "sgd", { momentum: 0 }],
    ["SGD", "sgd", { learningRate: 0.01 }],
    ["momentum", "sgd", { momentum: 0.9, nesterov: false }],
    ["nesterov", "sgd", { momentum: 0.9, nesterov: true }],
    ["RMSprop", "rmsprop", { rho: 0.9, epsilon: 1e-7 }],
    ["adagrad", "adagrad", { learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7 }],
    ["Adadelta", "adadelta", { learningRate: 0.001, rho: 0.95, epsilon: 1e-7 }],
    ["adamw", "adamW", { learningRate: 0.001, weightDecay: 0.004, epsilon: 1e-7 }],
    ["Adamax", "adamax", { learningRate: 0.001, beta1: 0.9, beta2: 0.999 }],
    ["NAdam", "nadam", { learningRate: 0.001, momentumDecay: 1 }],
    ["RAdam", "rAdam", { learningRate: 0.001, beta2: 0.999 }],
    ["lion", "lion", { learningRate: 0.001, beta1: 0.9, beta2: 0.99 }],
    ["AMSGrad", "adam", { amsgrad: true }],
    ["gradient descent", "sgd", { momentum: 0 }],
    ["adam", "adam", { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }],
  ])("%s is %s with Keras' defaults", (written, name, config) => {
    const optimizer = resolveOptimizer(written);
    expect(optimizer.name).toBe(name);
    expect(optimizer.config).toMatchObject(config);
  });

  it("shows its settings, and how far it is", () => {
    const adam = optimizers.adam({ learningRate: 0.01, clipNorm: 1 });
    expect(inspect(adam)).toMatch(/^Adam \{\s+learningRate: 0.01,\s+beta1: 0.9,[\s\S]*clipNorm: 1,\s+steps: 0\s+\}$/);
    adam.update([]);
    adam.learningRate = 0.001;
    expect(inspect(adam)).toMatch(/learningRate: 0.001,[\s\S]*steps: 1/);
    expect(inspect(optimizers.sgd({ learningRate: schedules.noam({ modelSize: 8, warmUpSteps: 5 }) }))).toContain(
      "'schedule'",
    );
    expect(inspect({ of: { a: { b: adam } } })).toContain("b: [Adam]");
  });

  it("wrong names and settings are refused", () => {
    expect(() => resolveOptimizer("adma")).toThrow('Unknown optimizer "adma". Did you mean "adam"?');
    expect(() => optimizers.adam({ lr: 0.1 } as object)).toThrow('Unknown option of optimizers.adam "lr".');
    expect(() => optimizers.sgd({ learningRate: -1 })).toThrow("expected learningRate of 0 or more, got -1");
    expect(() => optimizers.sgd({ momentum: 1 })).toThrow("expected momentum from 0 to below 1, got 1");
    expect(() => optimizers.sgd({ nesterov: true })).toThrow("Try momentum: 0.9.");
    expect(() => optimizers.sgd({ momentum: 0.9, dampening: 0.5 })).toThrow('convention: "torch"');
    expect(() => optimizers.sgd({ convention: "pytorch" as "torch" })).toThrow(
      'Unknown convention "pytorch". Did you mean "torch"?',
    );
  });

  it("the torch convention has PyTorch's settings where its formula needs them", () => {
    const convention = "torch";
    expect(optimizers.rmsprop({ convention }).config).toMatchObject({ learningRate: 0.01, rho: 0.99, epsilon: 1e-8 });
    expect(optimizers.adagrad({ convention }).config).toMatchObject({ initialAccumulatorValue: 0, epsilon: 1e-10 });
    expect(optimizers.adadelta({ convention }).config).toMatchObject({ learningRate: 1, rho: 0.9, epsilon: 1e-6 });
    expect(optimizers.nadam({ convention }).config).toMatchObject({ momentumDecay: 0.004, epsilon: 1e-8 });
    expect(optimizers.adamW({ convention }).config).toMatchObject({ weightDecay: 0.01, epsilon: 1e-8 });
    expect(optimizers.adagrad({ convention, learningRateDecay: 0.1 }).learningRateDecay).toBe(0.1);
    expect(() => optimizers.adagrad({ learningRateDecay: 0.1 })).toThrow('convention: "torch" with learningRateDecay');
  });

  it.each(optimizerNames)("%s with a learning rate of 0 leaves what it is given", (name) => {
    const weights = parameter("weights", [1, -2, 0.5]);
    const optimizer = optimizers[name]({ learningRate: 0, weightDecay: 0.1 });
    for (let step = 0; step < 3; step++) {
      weights.zeroGrad();
      weights.square().sum().backward();
      optimizer.update([weights]);
    }
    expect(weights.toArray()).toEqual([1, -2, 0.5]);
  });

  it.each(optimizerNames)("%s refuses unknown options, and what is no object", (name) => {
    expect(() => optimizers[name]({ wieghtDecay: 0.1 } as object)).toThrow(
      `Unknown option of optimizers.${name} "wieghtDecay". Did you mean "weightDecay"?`,
    );
    expect(() => optimizers[name](0.1 as unknown as object)).toThrow(
      `optimizers.${name}: expected options as an object`,
    );
  });

  it("AdamW and Lion shrink the weights themselves in both conventions", () => {
    for (const convention of ["keras", "torch"] as const)
      for (const optimizer of [
        optimizers.adamW({ convention, weightDecay: 0.5 }),
        optimizers.lion({ convention, weightDecay: 0.5 }),
      ]) {
        const p = parameter("p", 8);
        p.mul(0).sum().backward();
        optimizer.update([p], 0.5);
        expect(p.item(), `${optimizer.name} ${convention}`).toBe(6);
      }
    expect(() => optimizers.adamW({ decoupledWeightDecay: false } as object)).toThrow("Unknown option");
  });

  it("an optimizer that is reset walks the same way again", () => {
    for (const name of optimizerNames) {
      const optimizer = optimizers[name]({ learningRate: 0.1 });
      const walk = () => {
        const p = parameter("p", [1, -2]);
        optimizer.reset();
        for (let step = 0; step < 8; step++) {
          p.zeroGrad();
          p.square().sum().backward();
          optimizer.update([p]);
        }
        return p.toArray();
      };
      const first = walk();
      expect(first, name).not.toEqual([1, -2]);
      expect(walk(), name).toEqual(first);
    }
  });

  it("leaves parameters without a gradient, and gradients themselves, alone", () => {
    const [moving, still] = [parameter("a", [1, 1]), parameter("b", [1])];
    moving.mul([1, 2]).sum().backward();
    optimizers.sgd({ learningRate: 0.5, clipNorm: 0.1 }).update([moving, still]);
    expect(still.toArray()).toEqual([1]);
    expect(moving.grad?.toArray()).toEqual([1, 2]);
    expect(moving.data[0]).toBeLessThan(1);
  });

  it("limits each number first, then each parameter's length, then that of all together", () => {
    const [left, right] = [parameter("left", [0, 0]), parameter("right", [0, 0])];
    left
      .mul([30, 4])
      .sum()
      .add(right.mul([0, 5]).sum())
      .backward();
    // [3, 3] and [0, 3], then [√2, √2] and [0, 2], whose common length is 2√2.
    optimizers.sgd({ learningRate: 1, clipValue: 3, clipNorm: 2, globalClipNorm: 1 }).update([left, right]);
    for (const [at, expected] of [-0.5, -0.5, 0, -Math.SQRT1_2].entries())
      expect([...left.data, ...right.data][at]).toBeCloseTo(expected, 6);
  });

  it("takes the learning rate of one step, or its own, which may change", () => {
    const p = parameter("p", 0);
    p.sum().backward();
    const optimizer = optimizers.sgd({ learningRate: 1 });
    optimizer.update([p], 0.25);
    optimizer.learningRate = 2;
    optimizer.update([p]);
    expect([p.item(), optimizer.steps]).toEqual([-2.25, 2]);
  });

  it("takes a schedule as its learning rate, which starts again on reset", () => {
    const p = parameter("p", 0);
    p.sum().backward();
    const optimizer = optimizers.sgd({ learningRate: (step) => 2 ** -step });
    expect([optimizer.learningRate, optimizer.config.learningRate]).toEqual([1, "schedule"]);
    for (let step = 0; step < 3; step++) optimizer.update([p]);
    expect([p.item(), optimizer.learningRate]).toEqual([-1.75, 0.25]);
    optimizer.reset();
    expect(optimizer.learningRate).toBe(1);
    optimizer.update([p]);
    expect(p.item()).toBe(-2.75);
  });

  it("lowers its learning rate on a plateau, and only then", () => {
    const learningRate = schedules.reduceOnPlateau({ initialLearningRate: 1, factor: 0.5, patience: 2 });
    const optimizer = optimizers.adam({ learningRate });
    const rates = [3, 2, 2, 2, 1].map((loss) => {
      optimizer.endEpoch(loss);
      return optimizer.learningRate;
    });
    expect(rates).toEqual([1, 1, 1, 0.5, 0.5]);
    optimizer.reset();
    expect(optimizer.learningRate).toBe(1);
    const steady = optimizers.adam({ learningRate: 1 });
    for (const loss of [3, 3, 3, 3]) steady.endEpoch(loss);
    expect(steady.learningRate).toBe(1);
  });

  it.each([
    [Number.NaN, "expected the learning rate of step 0 as a finite number, got NaN"],
    [-1, "expected the learning rate of step 0 as 0 or more, got -1"],
  ])("a schedule that says %s is refused", (rate, message) => {
    expect(() => optimizers.sgd({ learningRate: () => rate })).toThrow(message);
  });

  it("reset forgets momentum", () => {
    const p = parameter("p", 0);
    p.sum().backward();
    const optimizer = optimizers.sgd({ learningRate: 1, momentum: 0.5 });
    optimizer.update([p]);
    optimizer.update([p]);
    expect(p.item()).toBe(-2.5);
    optimizer.reset();
    optimizer.update([p]);
    expect([p.item(), optimizer.steps]).toEqual([-3.5, 1]);
  });
});
