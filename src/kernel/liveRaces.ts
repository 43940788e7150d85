// A race as it goes: the supervisor knows of it, so that the stop button ends it as it ends a training.

import type { RaceObserver } from "../engine/host.ts";
import type { Race } from "../engine/index.ts";
import { CellStopped } from "./cellErrors.ts";
import { type FromWorker, stopReasons } from "./workerProtocol.ts";

export interface LiveRacesOptions {
  readonly send: (message: FromWorker) => void;
  /** One Int32 of {@link stopReasons}, shared with the supervisor. */
  readonly stopFlag: Int32Array;
  /** A new id, of the kind that runs have. */
  readonly nextId: () => string;
}

interface LiveRace {
  readonly runId: string;
  readonly abandon: () => void;
}

export class LiveRaces implements RaceObserver {
  readonly #options: LiveRacesOptions;
  readonly #live = new Map<Race, LiveRace>();
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
    this.#live.set(race, { runId, abandon });
    send({ kind: "fitStarted", runId });
  }

  progressed(_race: Race): void {}

  /** @throws CellStopped when the user stopped the cell: the rest of it does not run. */
  ended(race: Race): void {
    this.#finish(race);
    const reason = Atomics.compareExchange(this.#options.stopFlag, 0, stopReasons.stopTraining, stopReasons.none);
    if (reason === stopReasons.interrupt) throw new CellStopped("The cell was stopped while its race was run.");
  }

  /** Races whose cell was ended from outside: they may be resumed. */
  abandonAll(): void {
    for (const [race, { abandon }] of [...this.#live]) {
      abandon();
      this.#finish(race);
    }
  }

  #finish(race: Race): void {
    const live = this.#live.get(race);
    if (live === undefined) return;
    this.#live.delete(race);
    this.#options.send({ kind: "fitEnded", runId: live.runId });
  }
}
