// A list that begins empty takes what is pushed onto it; lists of a stated type keep to it.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const notebook = new TestNotebook(testServer(collectTypescriptLibs()));

test("a list that begins empty takes what loops push onto it, also in another cell", () => {
  const begun = "const row = [];";
  for (const growing of [
    "for (const units of [8, 4]) row.push(units);",
    "[8, 4].forEach((units) => { row.push(units, { units }); });",
    "row.unshift([1, 2].map(String));",
    "row[0] = 3;",
    'row.push("text" + 1);',
  ]) {
    expect(notebook.problems([`${begun}\n${growing}`]), growing).toEqual([]);
    expect(notebook.problems([begun, growing]), growing).toEqual([]);
  }
});

test("what else is wrong stays wrong", () => {
  expect(notebook.problems(["const row: number[] = [];", 'row.push("a");'])).toHaveLength(1);
  expect(notebook.problems(["const row = [1];", 'row.push("a");'])).toHaveLength(1);
  expect(notebook.problems(["const row = [];", "const f = (n: number) => n;\nrow.push(f('a'));"])).toHaveLength(1);
  expect(notebook.problems(["const row = [];", "const text: string = 3;"])).toHaveLength(1);
});
