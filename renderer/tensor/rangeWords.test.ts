// What is said of a tensor's numbers before one sees them.

import { expect, test } from "vitest";
import { tensorView } from "../../src/insights/index.ts";
import { rangeParts } from "./rangeWords.ts";

const said = (shape: readonly number[], data: readonly number[]) =>
  rangeParts(tensorView({ shape, data }), "en").join(" · ");

test("a range where there is one, and else what there is instead", () => {
  expect(said([3], [1, 0, 3])).toBe("from 0 to 3.00, mean 1.33 ± 1.25 · 1 zero");
  expect(said([], [5])).toBe("");
  expect(said([2, 2], [5, 5, 5, 5])).toBe("all 5.00");
  expect(said([2], [0, 0])).toBe("all 0");
  expect(said([0, 3], [])).toBe("no numbers");
  expect(said([2], [Number.NaN, 5])).toBe("from 5.00 to 5.00, mean 5.00 ± 0 · 1 not finite");
  expect(said([1], [Number.NaN])).toBe("1 not finite");
});
