// Fails a test at the first number that is not close to the reference's.

import { expect } from "vitest";
import { isClose, numberOf, type Tolerance } from "./fixtures.ts";

/** Fails with the first place that is off. */
export function expectClose(
  got: ArrayLike<number>,
  wanted: ArrayLike<number | string>,
  tolerance: Tolerance,
  what = "value",
): void {
  expect(got.length, `${what}: how many numbers`).toBe(wanted.length);
  for (let index = 0; index < wanted.length; index++) {
    const want = numberOf(wanted[index] ?? Number.NaN);
    const have = got[index] ?? Number.NaN;
    if (!isClose(have, want, tolerance))
      expect.fail(
        `${what} ${index}: got ${have}, the reference is ${want} (rtol ${tolerance.rtol}, atol ${tolerance.atol})`,
      );
  }
}
