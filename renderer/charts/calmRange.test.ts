// Axes of lines that hardly move: noise must look like noise.

import { expect, test } from "vitest";
import { calmRange, isCalm } from "./calmRange.ts";

test("values within a factor of two are calm", () => {
  expect([isCalm(0.69, 0.7), isCalm(0.5, 1), isCalm(0, 0.1), isCalm(0.1, 10)]).toEqual([true, false, false, false]);
});

test("around a power of ten a log axis takes two decades, so that values within a factor of four are calm", () => {
  expect([isCalm(0.8, 2.3), isCalm(0.5, 1.99), isCalm(0.5, 2.1), isCalm(2, 4.1)]).toEqual([true, true, false, false]);
});

test("their axis holds all of them, ends at round numbers, and lets noise look like noise", () => {
  for (const [low, high] of [
    [0.713, 0.719],
    [1.2, 1.9],
    [4e-7, 4.1e-7],
    [123, 123],
  ] as const) {
    const { min, max } = calmRange(low, high);
    expect(min).toBeLessThanOrEqual(low);
    expect(max).toBeGreaterThanOrEqual(high);
    expect(max - min).toBeGreaterThanOrEqual(0.2 * high * 0.999);
    expect(max - min).toBeLessThanOrEqual(0.5 * high);
  }
  expect(calmRange(0.713, 0.719).min).toBeCloseTo(0.6, 10);
  expect(calmRange(0.713, 0.719).max).toBeCloseTo(0.8, 10);
});
