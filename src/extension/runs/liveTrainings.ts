// The trainings of a notebook while they run: what its session tells of them, and what their outputs are to keep of them.

import type { SessionEvent } from "../../session/sessionEvents.ts";
import type { Output } from "../../shared/outputs.ts";
import type { TrainingFrame } from "../../shared/rendererProtocol.ts";
import type { TrainingView } from "../../shared/views.ts";
import { cellIdOf } from "../notebooks.ts";
import type { CellRun } from "../running/cellRun.ts";
import { trainingOf, unfinishedTrainingOutput } from "../running/outputs.ts";
import { type KnownRun, RunStore } from "./runStore.ts";

type EventOf<Kind extends SessionEvent["kind"]> = Extract<SessionEvent, { kind: Kind }>;

export interface LiveTrainingsOptions {
  /** The run of a cell that an execution of the kernel belongs to. */
  readonly runOf: (execution: number) => CellRun | undefined;
  /** The text of each cell when it last ran: what the layers' places refer to. */
  readonly sources: ReadonlyMap<string, string>;
  /** `frame` is the very message of the kernel; without it the run's view was replaced as a whole. */
  readonly changed: (run: KnownRun, frame: TrainingFrame | null) => void;
}

export class LiveTrainings {
  readonly runs = new RunStore();
  readonly #options: LiveTrainingsOptions;
  /** Views that their outputs hold already. */
  readonly #kept = new WeakSet<TrainingView>();

  constructor(options: LiveTrainingsOptions) {
    this.#options = options;
  }

  start({ execution, view }: EventOf<"trainingStarted">): void {
    const cell = this.#options.runOf(execution)?.cell;
    if (!cell) return;
    this.runs.start(cellIdOf(cell), execution, view, this.#options.sources);
    this.#tell(this.runs.get(view.runId) ?? null, null);
  }

  progress(frame: TrainingFrame): void {
    this.#tell(this.runs.progress(frame), frame);
  }

  report({ execution, cellId, report }: EventOf<"runReported">): void {
    const cell = this.#options.runOf(execution)?.cell;
    this.runs.report(cell ? cellIdOf(cell) : cellId, execution, report, this.#options.sources);
    this.#tell(this.runs.get(report.runId) ?? null, null);
  }

  /** An output that changed may be the final view of a training. */
  takeFinalView(output: Output): void {
    const view = trainingOf(output);
    if (view) this.#tell(this.runs.replaceView(view), null);
  }

  /** The kernel is gone, or all its code was ended from outside: what still ran has ended in this state. */
  endAll(state: "stopped" | "failed"): void {
    for (const run of this.runs.endLive(state)) {
      if (run.view) void this.#keep(run, run.view);
      this.#tell(run, null);
    }
  }

  /** Brings the outputs of what trains now up to date, so that a file saved now holds the curves so far; `false` where all were. */
  async keep(): Promise<boolean> {
    let hasWritten = false;
    for (const run of this.runs.newestFirst()) {
      if (run.view?.state !== "running" || this.#kept.has(run.view)) continue;
      this.#kept.add(run.view);
      await this.#keep(run, run.view);
      hasWritten = true;
    }
    return hasWritten;
  }

  get isRunning(): boolean {
    return this.runs.newestFirst().some(({ view }) => view?.state === "running");
  }

  async #keep({ execution, runId }: KnownRun, view: TrainingView): Promise<void> {
    await this.#options.runOf(execution)?.keepRun(runId, unfinishedTrainingOutput(view));
  }

  #tell(run: KnownRun | null, frame: TrainingFrame | null): void {
    if (run) this.#options.changed(run, frame);
  }
}
