// Places of numbers as code would ask for them.

import { expect, test } from "vitest";
import { placeText } from "./placeText.ts";

test("a number of a tensor is named by its place on each axis, from 0", () => {
  expect([0, 1, 2].map((at) => placeText(at, [3]))).toEqual(["[0]", "[1]", "[2]"]);
  expect([0, 2, 3, 5].map((at) => placeText(at, [2, 3]))).toEqual(["[0, 0]", "[0, 2]", "[1, 0]", "[1, 2]"]);
  expect(placeText(7, [2, 2, 2])).toBe("[1, 1, 1]");
});
