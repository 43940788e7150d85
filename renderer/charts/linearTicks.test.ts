// Round numbers on a linear axis.

import { expect, test } from "vitest";
import { linearTicks } from "./linearTicks.ts";

test("ticks are round, inside, and no more than fit", () => {
  expect(linearTicks(-0.93, 0.81, 5)).toEqual([-0.5, 0, 0.5]);
  expect(linearTicks(0, 1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(linearTicks(1_240, 1_980, 3)).toEqual([1_250, 1_500, 1_750]);
  expect(linearTicks(3, 3, 5)).toEqual([]);
});
