// A race as it goes → messages: its picture at the start, as it stands now and then, and at the end. The supervisor knows of it, so that it can be stopped as a training can.

import type { Race } from "../../engine/experiments/race.ts";
import type { RaceObserver } from "../../engine/host.ts";
import { optimizersView } from "../../insights/index.ts";
import type { Output } from "../../shared/outputs.ts";
import { raceFrame } from "../../shared/raceFrames.ts";
import type { OptimizersView } from "../../shared/views.ts";
import { CellStopped } from "../errors/cellErrors.ts";
import { type FromWorker, stopReasons } from "../workerProtocol.ts";

const frameDelayMs = 250;

export interface LiveRacesOptions {
  readonly send: (message: FromWorker) => void;
  /** One Int32 of {@link stopReasons}, shared with the supervisor. */
  readonly stopFlag: Int32Array;
  /** A new id, of the kind that runs have. */
  readonly nextId: () => string;
  readonly now: () => number;
  readonly outputOf: (view: OptimizersView) => Output;
  /** The cell run under way. */
  readonly execution: () => number;
}

interface LiveRace {
  readonly runId: string;
  readonly displayId: string;
  readonly execution: number;
  readonly abandon: () => void;
  /** When the next frame is due. */
  nextFrameAt: number;
  /** What was told so far, and in how many frames. */
  told: OptimizersView;
  sequence: number;
}

export class LiveRaces implements RaceObserver {
  readonly #options: LiveRacesOptions;
  readonly #live = new Map<Race, LiveRace>();
  /** In which cell run the picture of a race stands. */
  readonly #shown = new WeakMap<Race, number>();
  readonly #ids = new WeakMap<Race, string>();

  constructor(options: LiveRacesOptions) {
    this.#options = options;
  }

  /** The id of a race, under which its views are known. */
  raceId(race: Race): string {
    const known = this.#ids.get(race);
    if (known !== undefined) return known;
    const id = this.#options.nextId();
    this.#ids.set(race, id);
    return id;
  }

  started(race: Race, abandon: () => void): void {
    const { send, stopFlag, nextId } = this.#options;
    // A stop that was meant for an earlier training does not end this race.
    Atomics.compareExchange(stopFlag, 0, stopReasons.stopTraining, stopReasons.none);
    const runId = nextId();
    this.#ids.set(race, runId);
    const execution = this.#options.execution();
    const displayId = `race:${execution}:${runId}`;
    const told = optimizersView(race, runId);
    const nextFrameAt = this.#options.now() + frameDelayMs;
    this.#live.set(race, { runId, displayId, execution, abandon, nextFrameAt, told, sequence: 0 });
    this.#shown.set(race, execution);
    send({ kind: "fitStarted", runId });
    send({ kind: "displayed", execution, displayId, output: this.#options.outputOf(told) });
  }

  progressed(race: Race): void {
    const live = this.#live.get(race);
    const { now, send } = this.#options;
    if (live === undefined || now() < live.nextFrameAt) return;
    const begun = now();
    const view = optimizersView(race, live.runId);
    send({ kind: "raceProgressed", execution: live.execution, frame: raceFrame(live.told, view, ++live.sequence) });
    live.told = view;
    // The view of a very large race takes its time: most of it is left to the race.
    live.nextFrameAt = now() + Math.max(frameDelayMs, 10 * (now() - begun));
  }

  /** Whether a cell run shows the picture of this race already. */
  isShown(race: Race, execution: number): boolean {
    return this.#shown.get(race) === execution;
  }

  /** @throws CellStopped when the user stopped the cell: the rest of it does not run. */
  ended(race: Race): void {
    this.#finish(race);
    const reason = Atomics.compareExchange(this.#options.stopFlag, 0, stopReasons.stopTraining, stopReasons.none);
    if (reason === stopReasons.interrupt) throw new CellStopped("The cell was stopped while its race was run.");
  }

  /** Races whose cell was ended from outside, be it while their last picture was made: they get one, and may be resumed. */
  abandonAll(): void {
    for (const [race, { abandon }] of [...this.#live]) {
      abandon();
      this.#finish(race);
    }
  }

  #finish(race: Race): void {
    const live = this.#live.get(race);
    if (live === undefined) return;
    const { runId, execution, displayId } = live;
    const { send, outputOf } = this.#options;
    send({ kind: "displayUpdated", execution, displayId, output: outputOf(optimizersView(race, runId)) });
    send({ kind: "fitEnded", runId });
    // Only now: what is ended from outside before this is told by `abandonAll`.
    this.#live.delete(race);
  }
}
