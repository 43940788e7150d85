// The place of a declaration in a cell's text.

import { expect, test } from "vitest";
import { declarationPlace } from "./declarationPlace.ts";

const cases: readonly (readonly [source: string, name: string, line: string | null])[] = [
  ["const a = 1;\nconst b = 2;", "b", "b = 2"],
  ["let first = 1;\nconst { deep: [inside = 3], ...rest } = value;", "inside", "inside ="],
  ["const { deep, ...rest } = value;", "rest", "rest }"],
  ["function twice(x: number) { const inner = x; return inner; }", "twice", "twice(x"],
  ["function twice(x: number) { const inner = x; return inner; }", "inner", null],
  ["class Point { x = 1; }", "Point", "Point {"],
  ['import net, { layers as parts } from "nnbook";', "parts", "parts }"],
  ['import net, { layers as parts } from "nnbook";', "net", "net,"],
  ['import * as all from "nnbook";', "all", "all from"],
  ["for (var i = 0; i < 3; i++);", "i", "i = 0"],
  ["const a = 1;\nconst broken = ;\nconst c = a +", "c", "c = a"],
  ["a = 1;", "a", null],
  ["export const given = 1;", "given", "given ="],
];

test.each(cases)("%j declares %s", (source, name, at) => {
  const place = declarationPlace(source, name);
  expect(place === null ? null : source.slice(place.start).startsWith(at ?? "?")).toBe(at === null ? null : true);
});
