// A cell's imports in order, with nothing lost that is used.

import { expect, test } from "vitest";
import { organizeImports } from "./organizeImports.ts";

function organized(text: string, ...unused: readonly string[]): string {
  const spans = unused.map((name) => ({ start: text.indexOf(name), length: name.length }));
  const change = organizeImports(text, spans);
  if (change === null) return text;
  return text.slice(0, change.span.start) + change.text + text.slice(change.span.start + change.span.length);
}

test.each([
  ['import { b, a } from "m";\ncode', 'import { a, b } from "m";\ncode'],
  [
    'import { x } from "./file.ts";\nimport { b } from "z";\nimport { a } from "a";',
    'import { a } from "a";\nimport { b } from "z";\nimport { x } from "./file.ts";',
  ],
  ['import { b } from "m";\nimport d, { a } from "m";', 'import d, { a, b } from "m";'],
  [
    'import { b } from "m";\nimport type { T } from "m";\nimport * as m from "m";',
    'import { b } from "m";\nimport type { T } from "m";\nimport * as m from "m";',
  ],
  [
    "import { b as c, type A } from 'm'\r\nimport 'side'\r\n",
    "import { type A, b as c } from 'm'\r\nimport 'side'\r\n",
  ],
])("%j", (text, expected) => {
  expect(organized(text)).toBe(expected);
  expect(organized(expected)).toBe(expected);
});

test("what nothing uses goes, with its line when nothing is left of it", () => {
  expect(organized('import { layers, sequential } from "nnbook";\ncode', "layers")).toBe(
    'import { sequential } from "nnbook";\ncode',
  );
  expect(organized('import { layers } from "nnbook";\ncode', 'import { layers } from "nnbook";')).toBe("code");
});

test.each([
  ['import { b, a } from "m";\ncode();\nimport { c } from "n";'],
  ['import { b, a } from "m"; // why\nimport { c } from "n";'],
  ['import { b, /* why */ a } from "m";'],
  ['import data from "./data.json" with { type: "json" };\nimport { b, a } from "m";'],
  ["code()"],
  [""],
  ['import { b, a from "m'],
])("%j is left alone", (text) => {
  expect(organized(text)).toBe(text);
});
