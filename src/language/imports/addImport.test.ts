// Where an import is written in a cell, and how.

import { expect, test } from "vitest";
import { addImport } from "./addImport.ts";

function added(text: string, name = "b", from = "m", isType = false): string {
  const { span, text: written } = addImport(text, { name, from, isType });
  return text.slice(0, span.start) + written + text.slice(span.start + span.length);
}

test.each([
  ["", 'import { b } from "m";\n'],
  ["code()", 'import { b } from "m";\ncode()'],
  ["code()\r\nmore()", 'import { b } from "m";\r\ncode()\r\nmore()'],
  ['import { a } from "m";\ncode()', 'import { a, b } from "m";\ncode()'],
  ['import { a, } from "m";', 'import { a, b, } from "m";'],
  ['import {} from "m";', 'import { b } from "m";'],
  ['import d from "m";', 'import d, { b } from "m";'],
  ['import {\n  a,\n  c,\n} from "m";', 'import {\n  a,\n  c,\n  b,\n} from "m";'],
  ['import * as m from "m";', 'import * as m from "m";\nimport { b } from "m";'],
  ["import { x } from 'other'\ncode()", "import { x } from 'other'\nimport { b } from 'm'\ncode()"],
  ['import type { T } from "m";', 'import type { T } from "m";\nimport { b } from "m";'],
  ['import "m";', 'import "m";\nimport { b } from "m";'],
  ["broken((", 'import { b } from "m";\nbroken(('],
])("%j", (text, expected) => {
  expect(added(text)).toBe(expected);
});

test("types are imported as types", () => {
  expect(added("", "T", "m", true)).toBe('import type { T } from "m";\n');
  expect(added('import { a } from "m";', "T", "m", true)).toBe('import { a, type T } from "m";');
  expect(added('import type { A } from "m";', "T", "m", true)).toBe('import type { A, T } from "m";');
});
