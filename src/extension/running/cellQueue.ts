// The cells of a notebook that wait to run, and the one that runs: one after the other, stopped, abandoned, or out of the way of a new run.

import type * as vscode from "vscode";
import { cellIdOf } from "../notebooks.ts";
import type { CellRun } from "./cellRun.ts";
import type { SkipReason } from "./ranCells.ts";

export interface CellQueueOptions {
  /** Runs a cell to its end. */
  readonly runCell: (run: CellRun) => Promise<void>;
  /** Stops what runs. */
  readonly interrupt: () => Promise<void>;
  /** A cell that waited was abandoned because of another. */
  readonly skipped: (run: CellRun, why: SkipReason) => void;
  /** What runs or waits is not what it was. */
  readonly changed: () => void;
  readonly log: (problem: unknown) => void;
}

export class CellQueue {
  readonly #options: CellQueueOptions;
  readonly #waiting: CellRun[] = [];
  #running: CellRun | null = null;
  /** Resolves when what runs has ended. */
  #ending: Promise<void> = Promise.resolve();

  constructor(options: CellQueueOptions) {
    this.#options = options;
  }

  get running(): CellRun | null {
    return this.#running;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  get isBusy(): boolean {
    return this.#running !== null || this.#waiting.length > 0;
  }

  add(run: CellRun): void {
    this.#waiting.push(run);
    this.#options.changed();
    run.token.onCancellationRequested(() => this.#stop(run));
  }

  /** Runs what waits, unless that is done already. */
  async runWaiting(): Promise<void> {
    if (this.#running) return;
    for (let run = this.#waiting.shift(); run !== undefined; run = this.#waiting.shift()) {
      this.#running = run;
      this.#ending = this.#options.runCell(run);
      await this.#ending;
      this.#running = null;
      this.#options.changed();
    }
  }

  /** Stops what runs and abandons what waits. */
  async interrupt(): Promise<void> {
    this.abandonWaiting({ kind: "stopped" });
    if (!this.#running) return;
    this.#running.isStopped = true;
    await this.#options.interrupt();
  }

  abandonWaiting(why: SkipReason): void {
    for (const run of this.#waiting.splice(0)) {
      run.skip();
      this.#options.skipped(run, why);
    }
    this.#options.changed();
  }

  /** Resolves once what runs has ended in the editor too. */
  async untilEnded(): Promise<void> {
    await this.#ending;
  }

  isWaiting(cell: vscode.NotebookCell): boolean {
    return this.#waiting.some((run) => run.cell === cell);
  }

  /** Whether a cell runs or waits. */
  has(cellId: string): boolean {
    return [this.#running, ...this.#waiting].some((run) => run !== null && cellIdOf(run.cell) === cellId);
  }

  /** Ends what runs if it is one of these cells, and takes the others of them out of the queue. */
  async makeWay(cellIds: readonly string[]): Promise<void> {
    const isOne = (run: CellRun) => cellIds.includes(cellIdOf(run.cell));
    for (const run of this.#waiting.filter(isOne)) this.#takeOut(run);
    const running = this.#running;
    if (!running || !isOne(running)) return;
    running.makesWay = true;
    await this.#options.interrupt();
    await this.#ending;
  }

  #stop(run: CellRun): void {
    if (this.#waiting.includes(run)) this.#takeOut(run);
    else if (run === this.#running) this.interrupt().then(undefined, this.#options.log);
  }

  #takeOut(run: CellRun): void {
    this.#waiting.splice(this.#waiting.indexOf(run), 1);
    run.skip();
    this.#options.changed();
  }
}
