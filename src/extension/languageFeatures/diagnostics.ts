// Type and syntax errors under the cells' text, a moment after the last key.

import * as vscode from "vscode";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import { cellIdOf, isOurNotebook, ourOpenNotebooks } from "../notebooks.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";
import { QuietNotebooks } from "./quietNotebooks.ts";
import { markUnsavedModule } from "./saveModule.ts";

export class NotebookDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("nnbook");
  readonly #marked = new Map<vscode.NotebookDocument, readonly vscode.Uri[]>();
  readonly #notebooks: LanguageNotebooks;
  readonly #quiet: QuietNotebooks;
  readonly #disposables: vscode.Disposable[] = [];

  constructor(notebooks: LanguageNotebooks, log: vscode.LogOutputChannel) {
    this.#notebooks = notebooks;
    this.#quiet = new QuietNotebooks((notebook) => this.#diagnose(notebook), log);
    this.#disposables.push(
      this.#quiet,
      notebooks.onChange((notebook) => this.#quiet.changed(notebook)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook)),
    );
    for (const notebook of ourOpenNotebooks()) this.#quiet.changed(notebook);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#collection.dispose();
  }

  async #diagnose(notebook: vscode.NotebookDocument): Promise<void> {
    this.#notebooks.bringUpToDate(notebook);
    const notebookId = notebook.uri.toString();
    const unsaved = this.#notebooks.unsavedModules();
    const diagnostics = await this.#notebooks.client.request({ kind: "diagnose", notebookId, unsaved });
    // What was typed meanwhile made the spans wrong; the next round is on its way.
    if (this.#quiet.isWaiting(notebook) || notebook.isClosed) return;
    const cells = notebook.getCells();
    const uris = cells.map((cell) => cell.document.uri);
    for (const uri of this.#marked.get(notebook) ?? []) {
      if (!uris.some((current) => current.toString() === uri.toString())) this.#collection.delete(uri);
    }
    this.#marked.set(notebook, uris);
    for (const cell of cells) {
      const ofCell = diagnostics.filter((diagnostic) => diagnostic.cellId === cellIdOf(cell));
      this.#collection.set(
        cell.document.uri,
        ofCell.map((diagnostic) => toDiagnostic(cell.document, diagnostic)),
      );
    }
  }

  #close(notebook: vscode.NotebookDocument): void {
    if (!isOurNotebook(notebook)) return;
    this.#quiet.forget(notebook);
    for (const uri of this.#marked.get(notebook) ?? []) this.#collection.delete(uri);
    this.#marked.delete(notebook);
  }
}

function toDiagnostic(
  document: vscode.TextDocument,
  { span, severity, code, message, tag, unsavedModule }: CellDiagnostic,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(document, span), message, severityOf(severity));
  // Below are our own numbers, which nobody can look up.
  const isOfTypescript = code >= 1000;
  diagnostic.source = isOfTypescript ? "ts" : "nnbook";
  if (isOfTypescript) diagnostic.code = code;
  if (tag === "unnecessary") diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  if (tag === "deprecated") diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  if (unsavedModule !== undefined) markUnsavedModule(diagnostic, unsavedModule);
  return diagnostic;
}

function severityOf(severity: CellDiagnostic["severity"]): vscode.DiagnosticSeverity {
  switch (severity) {
    case "error":
      return vscode.DiagnosticSeverity.Error;
    case "warning":
      return vscode.DiagnosticSeverity.Warning;
    case "hint":
      return vscode.DiagnosticSeverity.Hint;
  }
}
