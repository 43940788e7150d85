// One run of a notebook's code cells through a session: gathers outputs, shows progress, stops on failure, time limit or Ctrl+C.

import type { NotebookFile, NotebookFileCell, NotebookFileOutput } from "../notebook/notebookFile.ts";
import { fileLanguage } from "../notebook/notebookFile.ts";
import { fromLines } from "../notebook/printNotebook.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { CellRunOutcome, SessionEvent } from "../session/sessionEvents.ts";
import type { CellError, Output } from "../shared/outputs.ts";
import { foldTraining } from "../shared/trainingFold.ts";
import type { TrainingView } from "../shared/views.ts";
import { kernelLossText } from "../shared/words/kernelWords.ts";
import { CellOutputs } from "./cellOutputs.ts";
import { errorText, type SourceCell } from "./errorText.ts";
import type { Progress } from "./progress.ts";

export interface CodeCell extends SourceCell {
  /** Position in the file's list of cells, from 0. */
  readonly index: number;
}

export interface CellResult {
  readonly cell: CodeCell;
  readonly isOk: boolean;
  readonly error: CellError | null;
  /** `null` when the cell did not run: it keeps what it has. */
  readonly outputs: readonly NotebookFileOutput[] | null;
}

export interface NotebookRunOptions {
  readonly cells: readonly CodeCell[];
  readonly progress: Progress;
  /** What cells print and show, as text. */
  readonly print: (stream: "stdout" | "stderr", text: string) => void;
}

/** The cells that can run. `skipped` are code in other languages. */
export function codeCells(notebook: NotebookFile): {
  readonly cells: readonly CodeCell[];
  readonly skipped: readonly CodeCell[];
} {
  const all = notebook.cells.flatMap((cell, index) =>
    cell.kind === "code"
      ? [{ index, cellId: `cell:${index}`, label: `Cell ${index + 1}`, source: fromLines(cell.source), cell }]
      : [],
  );
  const runs = ({ cell }: { readonly cell: NotebookFileCell }) => (cell.language ?? fileLanguage) === fileLanguage;
  return { cells: all.filter(runs), skipped: all.filter((entry) => !runs(entry)) };
}

export class NotebookRun {
  readonly #options: NotebookRunOptions;
  readonly #outputs = new Map<number, CellOutputs>();
  readonly #trainings = new Map<string, TrainingView>();
  /** Failures outside of a cell's own course, the first of each execution. They may come when the cell is long over. */
  readonly #background = new Map<number, CellError>();
  readonly #executions = new Map<string, number>();
  #stopReason: string | null = null;
  #session: NotebookSession | null = null;

  constructor(options: NotebookRunOptions) {
    this.#options = options;
  }

