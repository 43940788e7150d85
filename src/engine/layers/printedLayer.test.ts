// The settings of a layer that are set by way of checks: what they refuse, and that they are shown among the others.

import { inspect } from "node:util";
import { expect, it } from "vitest";
import { layers, sequential } from "../index.ts";
import { isRefused, untyped } from "../mistakes/refused.testing.ts";

it("shows its name and whether it is trained", () => {
  const dense = layers.dense(3, { trainable: false });
  sequential([dense]);
  expect(inspect([dense])).toMatch(/^\[\n {2}Dense \{\n {4}name: 'dense_1',\n {4}trainable: false,/);
  dense.name = "hidden";
  expect(inspect(dense)).toContain("name: 'hidden'");
  expect(inspect({ of: { a: { b: dense } } })).toContain("b: [Dense]");
});

isRefused([
  ["a number for the name", () => named(5), "dense: expected name as a text, got 5."],
  ["null for the name", () => named(null), "dense: expected name as a text, got null."],
]);

function named(name: unknown): void {
  layers.dense(1).name = untyped(name);
}
