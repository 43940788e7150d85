// A notebook as one script: the order of cells, imports, names that come again, last values.

import { stripTypeScriptTypes } from "node:module";
import ts from "typescript";
import { expect, test } from "vitest";
import * as engine from "../../engine/index.ts";
import * as nnbookModule from "../../kernel/nnbookModule.ts";
import type { ScriptCell } from "../../shared/languageProtocol.ts";
import { sayIn } from "../languageWords.ts";
import { notebookOnlyNames } from "./scriptImports.ts";
import { writeScript } from "./scriptWriter.ts";

const script = (...cells: readonly (string | ScriptCell)[]) =>
  writeScript(
    cells.map((cell) => (typeof cell === "string" ? { kind: "code", text: cell } : cell)),
    { title: "Title", folders: null },
  );
/** The file without its head. */
const body = (...cells: readonly string[]) =>
  script(...cells)
    .text.split("\n\n")
    .slice(1)
    .join("\n\n");

test("a type that is imported like a value says that it is one", () => {
  const { text } = script(
    'import { FitOptions, layers, sequential } from "nnbook";\nconst options: FitOptions = {};',
    "sequential([]);",
  );
  // What nothing uses stays as it is.
  expect(text).toContain('import { type FitOptions, layers, sequential } from "nnbook";');
});

test("cells stand in order, Markdown and other languages as comments", () => {
  const { text, leftOver } = script({ kind: "markdown", text: "# One\n\ntwo\n" }, "const a = 1;", {
    kind: "other",
    text: "print(1)",
  });
  expect(text).toBe(
    `// Title
//
// Made from an nnbook notebook. It needs the package nnbook, which the build of nnbook makes: npm install PATH/TO/nnbook/dist/engine. Then run node with this file (Node 24 or later).

// # One
//
// two

const a = 1;

// Cell 3 is not TypeScript:
//
// print(1)
`,
  );
  expect(leftOver).toEqual([]);
});

test("imports stand once at the top, without what only notebooks have", () => {
  expect(
    body(
      'import { layers, show, type Model } from "nnbook";\nimport fs from "node:fs";\nlayers;',
      'import { layers, Model, sequential as s } from "nnbook";\nimport fs from "node:fs";\nlet b = 2;',
    ),
  ).toBe(
    'import { layers, Model, sequential as s } from "nnbook";\nimport fs from "node:fs";\n\nconsole.log(layers);\n\nlet b = 2;\n',
  );
});

test("the last value of a cell is printed, but not that of a training", () => {
  expect(body("1;\n2 + 2")).toBe("1;\nconsole.log(2 + 2)\n");
  expect(body("await model.fit(data)")).toBe("await model.fit(data)\n");
  expect(body('console.log("a");')).toBe('console.log("a");\n');
});

test("a name that several cells declare is one variable that they assign", () => {
  const written = body(
    "const a: number = 1, c = 3;\nuse();\nfunction use() { return a; }",
    "const a = 2;\nfunction use() { return -a; }",
    "const { a, d: [e] } = make(),\n  c = 4;\nlet f;",
  );
  expect(written).toBe(
    `let use: any = function use() { return a; };
let a: any = 1, c: any = 3;
use();

use = function use() { return -a; };
a = 2;

let e: any;
;({ a, d: [e] } = make(),
  c = 4);
let f;
`,
  );
  expect(body("let [a] = b", "a", "const [a] = c;")).toBe("let [a]: any = b\n\nconsole.log(a)\n\n;[a] = c;\n");
  expect(body("f()", "[1].map(g); 2;")).toContain("\n;[1].map(g);");
});

test("the names that only notebooks have are those that the package lacks", () => {
  const missing = Object.keys(nnbookModule).filter((name) => !Object.hasOwn(engine, name));
  expect([...notebookOnlyNames].sort()).toEqual(missing.sort());
});

test("pictures are comments, in loops and functions too", () => {
  const written = body(
    'import { display, show } from "nnbook";\nshow.gradients([\n  run,\n]);\nfor (const x of xs) display(x);\nif (y) { show.training(run); y = 1; }',
  );
  expect(written).toBe(
    `// In the notebook: show.gradients([
//   run,
// ]);
for (const x of xs) ; // In the notebook: display(x);
if (y) { // In the notebook: show.training(run);
 y = 1; }
`,
  );
});

test("where a picture's or a diagnosis' result is used, that is told", () => {
  const { leftOver } = script(
    'import { diagnose as d, show } from "nnbook";\nconst found = d(run);\nobject.show;\nshow.training(run)',
  );
  expect(leftOver).toEqual([{ cell: 0, name: "d" }]);
});

