// The line of a variant: the mean of its runs' smoothed losses with its interval, at as many steps as a picture needs. No peak is lost.

import { estimate, smoothed, smoothingOf } from "../../engine/experiments/standings.ts";
import type { RaceVariant } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { Racer } from "../../shared/views.ts";

const digits = 4;

/**
 * Steps, mean and interval of a variant as far as all its runs that began have come; `points` at most. Of a race that still
 * grows, points once chosen mostly stay, so that what is told of it is little.
 */
export function raceCurve(
  variant: RaceVariant,
  { points, isGrowing }: { readonly points: number; readonly isGrowing: boolean },
): Pick<Racer, "steps" | "mean" | "low" | "high"> {
  const window = smoothingOf(variant);
  const curves = variant.laps.filter(({ loss }) => loss.length > 0).map(({ loss }) => smoothed(loss, window));
  const length = curves.reduce((least, curve) => Math.min(least, curve.length), curves[0]?.length ?? 0);
  const middle = meanCurve(curves, length);
  const kept = keptSteps(middle, points, isGrowing);
  const estimates = kept.map((step) => estimate(curves.map((curve) => curve[step] ?? Number.NaN)));
  const column = (pick: "mean" | "low" | "high") => estimates.map((each) => toViewNumber(each?.[pick] ?? null, digits));
  return {
    steps: kept.map((step) => step + 1),
    mean: column("mean"),
    low: curves.length > 1 ? column("low") : [],
    high: curves.length > 1 ? column("high") : [],
  };
}

/** The plain mean: what tells which steps stand out. */
function meanCurve(curves: readonly Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const curve of curves)
    for (let step = 0; step < length; step++) sums[step] = (sums[step] ?? 0) + (curve[step] ?? 0);
  return sums;
}

/** The first and the last step, and of each piece the lowest, the highest and the first that is not finite. */
function keptSteps(values: Float64Array, points: number, isGrowing: boolean): readonly number[] {
  const { length } = values;
  if (length <= points) return Array.from({ length }, (_, step) => step);
  const most = Math.max(1, Math.floor((points - 2) / 2));
  // Pieces that double their width now and then keep their places; others move with each step.
  const width = isGrowing ? 2 ** Math.ceil(Math.log2(length / most)) : length / most;
  const pieces = Math.ceil(length / width - 1e-9);
  const kept = new Set([0, length - 1]);
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor(piece * width);
    const to = Math.min(length, Math.floor((piece + 1) * width));
    let [lowest, highest] = [from, from];
    for (let step = from; step < to; step++) {
      const value = values[step] ?? 0;
      if (value < (values[lowest] ?? 0)) lowest = step;
      if (!(value <= (values[highest] ?? 0))) highest = step;
    }
    kept.add(lowest).add(highest);
  }
  return [...kept].sort((a, b) => a - b);
}
