// Notebooks of others that become ours: Jupyter and TypeScript Notebooks.

import { describe, expect, test } from "vitest";
import type { NotebookFile } from "../notebook/notebookFile.ts";
import { parseNotebook } from "../notebook/parseNotebook.ts";
import { printNotebook } from "../notebook/printNotebook.ts";
import type { Locale } from "../shared/words/message.ts";
import { importNotebook } from "./importNotebook.ts";
import { toJupyter } from "./jupyter/toJupyter.ts";

function read(fileName: string, content: unknown, locale: Locale = "en") {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return importNotebook({ bytes: new TextEncoder().encode(text), fileName, locale });
}

function imported(fileName: string, content: unknown) {
  const result = read(fileName, content);
  if (result.kind === "failed") throw new Error(result.message);
  // What comes out is a file that we read ourselves.
  expect(parseNotebook(printNotebook(result.notebook))).toMatchObject({ kind: "parsed" });
  return result;
}

const jupyter = (cells: readonly object[], language = "typescript") => ({
  nbformat: 4,
  nbformat_minor: 2,
  metadata: { language_info: { name: language } },
  cells,
});
const code = (source: unknown, more: object = {}) => ({
  cell_type: "code",
  source,
  outputs: [],
  metadata: {},
  ...more,
});

describe("a Jupyter notebook", () => {
  test("that was ours comes back as it was", () => {
    const notebook: NotebookFile = {
      nnbook: 1,
      metadata: { language: "ko" },
      cells: [
        { kind: "markdown", source: ["# Title", "", "end"], metadata: { folded: true } },
        {
          kind: "code",
          language: "typescript",
          source: ["a", "b"],
          outputs: [
            { items: { "application/vnd.code.notebook.stdout": "out\n" } },
            { items: { "application/vnd.nnbook.summary.v1+json": { kind: "summary" }, "text/plain": "one\ntwo" } },
            { items: { "image/png": "AAAA" } },
            { items: { "application/vnd.code.notebook.error": { name: "E", message: "m", stack: "E: m\n  at" } } },
          ],
        },
        { kind: "code", language: "python", source: ["print(1)"] },
      ],
    };
    const back = imported("book.ipynb", toJupyter(notebook, "en"));
    expect(back.notebook).toEqual(notebook);
    expect(back.notes).toEqual([]);
  });

  test("with TypeScript or JavaScript runs; texts may be whole or in lines", () => {
    const { notebook } = imported(
      "a.ipynb",
      jupyter([code(["const a = 1;\n", "a"]), code("b", { metadata: { vscode: { languageId: "javascript" } } })]),
    );
    expect(notebook.cells).toEqual([
      { kind: "code", language: "typescript", source: ["const a = 1;", "a"] },
      { kind: "code", language: "typescript", source: ["b"] },
    ]);
  });

  test("with Python keeps it as text, and says so", () => {
    const { notebook, notes } = imported("a.ipynb", jupyter([code("print('```')"), code("x")], "python"));
    expect(notebook.cells[0]?.kind).toBe("markdown");
    expect(notebook.cells[0]?.source).toEqual([
      "> This cell is python: nnbook runs TypeScript, so it is kept here as text.",
      "",
      "````python",
      "print('```')",
      "````",
    ]);
    expect(notes).toEqual(["2 cells in other languages became text: python."]);
  });

  test("keeps outputs, pictures in Markdown, and raw cells", () => {
    const outputs = [
      { output_type: "execute_result", data: { "text/plain": ["1\n", "2"], "application/json": { a: [1] } } },
      { output_type: "error", ename: "E", evalue: "m", traceback: ["\u001b[31mE\u001b[0m: m"] },
      { output_type: "unheard" },
      { output_type: "display_data", data: { "text/html": "<script>", "text/plain": "kept" } },
      { output_type: "display_data", data: { "application/javascript": "alert(1)" } },
    ];
    const picture = {
      cell_type: "markdown",
      source: "![a](attachment:a.png)",
      attachments: { "a.png": { "image/png": "AA\nAA" } },
    };
    const { notebook } = imported(
      "a.ipynb",
      jupyter([code("1", { outputs }), picture, { cell_type: "raw", source: "raw" }]),
    );
    expect(notebook.cells[0]?.outputs).toEqual([
      { items: { "text/plain": "1\n2", "application/json": { a: [1] } } },
      { items: { "application/vnd.code.notebook.error": { name: "E", message: "m", stack: "E: m" } } },
      { items: { "text/plain": "kept" } },
    ]);
    expect(notebook.cells[1]?.source).toEqual(["![a](data:image/png;base64,AAAA)"]);
    expect(notebook.cells[2]?.source).toContain("raw");
  });

  test("that imports other packages says which", () => {
    const { notes } = imported(
      "a.ipynb",
      jupyter([code('import tf from "@tensorflow/tfjs";\nimport "./a.ts";\nimport { layers } from "nnbook";')]),
    );
    expect(notes).toEqual([expect.stringContaining("@tensorflow/tfjs")]);
    expect(notes[0]).not.toContain("./a.ts");
  });
});

test("a notebook of TypeScript Notebooks comes with its cells, without its outputs", () => {
  const { notebook, notes } = imported("a.nnb", {
    cells: [
      { language: "markdown", source: ["# A\n", "b"] },
      { language: "javascript", source: "1", outputs: [{ items: [] }] },
      { language: "shellscript", source: ["npm i"] },
    ],
  });
  expect(notebook.cells.map(({ kind, source }) => [kind, source[0]])).toEqual([
    ["markdown", "# A"],
    ["code", "1"],
    ["markdown", "> This cell is shellscript: nnbook runs TypeScript, so it is kept here as text."],
  ]);
  expect(notes).toHaveLength(2);
});

test.each([
  ["a.ipynb", '{ "cells": [}', "Line 1, column 13:"],
  ["a.ipynb", "", "The file is empty."],
  ["a.ipynb", "[]", "expected an object with a list “cells”, found […]"],
  ["a.ipynb", { nbformat: 3, worksheets: [] }, "has format 3; nnbook reads format 4"],
  ["a.ipynb", { worksheets: [] }, "expected an object with a list “cells”"],
  ["a.ipynb", { nbformat: 3, cells: [] }, "has format 3; nnbook reads format 4"],
  ["a.ipynb", jupyter([code(1)]), "Cell 1 is broken: source must be a text or a list of texts, but is 1."],
  [
    "a.ipynb",
    jupyter([code(""), { cell_type: "heading", source: "" }]),
    'Cell 2 is broken: cell_type must be “code”, “markdown” or “raw”, but is "heading".',
  ],
  ["a.nnb", { cells: [null] }, "Cell 1 is broken: cells must be an object, but is null."],
  ["a.nnb", { cells: [{ source: "a" }] }, "language must be a text"],
  ["a.txt", "", "a.txt is neither a Jupyter notebook"],
])("%s with %j is refused: %s", (fileName, content, words) => {
  expect(read(fileName, content)).toEqual({ kind: "failed", message: expect.stringContaining(words) });
});

test("what is wrong is told in Korean too", () => {
  expect(read("a.ipynb", jupyter([code(1)]), "ko")).toMatchObject({
    message: expect.stringContaining("1번 셀이 잘못되었습니다"),
  });
  expect(importNotebook({ bytes: new Uint8Array([0x7b, 0xff]), fileName: "a.nnb", locale: "en" })).toMatchObject({
    kind: "failed",
    message: expect.stringContaining("not UTF-8"),
  });
});
