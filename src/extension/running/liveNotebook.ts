// One open notebook and its session: its queue of cells, what runs, what is known of its trainings, and what it does when the kernel dies.

import { basename } from "node:path";
import * as vscode from "vscode";
import type { SessionEvent } from "../../session/sessionEvents.ts";
import type { ControlValue } from "../../shared/controlValues.ts";
import type { KernelDeath } from "../../shared/kernelProtocol.ts";
import type { Peeked, PeekQuestion } from "../../shared/peekProtocol.ts";
import { kernelDeathText } from "../../shared/words/kernelWords.ts";
import type { Locale } from "../../shared/words/message.ts";
import type { CellDebugger } from "../debugging/cellDebugger.ts";
import { tellLostError } from "../errors/lostErrors.ts";
import { cellIdOf, cellLabel, findCell, folderOf, isCodeCell, workspaceFolderOf } from "../notebooks.ts";
import { LiveRaces } from "../runs/liveRaces.ts";
import { LiveTrainings } from "../runs/liveTrainings.ts";
import type { RunStore } from "../runs/runStore.ts";
import { abandonsWaiting, endsAllCode, endWithOutcome, outcomeOfRun } from "./cellOutcome.ts";
import { CellQueue } from "./cellQueue.ts";
import { CellRun } from "./cellRun.ts";
import { type FindControlUsers, NotebookControls } from "./controls.ts";
import { type CreateSession, type LiveSession, runInSession } from "./liveSession.ts";
import type { CellNews, NotebookNews } from "./notebookNews.ts";
import { offerRestart } from "./offerRestart.ts";
import { OutputKeeper } from "./outputKeeper.ts";
import { RanCells } from "./ranCells.ts";
import { kernelError } from "./runNotes.ts";
import { type EventTakers, handOver } from "./sessionEvents.ts";

