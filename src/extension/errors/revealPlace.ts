// Goes to a place that an error names: a cell, wherever its line stands by now, or a file.

import path from "node:path";
import * as vscode from "vscode";
import type { ErrorPlace } from "../../shared/shownError.ts";
import { cellIdOf, cellLabel, findCell, folderOf } from "../notebooks.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import { followOffset, offsetAt } from "../runs/editedText.ts";

export async function revealPlace(
  notebook: vscode.NotebookDocument,
  live: LiveNotebook | undefined,
  place: ErrorPlace,
): Promise<void> {
  const { kind, label, line, column } = place;
  if (kind === "cell") {
    const cell = cellCalled(notebook, live, label);
    if (!cell) {
      sayGone(label);
      return;
    }
    const ran = live?.ranTextOf(cellIdOf(cell)) ?? cell.document.getText();
    await reveal(cell.document, followOffset(ran, cell.document.getText(), offsetAt(ran, line, column)) ?? 0);
    return;
  }
  try {
    const document = await vscode.workspace.openTextDocument(fileUri(folderOf(notebook), label));
    await reveal(document, offsetAt(document.getText(), line, column));
  } catch {
    // It was moved or removed since, or it is no text.
    sayGone(label);
  }
}

/** The cell that had this label when it ran; for an error of the file the one that has it now. */
function cellCalled(
  notebook: vscode.NotebookDocument,
  live: LiveNotebook | undefined,
  label: string,
): vscode.NotebookCell | undefined {
  const cellId = live?.cellCalled(label);
  if (cellId !== undefined) return findCell(notebook, cellId);
  // The file may have been written in another language than the editor's.
  const number = Number(/\d+$/.exec(label)?.[0]);
  return notebook.getCells().find((cell) => cellLabel(cell) === label || cell.index === number - 1);
}

function fileUri(folder: string, label: string): vscode.Uri {
  return label.startsWith("file:") ? vscode.Uri.parse(label) : vscode.Uri.file(path.resolve(folder, label));
}

async function reveal(document: vscode.TextDocument, offset: number): Promise<void> {
  const start = document.positionAt(offset);
  const selection = document.getWordRangeAtPosition(start) ?? new vscode.Range(start, start);
  // Opening a cell's own address shows the notebook and puts the cursor into the cell.
  await vscode.commands.executeCommand("vscode.open", document.uri, { selection });
}

function sayGone(label: string): void {
  void vscode.window.showInformationMessage(vscode.l10n.t("{0} is not there any more.", label));
}
