// Our notebooks and cells among those of the editor: which they are, what they are called, where their files lie.

import { homedir } from "node:os";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { cellLanguage, notebookType } from "./ids.ts";

export function isOurNotebook(notebook: vscode.NotebookDocument): boolean {
  return notebook.notebookType === notebookType;
}

export function ourOpenNotebooks(): readonly vscode.NotebookDocument[] {
  return vscode.workspace.notebookDocuments.filter(isOurNotebook);
}

/** The notebook a toolbar button belongs to, or the active one. */
export function notebookOf(context: unknown): vscode.NotebookDocument | undefined {
  const uri = (context as { notebookEditor?: { notebookUri?: vscode.Uri } } | undefined)?.notebookEditor?.notebookUri;
  const named = uri && ourOpenNotebooks().find((notebook) => notebook.uri.toString() === uri.toString());
  const active = vscode.window.activeNotebookEditor?.notebook;
  return named ?? (active && isOurNotebook(active) ? active : undefined);
}

export function isCodeCell(cell: vscode.NotebookCell): boolean {
  return cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === cellLanguage;
}

/** Names a cell as long as its notebook is open. Never goes into files. */
export function cellIdOf(cell: vscode.NotebookCell): string {
  return cellIdOfDocument(cell.document);
}

export function cellIdOfDocument(document: vscode.TextDocument): string {
  return `cell:${document.uri.fragment}`;
}

export function findCell(notebook: vscode.NotebookDocument, cellId: string): vscode.NotebookCell | undefined {
  return notebook.getCells().find((cell) => cellIdOf(cell) === cellId);
}

/** The cell that a command is about: named by its address or by an object of the editor (in a cell's menu), or else the selected one. */
export function cellOf(context: unknown): vscode.NotebookCell | undefined {
  const editor = vscode.window.activeNotebookEditor;
  const named = typeof context === "string" ? context : cellAddress(context);
  if (named !== null) {
    const cells = ourOpenNotebooks().flatMap((notebook) => notebook.getCells());
    return cells.find(({ document }) => document.uri.toString() === named);
  }
  // Escape leaves no cell selected; the editor then names an empty range at the first one.
  if (!editor || !isOurNotebook(editor.notebook) || editor.selection.isEmpty) return undefined;
  return editor.notebook.cellAt(editor.selection.start);
}

function cellAddress(context: unknown): string | null {
  const document = (context as Partial<vscode.NotebookCell> | null | undefined)?.document;
  return document?.uri.toString() ?? null;
}

/** The notebook whose cell a document is, if it is one of ours. */
export function notebookOfDocument(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return ourOpenNotebooks().find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

/** "Cell 3", as error messages name it: counted over all cells, as a reader counts them. */
export function cellLabel(cell: vscode.NotebookCell): string {
  return vscode.l10n.t("Cell {0}", cell.index + 1);
}

/** Where the imports and files of a notebook lie: beside it, or for one not yet saved in the first open folder. */
export function folderOf(notebook: vscode.NotebookDocument): string {
  if (notebook.uri.scheme === "file") return dirname(notebook.uri.fsPath);
  const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.uri.scheme === "file");
  return folder?.uri.fsPath ?? homedir();
}

/** The folder of the workspace that the notebook lies in: settings of its project above that do not count. */
export function workspaceFolderOf(notebook: vscode.NotebookDocument): string | undefined {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folderOf(notebook)))?.uri.fsPath;
}

export function editorsOf(notebook: vscode.NotebookDocument): readonly vscode.NotebookEditor[] {
  return vscode.window.visibleNotebookEditors.filter((editor) => editor.notebook === notebook);
}

/** Scrolls to a cell and selects it. */
export function revealCell(cell: vscode.NotebookCell): void {
  const range = new vscode.NotebookRange(cell.index, cell.index + 1);
  for (const editor of editorsOf(cell.notebook)) {
    editor.selection = range;
    editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  }
}
