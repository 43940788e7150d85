// `nnbook run` as somebody in a terminal meets it: output, errors, parameters, exit codes, Ctrl+C.

import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltBundles, buildKernelBundles } from "../../test/support/kernelBundles.ts";
import { viewMimeTypes } from "../shared/views.ts";

let bundles: BuiltBundles;
beforeAll(async () => {
  bundles = await buildKernelBundles(["kernel", "kernelWorker", "languageWorker", "cli"]);
}, 60_000);
afterAll(() => bundles.remove());

interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: string[]) {
  const child = spawn(process.execPath, [path.join(bundles.distFolder, "cli.cjs"), ...args], {
    cwd: bundles.workFolder,
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (exitCode) => resolve({ exitCode, ...texts }));
  });
  return { child, texts, finished };
}

const nnbook = (...args: string[]) => start(...args).finished;

async function notebook(name: string, cells: readonly (string | object)[]): Promise<string> {
  const file = path.join(bundles.workFolder, name);
  const all = cells.map((cell) =>
    typeof cell === "string" ? { kind: "code", language: "typescript", source: cell.split("\n") } : cell,
  );
  await writeFile(file, JSON.stringify({ nnbook: 1, metadata: {}, cells: all, kept: true }));
  return name;
}

const training = `import { datasets, layers, sequential } from "nnbook";
const model = sequential([layers.dense(4, { activation: "relu" }), layers.dense(1, { activation: "sigmoid" })]);
model.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
await model.fit(datasets.moons({ samples: 60, seed: 1 }), { epochs: 20, seed: 1 });
model.summary()`;

test("runs the cells, prints what they show, and tells progress on stderr", async () => {
  const file = await notebook("ok.nnbook", [
    { kind: "markdown", source: ["# Title"] },
    'console.log("hello")\n1 + 1',
    training,
  ]);
  const { exitCode, stdout, stderr } = await nnbook("run", file);
  expect(stderr).toContain("Cell 2 (1 of 2)");
  expect(stderr).toContain("Cell 3 (2 of 2)");
  expect(stderr).toMatch(/epoch 20\/20 · loss 0\.\d+/);
  expect(stdout.startsWith("hello\n2\n")).toBe(true);
  expect(stdout).toContain("dense_2");
  expect(exitCode).toBe(0);
});

test("--json prints one object: code cells by their position, outputs by MIME type", async () => {
  const file = await notebook("json.nnbook", [
    { kind: "markdown", source: ["# Title"] },
    'console.log("hello")\n1 + 1',
    training,
  ]);
  const { exitCode, stdout } = await nnbook("run", file, "--json");
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    ok: true,
    cells: [
      {
        index: 1,
        ok: true,
        outputs: [{ "application/vnd.code.notebook.stdout": "hello\n" }, { "text/plain": "2" }],
      },
      { index: 2, ok: true },
    ],
  });
  expect(report.cells[0]).not.toHaveProperty("error");
  expect(Object.keys(report.cells[1].outputs[0])).toEqual([viewMimeTypes.training, "text/plain"]);
  expect(report.cells[1].outputs[0][viewMimeTypes.training].state).toBe("finished");
  expect(Object.keys(report.cells[1].outputs[1])).toEqual([viewMimeTypes.summary, "text/plain"]);
  expect(exitCode).toBe(0);
});

test("a failing cell ends the run with its place, the line with a caret, and exit code 1", async () => {
  const file = await notebook("fails.nnbook", ["const a = 1;\n  missing(a);", "2"]);
  const text = await nnbook("run", file);
  expect(text.stderr).toContain(
    "Cell 1, line 2, column 3: ReferenceError\n  2 |   missing(a);\n    |   ^\nmissing is not defined\n",
  );
  expect(text.exitCode).toBe(1);
  const json = await nnbook("run", file, "--json");
  expect(JSON.parse(json.stdout)).toEqual({
    ok: false,
    cells: [
      {
        index: 0,
        ok: false,
        error: {
          name: "ReferenceError",
          message: "missing is not defined",
          line: 2,
          column: 3,
          cell: 0,
          stack: "at Cell 1:2:3",
        },
        outputs: [],
      },
      { index: 1, ok: false, error: { name: "NotRun", message: "Not run: Cell 1 did not succeed." }, outputs: [] },
    ],
  });
  expect(json.exitCode).toBe(1);
});

