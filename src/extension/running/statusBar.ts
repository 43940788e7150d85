// The line below a cell that trains: how far it is, its loss, its verdict; of a race how many of its runs are over.

import * as vscode from "vscode";
import type { OptimizersView } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { commands, notebookType } from "../ids.ts";
import { cellIdOf } from "../notebooks.ts";
import { raceStatus } from "../runs/raceStatus.ts";
import { runStatus } from "../runs/runStatus.ts";
import type { KnownRun } from "../runs/runStore.ts";
import type { NotebookKernels } from "./controller.ts";

/** The editor asks for the items of all visible cells at each change, so at most four times a second. */
const refreshMs = 250;

/**
 * Each editor that shows the notebook asks for its own items and gets them. In a narrow one VS Code (1.139) may hide them all
 * the same: the line is 22 px high, an item that does not fit between the time on its left and the language on its right moves
 * into a second line that nobody sees, and none is wider than half the cell. So the language has a short name: in a cell of
 * 286 px, "nnbook TS" takes 69 px and the time 76, which leaves room for 130. An extension is not told the width; what an item
 * says, the outputs say too.
 */
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

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    const live = this.#kernels.find(cell.notebook);
    const run = live?.runs.newestOfCell(cellIdOf(cell));
    const race = live?.races.ofCell(cellIdOf(cell)).at(-1);
    return [...(run ? [this.#runItem(run, cell)] : []), ...(race ? [this.#raceItem(race)] : [])];
  }

  #raceItem(race: OptimizersView): vscode.NotebookCellStatusBarItem {
    const item = itemOf(raceStatus(race, this.#locale));
    item.tooltip = vscode.l10n.t("How many trainings of the race have ended.");
    return item;
  }

  #runItem(run: KnownRun, cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem {
    const item = itemOf(runStatus(run, this.#locale));
    item.tooltip = vscode.l10n.t("The newest training of this cell. Select to show its pictures.");
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

function itemOf(text: string): vscode.NotebookCellStatusBarItem {
  const item = new vscode.NotebookCellStatusBarItem(text, vscode.NotebookCellStatusBarAlignment.Left);
  item.accessibilityInformation = { label: text };
  return item;
}
