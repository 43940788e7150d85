// What the tests do with notebooks: open, run, wait, read outputs. Everything goes through the editor's public API.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";

export function workspaceFile(name: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "The tests need a workspace folder.");
  return path.join(folder.uri.fsPath, name);
}

export async function openNotebook(name: string): Promise<vscode.NotebookDocument> {
  const document = await vscode.workspace.openNotebookDocument(vscode.Uri.file(workspaceFile(name)));
  await showWithKernel(document);
  return document;
}

/** Writes a notebook of code cells into the workspace and opens it. */
export async function openCells(name: string, cells: readonly string[]): Promise<vscode.NotebookDocument> {
  await writeNotebook(name, { nnbook: 1, metadata: {}, cells: cells.map(fileCell) });
  return openNotebook(name);
}

export async function openUntitled(cells: readonly string[]): Promise<vscode.NotebookDocument> {
  const data = new vscode.NotebookData(
    cells.map((text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "nnbook-ts")),
  );
  const document = await vscode.workspace.openNotebookDocument("nnbook", data);
  await showWithKernel(document);
  return document;
}

export function fileCell(text: string): { kind: string; language: string; source: string[] } {
  return { kind: "code", language: "typescript", source: text.split("\n") };
}

export function writeNotebook(name: string, content: unknown): Promise<void> {
  return writeFile(workspaceFile(name), `${JSON.stringify(content, null, 2)}\n`);
}

export function readText(name: string): Promise<string> {
  return readFile(workspaceFile(name), "utf8");
}

async function showWithKernel(document: vscode.NotebookDocument): Promise<void> {
  await vscode.window.showNotebookDocument(document);
  await vscode.commands.executeCommand("notebook.selectKernel", { id: "nnbook-kernel", extension: "nnbook.nnbook" });
}

/** Closes all editors; changes are thrown away. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeNotebookEditor ?? vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}

/** Starts cells without waiting for their end, which is what the command itself would do. */
export function startCells(document: vscode.NotebookDocument, start: number, end = start + 1): void {
  void vscode.commands.executeCommand("notebook.cell.execute", { ranges: [{ start, end }], document: document.uri });
}

/** Runs a cell to its end and answers with it. */
export async function runCell(document: vscode.NotebookDocument, index: number): Promise<vscode.NotebookCell> {
  const cell = document.cellAt(index);
  const before = cell.executionSummary?.executionOrder;
  const ended = waitFor(`cell ${index} to end`, () => {
    const summary = cell.executionSummary;
    // An end time is set when the cell is over, whether it succeeded, failed or was stopped.
    return summary?.timing?.endTime !== undefined && summary.executionOrder !== before;
  });
  startCells(document, index);
  await ended;
  return cell;
}

export async function runSucceeding(document: vscode.NotebookDocument, index: number): Promise<vscode.NotebookCell> {
  const cell = await runCell(document, index);
  assert.equal(cell.executionSummary?.success, true, `cell ${index} did not succeed: ${allText(cell)}`);
  return cell;
}

/** Asks again and again: the editor's state follows commands with a delay of its own. */
export async function waitFor<Value>(
  what: string,
  ask: () => Value | Promise<Value>,
  timeoutMs = 45_000,
): Promise<NonNullable<Value>> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await delay(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<Value>;
  }
  throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function mimes(cell: vscode.NotebookCell): readonly (readonly string[])[] {
  return cell.outputs.map((output) => output.items.map((item) => item.mime));
}

/** The text of all items of a type, in order. */
export function textOf(cell: vscode.NotebookCell, mime: string): string {
  return cell.outputs
    .flatMap((output) => output.items)
    .filter((item) => item.mime === mime)
    .map((item) => new TextDecoder().decode(item.data))
    .join("");
}

export function allText(cell: vscode.NotebookCell): string {
  return cell.outputs
    .flatMap((output) => output.items)
    .map((item) => `${item.mime}: ${new TextDecoder().decode(item.data).slice(0, 500)}`)
    .join("\n");
}

export const plainText = "text/plain";
export const stdout = "application/vnd.code.notebook.stdout";
export const errorMime = "application/vnd.code.notebook.error";
