// What the tests do with marks in the code: wait for them, apply a quick fix, take it back as a user does, edit a cell.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { waitFor } from "./notebooks.ts";

export function problemsOf(document: vscode.NotebookDocument, cell: number): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.cellAt(cell).document.uri);
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

export function codesOf(document: vscode.NotebookDocument, cell: number): readonly string[] {
  return problemsOf(document, cell).map(codeOf);
}

export function problemOf(document: vscode.NotebookDocument, cell: number, code: string): Promise<vscode.Diagnostic> {
  return waitFor(`the problem ${code}`, () => problemsOf(document, cell).find((each) => codeOf(each) === code));
}

export async function fixesAt(
  document: vscode.NotebookDocument,
  cell: number,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  const { uri } = document.cellAt(cell).document;
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range);
}

export async function applyFix(
  document: vscode.NotebookDocument,
  cell: number,
  range: vscode.Range,
  title: string | RegExp,
): Promise<void> {
  const fix = await waitFor(`the fix ${title}`, async () =>
    (await fixesAt(document, cell, range)).find((each) =>
      typeof title === "string" ? each.title === title : title.test(each.title),
    ),
  );
  assert.ok(fix.edit, `${fix.title} has no edit`);
  assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
}

/** One Ctrl+Z in a cell's editor brings all cells back to these texts. */
export async function undoTo(texts: readonly string[], document: vscode.NotebookDocument, cell: number): Promise<void> {
  await vscode.window.showNotebookDocument(document, { selections: [new vscode.NotebookRange(cell, cell + 1)] });
  // The second time the list would keep the focus, and the undo with it.
  await vscode.commands.executeCommand("notebook.cell.quitEdit");
  await vscode.commands.executeCommand("notebook.cell.edit");
  const uri = document.cellAt(cell).document.uri.toString();
  await waitFor("the cell's editor", () => vscode.window.activeTextEditor?.document.uri.toString() === uri);
  await vscode.commands.executeCommand("undo");
  try {
    await waitFor("the undo", () => textsOf(document).join("\0") === texts.join("\0"));
  } catch {
    assert.deepEqual(textsOf(document), texts);
  }
}

export async function replace(
  document: vscode.NotebookDocument,
  cell: number,
  from: string,
  to: string,
): Promise<void> {
  const text = document.cellAt(cell).document;
  const start = text.getText().indexOf(from);
  assert.ok(start >= 0, `cell ${cell} holds no "${from}"`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(text.uri, new vscode.Range(text.positionAt(start), text.positionAt(start + from.length)), to);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

export function textsOf(document: vscode.NotebookDocument): readonly string[] {
  return document.getCells().map((cell) => cell.document.getText());
}
