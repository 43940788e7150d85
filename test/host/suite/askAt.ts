// Asks a provider of VS Code at a place in a cell.

import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Calls a provider command at the end of a text in a cell. */
export async function askAt<Answer>(
  command: string,
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
): Promise<Answer> {
  const text = document.cellAt(cell).document;
  const offset = text.getText().indexOf(before);
  assert.ok(offset >= 0, `cell ${cell} holds no "${before}"`);
  return vscode.commands.executeCommand<Answer>(command, text.uri, text.positionAt(offset + before.length));
}
