// Files and modules of an exported script, wherever it is written.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { movedModule } from "./scriptPlace.ts";
import { writeScript } from "./scriptWriter.ts";

let course = "";
beforeAll(() => {
  course = mkdtempSync(path.join(os.tmpdir(), "nnbook-script-"));
  mkdirSync(path.join(course, "lessons", "parts"), { recursive: true });
  for (const name of ["lib.ts", "compiled.ts", "parts/index.mts", "plain.mjs"])
    writeFileSync(path.join(course, "lessons", name), "");
});
afterAll(() => rmSync(course, { recursive: true, force: true }));

const folders = (script: string) => ({ script: path.join(course, script), notebook: path.join(course, "lessons") });
const written = (text: string, script: string | null) =>
  writeScript([{ kind: "code", text }], { title: "Title", folders: script === null ? null : folders(script) }).text;

test.each([
  ["./lib", "lessons", "./lib.ts"],
  ["./lib", "out", "../lessons/lib.ts"],
  ["./lib", ".", "./lessons/lib.ts"],
  ["./compiled.js", "out", "../lessons/compiled.ts"],
  ["./parts", "out", "../lessons/parts/index.mts"],
  ["./plain.mjs", "lessons", "./plain.mjs"],
  // What is not there keeps its name, for Node to miss.
  ["./nowhere", "out", "../lessons/nowhere"],
  ["nnbook", "out", "nnbook"],
])("a script names %s, from the folder %s, as Node finds it", (module, script, expected) => {
  expect(movedModule(module, folders(script))).toBe(expected);
});

test("where it is not known where the script stands, modules keep their names", () => {
  expect(movedModule("./lib", null)).toBe("./lib");
  expect(written('datasets.csv("a.csv")', null)).not.toContain("chdir");
});

test.each([
  'const data = datasets.csv("a.csv", { target: "b" });',
  'const again = load("models/a");',
  'model.toPyTorch().save("torch/a");',
  'import { readFileSync } from "node:fs";\nreadFileSync("a.txt")',
  "console.log(process.cwd())",
])("relative paths begin in the notebook's folder: %s", (cell) => {
  expect(written(cell, "lessons")).toContain(
    "// Relative paths begin in the notebook's folder, as they do in its cells.\nprocess.chdir(import.meta.dirname);\n",
  );
  expect(written(cell, "out")).toContain('\nprocess.chdir(import.meta.dirname + "/../lessons");\n');
});

test("a script that reads no files stays where it was started", () => {
  expect(written("const csv = 1, load = [2];\nload.concat(csv);", "out")).not.toContain("chdir");
});
