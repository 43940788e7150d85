// One open notebook and its session: its queue of cells, what runs, what is known of its trainings, and what it does when the kernel dies.

import * as vscode from "vscode";
import type { NotebookSession, SessionEvent } from "../session/notebookSession.ts";
import type { ControlValue } from "../shared/controlValues.ts";
import type { KernelDeath } from "../shared/kernelProtocol.ts";
import type { CellError } from "../shared/outputs.ts";
import type { TrainingView } from "../shared/views.ts";
import { kernelDeathText, kernelLossText } from "../shared/words/kernelWords.ts";
import type { Locale } from "../shared/words/message.ts";
import { CellRun } from "./cellRun.ts";
import { type FindControlUsers, NotebookControls } from "./controls.ts";
import { cellIdOf, cellLabel, findCell, folderOf, isCodeCell } from "./notebooks.ts";
import { trainingOf } from "./outputs.ts";
import { kernelError, stopNote } from "./runNotes.ts";
import { type KnownRun, RunStore } from "./runStore.ts";

/**
 * How often a running training is written into its output, so that what the editor backs up (for a reload, a crash or
 * hot exit) holds the curves. A backup waits for a second without changes, with a remote host for ten.
 */
const keepEveryMs = 20_000;

export interface LiveNotebookContext {
  readonly controller: vscode.NotebookController;
  readonly createSession: CreateSession;
  readonly findControlUsers: FindControlUsers;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

/** What a notebook needs of its session. */
export type LiveSession = Pick<
  NotebookSession,
  "runCell" | "interrupt" | "stopTraining" | "setControl" | "restart" | "dispose"
>;

export type CreateSession = (options: {
  readonly folder: string;
  readonly onEvent: (event: SessionEvent) => void;
}) => LiveSession;

/** What others may want to know: the status bar, the renderer, the problems list. */
export interface NotebookNews {
  readonly notebook: LiveNotebook;
  readonly news:
    | { readonly kind: "cellStarted"; readonly cellId: string }
    | { readonly kind: "controlsChanged" }
    | { readonly kind: "raceProgressed"; readonly view: Extract<SessionEvent, { kind: "raceProgressed" }>["view"] }
    | { readonly kind: "cellFailed"; readonly cellId: string; readonly error: CellError }
    /** `frame` is the very message of the kernel; without it the run's view was replaced as a whole. */
    | {
        readonly kind: "runChanged";
        readonly run: KnownRun;
        readonly frame: Extract<SessionEvent, { kind: "trainingProgressed" }>["frame"] | null;
      };
}

export class LiveNotebook implements vscode.Disposable {
  readonly document: vscode.NotebookDocument;
  readonly runs = new RunStore();
  readonly #controls: NotebookControls;
  readonly #context: LiveNotebookContext;
  readonly #tell: (news: NotebookNews["news"]) => void;
  readonly #session: LiveSession;
  readonly #waiting: CellRun[] = [];
  readonly #byExecution = new Map<number, CellRun>();
  /** The text of each cell when it last ran: what the layers' places refer to. */
  readonly #sources = new Map<string, string>();
  /** Views that their outputs hold already. */
  readonly #kept = new WeakSet<TrainingView>();
  #keepTimer: NodeJS.Timeout | null = null;
  #running: CellRun | null = null;
  /** Resolves when what runs has ended. */
  #ending: Promise<void> = Promise.resolve();
  readonly #lastRuns = new WeakMap<vscode.NotebookCell, CellRun>();
  #order = 0;
  #isDisposed = false;

