// Modules and packages beside a notebook, as they come, change and go while it is open.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const server = testServer(collectTypescriptLibs());

let folder: string;
let own: TestNotebook;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "nnbook-own-modules-")));
  own = new TestNotebook(server, { id: folder, folder });
});
afterEach(() => {
  own.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const notString = (name: string) => `cell 0 error "${name}": Type 'number' is not assignable to type 'string'.`;

describe("local modules", () => {
  const cells = ['import { a } from "./parts/a.ts"; const s: string = a;'];

  test("one that comes while the notebook is open is seen without an edit", () => {
    expect(own.problems(cells)).toHaveLength(1);
    write("parts/a.ts", "export const a = 1;");
    expect(own.problems(cells)).toEqual([notString("s")]);
    rmSync(path.join(folder, "parts/a.ts"));
    expect(own.problems(cells)[0]).toContain('Cannot find "./parts/a.ts"');
  });

  test("one that a module imports is seen too, when it comes and when it changes", () => {
    write("parts/a.ts", 'export { b as a } from "./b";');
    expect(own.problems(cells)).toEqual([]);
    write("parts/b.ts", "export const b = 1;");
    expect(own.problems(cells)).toEqual([notString("s")]);
    write("parts/b.ts", 'export const b = "now a text";');
    expect(own.problems(cells)).toEqual([]);
  });

  test("JavaScript with its comments, and JSON, have types", () => {
    write("c.js", "/** @returns {number} */\nexport function c() { return 1; }");
    write("d.json", '{ "rate": 0.1 }');
    expect(own.problems(['import { c } from "./c.js"; const s: string = c();'])).toEqual([notString("s")]);
    expect(own.problems(['import d from "./d.json"; const s: string = d.rate;'])).toEqual([notString("s")]);
  });

  test("what is open with changes is marked where it is imported, also by way of another module, until it is saved", () => {
    write("parts/a.ts", 'export { b as a } from "./b";');
    write("parts/b.ts", "export const b = 1;");
    own.set(['import { a } from "./parts/a";\na;', 'import { b } from "./parts/b.ts";\nb;', 'import "node:fs"; 1']);
    const marks = (...files: readonly string[]) =>
      server
        .answer({ kind: "diagnose", notebookId: folder, unsaved: files.map((file) => path.join(folder, file)) })
        .map(({ cellId, span, severity, message }) => [cellId, span.start, span.length, severity, message]);
    const words = (file: string) =>
      `${file} has changes that are not saved: cells see and run it as it was saved. Save it.`;
    expect(marks()).toEqual([]);
    expect(marks("parts/b.ts")).toEqual([
      ["0", 18, 11, "warning", words("b.ts")],
      ["1", 18, 14, "warning", words("b.ts")],
    ]);
    expect(marks("parts/a.ts")).toEqual([["0", 18, 11, "warning", words("a.ts")]]);
    expect(marks("other.ts")).toEqual([]);
    const unsaved = [path.join(folder, "parts/b.ts")];
    const [mark] = server.answer({ kind: "diagnose", notebookId: folder, unsaved });
    expect(mark?.unsavedModule).toBe(unsaved[0]);
  });

  test("the files that a data set may be read from are completed", () => {
    write("houses.csv", "a,b");
    write("자료/집값.csv", "a,b");
    write("자료/notes.md", "");
    write("node_modules/x/y.csv", "a,b");
    const call = (path: string) => `import { datasets } from "nnbook"; datasets.csv("${path}");`;
    const offered = (path: string) =>
      own.complete([call(path)])?.entries.map(({ name, replace }) => [name, replace?.length]);
    expect(offered("|")).toEqual([
      ["houses.csv", 0],
      ["자료", 0],
    ]);
    expect(offered("./hou|")).toEqual([
      ["houses.csv", 3],
      ["자료", 3],
    ]);
    expect(offered("자료/|")).toEqual([["집값.csv", 0]]);
    expect(offered("nowhere/|")).toEqual([]);
    expect(own.names(['const text = "|"'])).toEqual([]);
  });

  test("their paths are completed", () => {
    write("parts/first.ts", "export {};");
    write("parts/data.json", "{}");
    const names = (cell: string) => own.complete([cell])?.entries.map(({ name }) => name);
    expect(names('import {} from "./|"')).toContain("parts");
    expect(names('import {} from "./parts/|"')).toEqual(expect.arrayContaining(["first", "data.json"]));
  });
});

describe("packages", () => {
  test("one that is installed while the notebook is open is seen without an edit, by the types of its exports", () => {
    const cells = ['import { part } from "made/part"; const s: string = part;'];
    expect(own.problems(cells)[0]).toContain("made");
    write(
      "node_modules/made/package.json",
      '{ "name": "made", "exports": { "./part": { "types": "./part.d.ts", "default": "./part.js" } } }',
    );
    write("node_modules/made/part.d.ts", "export declare const part: number;");
    write("node_modules/made/part.js", "exports.part = 1;");
    expect(own.problems(cells)).toEqual([notString("s")]);
  });

  test("one that imports others of its own files and other packages is understood", () => {
    write("node_modules/outer/package.json", '{ "name": "outer", "types": "index.d.ts" }');
    write("node_modules/outer/index.d.ts", 'export { p } from "./inner";');
    write("node_modules/outer/inner.d.ts", 'import type { Q } from "quiet"; export declare const p: Q;');
    write("node_modules/quiet/package.json", '{ "name": "quiet", "types": "index.d.ts" }');
    write("node_modules/quiet/index.d.ts", "export type Q = number;");
    expect(own.problems(['import { p } from "outer"; const s: string = p;'])).toEqual([notString("s")]);
  });

  test("types from @types count", () => {
    write("node_modules/plain/package.json", '{ "name": "plain", "main": "index.js" }');
    write("node_modules/plain/index.js", "exports.p = 1;");
    write("node_modules/@types/plain/package.json", '{ "name": "@types/plain", "types": "index.d.ts" }');
    write("node_modules/@types/plain/index.d.ts", "export declare const p: number;");
    expect(own.problems(['import { p } from "plain"; const s: string = p;'])).toEqual([notString("s")]);
  });

  test("one with thousands of names offers those that begin as is typed, and more as more is typed", () => {
    write("node_modules/vast/package.json", '{ "name": "vast", "types": "index.d.ts" }');
    const names = Array.from({ length: 5000 }, (_, index) => `export declare const part${index}: number;`);
    write("node_modules/vast/index.d.ts", `${names.join("\n")}\nexport declare const whole: number;`);
    const cells = (typed: string) => ['import { part0 } from "vast";', `${typed}|`];
    const offered = (typed: string) => {
      const list = own.complete(cells(typed));
      const names = list?.entries.flatMap(({ name, importFrom }) => (importFrom === "vast" ? [name] : []));
      return { names: names ?? [], incomplete: list?.incomplete };
    };
    expect(offered("who")).toEqual({ names: ["whole"], incomplete: true });
    expect(offered("part49").names).toContain("part4999");
    expect(offered("").names.length).toBeLessThan(2001);
    expect(own.names(cells("dis"))).toContain("display");
  });

  test("its files are read once, not at every key, and forgotten with the notebook", () => {
    write("node_modules/many/package.json", '{ "name": "many", "types": "index.d.ts" }');
    const parts = Array.from({ length: 40 }, (_, index) => index);
    for (const index of parts) write(`node_modules/many/part${index}.d.ts`, `export declare const p${index}: number;`);
    write("node_modules/many/index.d.ts", parts.map((index) => `export * from "./part${index}";`).join("\n"));
    write("beside.ts", "export const a = 1;");
    const read = vi.spyOn(ts.sys, "readFile");
    const readParts = () => {
      const count = read.mock.calls.filter(([file]) => /part\d+\.d\.ts$|beside\.ts$/.test(file)).length;
      read.mockClear();
      return count;
    };
    const cells = (text: string) => ['import { p1 } from "many"; import { a } from "./beside";', text];
    expect(own.problems(cells("const s: string = p1; a"))).toEqual([
      "cell 1 error \"s\": Type 'number' is not assignable to type 'string'.",
    ]);
    expect(readParts()).toBe(41);
    expect(own.problems(cells("const s: number = p1; a"))).toEqual([]);
    expect(readParts()).toBe(0);
    write("beside.ts", "export const a = 'another';");
    expect(own.problems(cells("const s: number = a; p1"))).toHaveLength(1);
    expect(readParts()).toBe(1);
    read.mockRestore();
  });
});

test("Node's modules are completed, as they are best written", () => {
  expect(own.names(['import {} from "node:|"'])).toEqual(expect.arrayContaining(["node:fs", "node:path"]));
});
