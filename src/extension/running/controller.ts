// The kernel as the editor knows it: takes cells to run and hands them to their notebook's session.

import * as vscode from "vscode";
import { cellLanguage, controllerId, notebookType } from "../ids.ts";
import { isOurNotebook } from "../notebooks.ts";
import { askTrusted } from "../trust/trust.ts";
import { LiveNotebook, type LiveNotebookContext } from "./liveNotebook.ts";
import type { NotebookNews } from "./notebookNews.ts";

export class NotebookKernels implements vscode.Disposable {
  readonly #live = new Map<vscode.NotebookDocument, LiveNotebook>();
  readonly #news = new vscode.EventEmitter<NotebookNews>();
  readonly #controller: vscode.NotebookController;
  readonly #context: Omit<LiveNotebookContext, "controller">;
  readonly #watching: vscode.Disposable;
  readonly onNews = this.#news.event;

  constructor(context: Omit<LiveNotebookContext, "controller">) {
    this.#context = context;
    this.#controller = vscode.notebooks.createNotebookController(controllerId, notebookType, "nnbook");
    this.#controller.supportedLanguages = [cellLanguage];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.description = vscode.l10n.t("TypeScript with neural networks");
    this.#controller.executeHandler = (cells, notebook) => this.run(notebook, cells);
    this.#watching = vscode.Disposable.from(
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook)),
      // The editor may keep a document long after its last tab is gone (it does after a double click in the explorer):
      // without this, its trainings would go on where nobody sees them.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) this.#closeUnshown(tab);
      }),
      vscode.workspace.onWillSaveNotebookDocument((saving) => {
        const live = this.#live.get(saving.notebook);
        if (live) saving.waitUntil(live.keepRuns());
      }),
    );
  }

  /** The notebook's session, if one of its cells ran already. */
  find(notebook: vscode.NotebookDocument): LiveNotebook | undefined {
    return this.#live.get(notebook);
  }

  async run(notebook: vscode.NotebookDocument, cells: readonly vscode.NotebookCell[]): Promise<void> {
    // The editor asks for trust before it gets here; this holds for whoever comes another way.
    if (!askTrusted()) return;
    await this.#liveNotebook(notebook).runCells(cells);
  }

  dispose(): void {
    this.#watching.dispose();
    for (const live of this.#live.values()) live.dispose();
    this.#live.clear();
    this.#controller.dispose();
    this.#news.dispose();
  }

  #liveNotebook(notebook: vscode.NotebookDocument): LiveNotebook {
    const known = this.#live.get(notebook);
    if (known) return known;
    const context = { ...this.#context, controller: this.#controller };
    const live = new LiveNotebook(notebook, context, (news) => this.#news.fire(news));
    this.#live.set(notebook, live);
    return live;
  }

  #closeUnshown(closed: vscode.Tab): void {
    const uri = shownUri(closed);
    if (uri === null || tabsNow().some((tab) => shownUri(tab) === uri)) return;
    for (const notebook of [...this.#live.keys()]) {
      if (notebook.uri.toString() === uri) this.#close(notebook);
    }
  }

  #close(notebook: vscode.NotebookDocument): void {
    if (!isOurNotebook(notebook)) return;
    this.#live.get(notebook)?.dispose();
    this.#live.delete(notebook);
  }
}

function tabsNow(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** The address of the notebook that a tab shows, in an editor or on the right of a comparison. */
function shownUri({ input }: vscode.Tab): string | null {
  if (input instanceof vscode.TabInputNotebook) return input.uri.toString();
  if (input instanceof vscode.TabInputNotebookDiff) return input.modified.toString();
  return null;
}
