// The races of a notebook: each as its session last told it, for editors that begin to show it and for outputs that are to keep it.

import type { SessionEvent } from "../../session/notebookSession.ts";
import type { Output } from "../../shared/outputs.ts";
import { cutShortSentence } from "../../shared/racesCutShort.ts";
import type { OptimizersView } from "../../shared/views.ts";
import type { CellRun } from "../running/cellRun.ts";
import { raceOf, unfinishedRaceOutput } from "../running/outputs.ts";

interface KnownRace {
  readonly view: OptimizersView;
  /** The execution of the cell that shows it. */
  readonly execution: number;
  /** Whether its output holds this view already. */
  readonly isKept: boolean;
}

export interface LiveRacesOptions {
  /** The run of a cell that an execution of the kernel belongs to. */
  readonly runOf: (execution: number) => CellRun | undefined;
  readonly changed: (view: OptimizersView) => void;
}

export class LiveRaces {
  readonly #races = new Map<string, KnownRace>();
  readonly #options: LiveRacesOptions;

  constructor(options: LiveRacesOptions) {
    this.#options = options;
  }

  /** A race by its id, as it stands; also one that has ended. */
  get(raceId: string): OptimizersView | undefined {
    return this.#races.get(raceId)?.view;
  }

  get isRunning(): boolean {
    return [...this.#races.values()].some(({ view }) => view.state === "running");
  }

  /** An output that came or changed may show a race: its beginning, or its end. */
  takeOutput(execution: number, output: Output): void {
    const view = raceOf(output);
    if (view === null) return;
    this.#forgetReplaced();
    this.#races.set(view.raceId, { view, execution, isKept: true });
    this.#options.changed(view);
  }

  progress({ view, execution }: Extract<SessionEvent, { kind: "raceProgressed" }>): void {
    this.#races.set(view.raceId, { view, execution, isKept: false });
    this.#options.changed(view);
  }

  /** The kernel is gone: what still ran has ended in this state. */
  endAll(state: "stopped" | "failed"): void {
    for (const [raceId, { view, execution }] of this.#races) {
      if (view.state !== "running") continue;
      const ended = { ...view, state, sentence: cutShortSentence(view, state) };
      this.#races.set(raceId, { view: ended, execution, isKept: true });
      void this.#options.runOf(execution)?.keepRun(raceId, unfinishedRaceOutput(ended));
      this.#options.changed(ended);
    }
  }

  /** Brings the outputs of the races that run now up to date. */
  async keep(): Promise<void> {
    for (const [raceId, race] of this.#races) {
      if (race.isKept || race.view.state !== "running") continue;
      this.#races.set(raceId, { ...race, isKept: true });
      await this.#options.runOf(race.execution)?.keepRun(raceId, unfinishedRaceOutput(race.view));
    }
  }

  /** Those of earlier executions of a cell: their outputs are gone. */
  #forgetReplaced(): void {
    for (const [raceId, { execution }] of this.#races) {
      if (this.#options.runOf(execution) === undefined) this.#races.delete(raceId);
    }
  }
}
