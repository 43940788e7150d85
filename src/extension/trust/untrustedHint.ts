// In a workspace that is not trusted, a notebook says below its first code cell why nothing runs, and leads to where that is changed.

import * as vscode from "vscode";
import { notebookType } from "../ids.ts";
import { isCodeCell } from "../notebooks.ts";
import { manageTrustCommand, untrustedReason } from "./trust.ts";

export class UntrustedHint implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable;
  readonly onDidChangeCellStatusBarItems = this.#changes.event;

  constructor() {
    this.#disposables = vscode.Disposable.from(
      this.#changes,
      vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, this),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changes.fire()),
    );
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    if (vscode.workspace.isTrusted || cell.notebook.getCells().find(isCodeCell) !== cell) return [];
    const text = vscode.l10n.t("Cells do not run: this workspace is not trusted");
    const item = new vscode.NotebookCellStatusBarItem(`$(shield) ${text}`, vscode.NotebookCellStatusBarAlignment.Left);
    item.tooltip = vscode.l10n.t("{0} Saved pictures are shown. Press here to manage trust.", untrustedReason());
    item.command = manageTrustCommand;
    item.accessibilityInformation = { label: text, role: "button" };
    return [item];
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
