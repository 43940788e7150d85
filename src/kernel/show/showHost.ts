// What `show` and `display` need of the kernel that runs them. Its own file, so that users' types do not speak of it.

import type { Race, Run } from "../../engine/index.ts";
import type { Locale } from "../../shared/words/message.ts";

export interface ShowHost {
  /** Shows a value in the output of the cell under way. */
  display(value: unknown): void;
  /** The id under which the pictures of a run are known. */
  runId(run: Run): string;
  /** The same of a race. */
  raceId(race: Race): string;
  /** The reader's language. */
  locale(): Locale;
}

let host: ShowHost = {
  display: () => {
    throw new Error("display works in the cells of a notebook: no kernel runs here.");
  },
  runId: () => "fit-0-0",
  raceId: () => "race-0-0",
  locale: () => "en",
};

export function bindShow(kernel: ShowHost): void {
  host = kernel;
}

export function showHost(): ShowHost {
  return host;
}
