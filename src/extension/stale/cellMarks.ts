// The marks below cells that are out of date, did not run or did not come to their end, and the command that runs a cell with what it needs.

import * as vscode from "vscode";
import { commands, notebookType } from "../ids.ts";
import { cellIdOf, cellLabel, cellOf, findCell, isCodeCell, isOurNotebook } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { InterruptedRuns } from "../running/interruptedRuns.ts";
import { askTrusted } from "../trust/trust.ts";
import type { StaleReason } from "./cellStates.ts";
import { interruptionText, type MarkText, skipText, staleText } from "./markTexts.ts";
import type { NotebookStates } from "./notebookStates.ts";
import { cellsToRun, staleCells } from "./staleCells.ts";

/** After an edit; not at every key. */
const refreshMs = 300;

export interface CellMarksOptions {
  readonly kernels: NotebookKernels;
  readonly states: NotebookStates;
  readonly interrupted: Pick<InterruptedRuns, "of">;
  readonly log: vscode.LogOutputChannel;
}

export class CellMarks implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #kernels: NotebookKernels;
  readonly #states: NotebookStates;
  readonly #interrupted: Pick<InterruptedRuns, "of">;
  readonly #log: vscode.LogOutputChannel;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [];
  /** What is out of date in each notebook, until something changes. */
  #known = new WeakMap<vscode.NotebookDocument, Promise<ReadonlyMap<string, StaleReason>>>();
  #timer: NodeJS.Timeout | null = null;
  readonly onDidChangeCellStatusBarItems = this.#changes.event;

  constructor({ kernels, states, interrupted, log }: CellMarksOptions) {
    this.#kernels = kernels;
    this.#states = states;
    this.#interrupted = interrupted;
    this.#log = log;
    this.#disposables.push(
      kernels.onNews(({ news }) => {
        if (news.kind === "ranCellsChanged" || news.kind === "cellStarted") this.#later();
      }),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => {
        if (isOurNotebook(notebook)) this.#later();
      }),
      vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, this),
      vscode.commands.registerCommand(commands.runWithNeeds, (context?: unknown) => this.#runWithNeeds(context)),
    );
  }

  async provideCellStatusBarItems(cell: vscode.NotebookCell): Promise<vscode.NotebookCellStatusBarItem | undefined> {
    const mark = await this.#markOf(cell);
    if (mark === null) return undefined;
    const item = new vscode.NotebookCellStatusBarItem(
      `$(${mark.icon}) ${mark.text}`,
      vscode.NotebookCellStatusBarAlignment.Left,
    );
    item.tooltip = `${mark.why}\n${vscode.l10n.t("Select to run this cell with what it needs.")}`;
    item.accessibilityInformation = { label: `${mark.text}. ${mark.why}` };
    item.command = {
      command: commands.runWithNeeds,
      title: vscode.l10n.t("Run This Cell with What It Needs"),
      arguments: [cell.document.uri.toString()],
    };
    return item;
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changes.dispose();
  }

  async #markOf(cell: vscode.NotebookCell): Promise<MarkText | null> {
    if (!isCodeCell(cell)) return null;
    const { notebook } = cell;
    const live = this.#kernels.find(notebook);
    const cellId = cellIdOf(cell);
    const skip = live?.ran.skipped.get(cellId);
    if (skip) return skipText(skip);
    const interruption = this.#interrupted.of(cell);
    if (interruption !== null) return interruptionText(interruption);
    const reason = live
      ? (await this.#staleCells(notebook)).get(cellId)
      : // Nothing ran: the texts need not be read.
        cell === notebook.getCells().find((each) => isCodeCell(each) && each.outputs.length > 0) &&
        ({ kind: "nothingRan" } as const);
    return reason ? staleText(reason, (id) => labelOf(notebook, id)) : null;
  }

  #staleCells(notebook: vscode.NotebookDocument): Promise<ReadonlyMap<string, StaleReason>> {
    const before = this.#known.get(notebook);
    if (before !== undefined) return before;
    const found = this.#states.stateOf(notebook, this.#kernels.find(notebook)).then(staleCells, (problem) => {
      // Without the language worker nothing can be said of the cells; the log says why.
      this.#log.warn(problem);
      return new Map<string, StaleReason>();
    });
    this.#known.set(notebook, found);
    return found;
  }

  /** The editor asks for the items of all visible cells then. */
  #later(): void {
    this.#known = new WeakMap();
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#known = new WeakMap();
      this.#changes.fire();
    }, refreshMs);
  }

  async #runWithNeeds(context: unknown): Promise<void> {
    if (!askTrusted()) return;
    const cell = cellOf(context);
    if (!cell || !isCodeCell(cell)) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Select a code cell to run it with what it needs."));
      return;
    }
    const { notebook } = cell;
    const state = await this.#states.stateOf(notebook, this.#kernels.find(notebook));
    const cells = cellsToRun(state, cellIdOf(cell)).flatMap((id) => findCell(notebook, id) ?? []);
    const ranges = cells.map(({ index }) => ({ start: index, end: index + 1 }));
    // The editor's own command chooses the kernel and shows the cells as waiting.
    await vscode.commands.executeCommand("notebook.cell.execute", { ranges, document: notebook.uri });
  }
}

function labelOf(notebook: vscode.NotebookDocument, cellId: string): string {
  const cell = findCell(notebook, cellId);
  return cell ? cellLabel(cell) : "";
}
