// What is known of the values of a line that grows.

import { expect, test } from "vitest";
import type { ViewNumber } from "../../src/shared/json.ts";
import { goesOn, summaryOf } from "./seriesSummary.ts";

test("the first of equal extremes is told, and what is not finite is not counted", () => {
  expect(summaryOf([null, 2, "NaN", 1, 1, 2, "Infinity"])).toEqual({
    lowest: 1,
    highest: 2,
    lowestAt: 3,
    highestAt: 1,
    finiteCount: 4,
  });
  expect(summaryOf([])).toMatchObject({ lowest: Infinity, highest: -Infinity, lowestAt: -1, highestAt: -1 });
});

test("a list that goes on is summarised as it is when it is seen for the first time", () => {
  const before: readonly ViewNumber[] = [3, 2, 2, "NaN"];
  const after: readonly ViewNumber[] = [...before, 2, 5, 1];
  expect(goesOn(before, after)).toBe(true);
  expect(summaryOf(after)).toEqual(summaryOf([...after]));
});

test("a list that was changed, or is shorter, does not go on", () => {
  expect(goesOn([3, 2], [3, 1, 2])).toBe(false);
  expect(goesOn([3, 2], [3])).toBe(false);
  expect(summaryOf([3, 1, 2]).lowest).toBe(1);
});
