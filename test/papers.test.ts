// What README, ARCHITECTURE, CONTRIBUTING and the others name exists, and the notebooks in them run as they stand there.

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

import { problemCodes } from "../src/shared/modelsInCode.ts";
import { findingKinds } from "../src/shared/views.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");

const papersIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: folder !== ".", encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join(folder, name));
const papers = [...papersIn("."), ...papersIn("docs")];
const folders = ["docs", "src", "renderer", "scripts", "test", "media", "l10n", "schemas", "syntaxes"];
const files = folders.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }));
const fileNames = new Set(files.map((file) => path.basename(file)));
const scripts = Object.keys((JSON.parse(read("package.json")) as { readonly scripts: object }).scripts);

test("the papers are there", () => {
  const named = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", path.join("docs", "problems.md")];
  expect(papers).toEqual(expect.arrayContaining(named));
});

describe.each(papers)("%s", (paper) => {
  const text = read(paper);
  const inCode = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");

  test("links to what exists", () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
    const own = links.filter((link) => !/^https?:/.test(link)).map((link) => link.replace(/#.*$/, ""));
    expect(own.filter((link) => !existsSync(path.join(root, path.dirname(paper), link)))).toEqual([]);
  });

  test("names files and folders that exist", () => {
    const paths = inCode.filter((code) => folders.includes(code.split("/")[0] ?? "") && /^[\w./-]+$/.test(code));
    const missing = paths.filter((named) => !existsSync(path.join(root, named)));
    const names = inCode.filter((code) => /^\w[\w.-]*\.(ts|mts|json)$/.test(code));
    // Capitals stand for whatever a reader names.
    const named = names.filter((name) => !/^[A-Z]+\.\w+$/.test(name));
    const unknown = named.filter((name) => !fileNames.has(name) && !existsSync(path.join(root, name)));
    expect([...missing, ...unknown]).toEqual([]);
  });

  test("names npm scripts that exist", () => {
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:.]*\w)/g)].map((match) => match[1] ?? "");
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});

test("ARCHITECTURE.md stays short enough to be read", () => {
  expect(read("ARCHITECTURE.md").trimEnd().split("\n").length).toBeLessThanOrEqual(150);
});

test("NOTICE names every data set that ships", () => {
  const data = readdirSync(path.join(root, "media", "data")).filter((name) => name.endsWith(".csv"));
  expect(data.length).toBeGreaterThan(0);
  for (const name of data) expect(read("NOTICE")).toMatch(new RegExp(`^${name.replace(".", "\\.")}$`, "m"));
});

test("README's notebook has ten lines", () => {
  expect(notebookIn("README.md")).toHaveLength(10);
});

test.each(["README.md", "CHANGELOG.md"])("the notebook in %s runs as it stands there", async (paper) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "nnbook-papers-"));
  try {
    const file = path.join(folder, "paper.nnbook");
    const cell = { kind: "code", language: "typescript", source: notebookIn(paper) };
    writeFileSync(file, JSON.stringify({ nnbook: 1, metadata: {}, cells: [cell] }));
    // Throws with what was printed when the cell fails: its exit code is not 0.
    const cli = path.join(root, "dist", "cli.cjs");
    const { stdout } = await promisify(execFile)(process.execPath, [cli, "run", file, "--json"]);
    const { cells } = JSON.parse(stdout) as { readonly cells: readonly { readonly outputs: readonly object[] }[] };
    const shown = cells.flatMap((ran) => ran.outputs.flatMap((output) => Object.keys(output)));
    expect(shown).toContain("application/vnd.nnbook.gradients.v1+json");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The lines of the first TypeScript block, without the indentation that a list gives it. */
function notebookIn(paper: string): string[] {
  const [, indent = "", code = ""] = /^( *)```ts\n([\s\S]*?)^ *```$/m.exec(read(paper)) ?? [];
  return code
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(indent.length));
}

test("each mark in the code has its explanation, in both languages", () => {
  for (const name of ["problems.md", "problems.ko.md"]) {
    const headings = read(`docs/${name}`).match(/^### .*$/gm) ?? [];
    for (const code of [...problemCodes, ...findingKinds])
      expect(
        headings.filter((heading) => heading.includes(`\`${code}\``)),
        `${code} in ${name}`,
      ).toHaveLength(1);
  }
});

test("each problem has its reason and its solution, in both languages", () => {
  const problems = (name: string) => read(`docs/${name}`).split(/^### /m).slice(1);
  const [english, korean] = [problems("problems.md"), problems("problems.ko.md")];
  expect(english.length).toBeGreaterThan(10);
  expect(korean.length).toBe(english.length);
  for (const problem of english) expect(problem).toMatch(/\*\*Reason\.\*\* [\s\S]+\*\*Solution\.\*\* /);
  for (const problem of korean) expect(problem).toMatch(/\*\*원인\.\*\* [\s\S]+\*\*해결 방법\.\*\* /);
});
