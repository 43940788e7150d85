// Regularizers: what they add to the loss, how they are named, and what they refuse.

import { describe, expect, it } from "vitest";
import { tensor } from "../tensor.ts";
import { regularizers, resolveRegularizer } from "./regularizers.ts";

describe("penalties", () => {
  it("are sums over the weights, with the gradients Keras gives", () => {
    const w = tensor([1, -2, 0], { requiresGrad: true });
    const penalty = regularizers.l1l2({ l1: 0.5, l2: 0.25 }).penalty(w);
    expect(penalty.item()).toBe(0.5 * 3 + 0.25 * 5);
    penalty.backward();
    expect(w.grad?.toArray()).toEqual([0.5 + 0.5, -0.5 - 1, 0]);
  });

  it("with a factor of 0 are nothing", () => {
    expect(regularizers.l1(0).penalty([1, 2]).item()).toBe(0);
    expect(regularizers.l2(0).formula).toBe("0");
    expect(regularizers.l1l2().formula).toBe("0.01·Σ|w| + 0.01·Σw²");
  });
});

it("by name, and refused when unknown or negative", () => {
  expect(resolveRegularizer("ridge").name).toBe("l2");
  expect(resolveRegularizer("L1_L2").name).toBe("l1l2");
  expect(() => resolveRegularizer("l3")).toThrow('Unknown regularizer "l3". Did you mean');
  expect(() => resolveRegularizer(0.01 as never)).toThrow("A number alone does not say");
  expect(() => regularizers.l1(-1)).toThrow("regularizers.l1: expected l1 of 0 or more, got -1.");
  expect(() => regularizers.l1l2({ L1: 1 } as never)).toThrow('Did you mean "l1"?');
});
