// The races of a notebook: each as its session last told it, for editors that begin to show it and for outputs that are to keep it.

import type { SessionEvent } from "../../session/sessionEvents.ts";
import type { Output } from "../../shared/outputs.ts";
import { foldRace, type RaceFrame } from "../../shared/raceFrames.ts";
import { cutShortSentence } from "../../shared/racesCutShort.ts";
import type { OptimizersView } from "../../shared/views.ts";
import { cellIdOf } from "../notebooks.ts";
import type { CellRun } from "../running/cellRun.ts";
import { raceOf, unfinishedRaceOutput } from "../running/outputs.ts";

interface KnownRace {
  readonly view: OptimizersView;
  /** How many frames are folded into it. */
  readonly sequence: number;
  /** The cell that made it, and its text then; `null` where the cell is gone. */
  readonly made: { readonly cellId: string; readonly text: string } | null;
  /** The execution of the cell that shows it. */
  readonly execution: number;
  /** Whether its output holds this view already. */
  readonly isKept: boolean;
}

export interface LiveRacesOptions {
  /** The run of a cell that an execution of the kernel belongs to. */
  readonly runOf: (execution: number) => CellRun | undefined;
  /** The text of each cell when it last ran. */
  readonly sources: ReadonlyMap<string, string>;
  /** `frame` is the very message of the kernel; without it the view was replaced as a whole. */
  readonly changed: (view: OptimizersView, frame: RaceFrame | null) => void;
}

export class LiveRaces {
  readonly #races = new Map<string, KnownRace>();
  readonly #options: LiveRacesOptions;

  constructor(options: LiveRacesOptions) {
    this.#options = options;
  }

  /** A race by its id, as it stands, and how many frames that holds; also one that has ended. */
  get(raceId: string): { readonly view: OptimizersView; readonly sequence: number } | undefined {
    return this.#races.get(raceId);
  }

  /** The races that a cell made, in the order of their start. */
  ofCell(cellId: string): readonly OptimizersView[] {
    return [...this.#races.values()].flatMap(({ made, view }) => (made?.cellId === cellId ? [view] : []));
  }

  /** The race that runs now. */
  get running(): OptimizersView | undefined {
    return [...this.#races.values()].findLast(({ view }) => view.state === "running")?.view;
  }

  /** The races that have ended and whose cells have another text now. */
  outdated(textOf: (cellId: string) => string | undefined): readonly string[] {
    return [...this.#races].flatMap(([raceId, { made, view }]) =>
      made !== null && view.state !== "running" && textOf(made.cellId) !== made.text ? [raceId] : [],
    );
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** An output that came or changed may show a race: its beginning, or its end. */
  takeOutput(execution: number, output: Output): void {
    const view = raceOf(output);
    if (view === null) return;
    this.#forgetReplaced();
    const known = this.#races.get(view.raceId);
    const made = known?.made ?? this.#madeBy(execution);
    this.#races.set(view.raceId, { view, sequence: known?.sequence ?? 0, made, execution, isKept: true });
    this.#options.changed(view, null);
  }

  progress({ frame }: Extract<SessionEvent, { kind: "raceProgressed" }>): void {
    const known = this.#races.get(frame.raceId);
    // Frames come in order behind the output that shows the race; one of a race whose cell ran again is of no account.
    if (known === undefined || frame.sequence !== known.sequence + 1) return;
    const view = foldRace(known.view, frame);
    this.#races.set(frame.raceId, { ...known, view, sequence: frame.sequence, isKept: false });
    this.#options.changed(view, frame);
  }

  /** The kernel is gone, or all its code was ended from outside: what still ran has ended in this state. */
  endAll(state: "stopped" | "failed"): void {
    for (const [raceId, race] of this.#races) {
      const { view, execution } = race;
      if (view.state !== "running") continue;
      const ended = { ...view, state, sentence: cutShortSentence(view, state) };
      this.#races.set(raceId, { ...race, view: ended, isKept: true });
      void this.#options.runOf(execution)?.keepRun(raceId, unfinishedRaceOutput(ended));
      this.#options.changed(ended, null);
    }
  }

  /** Brings the outputs of the races that run now up to date; `false` where all were. */
  async keep(): Promise<boolean> {
    let hasWritten = false;
    for (const [raceId, race] of this.#races) {
      if (race.isKept || race.view.state !== "running") continue;
      this.#races.set(raceId, { ...race, isKept: true });
      await this.#options.runOf(race.execution)?.keepRun(raceId, unfinishedRaceOutput(race.view));
      hasWritten = true;
    }
    return hasWritten;
  }

  #madeBy(execution: number): KnownRace["made"] {
    const cell = this.#options.runOf(execution)?.cell;
    const text = cell && this.#options.sources.get(cellIdOf(cell));
    return cell === undefined || text === undefined ? null : { cellId: cellIdOf(cell), text };
  }

  /** Those of earlier executions of a cell: their outputs are gone. */
  #forgetReplaced(): void {
    for (const [raceId, { execution }] of this.#races) {
      if (this.#options.runOf(execution) === undefined) this.#races.delete(raceId);
    }
  }
}
