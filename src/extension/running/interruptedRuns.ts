// Runs of cells that ended with their window, by a reload or because it was closed: the workspace remembers what runs, so that a cell can say it afterwards.

import { createHash } from "node:crypto";
import type * as vscode from "vscode";
import { findCell, isCodeCell } from "../notebooks.ts";
import type { NotebookKernels } from "./controller.ts";
import { isUnfinishedRun } from "./outputs.ts";

/** What there is of an interrupted run: nothing, or outputs that are its own or an earlier run's. */
export type Interruption = "nothingKept" | "someOutputs";

/** A cell that ran, so that it is found again: its ids do not last longer than a window. */
interface RememberedCell {
  readonly digest: string;
  readonly index: number;
}

export class InterruptedRuns implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  /** What earlier windows left of each notebook, without the cells that ran since. */
  readonly #left = new Map<string, readonly RememberedCell[]>();
  readonly #listening: vscode.Disposable;

  /** @param memory Of the workspace; holds nothing of a notebook whose runs all came to their end. */
  constructor(kernels: Pick<NotebookKernels, "onNews">, memory: vscode.Memento, log: (problem: unknown) => void) {
    this.#memory = memory;
    this.#listening = kernels.onNews(({ notebook: { document }, news }) => {
      if (news.kind !== "cellStarted" && news.kind !== "cellEnded") return;
      const cell = findCell(document, news.cellId);
      const isRunning = news.kind === "cellStarted" && cell !== undefined;
      this.#write(document, cell ?? null, isRunning).then(undefined, log);
    });
  }

  /** What became of the cell's run that ended with its window; `null` where there is none, or where its outputs show an unfinished training or race, which says so itself. */
  of(cell: vscode.NotebookCell): Interruption | null {
    const left = this.#leftOf(cell.notebook);
    if (!left.some((each) => cellOf(cell.notebook, each) === cell)) return null;
    if (cell.outputs.some(({ items }) => items.some(isUnfinishedRun))) return null;
    return cell.outputs.length === 0 ? "nothingKept" : "someOutputs";
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** A cell runs, or its run has come to its end: it is not interrupted any more. */
  async #write(notebook: vscode.NotebookDocument, ran: vscode.NotebookCell | null, isRunning: boolean): Promise<void> {
    const left = this.#leftOf(notebook).filter((each) => {
      const cell = cellOf(notebook, each);
      return cell !== undefined && cell !== ran;
    });
    this.#left.set(keyOf(notebook), left);
    const all = isRunning && ran !== null ? [...left, remembered(ran)] : left;
    await this.#memory.update(keyOf(notebook), all.length === 0 ? undefined : all);
  }

  #leftOf(notebook: vscode.NotebookDocument): readonly RememberedCell[] {
    const key = keyOf(notebook);
    const known = this.#left.get(key) ?? readCells(this.#memory.get(key));
    this.#left.set(key, known);
    return known;
  }
}

function keyOf(notebook: vscode.NotebookDocument): string {
  return `running:${notebook.uri.toString()}`;
}

function remembered(cell: vscode.NotebookCell): RememberedCell {
  return { digest: digestOf(cell), index: cell.index };
}

/** The cell with that text; the nearest to where it stood, where several have it. */
function cellOf(notebook: vscode.NotebookDocument, { digest, index }: RememberedCell): vscode.NotebookCell | undefined {
  const distance = (cell: vscode.NotebookCell) => Math.abs(cell.index - index);
  return notebook
    .getCells()
    .filter((cell) => isCodeCell(cell) && digestOf(cell) === digest)
    .sort((a, b) => distance(a) - distance(b))[0];
}

function digestOf(cell: vscode.NotebookCell): string {
  return createHash("sha256").update(cell.document.getText()).digest("base64");
}

/** What a workspace remembers may be of another version of ours. */
function readCells(stored: unknown): readonly RememberedCell[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((each) => typeof each?.digest === "string" && typeof each?.index === "number");
}
