// What a cell shows after its end: a timer's error, a training that nobody awaited. The editor takes outputs only while a cell executes,
// so a moment of that is opened, in which the cell blinks: not more than once a second, however much there is to show.

import type * as vscode from "vscode";

export type OutputOperation = (execution: vscode.NotebookCellExecution) => Thenable<void>;

const gatherMs = 60;
const leastPauseMs = 1000;

/** The editor allows one execution of a cell at a time. */
const openOf = new WeakMap<vscode.NotebookCell, () => void>();

/** Before a cell is to run: ends what is opened for late outputs of its earlier runs. */
export function endLateOutputs(cell: vscode.NotebookCell): void {
  openOf.get(cell)?.();
}

export interface LateOutputsOptions {
  readonly cell: vscode.NotebookCell;
  /** Begins an execution that looks like the one that is over. */
  readonly open: () => vscode.NotebookCellExecution;
  /** Ends it as that one ended. */
  readonly close: (execution: vscode.NotebookCellExecution) => void;
  readonly log: (problem: unknown) => void;
}

export class LateOutputs {
  readonly #options: LateOutputsOptions;
  #waiting: OutputOperation[] = [];
  #timer: NodeJS.Timeout | null = null;
  #openedMs = Number.NEGATIVE_INFINITY;
  #work: Promise<void> = Promise.resolve();

  constructor(options: LateOutputsOptions) {
    this.#options = options;
  }

  add(operation: OutputOperation): void {
    this.#waiting.push(operation);
    const pauseMs = this.#openedMs + leastPauseMs - Date.now();
    // What fails is told by `log`: it never rejects.
    this.#timer ??= setTimeout(() => void this.flush(), Math.max(gatherMs, pauseMs));
  }

  /** Shows now what waits. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work = this.#work.then(() => this.#showWaiting()).then(undefined, this.#options.log);
    await this.#work;
  }

  async #showWaiting(): Promise<void> {
    const operations = this.#waiting.splice(0);
    if (operations.length === 0) return;
    this.#openedMs = Date.now();
    const { cell, open, close, log } = this.#options;
    const execution = open();
    let isOpen = true;
    const end = () => {
      if (isOpen) close(execution);
      isOpen = false;
    };
    openOf.set(cell, end);
    for (const operation of operations) if (isOpen) await operation(execution).then(undefined, log);
    openOf.delete(cell);
    end();
  }
}
