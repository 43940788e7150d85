// Which cell a command is about.

import { afterEach, expect, test, vi } from "vitest";
import * as fake from "../../test/support/fakeVscode.ts";
import { cellOf } from "./notebooks.ts";

vi.mock("vscode", () => import("../../test/support/fakeVscode.ts"));

const cells = ["first", "second"].map((name) => ({ document: { uri: { toString: () => name } } }));
const notebook = { notebookType: "nnbook", getCells: () => cells, cellAt: (index: number) => cells[index] };
const select = (start: number, end: number) => {
  fake.window.activeNotebookEditor = { notebook, selection: { start, end, isEmpty: start === end } };
};
afterEach(() => {
  fake.window.activeNotebookEditor = undefined;
  fake.workspace.notebookDocuments = [];
});

test("it is the selected one, where none is named", () => {
  select(1, 2);
  expect(cellOf(undefined)).toBe(cells[1]);
});

test("it is none where none is selected: the editor's empty selection stands at the first cell", () => {
  select(0, 0);
  expect(cellOf(undefined)).toBeUndefined();
});

test("it is the named one, by its address or the editor's object of it", () => {
  select(1, 2);
  fake.workspace.notebookDocuments = [notebook];
  expect(cellOf("first")).toBe(cells[0]);
  expect(cellOf(cells[0])).toBe(cells[0]);
});
