// What a tool answers stays small enough for a language model.

import { expect, test } from "vitest";
import { boundedJson } from "./boundedJson.ts";

test("what is small stays as it is", () => {
  expect(JSON.parse(boundedJson({ a: [1, "two"] }))).toEqual({ a: [1, "two"] });
});

test.each([
  ["long texts", { source: "x".repeat(100_000) }],
  ["many items", { cells: Array.from({ length: 5000 }, (_, cell) => ({ cell, source: "y".repeat(300) })) }],
  [
    "nested lists",
    { runs: Array.from({ length: 300 }, () => ({ layers: Array.from({ length: 300 }, (_, at) => at) })) },
  ],
])("%s are cut, and the answer says so", (_, value) => {
  const text = boundedJson(value);
  expect(text.length).toBeLessThanOrEqual(24_000);
  expect(JSON.parse(text)).toMatchObject({ isCut: true });
});
