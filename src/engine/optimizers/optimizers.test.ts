// Optimizers: names, settings, memory. Their arithmetic is checked against reference values in test/fixturesTraining.test.ts.

import { describe, expect, it } from "vitest";
import { parameter } from "../tensor.ts";
import { optimizers, resolveOptimizer } from "./optimizers.ts";

describe("optimizers", () => {
  it.each([
    ["sgd", "sgd", { momentum: 0 }],
    ["SGD", "sgd", { learningRate: 0.01 }],
    ["momentum", "sgd", { momentum: 0.9, nesterov: false }],
    ["nesterov", "sgd", { momentum: 0.9, nesterov: true }],
    ["RMSprop", "rmsprop", { rho: 0.9, epsilon: 1e-7 }],
    ["adam", "adam", { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }],
  ])("%s is %s with Keras' defaults", (written, name, config) => {
    const optimizer = resolveOptimizer(written);
    expect(optimizer.name).toBe(name);
    expect(optimizer.config).toMatchObject(config);
  });

  it("wrong names and settings are refused", () => {
    expect(() => resolveOptimizer("adma")).toThrow('Unknown optimizer "adma". Did you mean "adam"?');
    expect(() => optimizers.adam({ lr: 0.1 } as object)).toThrow('Unknown option of optimizers.adam "lr".');
    expect(() => optimizers.sgd({ learningRate: 0 })).toThrow("expected learningRate above 0, got 0");
    expect(() => optimizers.sgd({ momentum: 1 })).toThrow("expected momentum from 0 to below 1, got 1");
    expect(() => optimizers.sgd({ nesterov: true })).toThrow("Try momentum: 0.9.");
    expect(() => optimizers.sgd({ momentum: 0.9, dampening: 0.5 })).toThrow('convention: "torch"');
    expect(() => optimizers.sgd({ convention: "pytorch" as "torch" })).toThrow(
      'Unknown convention "pytorch". Did you mean "torch"?',
    );
  });

  it("leaves parameters without a gradient, and gradients themselves, alone", () => {
    const [moving, still] = [parameter("a", [1, 1]), parameter("b", [1])];
    moving.mul([1, 2]).sum().backward();
    optimizers.sgd({ learningRate: 0.5, clipNorm: 0.1 }).update([moving, still]);
    expect(still.toArray()).toEqual([1]);
    expect(moving.grad?.toArray()).toEqual([1, 2]);
    expect(moving.data[0]).toBeLessThan(1);
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
