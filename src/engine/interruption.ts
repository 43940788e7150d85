// Putting the engine in order after code was ended from outside, in the middle of anything: no `finally` has run then.

import { endAllDerivatives } from "./autodiff.ts";
import { endAllRecordings } from "./backend/current.ts";
import { endAllNesting } from "./tape.ts";

/** Call it before anything is computed again. Models, weights and tensors stay as they are. */
export function settleAfterInterruption(): void {
  endAllRecordings();
  endAllDerivatives();
  endAllNesting();
}
