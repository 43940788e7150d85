// The catalogue of activations says what is true of the functions.

import { describe, expect, it } from "vitest";
import { complementaryErrorFunction } from "../backend/errorFunction.ts";
import { activations, tensor, useBackend } from "../index.ts";
import { activationInfo, resolveActivation } from "./activationInfo.ts";
import { activationNames } from "./catalogue.ts";

const points = Array.from({ length: 24001 }, (_, index) => -12 + index / 1000);

describe("the catalogue of activations", () => {
  it.each(activationNames)("%s: slope, bound, kinks and sides are those of the function", (name) => {
    const info = activationInfo(name);
    const slopes = points.map((z) => Math.abs(info.slope(z)));
    const bound = info.largestSlope();
    // Approached only, far out or at a kink.
    const isLimit = ["softsign", "logSigmoid", "hardSwish"].includes(name);
    if (bound === null) expect(slopes.at(-1)).toBeGreaterThan(1e4);
    else {
      const largest = slopes.reduce((max, slope) => Math.max(max, slope), 0);
      expect(largest).toBeLessThanOrEqual(bound + 1e-4);
      expect(largest).toBeGreaterThanOrEqual(bound - (isLimit ? 1e-3 : 1e-4));
    }
    for (const z of points.filter((_, index) => index % 37 === 0)) {
      if (info.kinks.some((kink) => Math.abs(kink - z) < 1e-3)) continue;
      const difference = (info.value(z + 1e-5) - info.value(z - 1e-5)) / 2e-5;
      expect(Math.abs(info.slope(z) - difference)).toBeLessThan(1e-5 * (1 + Math.abs(difference)));
    }
    const flat = (side: number) => Math.abs(info.slope(side)) < 0.02 * (bound ?? 1) + 1e-9;
    const sides = { left: [true, false], right: [false, true], both: [true, true], none: [false, false] };
    if (name !== "step") expect([flat(-12), flat(12)]).toEqual(sides[info.saturates ?? "none"]);
  });

  it("a kink is a place where the slope jumps", () => {
    for (const name of activationNames)
      for (const kink of activationInfo(name).kinks.filter(() => name !== "step" && name !== "elu")) {
        const { slope } = activationInfo(name);
        expect(Math.abs(slope(kink - 1e-6) - slope(kink + 1e-6)), name).toBeGreaterThan(0.05);
      }
  });

  it("hard swish has at its kinks what the product rule makes of hard sigmoid's slope of 0 there", () => {
    for (const useOf of ["plain", "simd"] as const) {
      useBackend(useOf);
      for (const createGraph of [false, true]) {
        const x = tensor([-3, 3], { requiresGrad: true });
        activations.hardSwish(x).backward([1, 1], { createGraph });
        expect(x.grad?.toArray()).toEqual([0, 1]);
      }
    }
    expect([-3, 3].map((z) => activationInfo("hardSwish").slope(z))).toEqual([0, 1]);
  });

  it("a parameter changes the curve, and none is offered where there is none", () => {
    expect(activationInfo("leakyRelu").value(-2, 0.1)).toBeCloseTo(-0.2);
    expect(activationInfo("leakyRelu").largestSlope(3)).toBe(3);
    expect(activationInfo("relu").defaultAlpha).toBeNull();
  });

  it.each([
    ["leaky_relu", "leakyRelu"],
    ["hard_sigmoid", "hardSigmoid"],
    ["swish", "silu"],
    ["ReLU", "relu"],
    ["log_softmax", "logSoftmax"],
    ["identity", "linear"],
  ])("%s means %s", (written, meant) => expect(resolveActivation(written)).toBe(meant));

  it("a wrong name offers the nearest right one", () => {
    expect(() => resolveActivation("sigmoyd")).toThrow('Unknown activation "sigmoyd". Did you mean "sigmoid"?');
  });
});

it("erfc is right from one end to the other", () => {
  // Abramowitz & Stegun, table 7.1, and erfc(5), erfc(10) by the asymptotic series.
  const known = [
    [0, 1],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [3, 2.209049699858544e-5],
    [5, 1.5374597944280349e-12],
    [10, 2.088487583762545e-45],
    [-1, 1.8427007929497148],
  ] as const;
  for (const [x, wanted] of known) expect(complementaryErrorFunction(x) / wanted).toBeCloseTo(1, 10);
});
