// Local modules on disk, compiled and then run as CommonJS the way the kernel does.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CompiledModules } from "../../shared/kernelProtocol.ts";
import { compileModules } from "./moduleCompiler.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "nnbook-modules-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function save(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

function compile(specifier: string): CompiledModules {
  const result = compileModules(specifier, { folder });
  if (!("modules" in result)) throw new Error("error" in result ? result.error : "a package");
  return result;
}

function errorOf(specifier: string): string {
  const result = compileModules(specifier, { folder });
  return "error" in result ? result.error.replaceAll(folder, "FOLDER") : "compiled";
}

/** Runs the entry with a `require` that knows only the compiled modules. */
function run({ entry, modules }: CompiledModules): Record<string, unknown> {
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const load = (file: string): Record<string, unknown> => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const compiled = modules.find((module) => module.path === file);
    if (compiled === undefined) throw new Error(`${file} was not compiled`);
    const module = { exports: {} };
    loaded.set(file, module);
    const require = (specifier: string) => load(compiled.imports[specifier] ?? specifier);
    new Function("module", "exports", "require", compiled.code)(module, module.exports, require);
    return module.exports;
  };
  return load(entry);
}

test("a module brings all that it imports from the folder", () => {
  save({
    "helper.ts":
      'import { two } from "./parts/two";\nimport settings from "./settings.json";\nexport const sum: number = two + settings.three;',
    "parts/two.ts": 'export { two } from "../lib";',
    "lib/index.js": "export const two = 2;",
    "settings.json": '{ "three": 3 }',
  });
  const compiled = compile("./helper.ts");
  expect(compiled.entry).toBe(path.join(folder, "helper.ts"));
  expect(compiled.modules.map((module) => path.relative(folder, module.path)).sort()).toEqual([
    "helper.ts",
    "lib/index.js",
    "parts/two.ts",
    "settings.json",
  ]);
  expect(run(compiled).sum).toBe(5);
});

test.each(["./helper", "./helper.js", "./helper.ts"])("%s finds helper.ts", (specifier) => {
  save({ "helper.ts": "export const a = 1;" });
  expect(run(compile(specifier)).a).toBe(1);
});

test.each([
  ["a.mjs", "export default 5; export const named = 6;"],
  ["a.mts", "export default 5 as number; export const named: number = 6;"],
  ["a.js", "export default 5; export const named = 6;"],
  ["a.cjs", "exports.named = 6;"],
  ["a.cts", "const named: number = 6; export = { named };"],
])("%s is a module like any other", (name, text) => {
  save({ [name]: text, "entry.ts": `import * as a from "./${name}"; export const { named } = a;` });
  expect(run(compile("./entry.ts")).named).toBe(6);
});

test("a module knows where it is", () => {
  save({ "parts/a.ts": "export const at = [import.meta.url, import.meta.dirname, import.meta.filename];" });
  const file = path.join(folder, "parts", "a.ts");
  expect(run(compile("./parts/a.ts")).at).toEqual([pathToFileURL(file).href, path.dirname(file), file]);
});

test("markup is refused in words", () => {
  save({ "a.tsx": "export const a = <p/>;" });
  expect(errorOf("./a.tsx")).toMatch(/^FOLDER\/a\.tsx is for markup \(JSX\)/);
});

test("modules may import each other in a circle", () => {
  save({
    "a.ts": 'import { b } from "./b.ts"; export const a = () => b;',
    "b.ts": 'import { a } from "./a.ts"; export const b = 7; export const viaA = () => a();',
  });
  const { a } = run(compile("./a.ts"));
  expect(a instanceof Function && a()).toBe(7);
});

test("packages and Node's modules are left to Node; types are forgotten", () => {
  save({
    "a.ts":
      'import fs from "node:fs"; import { x } from "pkg"; import type { T } from "./gone"; export const t: T = [fs, x];',
  });
  expect(compile("./a.ts").modules[0]?.imports).toEqual({ "node:fs": null, pkg: null });
});

test("a missing file says what was looked for and from where", () => {
  expect(errorOf("./nope.ts")).toBe(
    'Cannot find "./nope.ts", imported from the notebook\'s folder FOLDER. Looked for nope.ts. Check the spelling, or save the file there.',
  );
  save({ "a.ts": 'import "./b";' });
  expect(errorOf("./a.ts")).toMatch(
    /^Cannot find "\.\/b", imported from FOLDER\/a\.ts\. Looked for b, b\.ts, .*b\/index\.ts/,
  );
});

test("a syntax error names file, line and column", () => {
  save({ "a.ts": "export const a = 1;\nexport const b = ;" });
  expect(errorOf("./a.ts")).toBe("FOLDER/a.ts:2:18 Expression expected.");
});

test("what only the engine would refuse names file, line and column", () => {
  save({
    "a.ts": "type T = 1;\nlet a = 1;\nlet a = 2;",
    "b.ts": "type T = 1;\nexport const b = await 1;",
  });
  expect(errorOf("./a.ts")).toBe("FOLDER/a.ts:3:5 Identifier 'a' has already been declared.");
  expect(errorOf("./b.ts")).toMatch(/^FOLDER\/b\.ts:2:24 `await` outside a function/);
});

test("broken JSON names its file", () => {
  save({ "a.json": "{ broken" });
  expect(errorOf("./a.json")).toMatch(/^FOLDER\/a\.json is not valid JSON: /);
});
