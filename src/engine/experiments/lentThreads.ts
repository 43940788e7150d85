// A worker's side of help: other workers of its race that have nothing left to do are threads of its computations, and change no bit of them.

import { backend } from "../backend/current.ts";
import { setMostThreads } from "../backend/threads.ts";
import { maths } from "../intrinsics.ts";

/** As many as there are places for in a team. */
const mostLent = 32;

export class LentThreads {
  readonly #offered: Int32Array | null;

  /** @param offered Its only word says how many others have nothing to do; `null` where memory is not shared. */
  constructor(offered: Int32Array | null) {
    this.#offered = offered;
  }

  /** Takes as many as there are now, between two steps. Gives whether there is any. */
  take(): boolean {
    const count = this.#offered === null ? 0 : maths.min(Atomics.load(this.#offered, 0), mostLent);
    setMostThreads(1 + count);
    return count > 0;
  }

  /** Gives them back. */
  giveBack(): void {
    setMostThreads(1);
    backend().memory.dismissHelpers();
  }
}
