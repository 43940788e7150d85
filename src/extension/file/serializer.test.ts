// What a notebook keeps on its way through the editor.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import type * as vscode from "vscode";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { hasOutputsInFile, NotebookFileSerializer, ownSaveOutputs, toNotebookFile, withSaveOutputs } = await import(
  "./serializer.ts"
);

const serializer = new NotebookFileSerializer("en", () => true);

function open(file: unknown): vscode.NotebookData {
  return serializer.deserializeNotebook(
    new TextEncoder().encode(typeof file === "string" ? file : JSON.stringify(file, null, 2)),
  );
}

function save(data: vscode.NotebookData): string {
  return new TextDecoder().decode(serializer.serializeNotebook(data));
}

/** What the editor itself does to metadata on its way between processes. */
function throughTheEditor(data: vscode.NotebookData): vscode.NotebookData {
  const copy = (value: unknown) => JSON.parse(JSON.stringify(value));
  data.metadata = copy(data.metadata);
  for (const cell of data.cells) cell.metadata = copy(cell.metadata);
  for (const output of data.cells.flatMap((cell) => cell.outputs ?? [])) output.metadata = copy(output.metadata);
  return data;
}

function saved(file: unknown): string {
  return save(throughTheEditor(open(file)));
}

const everything = {
  generator: "another tool",
  nnbook: 1,
  cells: [
    { source: ["# Title", ""], kind: "markdown", id: "a1" },
    {
      kind: "code",
      tags: ["x"],
      source: ["const x = 1;", "", "x"],
      outputs: [
        {
          note: 7,
          items: {
            "application/vnd.nnbook.training.v1+json": { kind: "training", version: 1, later: true },
            "text/plain": "Training\n1 epoch",
            "image/png": "iVBORw0KGgo=",
            "image/webp": "this is not base64",
            "text/html": ["<b>", "lines</b>"],
          },
        },
        { items: { "application/vnd.code.notebook.stdout": "hello\n" } },
        { items: { "application/vnd.code.notebook.error": { name: "TypeError", message: "no", stack: "" } } },
      ],
      metadata: { folded: true },
    },
    { kind: "code", language: "python", source: [""], outputs: [] },
    { kind: "code", language: "typescript", source: ["two\nlines"] },
  ],
  metadata: { title: "한국어", deep: { list: [1, null, "x"] } },
};

test("a file that is opened and saved is the same, byte for byte, whatever fields it has", () => {
  expect(saved(everything)).toBe(`${JSON.stringify(everything, null, 2)}\n`);
});

test("an error of ours is shown with places to go to, which no file holds; another kernel's stays as it is", () => {
  const open = (error: { name: string; message: string; stack: string }) => {
    const cell = {
      kind: "code",
      source: ["x"],
      outputs: [{ items: { "application/vnd.code.notebook.error": error } }],
    };
    const text = `${JSON.stringify({ nnbook: 1, metadata: {}, cells: [cell] }, null, 2)}\n`;
    const data = serializer.deserializeNotebook(new TextEncoder().encode(text));
    expect(new TextDecoder().decode(serializer.serializeNotebook(data))).toBe(text);
    return data.cells[0]?.outputs?.[0]?.items.map(({ mime }) => mime);
  };
  expect(open({ name: "Error", message: "no", stack: "Error: no\n    at Cell 1:1:1" })).toEqual([
    "application/vnd.nnbook.error.v1+json",
    "application/vnd.code.notebook.error",
  ]);
  expect(open({ name: "E", message: "m", stack: "\u001b[31mTraceback" })).toEqual([
    "application/vnd.code.notebook.error",
  ]);
});

test("the samples are the same after opening and saving", () => {
  const folder = new URL("../../../media/samples/", import.meta.url);
  const names = readdirSync(folder, { encoding: "utf8", recursive: true }).filter((name) => name.endsWith(".nnbook"));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), "utf8");
    expect(saved(text), name).toBe(text);
  }
});

test("typescript in the file is our own language in the editor, other languages stay", () => {
  const languages = open(everything).cells.map((cell) => cell.languageId);
  expect(languages).toEqual(["markdown", "nnbook-ts", "python", "nnbook-ts"]);
});

test("a changed cell is written in new lines and keeps its other fields", () => {
  const data = open(everything);
  const cell = data.cells[3];
  if (cell) cell.value = "three\r\nlines\r\n";
  expect(JSON.parse(save(data)).cells[3]).toEqual({
    kind: "code",
    language: "typescript",
    source: ["three", "lines", ""],
  });
});

