// Ticks of log axes: powers of ten, as many as fit.

import { expect, test } from "vitest";
import { logRange, powersOfTen } from "./logTicks.ts";

test("every power of ten in range stands when there is room", () => {
  expect(powersOfTen(1e-3, 1, 10)).toEqual([1e-3, 1e-2, 1e-1, 1]);
});

test("with less room ticks keep an even distance and 10⁰ stays one of them", () => {
  expect(powersOfTen(1e-2, 1e24, 7).map(Math.log10)).toEqual([0, 4, 8, 12, 16, 20, 24]);
  expect(powersOfTen(1e-8, 1e2, 4).map((value) => Math.round(Math.log10(value)))).toEqual([-6, -3, 0]);
});

test("a range without a power of ten, or without a positive number, has no tick", () => {
  expect(powersOfTen(2, 5, 10)).toEqual([]);
  expect(powersOfTen(0, 5, 10)).toEqual([]);
  expect(powersOfTen(Number.NaN, 5, 10)).toEqual([]);
});

test("a single tick stands even where nothing else fits", () => {
  expect(powersOfTen(0.5, 20, 0)).toHaveLength(1);
});

test("the range of a log axis is in whole decades, at least one, and ignores what has no logarithm", () => {
  expect(logRange([0.0365, 0.9])).toEqual({ min: 0.01, max: 1 });
  expect(logRange([1, 1])).toEqual({ min: 1, max: 10 });
  expect(logRange([0.1, 0, -3, Number.NaN, Infinity])).toEqual({ min: 0.1, max: 1 });
  expect(logRange([0, -1])).toBeNull();
});
