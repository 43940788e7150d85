// Looks at a notebook once nothing of it has changed for a moment.

import type * as vscode from "vscode";

/** After the last change. */
const quietMs = 300;

export class QuietNotebooks implements vscode.Disposable {
  readonly #look: (notebook: vscode.NotebookDocument) => Promise<void>;
  readonly #log: Pick<vscode.LogOutputChannel, "error">;
  readonly #timers = new Map<vscode.NotebookDocument, NodeJS.Timeout>();

  constructor(look: (notebook: vscode.NotebookDocument) => Promise<void>, log: Pick<vscode.LogOutputChannel, "error">) {
    this.#look = look;
    this.#log = log;
  }

  changed(notebook: vscode.NotebookDocument): void {
    clearTimeout(this.#timers.get(notebook));
    const timer = setTimeout(() => {
      this.#timers.delete(notebook);
      this.#look(notebook).then(undefined, (problem) => this.#log.error(problem));
    }, quietMs);
    this.#timers.set(notebook, timer);
  }

  /** Whether it has changed since it was looked at, or begun to be: another look is on its way. */
  isWaiting(notebook: vscode.NotebookDocument): boolean {
    return this.#timers.has(notebook);
  }

  forget(notebook: vscode.NotebookDocument): void {
    clearTimeout(this.#timers.get(notebook));
    this.#timers.delete(notebook);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
