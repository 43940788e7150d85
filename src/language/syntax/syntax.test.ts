// How cells are laid out, folded, selected and listed.

import { expect, test } from "vitest";
import { foldingOf } from "./folding.ts";
import { formatCell, formatTyped } from "./formatting.ts";
import { outlineOf } from "./outline.ts";
import { selectionRangesOf } from "./selectionRanges.ts";

const twoSpaces = { indentSize: 2, usesTabs: false };

function applied(text: string, changes: readonly { span: { start: number; length: number }; text: string }[]): string {
  return [...changes]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (now, { span, text: added }) => now.slice(0, span.start) + added + now.slice(span.start + span.length),
      text,
    );
}

const formatted = (text: string, layout = twoSpaces) => applied(text, formatCell(text, null, layout));

test("a cell is laid out with the editor's indents", () => {
  const untidy = "export  const f=(x:number)=>{\nreturn x*2}\nif(f(1)>1){f( 2 )}";
  expect(formatted(untidy)).toBe("export const f = (x: number) => {\n  return x * 2\n}\nif (f(1) > 1) { f(2) }");
  expect(formatted(untidy, { indentSize: 4, usesTabs: true })).toContain("\n\treturn x * 2");
});

test("line ends stay as they are", () => {
  expect(formatted("{\r\nconst a=1\r\n}")).toBe("{\r\n  const a = 1\r\n}");
});

test("a range is laid out alone", () => {
  const text = "const a=1\nconst b=2";
  expect(applied(text, formatCell(text, { start: 10, length: 9 }, twoSpaces))).toBe("const a=1\nconst b = 2");
  expect(applied(text, formatCell(text, { start: 10, length: 999 }, twoSpaces))).toBe("const a=1\nconst b = 2");
});

test("what does not parse keeps all of its characters but spaces", () => {
  for (const broken of ["const = = 1;\nfoo((", "if (", "`${", "const a=1;\n}}}", "class { x"]) {
    expect(formatted(broken).replace(/\s/g, "")).toBe(broken.replace(/\s/g, ""));
  }
});

test("a finished statement is laid out as it is typed", () => {
  const text = "const a=1;\nconst b=2";
  expect(applied(text, formatTyped(text, { offset: 10, key: ";" }, twoSpaces))).toBe("const a = 1;\nconst b=2");
  expect(formatTyped(text, { offset: 999, key: ";" }, twoSpaces)).toEqual([]);
});

test("the outline holds what is declared, with its parts", () => {
  const shown = outlineOf(
    'import { layers } from "nnbook";\n/** @deprecated */ const rate = 1;\nclass Net { units = 1; train() {} }\n[1].map(() => 1);',
  );
  const names = (items: typeof shown): unknown[] =>
    items.map(({ name, kind, children }) => [name, kind, ...names(children)]);
  expect(names(shown)).toEqual([
    ["rate", "const"],
    ["Net", "class", ["units", "property"], ["train", "method"]],
    ["map() callback", "function"],
  ]);
  expect(shown.map(({ isDeprecated }) => isDeprecated)).toEqual([true, false, false]);
  expect(outlineOf("")).toEqual([]);
});

test("blocks, imports, comments and regions fold", () => {
  const text =
    'import a from "a";\nimport b from "b";\n// #region data\n/*\n long\n*/\nlet f;\nif (a) {\n  b;\n}\n// #endregion';
  expect(
    foldingOf(text)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(["code", "comment", "imports", "region"]);
});

test("a selection grows from the name to the cell", () => {
  const text = "const a = f(x + 1);";
  const [spans = []] = selectionRangesOf(text, [12]);
  expect(spans.map(({ start, length }) => text.slice(start, start + length))).toEqual(["x", "x + 1", "f(x + 1)", text]);
  expect(selectionRangesOf("", [5])).toEqual([[{ start: 0, length: 0 }]]);
});
