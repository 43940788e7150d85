// A cell that imports a name anew gives it its new meaning, from there on.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

let folder: string;
let notebook: TestNotebook;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "nnbook-shadowed-"));
  writeFileSync(path.join(folder, "one.ts"), "export const a = 1; export class C { one = 1 }");
  writeFileSync(path.join(folder, "two.ts"), 'export const a = "two"; export class C { two = 2 } export default C;');
  notebook = new TestNotebook(testServer(collectTypescriptLibs()), { id: folder, folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

const [one, two] = ['import { a, C } from "./one.ts";', 'import { a, C } from "./two.ts";'];

test("an import from elsewhere has its own type from its cell on, and the earlier one keeps its own before", () => {
  expect(notebook.hover([one, "|a", two, "a"])?.signature).toMatch(/: 1$/m);
  expect(notebook.hover([one, "a", two, "|a"])?.signature).toMatch(/: "two"$/);
  expect(notebook.problems([one, "a.toFixed(); new C().one", two, "a.length; let c: C = new C(); c.two"])).toEqual([]);
});

test("an import takes the place of a variable, and a variable that of an import", () => {
  expect(notebook.hover(["const a = [1];", two, "|a"])?.signature).toMatch(/: "two"$/);
  expect(notebook.hover(["const a = [1];", `${two} |a`])?.signature).toMatch(/: "two"$/);
  expect(notebook.hover([two, "const a = [1];", "|a"])?.signature).toBe("const a: number[]");
  expect(notebook.hover([two, "const a = [1];", two, "|a"])?.signature).toMatch(/: "two"$/);
  expect(notebook.problems(["class C {}", 'import C from "./two.ts"; new C().two', "new C().two"])).toEqual([]);
  expect(notebook.problems(["const m = 1;", 'import * as m from "./two.ts";', "m.a.length"])).toEqual([]);
});

test("it leads to its import, and is not taken for unused", () => {
  expect(notebook.texts(notebook.definition([one, two, "|a"]))).toEqual(["cell 1 at 9: a"]);
  const faded = notebook.diagnose([one, "a; C", two, "a; C"]).filter(({ tag }) => tag === "unnecessary");
  expect(faded).toEqual([]);
});

test("it is not renamed half", () => {
  const reason = /is imported where an earlier cell gave the name another meaning/;
  for (const cells of [
    [one, two, "|a"],
    [one, two.replace("a", "|a"), "a"],
  ]) {
    expect(notebook.ask("rename", cells, { newName: "b" })).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(reason),
    });
  }
  const answer = notebook.ask("rename", [one.replace("a", "|a"), "a", two, "a"], { newName: "b" });
  if (answer?.kind !== "changes") throw new Error(`It answered ${JSON.stringify(answer)}.`);
  expect(notebook.changed(answer.cells)).toEqual(['import { a as b, C } from "./one.ts";', "b", two, "a"]);
});
