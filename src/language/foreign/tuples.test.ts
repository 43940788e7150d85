// Python's tuples in cells: marked where a comma throws values away, with the list that is meant; other commas are left alone.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { smallNnbookTypes, TestNotebook, testServer } from "../notebooks.testing.ts";

const libs = collectTypescriptLibs();
const notebook = new TestNotebook(testServer(libs));
const take = "function take(...values: readonly unknown[]) { return values }";

/** The last cell once the first fix has been used. */
function fixed(cell: string): string | undefined {
  const layout = { indentSize: 2, usesTabs: false };
  const [first] = notebook.ask("quickFixes", [take, `|${cell}`], { span: { start: 0, length: 9999 }, layout }) ?? [];
  return first && notebook.changed(first.changes).at(-1);
}

test.each([
  ["take(32, (3, 4));", "(3, 4)", "4", "[3, 4]"],
  ["take({ kernelSize: (3, 4) });", "(3, 4)", "4", "[3, 4]"],
  ["take({ inputShape: (28, 28, 1) });", "(28, 28, 1)", "1", "[28, 28, 1]"],
  ["take(((0, 0), (0, 1)));", "((0, 0), (0, 1))", "1", "[[0, 0], [0, 1]]"],
  ["const size = (-1, 2);", "(-1, 2)", "2", "[-1, 2]"],
])("%s", (cell, tuple, last, list) => {
  expect(notebook.problems([take, cell])).toEqual([
    `cell 1 error "${tuple}": In TypeScript ${tuple} is ${last}: a comma keeps the last value alone. For a list, write ${list}.`,
  ]);
  expect(fixed(cell)).toBe(cell.replace(tuple, list));
});

test("each of several is marked", () => {
  expect(notebook.problems([take, "take([(0, 0), (0, 1)]);"])).toHaveLength(2);
});

test("commas that are meant are left alone", () => {
  const healthy = [
    "let i = 0, j = 9; for (i = 0, j = 1; i < j; i++, j--) take(i, j);",
    "const object = { method: () => 1 }; (0, object.method)(); (0, eval)('1');",
    "let n = 0; take((n++, n)); take((3), [3, 4]); const f = () => (n++, n);",
  ];
  expect(notebook.problems([take, ...healthy])).toEqual([]);
});

test("is said in Korean", () => {
  const korean = new TestNotebook(testServer(libs, smallNnbookTypes, "ko"));
  expect(korean.problems([take, "take((3, 4));"])).toEqual([
    'cell 1 error "(3, 4)": TypeScript에서 (3, 4)의 값은 4입니다. 쉼표는 마지막 값만 남깁니다. 목록은 다음과 같이 씁니다: [3, 4]',
  ]);
});