test("outputs appear and disappear without a trace in the other fields", () => {
  const data = open(everything);
  for (const cell of data.cells) cell.outputs = [];
  const cells = JSON.parse(save(data)).cells;
  expect(cells[1]).toEqual({
    kind: "code",
    tags: ["x"],
    source: ["const x = 1;", "", "x"],
    metadata: { folded: true },
  });
  expect(cells[2].outputs).toEqual([]);
});

test("a cell made in the editor has its fields in the usual order", async () => {
  const { NotebookCellData, NotebookCellKind, NotebookCellOutput, NotebookCellOutputItem } = await import("vscode");
  const data = open("");
  const code = new NotebookCellData(NotebookCellKind.Code, "1 + 1", "nnbook-ts");
  code.outputs = [new NotebookCellOutput([NotebookCellOutputItem.text("2")])];
  data.cells = [new NotebookCellData(NotebookCellKind.Markup, "Hello", "markdown"), code];
  expect(save(data)).toBe(
    `${JSON.stringify(
      {
        nnbook: 1,
        metadata: {},
        cells: [
          { kind: "markdown", source: ["Hello"] },
          {
            kind: "code",
            language: "typescript",
            source: ["1 + 1"],
            outputs: [{ items: { "text/plain": "2" } }],
          },
        ],
      },
      null,
      2,
    )}\n`,
  );
});

test("an empty file opens as a notebook with one empty code cell", () => {
  expect(open("").cells.map((cell) => [cell.languageId, cell.value])).toEqual([["nnbook-ts", ""]]);
});

test("a broken file is an error with line and column", () => {
  expect(() => open('{ "nnbook": 1,\n  "cells": [ oops ] }')).toThrow("Line 2, column 14: The file is not valid JSON");
  expect(() => open('{ "nnbook": 9, "cells": [] }')).toThrow("Line 1, column 13: The notebook has format 9");
});

const output = { items: { "text/plain": "1" } };
const withOutput = (metadata: object) => ({
  nnbook: 1,
  metadata,
  cells: [
    { kind: "code", source: ["1"], outputs: [output], later: true },
    { kind: "markdown", source: ["text"] },
  ],
});
const leaving = new NotebookFileSerializer("en", () => false);
const savedBy = (by: InstanceType<typeof NotebookFileSerializer>, metadata: object) =>
  JSON.parse(new TextDecoder().decode(by.serializeNotebook(throughTheEditor(open(withOutput(metadata))))));

test("outputs are left out where the setting says so, and everything else stays", () => {
  const [code, markdown] = withOutput({}).cells;
  const { outputs: _, ...bare } = code ?? {};
  expect(savedBy(leaving, { title: "t" })).toEqual({ nnbook: 1, metadata: { title: "t" }, cells: [bare, markdown] });
  expect(savedBy(serializer, {}).cells[0].outputs).toEqual([output]);
});

test("what a notebook says of its outputs goes before the setting; what is no yes or no says nothing", () => {
  expect(savedBy(leaving, { saveOutputs: true })).toEqual(withOutput({ saveOutputs: true }));
  expect(savedBy(serializer, { saveOutputs: false }).cells[0]).not.toHaveProperty("outputs");
  expect(savedBy(serializer, { saveOutputs: "no" })).toEqual(withOutput({ saveOutputs: "no" }));
  expect(savedBy(leaving, { saveOutputs: "yes" }).cells[0]).not.toHaveProperty("outputs");
});

test("a notebook is told to leave its outputs out, and again not to, and the rest of its metadata stays", () => {
  const data = open(withOutput({ title: "t" }));
  const off = withSaveOutputs(data.metadata, false);
  expect(ownSaveOutputs(off)).toBe(false);
  expect(toNotebookFile({ ...data, metadata: off }).metadata).toEqual({ title: "t", saveOutputs: false });
  const again = withSaveOutputs(off, undefined);
  expect(toNotebookFile({ ...data, metadata: again })).toEqual(withOutput({ title: "t" }));
  expect(ownSaveOutputs(withSaveOutputs(undefined, true))).toBe(true);
});

test("knows of a cell whether its outputs stood in the file", () => {
  const [code, markdown] = open(withOutput({})).cells;
  expect(hasOutputsInFile(code?.metadata)).toBe(true);
  expect(hasOutputsInFile(markdown?.metadata)).toBe(false);
  expect(hasOutputsInFile(undefined)).toBe(false);
});