export interface LiveNotebookContext {
  readonly controller: vscode.NotebookController;
  readonly createSession: CreateSession;
  readonly findControlUsers: FindControlUsers;
  readonly cellDebugger: Pick<CellDebugger, "isAskedFor" | "attach">;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export class LiveNotebook implements vscode.Disposable {
  readonly document: vscode.NotebookDocument;
  readonly #controls: NotebookControls;
  readonly #context: LiveNotebookContext;
  readonly #tell: (news: CellNews) => void;
  readonly #session: LiveSession;
  readonly #queue: CellQueue;
  readonly #trainings: LiveTrainings;
  readonly #races: LiveRaces;
  readonly #keeper: OutputKeeper;
  readonly #ran = new RanCells();
  readonly #takers: EventTakers;
  #isDisposed = false;

  constructor(document: vscode.NotebookDocument, context: LiveNotebookContext, tell: (news: NotebookNews) => void) {
    this.document = document;
    this.#context = context;
    this.#tell = (news) => tell({ notebook: this, news });
    this.#session = context.createSession({
      name: basename(document.uri.path),
      folder: folderOf(document),
      workspaceFolder: workspaceFolderOf(document),
      onEvent: (event) => this.#handle(event),
    });
    this.#queue = new CellQueue({
      runCell: (run) => this.#runCell(run),
      interrupt: () => this.#session.interrupt(),
      skipped: (run, why) => this.#ran.skip(run, why),
      changed: () => this.#tell({ kind: "ranCellsChanged" }),
      log: (problem) => this.#logError(problem),
    });
    this.#trainings = new LiveTrainings({
      runOf: (execution) => this.#ran.find(execution),
      sources: this.#ran.texts,
      changed: (run, frame) => this.#tell({ kind: "runChanged", run, frame }),
    });
    this.#races = new LiveRaces({
      runOf: (execution) => this.#ran.find(execution),
      sources: this.#ran.texts,
      changed: (view, frame) => {
        if (view.state === "running") this.#keeper.start();
        this.#tell({ kind: "raceChanged", view, frame });
      },
    });
    this.#keeper = new OutputKeeper({
      keep: () => this.#keepOutputs(),
      isRunning: () => this.#trainings.isRunning || this.#races.isRunning,
    });
    this.#controls = new NotebookControls({
      findUsers: context.findControlUsers,
      ranCells: () => this.#ranCells(),
      makeWay: (cellIds) => this.#queue.makeWay(cellIds),
      setControl: (controlId, value, name) => this.#session.setControl(controlId, value, name),
      runAgain: (cellIds) => this.#runAgain(cellIds),
      changed: () => this.#tell({ kind: "controlsChanged" }),
      log: (problem) => this.#logError(problem),
    });
    this.#takers = {
      ...{ queue: this.#queue, ran: this.#ran, controls: this.#controls },
      ...{ trainings: this.#trainings, races: this.#races, keeper: this.#keeper },
    };
  }

  /** What is known of its trainings. */
  get runs(): RunStore {
    return this.#trainings.runs;
  }

  /** Its races, by their ids. */
  get races(): Pick<LiveRaces, "get" | "ofCell" | "outdated" | "running"> {
    return this.#races;
  }

  /** Queues cells. They run one after the other; the first that fails or is stopped abandons the rest. */
  async runCells(cells: readonly vscode.NotebookCell[], isAgain = false): Promise<void> {
    // The editor knows one execution of a cell at a time: after a restart the end of the last one may still be on its way.
    if (cells.some((cell) => cell === this.running)) await this.#queue.untilEnded();
    for (const cell of cells) {
      if (this.#queue.isWaiting(cell)) continue;
      const run = new CellRun(cell, {
        isAgain,
        isDebugged: this.#context.cellDebugger.isAskedFor(cell),
        controller: this.#context.controller,
        log: (problem) => this.#context.log.warn(`An output was not shown: ${problem}`),
      });
      this.#ran.queue(run);
      this.#queue.add(run);
    }
    await this.#queue.runWaiting();
  }

  /** Stops what runs and abandons what waits; variables are kept. */
  async interrupt(): Promise<void> {
    await this.#queue.interrupt();
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

  /** Looks at how things stand in the kernel, also while a cell runs. Never rejects. */
  peek<Question extends PeekQuestion>(question: Question): Promise<Peeked<Question["kind"]>> {
    return this.#session.peek(question);
  }

  /** A fresh kernel: all variables are gone, cells and outputs stay. */
  async restart(): Promise<void> {
    this.#queue.abandonWaiting({ kind: "restarted" });
    await this.#session.restart();
    this.#controls.clear();
    this.#endLive("stopped");
    this.#loseKernel(null);
  }

  /** Brings the outputs of what trains now up to date, so that a file saved now holds the curves so far. */
  async keepRuns(): Promise<void> {
    this.#keeper.postpone();
    await this.#keepOutputs();
  }

  get isBusy(): boolean {
    return this.#queue.isBusy;
  }

  /** The cell that runs now. */
  get running(): vscode.NotebookCell | null {
    return this.#queue.running?.cell ?? null;
  }

  /** How many cells wait to run. */
  get waitingCount(): number {
    return this.#queue.waitingCount;
  }

  /** The text of a cell now; `undefined` when it was removed. */
  textOf(cellId: string): string | undefined {
    return findCell(this.document, cellId)?.document.getText();
  }

  /** The text of a cell when it last ran; `undefined` when it did not. */
  ranTextOf(cellId: string): string | undefined {
    return this.#ran.texts.get(cellId);
  }

  /** The cell that an error calls "Cell 3"; `undefined` when none of that name ran. */
  cellCalled(label: string): string | undefined {
    return this.#ran.cellCalled(label);
  }

  /** How its cells ran last. */
  get ran(): Pick<RanCells, "last" | "skipped" | "kernel" | "deaths"> {
    return this.#ran;
  }

  /** Whether a cell runs or waits to run. */
  isUnderWay(cellId: string): boolean {
    return this.#queue.has(cellId);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#keeper.dispose();
    this.#controls.dispose();
    this.#queue.abandonWaiting({ kind: "stopped" });
    this.#session.dispose();
  }

  async #runCell(run: CellRun): Promise<void> {
    const cellId = cellIdOf(run.cell);
    this.#ran.start(run);
    this.#tell({ kind: "cellStarted", cellId });
    try {
      const outcome = await runInSession(run, this.#session, this.#context.cellDebugger);
      if (!run.makesWay) this.#controls.endCell(cellId, this.#ran.executionOf(run));
      if (abandonsWaiting(outcome)) this.#abandonAfter(run);
      if (endsAllCode(outcome)) this.#endLive("stopped");
      const isEnded = endWithOutcome(run, outcome, this.#context.locale);
      this.#ran.end(run, outcomeOfRun(outcome));
      if (outcome.kind === "failed") this.#tell({ kind: "cellFailed", cellId, error: outcome.error });
      await isEnded;
    } catch (problem) {
      // The session itself failed (the kernel could not be started): the user must see why.
      this.#abandonAfter(run);
      const message = problem instanceof Error ? problem.message : String(problem);
      run.showError(kernelError(message));
      this.#ran.end(run, "failed");
      await run.end(false);
    }
    this.#tell({ kind: "cellEnded", cellId });
  }

  #abandonAfter(failed: CellRun): void {
    this.#queue.abandonWaiting({ kind: "failed", label: cellLabel(failed.cell) });
  }

  /** What still trains has ended in this state, and its outputs say so. */
  #endLive(state: "stopped" | "failed"): void {
    this.#trainings.endAll(state);
    this.#races.endAll(state);
  }

  #loseKernel(death: string | null): void {
    this.#ran.loseKernel(death);
    this.#tell({ kind: "kernelEnded" });
    this.#tell({ kind: "ranCellsChanged" });
  }

  async #keepOutputs(): Promise<boolean> {
    const [trainings, races] = [await this.#trainings.keep(), await this.#races.keep()];
    return trainings || races;
  }

  /** The code cells that ran, with the text they ran with. */
  #ranCells(): readonly { readonly id: string; readonly text: string }[] {
    return this.document.getCells().flatMap((cell) => {
      const text = this.#ran.texts.get(cellIdOf(cell));
      return text === undefined ? [] : [{ id: cellIdOf(cell), text }];
    });
  }

  #runAgain(cellIds: readonly string[]): void {
    const cells = cellIds.flatMap((cellId) => findCell(this.document, cellId) ?? []);
    this.runCells(cells, true).then(undefined, (problem) => this.#logError(problem));
  }

  #handle(event: SessionEvent): void {
    if (event.kind === "failedInBackground") this.#showBackgroundError(event);
    else if (event.kind === "kernelDied") this.#handleDeath(event.death);
    else if (event.kind === "interruptFailed") this.#handleStubborn();
    else handOver(event, this.#takers);
  }

  #handleStubborn(): void {
    const { running } = this.#queue;
    const why = vscode.l10n.t(
      "The cell does not stop yet: it is in a call that must return first. Restart the kernel to end it now; all variables are lost.",
    );
    this.#offerRestart(why, () => this.#queue.running === running);
  }

  #showBackgroundError({ execution, error }: Extract<SessionEvent, { kind: "failedInBackground" }>): void {
    const run = this.#ran.findLater(execution);
    const cellId = run && cellIdOf(run.cell);
    // A cell that was removed has nowhere to show it.
    if (!run || !cellId || !findCell(this.document, cellId)) {
      tellLostError(error, this.#context.log);
      return;
    }
    run.showError(error);
    this.#tell({ kind: "failedInBackground", cellId, error });
  }

  #handleDeath(death: KernelDeath): void {
    const why = kernelDeathText(death, this.#context.locale);
    this.#endLive("failed");
    this.#queue.abandonWaiting({ kind: "died" });
    this.#loseKernel(why);
    this.#controls.clear();
    this.#offerRestart(
      vscode.l10n.t("The kernel of this notebook is gone: {0}. Cells and outputs are kept, variables are lost.", why),
      () => !this.#ran.hasRunInKernel,
    );
  }

  /** `isNeeded`: asked when the user has chosen, maybe long after; a kernel that runs well by then keeps its variables. */
  #offerRestart(why: string, isNeeded: () => boolean): void {
    if (this.#isDisposed) return;
    const { kernel } = this.#ran;
    offerRestart(why, () => this.#ran.kernel === kernel && isNeeded()).then(
      async (choice) => {
        if (choice === null || this.#isDisposed) return;
        await this.restart();
        if (choice === "runAll") await this.runCells(this.document.getCells().filter(isCodeCell));
      },
      (problem) => this.#logError(problem),
    );
  }

  #logError(problem: unknown): void {
    this.#context.log.error(problem instanceof Error ? problem : String(problem));
  }
}
