// An empty notebook says what to do: items below its cell, and a context for the buttons above it.

import * as vscode from "vscode";
import { commands, contexts, notebookType } from "../ids.ts";
import { isOurNotebook } from "../notebooks.ts";

/** No cell holds more than white space. */
export function hasNoText(notebook: vscode.NotebookDocument): boolean {
  return notebook.getCells().every((cell) => cell.document.getText().trim() === "");
}

export class EmptyNotebookHelp implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  readonly #changes = new vscode.EventEmitter<void>();
  #isEmpty: boolean | null = null;
  readonly onDidChangeCellStatusBarItems = this.#changes.event;

  constructor() {
    this.#disposables.push(
      this.#changes,
      vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, this),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.#look()),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => {
        if (notebook === vscode.window.activeNotebookEditor?.notebook) this.#look();
      }),
    );
    this.#look();
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    if (cell.index > 0 || !hasNoText(cell.notebook)) return [];
    const place = vscode.NotebookCellStatusBarAlignment.Left;
    const example = new vscode.NotebookCellStatusBarItem(`$(add) ${vscode.l10n.t("Begin with an example")}`, place);
    example.command = commands.insertExample;
    example.tooltip = vscode.l10n.t("Puts in a first network: data, layers, training, the gradient of every layer.");
    const sample = new vscode.NotebookCellStatusBarItem(`$(book) ${vscode.l10n.t("Open a sample…")}`, place);
    sample.command = commands.openSample;
    sample.tooltip = vscode.l10n.t("A course of notebooks, from one neuron to recurrent networks.");
    const hint = new vscode.NotebookCellStatusBarItem(
      vscode.l10n.t("or write TypeScript and press Shift+Enter"),
      place,
    );
    return [example, sample, hint];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #look(): void {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    const isEmpty = notebook !== undefined && isOurNotebook(notebook) && hasNoText(notebook);
    if (isEmpty === this.#isEmpty) return;
    this.#isEmpty = isEmpty;
    void vscode.commands.executeCommand("setContext", contexts.isEmpty, isEmpty);
    this.#changes.fire();
  }
}
