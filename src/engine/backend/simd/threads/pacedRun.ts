// Runs records alone or with helpers, whichever is faster for them.

import { engineHost } from "../../../host.ts";
import { maths } from "../../../intrinsics.ts";
import type { Routines } from "../module/routines.ts";
import { Pace } from "./pace.ts";

/** Runs records between two addresses again and again, and learns how. */
export class PacedRun {
  readonly #routines: Routines;
  readonly #pace = new Pace();

  constructor(routines: Routines) {
    this.#routines = routines;
  }

  /** Of records that are worth sharing. */
  run(start: number, end: number): void {
    const { team } = this.#routines;
    const { now } = engineHost();
    if (team?.isReadyFor(start, end) !== true) this.#routines.run(start, end);
    else if (now === null) team.run(start, end);
    else {
      const started = now();
      if (this.#pace.isTogether) team.run(start, end);
      else this.#routines.run(start, end);
      this.#pace.took(now() - started);
    }
  }
}

/** A part of a plan's tape: what its records are does not change. */
export class TapeRun {
  readonly #routines: Routines;
  readonly #start: number;
  readonly #end: number;
  #isWorthSharing: boolean | null = null;
  #paced: PacedRun | null = null;

  constructor(routines: Routines, start: number, end: number) {
    this.#routines = routines;
    this.#start = start;
    this.#end = end;
  }

  run(): void {
    const { team } = this.#routines;
    if (team?.isWanted !== true) {
      this.#routines.run(this.#start, this.#end);
      return;
    }
    team.settle();
    this.#isWorthSharing ??= team.isWorthSharing(this.#start, this.#end);
    if (!this.#isWorthSharing) this.#routines.run(this.#start, this.#end);
    else {
      this.#paced ??= new PacedRun(this.#routines);
      this.#paced.run(this.#start, this.#end);
    }
  }
}

/** Single records that run at once. What is learnt goes for all with the same routine that are about as long. */
export class SingleRuns {
  readonly #routines: Routines;
  readonly #known = new Map<number, PacedRun>();

  constructor(routines: Routines) {
    this.#routines = routines;
  }

  run(opcode: number, start: number, end: number): void {
    const { team } = this.#routines;
    if (team?.isWanted !== true) {
      this.#routines.run(start, end);
      return;
    }
    team.settle();
    const time = team.longestRecord(start, end);
    if (time === 0) {
      this.#routines.run(start, end);
      return;
    }
    const key = 64 * opcode + maths.floor(maths.log2(time));
    const known = this.#known.get(key) ?? new PacedRun(this.#routines);
    this.#known.set(key, known);
    known.run(start, end);
  }
}
