// A cell whose language is set to "TypeScript" gets our TypeScript: the file writes both alike, and only ours runs.

import * as vscode from "vscode";
import { fileLanguage } from "../../notebook/notebookFile.ts";
import { cellLanguage } from "../ids.ts";
import { notebookOfDocument } from "../notebooks.ts";

/** Holds for a choice in the list of languages and for cells pasted from notebooks of other types. */
export function keepCellLanguage(log: vscode.LogOutputChannel): vscode.Disposable {
  // A change of language closes a document and opens it again; a new cell's document is opened too.
  return vscode.workspace.onDidOpenTextDocument(async (document) => {
    if (document.languageId !== fileLanguage) return;
    // The document of a new cell comes before the notebook knows the cell.
    await Promise.resolve();
    if (document.isClosed || !notebookOfDocument(document)) return;
    await vscode.languages
      .setTextDocumentLanguage(document, cellLanguage)
      // The cell may be gone again.
      .then(undefined, (problem) => log.warn(problem));
  });
}
