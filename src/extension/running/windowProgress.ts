// Long work, told at the foot of the window: which cell of which notebook runs, how far its training is, and how many cells wait.

import { posix } from "node:path";
import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { cellLabel } from "../notebooks.ts";
import { raceStatus } from "../runs/raceStatus.ts";
import { runStatus } from "../runs/runStatus.ts";
import type { NotebookKernels } from "./controller.ts";
import type { LiveNotebook } from "./liveNotebook.ts";

/** Work that takes less is over before anyone looks. */
const longMs = 3_000;
const refreshMs = 500;

export class WindowProgress implements vscode.Disposable {
  readonly #locale: Locale;
  readonly #shown = new Map<LiveNotebook, Shown>();
  readonly #watching: vscode.Disposable;

  constructor(kernels: NotebookKernels, locale: Locale) {
    this.#locale = locale;
    this.#watching = kernels.onNews(({ notebook }) => {
      const shown = this.#shown.get(notebook);
      if (notebook.isBusy && !shown) this.#shown.set(notebook, new Shown(notebook, () => this.#textOf(notebook)));
      if (notebook.isBusy || !shown) return;
      shown.dispose();
      this.#shown.delete(notebook);
    });
  }

  dispose(): void {
    this.#watching.dispose();
    for (const shown of this.#shown.values()) shown.dispose();
    this.#shown.clear();
  }

  /** "Cell 3 · epoch 12/50 · loss 0.31 · 2 cells wait" */
  #textOf({ running, waitingCount, runs, races }: LiveNotebook): string {
    const run = runs.newestFirst().find(({ view }) => view?.state === "running");
    return [
      ...(running ? [cellLabel(running)] : []),
      ...(run ? [runStatus(run, this.#locale)] : []),
      ...(races.running ? [raceStatus(races.running, this.#locale)] : []),
      ...(waitingCount === 1 ? [vscode.l10n.t("1 cell waits")] : []),
      ...(waitingCount > 1 ? [vscode.l10n.t("{0} cells wait", waitingCount)] : []),
    ].join(" · ");
  }
}

/** The progress of one notebook, once its work is long. */
class Shown {
  readonly #notebook: LiveNotebook;
  readonly #textOf: () => string;
  #timer: NodeJS.Timeout;
  #end: () => void = () => undefined;

  constructor(notebook: LiveNotebook, textOf: () => string) {
    this.#notebook = notebook;
    this.#textOf = textOf;
    this.#timer = setTimeout(() => this.#show(), longMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  #show(): void {
    const title = posix.basename(this.#notebook.document.uri.path);
    // It ends when it is disposed of; a failure to show it is no failure of the work.
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (progress) => {
      const report = () => progress.report({ message: this.#textOf() });
      report();
      this.#timer = setInterval(report, refreshMs);
      return new Promise<void>((resolve) => {
        this.#end = resolve;
      });
    });
  }
}
