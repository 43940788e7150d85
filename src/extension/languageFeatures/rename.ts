// Renames a variable, function or property in all cells, and in the files they import.

import * as vscode from "vscode";
import type { RenameChanges } from "../../shared/editorProtocol.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";
import { cellEdit } from "./quickFixes.ts";

export class CellRenameProvider implements vscode.RenameProvider {
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  /** @throws Error with the reason, which the editor shows beside the name, where it cannot be renamed. */
  async prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<{ range: vscode.Range; placeholder: string } | null> {
    const offset = document.offsetAt(position);
    const answer = await this.#notebooks.ask(document, token, { kind: "prepareRename", offset });
    if (answer === null) return null;
    if (answer.kind === "refused") throw new Error(answer.reason);
    return { range: toRange(document, answer.span), placeholder: answer.name };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | null> {
    const offset = document.offsetAt(position);
    const answer = await this.#notebooks.ask(document, token, { kind: "rename", offset, newName });
    if (answer === null) return null;
    if (answer.kind === "refused") throw new Error(answer.reason);
    return renameEdit(document, answer);
  }
}

function renameEdit(document: vscode.TextDocument, { cells, files }: RenameChanges): vscode.WorkspaceEdit {
  const edit = cellEdit(document, cells);
  for (const { path, line, column, length, text } of files) {
    const uri = vscode.Uri.file(path);
    // The places are those of the file on disk.
    const isUnsaved = vscode.workspace.textDocuments.some((each) => each.isDirty && each.uri.fsPath === uri.fsPath);
    if (isUnsaved) throw new Error(vscode.l10n.t("{0} uses this name and is not saved. Save it first.", path));
    const start = new vscode.Position(line - 1, column - 1);
    edit.replace(uri, new vscode.Range(start, start.translate(0, length)), text);
  }
  return edit;
}
