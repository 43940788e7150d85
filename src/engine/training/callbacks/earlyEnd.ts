// Why a training ended before its last planned epoch though nothing went wrong: a callback wanted no more of it.

import type { Callback } from "./callbacks.ts";

/** Which callback ended a training early, and what it went by. */
export interface RunEarlyEnd {
  /** "budget" is that of a comparison, "callback" one of your own. */
  readonly by: "earlyStopping" | "budget" | "callback";
  /** What was watched ("validationLoss"); `null` but for early stopping. */
  readonly monitor: string | null;
  /** Epochs without improvement before it stopped; `null` but for early stopping. */
  readonly patience: number | null;
  /** The epoch (from 1) with the best value; `null` where none had a value, and but for early stopping. */
  readonly bestEpoch: number | null;
  /** Whether the model was given the weights of that epoch back. */
  readonly restoresBest: boolean;
}

const reasons = new WeakMap<Callback, () => RunEarlyEnd>();

/** Lets a callback of ours tell why it answers "stop". */
export function explainStop(callback: Callback, reason: () => RunEarlyEnd): Callback {
  reasons.set(callback, reason);
  return callback;
}

/** A reason that watches nothing. */
export function plainReason(by: "budget" | "callback"): RunEarlyEnd {
  return { by, monitor: null, patience: null, bestEpoch: null, restoresBest: false };
}

export function reasonToStop(callback: Callback): RunEarlyEnd {
  return reasons.get(callback)?.() ?? plainReason("callback");
}
