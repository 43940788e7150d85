// What is marked in the cells of a notebook.

import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { smallNnbookTypes, TestNotebook, testServer } from "../notebooks.testing.ts";

const notebook = new TestNotebook(testServer(collectTypescriptLibs()));
const imports = 'import { layers, sequential } from "nnbook";';

describe("diagnostics", () => {
  test("a type error stands in its own cell", () => {
    expect(notebook.problems([imports, "const a: number = 1;\nlayers.dense({ units: 'x' })", "a"])).toEqual([
      `cell 1 error "units": Type 'string' is not assignable to type 'number'.`,
    ]);
  });

  test("names may be declared again, in the same notebook and with another type", () => {
    expect(
      notebook.problems([
        "const v = 1; interface P { a: number } enum E { A }\nexport const w = 2; var u = 1;",
        'const v = "s"; interface P { b: string } enum E { B }\nexport const w = "t"; var u = "u"; for (var i = 0; i < 1; i++) ;',
        "v.length + w.length + u.length + E.B; const p: P = { b: v }; const i = 2; for (var i2 = 0; ;) { p; i; i2 }",
        "export default { a: 1 }; export { v as vv }; namespace N { export const k = 7 }",
        "vv.length + N.k; export default function () {}",
        "class C {} export default class D {} await Promise.resolve(import.meta.url); using r = { [Symbol.dispose]() {} }; r",
      ]),
    ).toEqual([]);
  });

  test("imports may be repeated in later cells", () => {
    expect(notebook.problems([imports, imports, `${imports}\nlayers.dropout(0.1)`])).toEqual([]);
  });

  test("a name that a later cell defines is said to be so", () => {
    expect(notebook.problems(["late() + nowhere", "function late() { return 1 }"])).toEqual([
      'cell 0 warning "late": "late" is defined in a later cell: cell 2. Run that cell first.',
      `cell 0 error "nowhere": Cannot find name 'nowhere'.`,
    ]);
  });

  test("a broken cell does not break the others", () => {
    const broken = ["foo(({ [`${", "} ) ]", "/* open", "let `"];
    const found = notebook.diagnose(["const a = 1", ...broken, "const s: string = a;"]);
    expect([...new Set(found.map(({ cellId }) => cellId))]).toEqual(["1", "2", "3", "4", "5"]);
    expect(found.filter(({ cellId }) => cellId === "5")).toMatchObject([
      { span: { start: 6, length: 1 }, message: "Type 'number' is not assignable to type 'string'." },
    ]);
  });

  test("what would keep a cell from running is said at its place", () => {
    expect(notebook.problems(["let d = 1;\nlet d = 2;", "const { undefined } = {} as any"])).toEqual([
      `cell 0 error "d": Identifier 'd' has already been declared.`,
      'cell 1 error "undefined": "undefined" cannot be declared in a cell. Choose another name.',
    ]);
  });

  test("assigning a constant is an error", () => {
    expect(notebook.problems(["const c = 1; c = 2"])).toEqual([
      `cell 0 error "c": Cannot assign to 'c' because it is a constant.`,
    ]);
  });

  test("globals that all code shares are warned about, imports of them are not", () => {
    expect(notebook.problems(["const process = 1", 'import { performance } from "node:perf_hooks"'])).toEqual([
      'cell 0 warning "process": This changes "process" for all code in the kernel. Choose another name.',
    ]);
  });

  test("Node's modules are no error, unknown packages and files are", () => {
    expect(notebook.problems(['import fs from "node:fs"; import path from "path"; fs.anything(path)'])).toEqual([]);
    expect(notebook.problems(['import a from "no-such-package/part";', 'import b from "./b.ts";'])).toEqual([
      'cell 0 error "\\"no-such-package/part\\"": Cannot find the package "no-such-package/part". Save the notebook and install it beside it (npm install no-such-package), or check the spelling.',
      'cell 1 error "\\"./b.ts\\"": Cannot find "./b.ts": this notebook has no folder yet. Save it first.',
    ]);
  });

  test("timers take any callback", () => {
    expect(
      notebook.problems([
        "await new Promise((resolve) => setTimeout(resolve, 50)); setTimeout((a) => a, 5, 1); setInterval(() => 1); Buffer.from('a').toString('hex')",
        "process.nextTick((a) => a, 1); process.stdout.write('a'); process.stderr.write('b'); process.exitCode = 1; if (false) process.exit(2)",
      ]),
    ).toEqual([]);
  });

  test("names that a test runner would have are known when a later cell has them", () => {
    expect(notebook.problems(["test(1)", "const test = (n: number) => n"])).toEqual([
      'cell 0 warning "test": "test" is defined in a later cell: cell 2. Run that cell first.',
    ]);
  });

  test("what other places have and cells have not says what to write instead", () => {
    expect(
      notebook.problems(['const fs = require("fs");', 'require("node:path").sep', "const page = 1 + <b>bold</b>;"]),
    ).toEqual([
      'cell 2 error "<": Cells hold TypeScript without markup (JSX). Show values with display(…) and the pictures of show.',
      'cell 0 error "require": Cells have no `require`. Write `import * as fs from "fs"`.',
      'cell 1 error "require": Cells have no `require`. Write `import * as module from "node:path"`.',
    ]);
    // What is merely unfinished is not taken for markup.
    expect(notebook.problems(["const small = 1 <"])[0]).toContain("Expression expected");
  });

  test("nnbook has no default export, and is offered for what is spelt nearly so", () => {
    expect(notebook.problems(['import nn from "nnbook"; nn', 'import { layers } from "nnbok"; layers'])).toEqual([
      'cell 1 error "\\"nnbok\\"": Cannot find the package "nnbok". Did you mean "nnbook"?',
      'cell 0 error "nn": "nnbook" has no default export. Write `import * as nn from "nnbook"`.',
    ]);
  });

  test("our own sentences are in the reader's language", () => {
    const korean = new TestNotebook(testServer(collectTypescriptLibs(), smallNnbookTypes, "ko"));
    expect(korean.problems(["late; let undefined = 1", "const late = 1", "late2", "const late2 = 1"])).toEqual([
      'cell 0 error "undefined": "undefined": 셀에서 선언할 수 없는 이름입니다. 다른 이름을 쓰세요.',
      'cell 2 warning "late2": "late2": 뒤에 있는 4번 셀에서 정의합니다. 그 셀을 먼저 실행하세요.',
    ]);
    const source = 'export * from "nnbook"';
    expect(korean.server.answer({ kind: "compileCell", cellId: "a", label: "셀 1", source })).toMatchObject({
      errors: [{ message: expect.stringContaining("다시 내보낼 수 없습니다") }],
    });
    expect(korean.server.answer({ kind: "compileModules", specifier: "./no.ts", folder: tmpdir() })).toMatchObject({
      error: expect.stringContaining("파일을 찾을 수 없습니다"),
    });
  });

  test("a name that a later cell imports is said to be so, in a function as a hint", () => {
    expect(
      notebook.problems([
        "layers.dense({ units: 1 });\nconst f = () => ({ layers });\nlet l: Layer | undefined",
        "",
        `${imports} import type { Layer } from "nnbook"; f; sequential`,
      ]),
    ).toEqual([
      'cell 0 warning "layers": "layers" is defined in a later cell: cell 3. Run that cell first.',
      'cell 0 hint "layers": "layers" is defined in a later cell: cell 3. Run that cell first.',
      'cell 0 hint "Layer": "Layer" is defined in a later cell: cell 3. Run that cell first.',
    ]);
    expect(notebook.problems(["const layers = 1; layers", imports, "layers; sequential"])).toEqual([]);
  });

  test("what is never used is faded inside of functions and in imports, not among the notebook's variables", () => {
    const faded = (cells: readonly string[]) =>
      notebook
        .diagnose(cells)
        .map(({ cellId, span, severity, tag }) => [
          cellId,
          cells[Number(cellId)]?.slice(span.start, span.start + span.length),
          severity,
          tag,
        ]);
    expect(faded(["const lies = 1; function about() {} class C {} const { d } = { d: 1 }; type T = 1"])).toEqual([]);
    expect(
      faded(["const f = (used: number, not: number) => { const never = 1; return used }; { let inner = 1 }"]),
    ).toEqual([
      ["0", "not", "hint", "unnecessary"],
      ["0", "never", "hint", "unnecessary"],
      ["0", "inner", "hint", "unnecessary"],
    ]);
    expect(faded([imports, "sequential([])"])).toEqual([["0", "layers", "hint", "unnecessary"]]);
    expect(faded([imports, `${imports} sequential([]); layers`])).toEqual([]);
    expect(faded(['import { layers } from "nnbook";'])).toEqual([
      ["0", 'import { layers } from "nnbook";', "hint", "unnecessary"],
    ]);
    expect(faded(["const a = 1; export { a as second }"])).toEqual([]);
  });

  test("deprecated names are hints", () => {
    const [found] = notebook.diagnose(["/** @deprecated use b */\nfunction a() {}", "a()"]);
    expect(found).toMatchObject({ cellId: "1", severity: "hint", tag: "deprecated" });
  });
});
