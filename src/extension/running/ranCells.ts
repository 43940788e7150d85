// Which cells of a notebook ran: with which text, in which order, how they ended, and which run an event of the session is about.

import type * as vscode from "vscode";
import { cellIdOf, cellLabel } from "../notebooks.ts";
import type { CellRun } from "./cellRun.ts";

/** How a cell ran last. */
export interface RanCell {
  readonly text: string;
  /** Counts up with every run of the notebook, also over several kernels. */
  readonly order: number;
  /** The texts it ran with, the newest last, each with the first of its runs in a row. */
  readonly texts: readonly { readonly text: string; readonly order: number }[];
  /** The kernel it ran in: `RanCells.kernel` as it was then. */
  readonly kernel: number;
  readonly outcome: "running" | "succeeded" | "failed" | "stopped";
}

/** Why a cell that waited did not run. */
export type SkipReason =
  | { readonly kind: "stopped" | "restarted" | "died" }
  /** `label` names the cell that failed. */
  | { readonly kind: "failed"; readonly label: string };

/** Earlier texts of a cell that are kept: what changed before them counts as changed with the first. */
const mostTexts = 10;

export class RanCells {
  readonly #byExecution = new Map<number, CellRun>();
  /** The cells of all executions of this kernel. */
  readonly #cells = new Map<number, vscode.NotebookCell>();
  readonly #ran = new Map<string, RanCell>();
  readonly #texts = new Map<string, string>();
  readonly #skipped = new Map<string, SkipReason>();
  /** The cell that each label ("Cell 3") named when it last stood for a cell that ran: cells may have moved since. */
  readonly #labels = new Map<string, string>();
  readonly #newest = new WeakMap<vscode.NotebookCell, CellRun>();
  /** Why kernels died, in words, by their number. */
  readonly #deaths = new Map<number, string>();
  #order = 0;
  #orderInKernel = 0;
  #kernel = 1;

  /** The text of each cell when it last ran: what the places of its layers and errors refer to. */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** By cell id; holds cells that were removed since. */
  get last(): ReadonlyMap<string, RanCell> {
    return this.#ran;
  }

  /** The cells that waited and were abandoned, until they run. */
  get skipped(): ReadonlyMap<string, SkipReason> {
    return this.#skipped;
  }

  /** The cell of a label in a stack trace. */
  cellCalled(label: string): string | undefined {
    return this.#labels.get(label);
  }

  /** Which kernel is there now, counted from 1. */
  get kernel(): number {
    return this.#kernel;
  }

  /** It waits to run. */
  queue(run: CellRun): void {
    this.#skipped.delete(cellIdOf(run.cell));
  }

  skip(run: CellRun, why: SkipReason): void {
    this.#skipped.set(cellIdOf(run.cell), why);
  }

  /** A run begins in the editor. */
  start(run: CellRun): void {
    const cellId = cellIdOf(run.cell);
    const before = this.#ran.get(cellId);
    const order = ++this.#order;
    const earlierTexts = before?.texts.slice(-mostTexts) ?? [];
    const texts = before?.text === run.source ? before.texts : [...earlierTexts, { text: run.source, order }];
    this.#ran.set(cellId, { text: run.source, order, texts, kernel: this.#kernel, outcome: "running" });
    this.#texts.set(cellId, run.source);
    this.#labels.set(cellLabel(run.cell), cellId);
    const earlier = this.#newest.get(run.cell) ?? null;
    this.#newest.set(run.cell, run);
    run.start(++this.#orderInKernel, earlier);
  }

  end(run: CellRun, outcome: Exclude<RanCell["outcome"], "running">): void {
    const cellId = cellIdOf(run.cell);
    const ran = this.#ran.get(cellId);
    if (ran) this.#ran.set(cellId, { ...ran, outcome });
  }

  /** The kernel has it, under this name. What comes under the names of the cell's earlier runs is shown nowhere. */
  startExecution(execution: number, run: CellRun): void {
    for (const [earlier, other] of this.#byExecution) {
      if (other.cell === run.cell) this.#byExecution.delete(earlier);
    }
    this.#byExecution.set(execution, run);
    this.#cells.set(execution, run.cell);
  }

  find(execution: number): CellRun | undefined {
    return this.#byExecution.get(execution);
  }

  /** The newest run of the cell that an execution of this kernel belongs to: what an earlier run left behind is its own. */
  findLater(execution: number): CellRun | undefined {
    const cell = this.#cells.get(execution);
    return cell && this.#newest.get(cell);
  }

  executionOf(run: CellRun): number | null {
    return [...this.#byExecution].find(([, other]) => other === run)?.[0] ?? null;
  }

  /** A new kernel tells of none of its predecessor's runs. */
  forgetExecutions(): void {
    this.#byExecution.clear();
    this.#cells.clear();
  }

  /** Whether a cell ran in the kernel that is there now. */
  get hasRunInKernel(): boolean {
    return this.#orderInKernel > 0;
  }

  /** Why the kernels died that were not restarted, in words, by their number. */
  get deaths(): ReadonlyMap<number, string> {
    return this.#deaths;
  }

  /** The kernel is gone, and all variables with it. What the editor counts begins anew. `death`: why it died, in words; `null` when it was restarted. */
  loseKernel(death: string | null): void {
    if (death !== null) this.#deaths.set(this.#kernel, death);
    this.#kernel++;
    this.#orderInKernel = 0;
  }
}
