// The axis of a weight's values has room for numbers of any size.

import { expect, test } from "vitest";
import { valueAxisWidth } from "./valueAxis.ts";

test("short numbers leave the axis as it is everywhere; powers of ten of a training that ran away make it wider", () => {
  expect(valueAxisWidth([-0.25, 0, 0.25])).toBe(44);
  expect(valueAxisWidth([])).toBe(44);
  expect(valueAxisWidth([0, -5e30])).toBeGreaterThan("−5.00×10³⁰".length * 5.5 + 6);
});