  /** Runs all cells in order; those after a failure are not run. */
  async run(session: NotebookSession): Promise<readonly CellResult[]> {
    this.#session = session;
    const { cells, progress } = this.#options;
    const outcomes = new Map<CodeCell, CellRunOutcome>();
    let failed: CodeCell | undefined;
    for (const [position, cell] of cells.entries()) {
      if (this.#stopReason !== null || failed !== undefined) break;
      progress.startCell(cell.label, position + 1, cells.length);
      const outcome = await session.runCell(cell);
      outcomes.set(cell, outcome);
      progress.clear();
      const error = this.#error(outcome);
      if (error !== null) this.#sayError(error, cell);
      failed = error === null ? cells.find((each) => this.#backgroundError(each) !== null) : cell;
    }
    return cells.map((cell) => {
      const outcome = outcomes.get(cell);
      if (outcome !== undefined) return this.#result(cell, outcome);
      return { cell, isOk: false, error: notRun(failed, this.#stopReason), outputs: null };
    });
  }

  /** Stops the cell under way; the rest does not run. `reason` is a sentence for the results. */
  stop(reason: string): void {
    this.#stopReason ??= reason;
    // The answer to a stop is the outcome of the cell.
    void this.#session?.interrupt();
  }

  handle(event: SessionEvent): void {
    const { progress, print } = this.#options;
    switch (event.kind) {
      case "kernelStarted":
        break;
      case "cellStarted":
        this.#executions.set(event.cellId, event.execution);
        this.#outputs.set(event.execution, new CellOutputs());
        break;
      case "streamed":
        progress.clear();
        print(event.stream, event.text);
        this.#outputs.get(event.execution)?.print(event.stream, event.text);
        break;
      case "displayed":
        this.#outputs.get(event.execution)?.display(event.displayId, event.output);
        // A training is shown as text when it is over.
        if (!isRunningTraining(event.output)) this.#printOutput(event.output);
        break;
      case "displayUpdated":
        this.#outputs.get(event.execution)?.update(event.displayId, event.output);
        this.#printOutput(event.output);
        break;
      case "trainingStarted":
        this.#trainings.set(event.view.runId, event.view);
        progress.startTraining();
        break;
      case "trainingProgressed": {
        const view = this.#trainings.get(event.frame.runId);
        if (view === undefined) break;
        const folded = foldTraining(view, event.frame);
        this.#trainings.set(event.frame.runId, folded);
        progress.showTraining(folded, event.frame);
        break;
      }
      case "raceProgressed":
      case "runReported":
        break;
      case "failedInBackground":
        this.#takeBackgroundError(event.execution, event.error);
        break;
      case "interruptFailed":
        // Only the end of the kernel stops it; the cell's outcome says so.
        void this.#session?.restart();
        break;
      case "kernelDied":
        break;
    }
  }

  #takeBackgroundError(execution: number, error: CellError): void {
    if (!this.#background.has(execution)) this.#background.set(execution, error);
    this.#outputs.get(execution)?.fail(error);
    const cell = this.#options.cells.find(({ cellId }) => this.#executions.get(cellId) === execution);
    if (cell !== undefined) this.#sayError(error, cell);
  }

  #backgroundError({ cellId }: CodeCell): CellError | null {
    return this.#background.get(this.#executions.get(cellId) ?? 0) ?? null;
  }

  #sayError(error: CellError, { label }: CodeCell): void {
    this.#options.progress.say(errorText(error, label, this.#options.cells));
  }

  #printOutput(output: Output): void {
    this.#options.progress.clear();
    const text = output.items["text/plain"];
    if (typeof text === "string") this.#options.print("stdout", text.endsWith("\n") ? text : `${text}\n`);
  }

  #result(cell: CodeCell, outcome: CellRunOutcome): CellResult {
    const execution = this.#executions.get(cell.cellId);
    const outputs = execution === undefined ? new CellOutputs() : (this.#outputs.get(execution) ?? new CellOutputs());
    const own = this.#error(outcome);
    if (own !== null) outputs.fail(own);
    const error = own ?? this.#backgroundError(cell);
    return { cell, isOk: error === null, error, outputs: outputs.toFile() };
  }

  #error(outcome: CellRunOutcome): CellError | null {
    switch (outcome.kind) {
      case "succeeded":
        return null;
      case "failed":
        return outcome.error;
      case "lost":
        return plainError("KernelError", kernelLossText(outcome.loss, "en"));
      case "interrupted":
      case "skipped":
        return plainError("Stopped", this.#stopReason ?? "The cell was stopped.");
    }
  }
}

function notRun(failed: CodeCell | undefined, stopReason: string | null): CellError {
  const reason = failed === undefined ? (stopReason ?? "") : `${failed.label} did not succeed.`;
  return plainError("NotRun", `Not run: ${reason}`);
}

function plainError(name: string, message: string): CellError {
  return { name, message, stack: "", place: null };
}

function isRunningTraining(output: Output): boolean {
  return Object.values(output.items).some(
    (item) => typeof item === "object" && item !== null && "state" in item && item.state === "running",
  );
}
