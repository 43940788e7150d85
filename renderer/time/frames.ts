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

/** How many steps lie between two kept ones, on average (a trace keeps outliers and thins the rest); 1 when every step was kept. */
export function keptEvery(steps: readonly number[]): number {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || steps.length < 2) return 1;
  return Math.max(1, Math.round((last - first) / (steps.length - 1)));
}
