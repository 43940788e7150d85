// How a number stands in a formula.

import { expect, test } from "vitest";
import { squared } from "./formulas.ts";

test("a power of ten is put in brackets before it is squared: 2.4×10⁻⁵² would be another number", () => {
  const isBracketed = (number: number) => squared(number).length === 4;
  expect([0.5, 12, -0.5, 2.4e-5, 3e7].map(isBracketed)).toEqual([false, false, true, true, true]);
});
