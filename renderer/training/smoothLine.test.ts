// The moving mean of a line.

import { expect, test } from "vitest";
import { smoothLine } from "./smoothLine.ts";

test("a constant line stays as it is from its first point, and gaps stay gaps", () => {
  expect(smoothLine([2, 2, null, 2], 0.9).map((value) => value && Number(value.toFixed(12)))).toEqual([2, 2, null, 2]);
});

test("a point counts less the longer it lies back", () => {
  const [first, second, third] = smoothLine([1, 0, 0], 0.5);
  expect([first, second, third]).toEqual([1, expect.closeTo(1 / 3), expect.closeTo(1 / 7)]);
});
