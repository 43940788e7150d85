// The line below a cell that trains: how far it is, its loss, its verdict.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { commands, notebookType } from "../ids.ts";
import { cellIdOf } from "../notebooks.ts";
import { runStatus } from "../runs/runStatus.ts";
import type { NotebookKernels } from "./controller.ts";

/** The editor asks for the items of all visible cells at each change, so at most four times a second. */
const refreshMs = 250;

export class CellStatusBar implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #kernels: NotebookKernels;
  readonly #locale: Locale;
  readonly #disposables: vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | null = null;
  readonly onDidChangeCellStatusBarItems = this.#changes.event;

  constructor(kernels: NotebookKernels, locale: Locale) {
    this.#kernels = kernels;
    this.#locale = locale;
    this.#disposables.push(
      kernels.onNews(() => {
        this.#timer ??= setTimeout(() => this.#refresh(), refreshMs);
      }),
      vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, this),
    );
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem | undefined {
    const run = this.#kernels.find(cell.notebook)?.runs.newestOfCell(cellIdOf(cell));
    if (!run) return undefined;
    const text = runStatus(run, this.#locale);
    const item = new vscode.NotebookCellStatusBarItem(text, vscode.NotebookCellStatusBarAlignment.Left);
    item.tooltip = vscode.l10n.t("The newest training of this cell. Select to show its pictures.");
    item.accessibilityInformation = { label: text };
    item.command = {
      command: commands.showRun,
      title: vscode.l10n.t("Show gradients"),
      arguments: [cell.notebook.uri.toString(), run.runId],
    };
    return item;
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changes.dispose();
  }

  #refresh(): void {
    this.#timer = null;
    this.#changes.fire();
  }
}
