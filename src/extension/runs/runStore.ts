// The trainings of one notebook as far as they are known: the newest view of each, its layers' report, and the texts that made it.

import type { RunReport } from "../../shared/layerReport.ts";
import type { TrainingFrame } from "../../shared/rendererProtocol.ts";
import { foldTraining } from "../../shared/trainingFold.ts";
import type { TrainingState, TrainingView } from "../../shared/views.ts";

export interface KnownRun {
  readonly runId: string;
  /** The cell whose `fit` it is, and the execution it belongs to. */
  readonly cellId: string;
  readonly execution: number;
  /** The texts of the notebook's cells as they were when they last ran, by cell id. */
  readonly sources: ReadonlyMap<string, string>;
  readonly view: TrainingView | null;
  /** Of the last frame folded into `view`. */
  readonly sequence: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly report: RunReport | null;
}

export class RunStore {
  /** In order of their start. */
  readonly #runs = new Map<string, KnownRun>();

  start(cellId: string, execution: number, view: TrainingView, sources: ReadonlyMap<string, string>): void {
    this.#forgetEarlier(cellId, execution);
    this.#runs.delete(view.runId);
    this.#put({ ...this.#blank(view.runId, cellId, execution, sources), view });
  }

  /** Folds a frame in; `null` for a run that is not known. */
  progress(frame: TrainingFrame): KnownRun | null {
    const run = this.#runs.get(frame.runId);
    if (!run?.view) return null;
    return this.#put({
      ...run,
      view: foldTraining(run.view, frame),
      sequence: frame.sequence,
      stepsPerSecond: frame.stepsPerSecond,
      secondsLeft: frame.secondsLeft,
    });
  }

  /** Replaces the view of a known run: the final one, as the output holds it. */
  replaceView(view: TrainingView): KnownRun | null {
    const run = this.#runs.get(view.runId);
    return run ? this.#put({ ...run, view, secondsLeft: null }) : null;
  }

  report(cellId: string, execution: number, report: RunReport, sources: ReadonlyMap<string, string>): void {
    this.#forgetEarlier(cellId, execution);
    const run = this.#runs.get(report.runId) ?? this.#blank(report.runId, cellId, execution, sources);
    this.#put({ ...run, report });
  }

  get(runId: string): KnownRun | undefined {
    return this.#runs.get(runId);
  }

  newestFirst(): readonly KnownRun[] {
    return [...this.#runs.values()].reverse();
  }

  newestOfCell(cellId: string): KnownRun | undefined {
    return this.newestFirst().find((run) => run.cellId === cellId);
  }

  /** Nothing runs any more: what still did has ended in this state. Gives the runs that changed. */
  endLive(state: Exclude<TrainingState, "running">): readonly KnownRun[] {
    const live = [...this.#runs.values()].filter((run) => run.view?.state === "running");
    return live.map((run) =>
      this.#put({
        ...run,
        view: run.view && { ...run.view, state },
        report: run.report && { ...run.report, state },
        secondsLeft: null,
      }),
    );
  }

  /** The runs whose making cells have another text now. */
  outdated(textOf: (cellId: string) => string | undefined): readonly string[] {
    return [...this.#runs.values()].filter((run) => isOutdated(run, textOf)).map((run) => run.runId);
  }

  /** A new execution of a cell takes the place of the runs of its earlier ones. */
  #forgetEarlier(cellId: string, execution: number): void {
    for (const run of this.#runs.values()) {
      if (run.cellId === cellId && run.execution !== execution) this.#runs.delete(run.runId);
    }
  }

  #blank(runId: string, cellId: string, execution: number, sources: ReadonlyMap<string, string>): KnownRun {
    const newestSources = new Map(sources);
    return {
      ...{ runId, cellId, execution, sources: newestSources, view: null, report: null },
      ...{ sequence: 0, stepsPerSecond: 0, secondsLeft: null },
    };
  }

  #put(run: KnownRun): KnownRun {
    this.#runs.set(run.runId, run);
    return run;
  }
}

/** True when the cell with the `fit`, or one that made a layer of its model, was edited or removed since. */
export function isOutdated(run: KnownRun, textOf: (cellId: string) => string | undefined): boolean {
  return changedCells(run, textOf).length > 0;
}

/** The cells that make a run anew: those of its layers that changed since, and the one with the `fit`. */
export function cellsToRunAgain(run: KnownRun, textOf: (cellId: string) => string | undefined): readonly string[] {
  return [...new Set([...changedCells(run, textOf), run.cellId])];
}

function changedCells(run: KnownRun, textOf: (cellId: string) => string | undefined): readonly string[] {
  const places = run.report?.layers.flatMap((layer) => (layer.place ? [layer.place.cellId] : [])) ?? [];
  return [run.cellId, ...places].filter((cellId) => run.sources.get(cellId) !== textOf(cellId));
}
