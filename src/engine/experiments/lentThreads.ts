// A worker's side of help: other workers of its race that have nothing left to do are threads of its computations, and change no bit of them.

import { backend } from "../backend/current.ts";
import { setMostThreads } from "../backend/threads.ts";
import { maths } from "../intrinsics.ts";

/** As many as there are places for in a team. */
const mostLent = 32;

/** An offer is taken when it has stood so long: help takes its time to come, and a training that ends soon would have nothing of it. */
const leastOfferedMs = 40;

export class LentThreads {
  readonly #offered: Int32Array | null;
  /** Since when there has been an offer, by the clock of whoever asks; `null` while there is none. */
  #since: number | null = null;

  /** @param offered Its only word says how many others have nothing to do; `null` where memory is not shared. */
  constructor(offered: Int32Array | null) {
    this.#offered = offered;
  }

  /** Takes as many as there are now, between two steps. Gives whether there is any. `nowMs`: `null` where there is no clock. */
  take(nowMs: number | null): boolean {
    const offered = this.#offered === null ? 0 : maths.min(Atomics.load(this.#offered, 0), mostLent);
    if (offered === 0) this.#since = null;
    else this.#since ??= nowMs;
    const isLasting = nowMs === null || nowMs - (this.#since ?? nowMs) >= leastOfferedMs;
    const count = isLasting ? offered : 0;
    setMostThreads(1 + count);
    return count > 0;
  }

  /** Gives them back. */
  giveBack(): void {
    setMostThreads(1);
    backend().memory.dismissHelpers();
  }
}
