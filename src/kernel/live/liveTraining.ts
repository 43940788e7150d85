// A fit as it goes → messages: the picture once at its start, small frames while it runs, the final picture at its end.

import type { FitObserver } from "../../engine/host.ts";
import type { Run } from "../../engine/index.ts";
import { runReport, trainingFrame, trainingView } from "../../insights/index.ts";
import type { RunReport } from "../../shared/layerReport.ts";
import type { Output } from "../../shared/outputs.ts";
import type { TrainingView } from "../../shared/views.ts";
import { CellStopped } from "../errors/cellErrors.ts";
import { type FromWorker, stopReasons } from "../workerProtocol.ts";
import { runIdOf } from "./runIds.ts";

const frameDelayMs = 100;
const reportDelayMs = 500;
/** A cell that fits more often (a search over settings) shows these many pictures; its runs are whole all the same. */
const shownFitsLimit = 50;

export interface LiveTrainingOptions {
  readonly send: (message: FromWorker) => void;
  readonly now: () => number;
  readonly outputOf: (view: TrainingView) => Output;
  /** Says that there were more trainings than are shown. */
  readonly tellTooMany: (limit: number) => void;
  /** One Int32 of {@link stopReasons}, shared with the supervisor. */
  readonly stopFlag: Int32Array;
  /** The cell that runs (or ran last). */
  readonly cell: () => { readonly execution: number; readonly cellId: string; readonly source: string };
}

interface LiveRun {
  readonly runId: string;
  readonly displayId: string;
  readonly execution: number;
  readonly cellId: string;
  /** Whether a picture of it is shown: without one, nothing of it is told. */
  readonly isShown: boolean;
  readonly startedAt: number;
  /** Steps of a run that goes on, made before this cell. */
  readonly stepsBefore: number;
  /** Stops it where it stands. */
  readonly abandon: () => void;
  sequence: number;
  epochsSent: number;
  lastFrameAt: number;
  lastReportAt: number;
  /** What was last said of its layers. */
  report: RunReport | null;
}

export class LiveTraining implements FitObserver {
  readonly #options: LiveTrainingOptions;
  /** Fits under way: more than one when a callback fits another model. */
  readonly #live = new Map<Run, LiveRun>();
  readonly #ids = new WeakMap<Run, string>();
  /** The other way round, for those that are still held by somebody. */
  readonly #runs = new Map<string, WeakRef<Run>>();
  #fits = { execution: 0, count: 0 };

  constructor(options: LiveTrainingOptions) {
    this.#options = options;
  }

