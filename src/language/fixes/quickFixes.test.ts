// What the light bulb offers for what is marked in a cell, and what the cells are then.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import type { CodeChange } from "../../shared/codePlaces.ts";
import { smallNnbookTypes, TestNotebook, testServer } from "../notebooks.testing.ts";

const server = testServer(collectTypescriptLibs());
const notebook = new TestNotebook(server);
const imports = 'import { layers, sequential } from "nnbook";';
const layout = { indentSize: 2, usesTabs: false };
const here = { span: { start: 0, length: 9999 }, layout };

/** Titles with what the cells become. */
function fixes(cells: readonly string[], own = notebook): Record<string, readonly string[]> {
  const found = own.ask("quickFixes", cells, here) ?? [];
  return Object.fromEntries(found.map(({ title, changes }) => [title, own.changed(changes)]));
}

test("a missing import goes into the cell that needs it", () => {
  expect(fixes(["const a = 1;", "|sequential([])"])['Import "sequential" from "nnbook"']).toEqual([
    "const a = 1;",
    'import { sequential } from "nnbook";\nsequential([])',
  ]);
  expect(fixes(['|import { layers } from "nnbook";\nsequential([])'])['Import "sequential" from "nnbook"']).toEqual([
    'import { layers, sequential } from "nnbook";\nsequential([])',
  ]);
  expect(fixes(["|let m: Model"])['Import "Model" from "nnbook"']).toEqual([
    'import type { Model } from "nnbook";\nlet m: Model',
  ]);
});

test("what a part of nnbook has is found there", () => {
  expect(fixes([imports, "|dense({ units: 1 })"])['Change to "layers.dense"']).toEqual([
    imports,
    "layers.dense({ units: 1 })",
  ]);
  const found = notebook.ask("quickFixes", ["|dense({ units: 1 })"], here) ?? [];
  const [{ changes = [] } = {}] = found.filter(({ title }) => title === 'Change to "layers.dense"');
  expect(notebook.changed(changes)).toEqual(['import { layers } from "nnbook";\nlayers.dense({ units: 1 })']);
});