test("--out writes the notebook with its outputs, into the same file too, and twice the same", async () => {
  const file = await notebook("out.nnbook", [training, 'throw new Error("last")', "3"]);
  await nnbook("run", file, "--out", "made.nnbook");
  await nnbook("run", file, "--out", file);
  const made = await readFile(path.join(bundles.workFolder, "made.nnbook"), "utf8");
  expect(await readFile(path.join(bundles.workFolder, file), "utf8")).toBe(made);
  const parsed = JSON.parse(made);
  expect(parsed.kept).toBe(true);
  expect(parsed.cells[0].outputs[0].items[viewMimeTypes.training].epochs).toEqual({ done: 20, planned: 20 });
  expect(parsed.cells[1].outputs[0].items).toEqual({
    "application/vnd.code.notebook.error": { name: "Error", message: "last", stack: "Error: last\n    at Cell 2:1:7" },
  });
  expect(parsed.cells[2]).not.toHaveProperty("outputs");
});

test("--param gives variables other values, in what is written too; a wrong name or value is told before anything runs", async () => {
  const file = await notebook("params.nnbook", ['const rate = 0.1, name = "adam";', "console.log(rate * 2, name)"]);
  const given = ["--param", "rate=4", "--param", "name=a=b"];
  const { exitCode, stdout } = await nnbook("run", file, ...given, "--json", "--out", "params.out.nnbook");
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    parameters: { rate: "4", name: "a=b" },
    cells: [{}, { outputs: [{ "application/vnd.code.notebook.stdout": "8 a=b\n" }] }],
  });
  expect(exitCode).toBe(0);
  const written = JSON.parse(await readFile(path.join(bundles.workFolder, "params.out.nnbook"), "utf8"));
  expect(written.cells[0].source).toEqual(['const rate = 4, name = "a=b";']);
  expect(await nnbook("run", file, "--param", "rat=4")).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "--param rat: the notebook has no such parameter. Did you mean rate? There are: rate, name.\n",
  });
  const menu = await notebook("menu.nnbook", [
    'import { input } from "nnbook";\nconst act = input.select("act", ["relu", "tanh"]);',
  ]);
  expect((await nnbook("run", menu, "--param", "act=rleu")).stderr).toBe(
    '--param act=rleu: expected one of "relu", "tanh", which the menu in the notebook offers.\n',
  );
  const wrong = await nnbook("run", file, "--param", "rate=fast", "--json");
  expect(JSON.parse(wrong.stdout).error).toEqual({
    name: "ParameterError",
    message: "--param rate=fast: expected a number, because rate is one in the notebook.",
  });
});

test("a kernel that ends itself is a failed cell with the reason", async () => {
  const file = await notebook("exits.nnbook", ["process.exit(7)"]);
  const { exitCode, stderr } = await nnbook("run", file);
  expect(stderr).toContain("process.exit(7) was called in Cell 1");
  expect(exitCode).toBe(1);
});

test("--timeout of more than timers can hold stops nothing", async () => {
  const file = await notebook("patient.nnbook", ["1 + 1"]);
  expect(await nnbook("run", file, "--timeout", "1e9")).toEqual({
    exitCode: 0,
    stdout: "2\n",
    stderr: "Cell 1 (1 of 1)\n",
  });
});

test("--timeout stops an endless cell", async () => {
  const file = await notebook("endless.nnbook", ["for (;;);", "2"]);
  const { exitCode, stdout } = await nnbook("run", file, "--timeout", "2", "--json");
  const message = "All cells together took longer than 2 s (--timeout).";
  expect(JSON.parse(stdout).cells.map((cell: { error: object }) => cell.error)).toEqual([
    { name: "Stopped", message },
    { name: "NotRun", message: `Not run: Cell 1 did not succeed.` },
  ]);
  expect(exitCode).toBe(1);
});

test.skipIf(process.platform === "win32")("Ctrl+C stops cleanly, with what ran written", async () => {
  const file = await notebook("stopped.nnbook", ["console.log('before')", "console.log('begun'); for (;;);"]);
  const { child, texts, finished } = start("run", file, "--out", file);
  await expect.poll(() => texts.stdout, { timeout: 20_000 }).toContain("begun");
  await wait(50);
  child.kill("SIGINT");
  const { exitCode, stderr } = await finished;
  expect(stderr).toContain("Stopped by Ctrl+C.");
  expect(exitCode).toBe(130);
  const written = JSON.parse(await readFile(path.join(bundles.workFolder, file), "utf8"));
  expect(written.cells[0].outputs[0].items).toEqual({ "application/vnd.code.notebook.stdout": "before\n" });
});