  /** The engine asks after every step. */
  shouldStop(): boolean {
    return Atomics.load(this.#options.stopFlag, 0) !== stopReasons.none;
  }

  /** The id of a run, under which all its views are known. */
  runId(run: Run): string {
    const known = this.#ids.get(run);
    if (known !== undefined) return known;
    const id = this.nextId();
    this.#name(run, id);
    return id;
  }

  /** The run of an id; `null` when nobody holds it any more, or there was none. */
  findRun(runId: string): Run | null {
    return this.#runs.get(runId)?.deref() ?? null;
  }

  /** What was last said of a run that trains now; `null` before the first time. */
  reportOf(run: Run): RunReport | null {
    return this.#live.get(run)?.report ?? null;
  }

  #name(run: Run, id: string): void {
    this.#ids.set(run, id);
    for (const [known, reference] of this.#runs) if (reference.deref() === undefined) this.#runs.delete(known);
    this.#runs.set(id, new WeakRef(run));
  }

  started(run: Run, abandon: () => void): void {
    const { execution, cellId } = this.#options.cell();
    const runId = this.nextId();
    this.#name(run, runId);
    const now = this.#options.now();
    // A stop that was meant for an earlier fit does not end this one.
    Atomics.compareExchange(this.#options.stopFlag, 0, stopReasons.stopTraining, stopReasons.none);
    const live: LiveRun = {
      runId,
      displayId: `training:${execution}:${runId}`,
      execution,
      cellId,
      isShown: this.#fits.count <= shownFitsLimit,
      startedAt: now,
      stepsBefore: run.steps.done,
      abandon,
      sequence: 0,
      epochsSent: run.epochs.done,
      lastFrameAt: now,
      lastReportAt: now,
      report: null,
    };
    this.#live.set(run, live);
    const { send, outputOf } = this.#options;
    send({ kind: "fitStarted", runId });
    if (this.#fits.count === shownFitsLimit + 1) this.#options.tellTooMany(shownFitsLimit);
    if (!live.isShown) return;
    const view = trainingView(run, runId);
    send({ kind: "displayed", execution, displayId: live.displayId, output: outputOf(view) });
    send({ kind: "trainingStarted", execution, view });
  }

  stepEnded(run: Run): void {
    const live = this.#live.get(run);
    if (live?.isShown === true && this.#options.now() - live.lastFrameAt >= frameDelayMs) this.#sendFrame(run, live);
  }

  epochEnded(run: Run): void {
    const live = this.#live.get(run);
    if (live?.isShown !== true) return;
    const now = this.#options.now();
    if (now - live.lastFrameAt >= frameDelayMs) this.#sendFrame(run, live);
    if (now - live.lastReportAt >= reportDelayMs) this.#sendReport(run, live);
  }

  /** @throws CellStopped when the user stopped the cell: the rest of it does not run. */
  ended(run: Run): void {
    this.#finish(run, null);
    const { stopFlag } = this.#options;
    const reason = Atomics.compareExchange(stopFlag, 0, stopReasons.stopTraining, stopReasons.none);
    if (reason === stopReasons.interrupt) throw new CellStopped("The cell was stopped while it trained.");
  }

  /** Fits whose code was ended from outside, be it while their last picture was made: they get one, and their runs may be resumed. */
  abandonAll(): void {
    for (const [run, { abandon }] of [...this.#live]) {
      const state = run.state === "running" ? "stopped" : null;
      abandon();
      this.#finish(run, state);
    }
  }

  #finish(run: Run, state: "stopped" | null): void {
    const live = this.#live.get(run);
    if (live === undefined) return;
    if (live.isShown) this.#sendFinal(run, live, state);
    this.#options.send({ kind: "fitEnded", runId: live.runId });
    // Only now: what is ended from outside before this is told by `abandonAll`.
    this.#live.delete(run);
  }

  #sendFinal(run: Run, live: LiveRun, state: "stopped" | null): void {
    this.#sendFrame(run, live);
    const { send, outputOf } = this.#options;
    const { execution, displayId, cellId, runId } = live;
    const view = trainingView(run, runId);
    const report = runReport(run, runId);
    const final = state === null ? {} : { state };
    send({ kind: "displayUpdated", execution, displayId, output: outputOf({ ...view, ...final }) });
    send({ kind: "runReported", execution, cellId, report: { ...report, ...final } });
  }

  #sendFrame(run: Run, live: LiveRun): void {
    const now = this.#options.now();
    const seconds = (now - live.startedAt) / 1000;
    const stepsPerSecond = seconds > 0 ? (run.steps.done - live.stepsBefore) / seconds : 0;
    const stepsLeft = Math.max(0, run.epochs.planned * run.steps.perEpoch - run.steps.done);
    live.lastFrameAt = now;
    const frame = {
      ...trainingFrame(run, live.runId, live.epochsSent),
      sequence: ++live.sequence,
      stepsPerSecond: Number(stepsPerSecond.toPrecision(3)),
      secondsLeft: stepsPerSecond > 0 ? Number((stepsLeft / stepsPerSecond).toPrecision(3)) : null,
    };
    live.epochsSent = run.epochs.done;
    this.#options.send({ kind: "trainingProgressed", execution: live.execution, frame });
  }

  #sendReport(run: Run, live: LiveRun): void {
    const { execution, cellId, runId } = live;
    live.lastReportAt = this.#options.now();
    live.report = runReport(run, runId);
    this.#options.send({ kind: "runReported", execution, cellId, report: live.report });
  }

  /** A new id for a run, or a race, of this cell. */
  nextId(): string {
    const { execution, source } = this.#options.cell();
    if (this.#fits.execution !== execution) this.#fits = { execution, count: 0 };
    return runIdOf(source, ++this.#fits.count);
  }
}
