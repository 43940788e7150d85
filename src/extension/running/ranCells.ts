// Which cells of a notebook ran: with which text, in which order, and which run an event of the session is about.

import type * as vscode from "vscode";
import { cellIdOf } from "../notebooks.ts";
import type { CellRun } from "./cellRun.ts";

export class RanCells {
  readonly #byExecution = new Map<number, CellRun>();
  readonly #texts = new Map<string, string>();
  readonly #newest = new WeakMap<vscode.NotebookCell, CellRun>();
  #order = 0;

  /** The text of each cell when it last ran: what the places of its layers and errors refer to. */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** A run begins in the editor. */
  start(run: CellRun): void {
    const before = this.#newest.get(run.cell) ?? null;
    this.#texts.set(cellIdOf(run.cell), run.source);
    this.#newest.set(run.cell, run);
    run.start(++this.#order, before);
  }

  /** The kernel has it, under this name. What comes under the names of the cell's earlier runs is shown nowhere. */
  startExecution(execution: number, run: CellRun): void {
    for (const [earlier, other] of this.#byExecution) {
      if (other.cell === run.cell) this.#byExecution.delete(earlier);
    }
    this.#byExecution.set(execution, run);
  }

  find(execution: number): CellRun | undefined {
    return this.#byExecution.get(execution);
  }

  executionOf(run: CellRun): number | null {
    return [...this.#byExecution].find(([, other]) => other === run)?.[0] ?? null;
  }

  /** A new kernel tells of none of its predecessor's runs. */
  forgetExecutions(): void {
    this.#byExecution.clear();
  }

  /** The order is counted within a kernel, as the variables are. */
  countAnew(): void {
    this.#order = 0;
  }
}
