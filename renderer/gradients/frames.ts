// The frames a reader scrubs through: every step that any of the runs recorded.

import type { GradientsRun } from "../../src/shared/views.ts";

/** All recorded steps, ascending, each once. */
export function frameSteps(runs: readonly { readonly steps: readonly number[] }[]): readonly number[] {
  return [...new Set(runs.flatMap((run) => run.steps))].sort((left, right) => left - right);
}

/** Index of the last entry that is at most `step` (`steps` ascends); -1 before the first. */
export function lastAtMost(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? Number.POSITIVE_INFINITY) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The epoch (from 1) that `step` (from 1) belongs to. */
export function epochOf(step: number, run: Pick<GradientsRun, "stepsPerEpoch">): number {
  return Math.max(1, Math.ceil(step / Math.max(1, run.stepsPerEpoch)));
}

/** How many steps lie between two kept ones; 1 when every step was kept. The commonest distance, as the first may be shorter. */
export function keptEvery(steps: readonly number[]): number {
  const counts = new Map<number, number>();
  for (let index = 1; index < steps.length; index++) {
    const distance = (steps[index] ?? 0) - (steps[index - 1] ?? 0);
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let best = 1;
  let most = 0;
  for (const [distance, count] of counts)
    if (count > most) {
      best = distance;
      most = count;
    }
  return best;
}
