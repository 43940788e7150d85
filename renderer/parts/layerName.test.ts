// Long layer names keep their end.

import { expect, test } from "vitest";
import { splitName } from "./layerName.ts";

test("a long name keeps the end that tells it from its neighbours, a short one is whole", () => {
  expect(splitName("a_very_long_layer_name_29")).toEqual(["a_very_long_layer_", "name_29"]);
  expect(splitName("dense_12")).toEqual(["dense_12", ""]);
});

test("a letter of two code units is not cut in half", () => {
  expect(splitName(`${"x".repeat(12)}😀layer_`)[1]).toBe("😀layer_");
});
