// Initializers: those that take options, and what they refuse. Their statistics are checked against the fixtures.

import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { initializers, resolveInitializer } from "./initializers.ts";

const random = () => new Random(4);

describe("varianceScaling", () => {
  it("holds Glorot's, He's and LeCun's as cases", () => {
    const cases = [
      [initializers.glorotUniform(), { scale: 1, mode: "fanAvg", distribution: "uniform" }],
      [initializers.heNormal(), { scale: 2 }],
      [initializers.lecunUniform(), { distribution: "uniform" }],
    ] as const;
    for (const [known, options] of cases)
      expect(initializers.varianceScaling(options).make([3, 3, 4, 5], random())).toEqual(
        known.make([3, 3, 4, 5], random()),
      );
  });

  it("counts outputs where it is told to, windows of filters included", () => {
    const values = initializers
      .varianceScaling({ scale: 3, mode: "fanOut", distribution: "uniform" })
      .make([5, 5, 2, 4], random());
    // ±√(3 · 3 / (25 · 4))
    expect(Math.max(...values)).toBeLessThanOrEqual(0.3);
    expect(Math.max(...values)).toBeGreaterThan(0.28);
  });

  it("refuses what is no variance", () => {
    expect(() => initializers.varianceScaling({ scale: 0 })).toThrow("expected scale above 0, got 0");
    expect(() => initializers.varianceScaling({ mode: "fan_in" as never })).toThrow('expected mode "fanIn", "fanOut"');
    expect(() => initializers.varianceScaling({ distribution: "normal" as never })).toThrow('"untruncatedNormal"');
  });
});

it("identity passes each input on, times its gain", () => {
  expect([...initializers.identity({ gain: 2 }).make([2, 3], random())]).toEqual([2, 0, 0, 0, 2, 0]);
  expect([...initializers.identity().make([3, 2], random())]).toEqual([1, 0, 0, 1, 0, 0]);
  expect(() => initializers.identity().make([3, 2, 2], random())).toThrow("identity: expected a shape of two axes");
  expect(resolveInitializer("eye").name).toBe("identity");
});
