// Type and syntax errors under the cells' text, a moment after the last key.

import * as vscode from "vscode";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import { cellIdOf, isOurNotebook, ourOpenNotebooks } from "../notebooks.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";

const quietMs = 300;

export class NotebookDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("nnbook");
  readonly #timers = new Map<vscode.NotebookDocument, NodeJS.Timeout>();
  readonly #marked = new Map<vscode.NotebookDocument, readonly vscode.Uri[]>();
  readonly #notebooks: LanguageNotebooks;
  readonly #log: vscode.LogOutputChannel;
  readonly #disposables: vscode.Disposable[] = [];

  constructor(notebooks: LanguageNotebooks, log: vscode.LogOutputChannel) {
    this.#notebooks = notebooks;
    this.#log = log;
    this.#disposables.push(
      notebooks.onChange((notebook) => this.#schedule(notebook)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook)),
    );
    for (const notebook of ourOpenNotebooks()) this.#schedule(notebook);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#collection.dispose();
  }

  #schedule(notebook: vscode.NotebookDocument): void {
    clearTimeout(this.#timers.get(notebook));
    const timer = setTimeout(() => {
      this.#timers.delete(notebook);
      this.#diagnose(notebook).then(undefined, (problem) => this.#log.error(problem));
    }, quietMs);
    this.#timers.set(notebook, timer);
  }

  async #diagnose(notebook: vscode.NotebookDocument): Promise<void> {
    await this.#notebooks.bringUpToDate(notebook);
    const diagnostics = await this.#notebooks.client.request({ kind: "diagnose", notebookId: notebook.uri.toString() });
    // What was typed meanwhile made the spans wrong; the next round is on its way.
    if (this.#timers.has(notebook) || notebook.isClosed) return;
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
    clearTimeout(this.#timers.get(notebook));
    this.#timers.delete(notebook);
    for (const uri of this.#marked.get(notebook) ?? []) this.#collection.delete(uri);
    this.#marked.delete(notebook);
  }
}

function toDiagnostic(
  document: vscode.TextDocument,
  { span, severity, code, message, tag }: CellDiagnostic,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(document, span), message, severityOf(severity));
  // Below are our own numbers, which nobody can look up.
  const isOfTypescript = code >= 1000;
  diagnostic.source = isOfTypescript ? "ts" : "nnbook";
  if (isOfTypescript) diagnostic.code = code;
  if (tag === "unnecessary") diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  if (tag === "deprecated") diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
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