  constructor(document: vscode.NotebookDocument, context: LiveNotebookContext, tell: (news: NotebookNews) => void) {
    this.document = document;
    this.#context = context;
    this.#tell = (news) => tell({ notebook: this, news });
    this.#session = context.createSession({
      folder: folderOf(document),
      onEvent: (event) => this.#handle(event),
    });
    this.#controls = new NotebookControls({
      findUsers: context.findControlUsers,
      ranCells: () => this.#ranCells(),
      makeWay: (cellIds) => this.#makeWay(cellIds),
      setControl: (controlId, value, name) => this.#session.setControl(controlId, value, name),
      runAgain: (cellIds) => this.#runAgain(cellIds),
      changed: () => this.#tell({ kind: "controlsChanged" }),
      log: (problem) => context.log.error(problem instanceof Error ? problem : String(problem)),
    });
  }

  /** Queues cells. They run one after the other; the first that fails or is stopped abandons the rest. */
  async runCells(cells: readonly vscode.NotebookCell[], isAgain = false): Promise<void> {
    for (const cell of cells) {
      const run = new CellRun(cell, {
        isAgain,
        controller: this.#context.controller,
        log: (problem) => this.#context.log.warn(`An output was not shown: ${problem}`),
      });
      this.#waiting.push(run);
      run.token.onCancellationRequested(() => this.#stop(run));
    }
    if (!this.#running) await this.#runWaiting();
  }

  /** Stops what runs and abandons what waits; variables are kept. */
  async interrupt(): Promise<void> {
    this.#abandonWaiting();
    if (this.#running) await this.#session.interrupt();
  }

  /** Ends the training between two steps; the cell goes on with the run it got. */
  stopTraining(runId: string): void {
    this.#session.stopTraining(runId);
  }

  /** The controls that can be moved. */
  get controlIds(): readonly string[] {
    return this.#controls.ids;
  }

  /** A reader moved a control: the cells that use it run again once it rests. */
  moveControl(controlId: string, value: ControlValue): void {
    this.#controls.move(controlId, value);
  }

  /** A fresh kernel: all variables are gone, cells and outputs stay. */
  async restart(): Promise<void> {
    this.#abandonWaiting();
    await this.#session.restart();
    this.#controls.clear();
    this.#endLiveTrainings("stopped");
    this.#order = 0;
  }

  /** Brings the outputs of what trains now up to date, so that a file saved now holds the curves so far. */
  async keepTrainings(): Promise<void> {
    for (const { execution, view } of this.runs.newestFirst()) {
      if (view?.state !== "running" || this.#kept.has(view)) continue;
      this.#kept.add(view);
      await this.#byExecution.get(execution)?.keepTraining(view);
    }
  }

  get isBusy(): boolean {
    return this.#running !== null || this.#waiting.length > 0;
  }

  /** The text of a cell now; `undefined` when it was removed. */
  textOf(cellId: string): string | undefined {
    return findCell(this.document, cellId)?.document.getText();
  }

  /** The text of a cell when it last ran; `undefined` when it did not. */
  ranTextOf(cellId: string): string | undefined {
    return this.#sources.get(cellId);
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#keepTimer) clearTimeout(this.#keepTimer);
    this.#controls.dispose();
    this.#abandonWaiting();
    this.#session.dispose();
  }

  async #runWaiting(): Promise<void> {
    for (let run = this.#waiting.shift(); run !== undefined; run = this.#waiting.shift()) {
      this.#running = run;
      this.#ending = this.#runCell(run);
      await this.#ending;
      this.#running = null;
    }
  }

  /**
   * What waited when the cell failed is abandoned at once; a stop, a restart and a death abandoned theirs when they came.
   * Cells that are run while an end is still on its way to the editor were asked for after it, so they run.
   */
  async #runCell(run: CellRun): Promise<void> {
    const cellId = cellIdOf(run.cell);
    this.#sources.set(cellId, run.source);
    const before = this.#lastRuns.get(run.cell) ?? null;
    this.#lastRuns.set(run.cell, run);
    run.start(++this.#order, before);
    this.#tell({ kind: "cellStarted", cellId });
    try {
      const outcome = await this.#session.runCell({ cellId, label: cellLabel(run.cell), source: run.source });
      if (!run.makesWay) this.#controls.endCell(cellId, this.#executionOf(run));
      switch (outcome.kind) {
        case "succeeded":
          await run.end(true);
          break;
        case "failed":
          this.#abandonWaiting();
          run.showError(outcome.error);
          this.#tell({ kind: "cellFailed", cellId, error: outcome.error });
          await run.end(false);
          break;
        case "interrupted":
          // A training says itself that it was stopped.
          if (!run.makesWay && (outcome.how !== "training" || !run.showsTraining)) run.showNote(stopNote(outcome.how));
          await run.end(undefined);
          break;
        case "skipped":
          await run.end(undefined);
          break;
        case "lost":
          if (outcome.loss.kind === "notCompiled") this.#abandonWaiting();
          run.showError(kernelError(kernelLossText(outcome.loss, this.#context.locale)));
          await run.end(false);
          break;
      }
    } catch (problem) {
      // The session itself failed (the kernel could not be started): the user must see why.
      this.#abandonWaiting();
      const message = problem instanceof Error ? problem.message : String(problem);
      run.showError(kernelError(message));
      await run.end(false);
    }
  }

  #stop(run: CellRun): void {
    const index = this.#waiting.indexOf(run);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
      run.skip();
    } else if (run === this.#running) {
      this.interrupt().then(undefined, (problem) => this.#context.log.error(problem));
    }
  }

  #abandonWaiting(): void {
    for (const run of this.#waiting.splice(0)) run.skip();
  }

  #executionOf(run: CellRun): number | null {
    return [...this.#byExecution].find(([, other]) => other === run)?.[0] ?? null;
  }

  /** The code cells that ran, with the text they ran with. */
  #ranCells(): readonly { readonly id: string; readonly text: string }[] {
    return this.document.getCells().flatMap((cell) => {
      const text = this.#sources.get(cellIdOf(cell));
      return text === undefined ? [] : [{ id: cellIdOf(cell), text }];
    });
  }

  /** Ends what runs if it is one of these cells, and takes the others of them out of the queue. */
  async #makeWay(cellIds: readonly string[]): Promise<void> {
    const isOne = (run: CellRun) => cellIds.includes(cellIdOf(run.cell));
    for (const run of this.#waiting.filter(isOne)) {
      this.#waiting.splice(this.#waiting.indexOf(run), 1);
      run.skip();
    }
    const running = this.#running;
    if (!running || !isOne(running)) return;
    running.makesWay = true;
    await this.#session.interrupt();
    await this.#ending;
  }

  #runAgain(cellIds: readonly string[]): void {
    const cells = cellIds.flatMap((cellId) => findCell(this.document, cellId) ?? []);
    this.runCells(cells, true).then(undefined, (problem) => this.#context.log.error(problem));
  }

  #handle(event: SessionEvent): void {
    switch (event.kind) {
      case "kernelStarted":
        this.#byExecution.clear();
        this.#controls.clear();
        break;
      case "cellStarted":
        this.#startExecution(event.execution);
        break;
      case "streamed":
        this.#byExecution.get(event.execution)?.print(event.stream, event.text);
        break;
      case "displayed":
        this.#byExecution.get(event.execution)?.display(event.displayId, event.output);
        break;
      case "displayUpdated":
        this.#byExecution.get(event.execution)?.updateDisplay(event.displayId, event.output);
        this.#takeFinalView(event);
        break;
      case "controlShown": {
        const run = this.#byExecution.get(event.execution);
        const { controlId, execution, place } = event;
        if (run) this.#controls.show(controlId, { cellId: cellIdOf(run.cell), execution, place });
        break;
      }
      case "trainingStarted":
        this.#startTraining(event);
        break;
      case "trainingProgressed":
        this.#tellRun(this.runs.progress(event.frame), event.frame);
        break;
      case "raceProgressed":
        this.#tell({ kind: "raceProgressed", view: event.view });
        break;
      case "runReported":
        this.runs.report(this.#fitCellOf(event.execution, event.cellId), event.execution, event.report, this.#sources);
        this.#tellRun(this.runs.get(event.report.runId) ?? null, null);
        break;
      case "failedInBackground":
        this.#byExecution.get(event.execution)?.showError(event.error);
        break;
      case "interruptFailed":
        this.#offerRestart(
          vscode.l10n.t("The cell does not stop. Restart the kernel to end it; all variables are lost."),
        );
        break;
      case "kernelDied":
        this.#handleDeath(event.death);
        break;
    }
  }

  #startExecution(execution: number): void {
    const run = this.#running;
    if (!run) return;
    for (const [earlier, other] of this.#byExecution) {
      if (other.cell === run.cell) this.#byExecution.delete(earlier);
    }
    this.#byExecution.set(execution, run);
  }

  #startTraining({ execution, view }: Extract<SessionEvent, { kind: "trainingStarted" }>): void {
    const cell = this.#byExecution.get(execution)?.cell;
    if (!cell) return;
    this.runs.start(cellIdOf(cell), execution, view, this.#sources);
    this.#tellRun(this.runs.get(view.runId) ?? null, null);
    this.#keepTimer ??= this.#keepLater();
  }

  #keepLater(): NodeJS.Timeout {
    return setTimeout(async () => {
      await this.keepTrainings();
      const isTraining = this.runs.newestFirst().some(({ view }) => view?.state === "running");
      this.#keepTimer = isTraining && !this.#isDisposed ? this.#keepLater() : null;
    }, keepEveryMs);
  }

  #takeFinalView({ output }: Extract<SessionEvent, { kind: "displayUpdated" }>): void {
    const view = trainingOf(output);
    if (view) this.#tellRun(this.runs.replaceView(view), null);
  }

  #fitCellOf(execution: number, reported: string): string {
    const cell = this.#byExecution.get(execution)?.cell;
    return cell ? cellIdOf(cell) : reported;
  }

  #tellRun(run: KnownRun | null, frame: Extract<SessionEvent, { kind: "trainingProgressed" }>["frame"] | null): void {
    if (run) this.#tell({ kind: "runChanged", run, frame });
  }

  #handleDeath(death: KernelDeath): void {
    this.#endLiveTrainings("failed");
    this.#controls.clear();
    this.#abandonWaiting();
    this.#order = 0;
    this.#offerRestart(
      vscode.l10n.t(
        "The kernel of this notebook is gone: {0}. Cells and outputs are kept, variables are lost.",
        kernelDeathText(death, this.#context.locale),
      ),
    );
  }

  #endLiveTrainings(state: "stopped" | "failed"): void {
    for (const run of this.runs.endLive(state)) {
      if (run.view) void this.#byExecution.get(run.execution)?.keepTraining(run.view);
      this.#tellRun(run, null);
    }
  }

  #offerRestart(message: string): void {
    if (this.#isDisposed) return;
    const restart = vscode.l10n.t("Restart");
    const runAgain = vscode.l10n.t("Restart and Run All");
    vscode.window.showErrorMessage(message, restart, runAgain).then(
      async (choice) => {
        if (choice === undefined || this.#isDisposed) return;
        await this.restart();
        if (choice === runAgain) await this.runCells(this.document.getCells().filter(isCodeCell));
      },
      (problem) => this.#context.log.error(problem),
    );
  }
}