test("exports of modules beside the notebook are found", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "nnbook-fixes-"));
  try {
    writeFileSync(
      path.join(folder, "helper.ts"),
      "export const three = 3; export type Kind = 1; export default three;",
    );
    const own = new TestNotebook(server, { id: folder, folder });
    expect(fixes(["|three"], own)['Import "three" from "./helper.ts"']).toEqual([
      'import { three } from "./helper.ts";\nthree',
    ]);
    expect(own.problems(['import { three } from "./helper.ts";\nthree'])).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("misspelt names become what was meant", () => {
  expect(fixes(["const rate = 1;", "|ratee + 1"])["Change spelling to 'rate'"]).toEqual([
    "const rate = 1;",
    "rate + 1",
  ]);
  expect(fixes(['|import { layers } from "nnbok"; layers'])['Change to "nnbook"']).toEqual([
    'import { layers } from "nnbook"; layers',
  ]);
  expect(fixes(['|import nn from "nnbook"; nn'])['Change to "* as nn"']).toEqual(['import * as nn from "nnbook"; nn']);
});

test("misspelt options become what was meant, in short form too", () => {
  expect(fixes([imports, '|layers.dense({ units: 1, activaton: "relu" })'])['Change to "activation"']?.[1]).toBe(
    'layers.dense({ units: 1, activation: "relu" })',
  );
  const declared = "declare function fit(options: { epochs?: number }): void;\nconst epoch = 5;";
  expect(fixes([declared, "|fit({ epoch })"])['Change to "epochs: epoch"']?.[1]).toBe("fit({ epochs: epoch })");
  expect(Object.keys(fixes([declared, "|fit({ somethingElse: 1 })"]))).toEqual([]);
  const rates = "declare function adam(options: { learningRate?: number }): void;";
  expect(fixes([rates, "|adam({ lr: 0.1 })"])['Change to "learningRate"']?.[1]).toBe("adam({ learningRate: 0.1 })");
  expect(notebook.problems([rates, "adam({ lr: 0.1 })"])[0]).toMatch(
    /'lr' does not exist .* Did you mean "learningRate"\?$/,
  );
  expect(Object.keys(fixes([declared, "|fit({ lr: 0.1 })"]))).toEqual([]);
});

test("a forgotten await is added, where it is used or where it is made", () => {
  const cells = [imports, "const m = sequential([]);\nconst run = m.fit([[1]], [1]);", "|run.loss"];
  const made = 'Wait for it where it is made: "const run = await …"';
  expect(fixes(cells)[made]?.[1]).toBe("const m = sequential([]);\nconst run = await m.fit([[1]], [1]);");
  expect(fixes(cells)["Add await"]?.[2]).toBe("(await run).loss");
  const inFunction = ["|async function f() {\n  const a = Promise.resolve('a');\n  return a.length;\n}"];
  expect(Object.values(fixes(inFunction)).flat().join("\n")).toContain("const a = await Promise.resolve('a');");
  expect(fixes(["|const f = (p: Promise<string>) => p.length;"])["Add await"]).toBeUndefined();
  expect(fixes(["|const f = () => {\n  await 1;\n};"])["Add async modifier to containing function"]).toEqual([
    "const f = async () => {\n  await 1;\n};",
  ]);
});

test("what is written into a cell is indented as the cell is, however many come before", () => {
  const cells = ["1", "2", "3", "|interface I { a(): void }\nclass C implements I {\n}\nconst o: { a: 1 } = {\n};"];
  expect(fixes(cells)["Implement interface 'I'"]?.[3]).toContain(
    'class C implements I {\n  a(): void {\n    throw new Error("Method not implemented.");\n  }\n}',
  );
  expect(fixes(cells)["Add missing properties"]?.[3]).toMatch(/= \{\n {2}a: 1\n\};$/);
});

test("what is never used is faded and can be removed, in the cell and everywhere", () => {
  const cells = [
    "|function f(x: number) {\n  const unused = 1;\n  return x;\n}",
    "const g = () => {\n  const also = 1;\n};\nf(1); g()",
  ];
  const found = notebook.ask("quickFixes", cells, here) ?? [];
  const [remove] = found.filter(({ title }) => /Remove/.test(title));
  expect(notebook.changed(remove?.changes ?? [])[0]).toBe("function f(x: number) {\n  return x;\n}");
  const { code = 0, fixAll } = remove ?? {};
  const changes = notebook.ask("fixAll", cells, { code, fixId: fixAll?.id, layout }) as readonly CodeChange[];
  expect(notebook.changed(changes)).toEqual([
    "function f(x: number) {\n  return x;\n}",
    "const g = () => {\n};\nf(1); g()",
  ]);
});

test("an unused import can be removed with its line", () => {
  const [first] = Object.values(fixes([`|${imports}\nsequential([])`])) as [readonly string[]];
  expect(first).toEqual(['import { sequential } from "nnbook";\nsequential([])']);
  const [whole] = Object.values(fixes(['|import { layers } from "nnbook";\n1 + 1'])) as [readonly string[]];
  expect(whole).toEqual(["1 + 1"]);
});

test("a name of a later cell is not made up, and what cannot be put right has no fix", () => {
  expect(fixes(["|late()", "function late() {}"])).toEqual({});
  expect(fixes(["|layers", 'import { layers } from "nnbook"; layers'])).toEqual({
    'Import "layers" from "nnbook"': [
      'import { layers } from "nnbook";\nlayers',
      'import { layers } from "nnbook"; layers',
    ],
  });
  expect(fixes(["|foo(("])).toEqual({});
  expect(fixes(["|const a: number = 1"])).toEqual({});
});

test("only marks in the span count, and changes outside of cells are never offered", () => {
  const cells = ["|const a = unknownOne;\nconst b = unknownTwo;"];
  const narrow = notebook.ask("quickFixes", cells, { span: { start: 10, length: 0 }, layout }) ?? [];
  for (const { about } of narrow) expect(about).toEqual({ start: 10, length: 10 });
  for (const { changes } of notebook.ask("quickFixes", cells, here) ?? []) {
    for (const { span } of changes) expect(span.start + span.length).toBeLessThanOrEqual(cells[0]?.length ?? 0);
  }
});

test("titles are in the reader's language", () => {
  const korean = new TestNotebook(testServer(collectTypescriptLibs(), smallNnbookTypes, "ko"));
  expect(Object.keys(fixes(["|sequential([])"], korean))).toContain('"nnbook"에서 "sequential" 가져오기');
});