test("controls give the value they start with", async () => {
  const written = body(
    'import { input } from "nnbook";\nexport const values = [input.slider("a", { scale: "log", max: 1 }), input.slider("b", { max: 4 }), input.select("c", [5, 6]), input.checkbox("d"), input.button("e"), input(4)];',
  );
  expect(written).toContain('import { input as graphInput } from "nnbook";');
  const program = written
    .replace(/^import.*\n/, "const graphInput = (size: number) => -size;\n")
    .replace("export const values =", "return");
  const { default: ts } = await import("typescript");
  const run = new Function(ts.transpile(program, { target: ts.ScriptTarget.ES2022 }));
  expect(run()).toEqual([0.0316, 2, 5, false, 0, -4]);
});

test("no text of a notebook leaves its comment, whatever ends its lines", () => {
  const ends = ["\n", "\r", "\r\n", "\u2028", "\u2029"];
  for (const end of ends) {
    const text = `words${end}throw new Error("ran")`;
    const { text: written } = writeScript(
      [
        { kind: "markdown", text },
        { kind: "other", text },
        { kind: "code", text: `import { display } from "nnbook";\ndisplay(\`${text}\`);` },
      ],
      { title: text, folders: null },
    );
    // Comments alone: nothing of it runs.
    expect(ts.createSourceFile("file.ts", written, ts.ScriptTarget.ESNext).statements.length).toBe(0);
  }
});

test("what it says itself is in the reader's language", () => {
  const cells: readonly ScriptCell[] = [
    { kind: "other", text: "print(1)" },
    { kind: "code", text: 'import { show } from "nnbook";\nshow.training(run);' },
  ];
  const { text } = writeScript(cells, { title: "제목", folders: null }, sayIn("ko"));
  expect(text).toMatch(/^\/\/ 제목\n\/\/\n\/\/ nnbook 노트북에서 만든 파일입니다\./);
  expect(text).toContain("// 1번 셀은 TypeScript가 아닙니다.\n//\n// print(1)");
  expect(text).toContain("// 노트북에서: show.training(run);");
});

test.each([
  ["enum Kind { A = 1 }", true],
  ["class Point { constructor(private x = 3) {} }", true],
  ["namespace Own { export const a = 1; }", true],
  ["declare enum Kind { A }", false],
  ["class Point { private x = 3; constructor(y: number) {} }", false],
  ["interface Own { a: number } type Other = Own;", false],
])("says how Node runs %s: with more than its types erased? %s", (cell, isTransformed) => {
  const { text } = script(cell);
  expect(text.includes("node --experimental-transform-types with this file")).toBe(isTransformed);
  // As Node says itself.
  const erased = () => stripTypeScriptTypes(text, { mode: "strip" });
  if (isTransformed) expect(erased).toThrow("not supported in strip-only mode");
  else expect(erased).not.toThrow();
  expect(() => stripTypeScriptTypes(text, { mode: "transform" })).not.toThrow();
});

test("in another folder, what cells import from beside the notebook is found where it is", () => {
  const { text } = writeScript(
    [
      {
        kind: "code",
        text: 'import { a } from "./a.ts";\nimport b from "../b.ts";\nimport "./c.ts";\nimport os from "node:os";\nimport json from "./d.json";\nimport { layers } from "nnbook";',
      },
      { kind: "code", text: 'const { d } = await import("./lib/d.ts"), { e } = await import("pkg");\nd(layers, e)' },
    ],
    { title: "Title", folders: { script: "/course/out", notebook: "/course/lessons" } },
  );
  expect(text.split("\n\n").slice(1).join("\n\n")).toBe(`import { a } from "../lessons/a.ts";
import { layers } from "nnbook";
import b from "../b.ts";
import "../lessons/c.ts";
import os from "node:os";
import json from "../lessons/d.json" with { type: "json" };

const { d } = await import("../lessons/lib/d.ts"), { e } = await import("pkg");
console.log(d(layers, e))
`);
});

test("in a folder above, imports lead down", () => {
  const cells = [{ kind: "code", text: 'import { a } from "./a.ts";\nimport { b } from "../b.ts";' }] as const;
  const { text } = writeScript(cells, {
    title: "Title",
    folders: { script: "/course", notebook: "/course/lessons/one" },
  });
  expect(text).toContain('import { a } from "./lessons/one/a.ts";\nimport { b } from "./lessons/b.ts";');
});
