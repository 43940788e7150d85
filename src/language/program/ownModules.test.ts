// Modules and packages beside a notebook, as they come, change and go while it is open.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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
});