test.each([
  ["no file of that name", "absent.nnbook", null, "absent.nnbook: file not found"],
  [
    "broken JSON, with its place",
    "broken.nnbook",
    '{\n  "nnbook": 1,\n  "cells": [}\n}',
    "broken.nnbook: Line 3, column 13:",
  ],
  ["a format of the future", "future.nnbook", '{ "nnbook": 99, "cells": [] }', "Update the extension"],
  ["another tool's file", "other.nnbook", '{ "cells": [] }', "not an nnbook notebook"],
])("answers %s with exit code 2", async (_case, name, content, words) => {
  if (content !== null) await writeFile(path.join(bundles.workFolder, name), content);
  const { exitCode, stdout, stderr } = await nnbook("run", name, "--json");
  expect(stderr).toContain(words);
  const { message } = JSON.parse(stdout).error;
  expect(JSON.parse(stdout)).toEqual({ ok: false, error: { name: "FileError", message }, cells: [] });
  expect(stderr).toBe(`${message}\n`);
  expect(exitCode).toBe(2);
});

test("a failure in the background fails its cell, ends the run, and is told once", async () => {
  const file = await notebook("background.nnbook", ['Promise.reject(new Error("unheard")); 1', "2"]);
  const first = await nnbook("run", file, "--json");
  expect(JSON.parse(first.stdout).cells).toMatchObject([
    { ok: false, error: { message: "unheard", line: 1 }, outputs: [{ "text/plain": "1" }] },
    { ok: false, error: { name: "NotRun" } },
  ]);
  expect(first.stderr.split("unheard")).toHaveLength(3); // once in the line of the cell that is shown
  expect(first.exitCode).toBe(1);
  const later = await notebook("later.nnbook", [
    'setTimeout(() => { throw new Error("late") }, 200); 2',
    "await new Promise((resolve) => setTimeout(resolve, 400))",
  ]);
  const second = await nnbook("run", later, "--json");
  expect(JSON.parse(second.stdout).cells).toMatchObject([
    { ok: false, error: { message: "late", line: 1, cell: 0 } },
    { ok: true },
  ]);
  expect(second.exitCode).toBe(1);
});

test("a place where nothing can be written is told before the notebook runs", async () => {
  const file = await notebook("unwritable.nnbook", ['console.log("ran")']);
  const absent = await nnbook("run", file, "--out", "no/such/folder.nnbook");
  expect(absent).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining("Create it first") });
  expect(await nnbook("run", file, "--out", ".")).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: ".: this is a folder. Give a file.\n",
  });
});

test("goes on to its end when nobody reads its output any more", async () => {
  const file = await notebook("unread.nnbook", ["for (let i = 0; i < 20_000; i++) console.log(i);", "7"]);
  const { child, finished } = start("run", file, "--out", "unread.out.nnbook");
  child.stdout.once("data", () => child.stdout.destroy());
  const { exitCode, stderr } = await finished;
  expect(stderr).toBe("Cell 1 (1 of 2)\nCell 2 (2 of 2)\n");
  expect(exitCode).toBe(0);
  expect(await readFile(path.join(bundles.workFolder, "unread.out.nnbook"), "utf8")).toContain('"text/plain": "7"');
});

test.each([
  [[], "Say what to do"],
  [["run"], "Which notebook?"],
  [["train", "a.nnbook"], 'Unknown command "train"'],
  [["run", "a.nnbook", "--jsn"], "Unknown option '--jsn'"],
  [["run", "a.nnbook", "--timeout", "-1"], "Option '--timeout' argument is ambiguous.\nSee"],
  [["run", "a.nnbook", "--timeout", "soon"], "--timeout takes a number of seconds"],
  [["run", "a.nnbook", "--param", "rate"], '--param takes NAME=VALUE, such as learningRate=0.1; got "rate".'],
  [["run", "a.nnbook", "--param", "rate=1", "--param", "rate=2"], "--param rate stands twice. Give it once."],
  [["run", "a.nnbook", "b.nnbook"], "One file at a time"],
])("answers wrong usage %j with exit code 2", async (args, words) => {
  const { exitCode, stderr } = await nnbook(...args);
  expect(stderr).toContain(words);
  expect(stderr).toContain("nnbook --help");
  expect(exitCode).toBe(2);
});

test("--json answers wrong usage in JSON too", async () => {
  const { exitCode, stdout } = await nnbook("run", "a.nnbook", "--json", "--timeout", "soon");
  const message = '--timeout takes a number of seconds above 0, got "soon".';
  expect(JSON.parse(stdout)).toEqual({ ok: false, error: { name: "UsageError", message }, cells: [] });
  expect(exitCode).toBe(2);
  expect((await nnbook("export", "a.nnbook", "--json")).stdout).toBe("");
});

test("--help and --version answer on stdout", async () => {
  expect(await nnbook("--help")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("nnbook run FILE") });
  expect(await nnbook("--version")).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});
