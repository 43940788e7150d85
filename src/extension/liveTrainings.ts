// The trainings of a notebook while they run: what its session tells of them, and their curves in the outputs for files and backups.

import type { SessionEvent } from "../session/notebookSession.ts";
import type { Output } from "../shared/outputs.ts";
import type { TrainingFrame } from "../shared/rendererProtocol.ts";
import type { TrainingView } from "../shared/views.ts";
import type { CellRun } from "./cellRun.ts";
import { cellIdOf } from "./notebooks.ts";
import { trainingOf } from "./outputs.ts";
import { type KnownRun, RunStore } from "./runStore.ts";

/**
 * How often a running training is written into its output, so that what the editor backs up (for a reload, a crash or
 * hot exit) holds the curves. A backup waits for a second without changes, with a remote host for ten.
 */
const keepEveryMs = 20_000;

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
  #keepTimer: NodeJS.Timeout | null = null;
  #isDisposed = false;

  constructor(options: LiveTrainingsOptions) {
    this.#options = options;
  }

  start({ execution, view }: EventOf<"trainingStarted">): void {
    const cell = this.#options.runOf(execution)?.cell;
    if (!cell) return;
    this.runs.start(cellIdOf(cell), execution, view, this.#options.sources);
    this.#tell(this.runs.get(view.runId) ?? null, null);
    this.#keepTimer ??= this.#keepLater();
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

  /** The kernel is gone: what still ran has ended in this state. */
  endAll(state: "stopped" | "failed"): void {
    for (const run of this.runs.endLive(state)) {
      if (run.view) void this.#options.runOf(run.execution)?.keepTraining(run.view);
      this.#tell(run, null);
    }
  }

  /** Brings the outputs of what trains now up to date, so that a file saved now holds the curves so far. */
  async keep(): Promise<void> {
    for (const { execution, view } of this.runs.newestFirst()) {
      if (view?.state !== "running" || this.#kept.has(view)) continue;
      this.#kept.add(view);
      await this.#options.runOf(execution)?.keepTraining(view);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#keepTimer) clearTimeout(this.#keepTimer);
  }

  #keepLater(): NodeJS.Timeout {
    return setTimeout(async () => {
      await this.keep();
      const isTraining = this.runs.newestFirst().some(({ view }) => view?.state === "running");
      this.#keepTimer = isTraining && !this.#isDisposed ? this.#keepLater() : null;
    }, keepEveryMs);
  }

  #tell(run: KnownRun | null, frame: TrainingFrame | null): void {
    if (run) this.#options.changed(run, frame);
  }
}
