// The numbers of one weight over a training: histograms on one scale, mean, spread, extremes, and how far it is from its start.

import { toViewNumber } from "../../shared/json.ts";
import { packFineShares } from "../../shared/levels.ts";
import type { LayerWeights } from "../../shared/views.ts";

export const histogramBins = 40;

/** Significant digits of a number in a series. */
const digits = 4;

/** One weight at one step. */
export interface WeightState {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** √(mean square): the size of one of them, whatever its sign. */
  readonly size: number;
  /** The same of the differences to the start. */
  readonly moved: number;
  readonly isFinite: boolean;
}

export function weightState(values: ArrayLike<number>, start: ArrayLike<number>): WeightState {
  let [sum, squares, changes, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    sum += value;
    squares += value * value;
    changes += (value - (start[at] ?? 0)) ** 2;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const count = Math.max(1, values.length);
  const mean = sum / count;
  // From the mean itself: a difference of large squares would make a spread of numbers that are all the same.
  let spread = 0;
  for (let at = 0; at < values.length; at++) spread += ((values[at] ?? 0) - mean) ** 2;
  return {
    mean,
    std: min === max ? 0 : Math.sqrt(spread / count),
    min,
    max,
    size: Math.sqrt(squares / count),
    moved: Math.sqrt(changes / count),
    isFinite: Number.isFinite(sum),
  };
}

type Series = Pick<LayerWeights, "mean" | "std" | "min" | "max" | "moved" | "range" | "histograms" | "values">;

/** `states` are those of the `values`, one a step; `isSingle`: whether few numbers are kept one by one, too. */
export function weightSeries(
  values: readonly ArrayLike<number>[],
  states: readonly WeightState[],
  isSingle = true,
): Series {
  const numbers = (measure: "mean" | "std" | "min" | "max" | "moved") =>
    states.map((state) => toViewNumber(state[measure], digits));
  const range = rangeOf(states);
  return {
    mean: numbers("mean"),
    std: numbers("std"),
    min: numbers("min"),
    max: numbers("max"),
    moved: numbers("moved"),
    range,
    histograms: values.map((each) => packFineShares(histogram(each, range))),
    values: isSingle ? singleNumbers(values) : [],
  };
}

/** More lines than this are a tangle. */
const mostSingle = 24;

function singleNumbers(values: readonly ArrayLike<number>[]): LayerWeights["values"] {
  const count = values[0]?.length ?? 0;
  if (count > mostSingle || values.length < 2) return [];
  return Array.from({ length: count }, (_, at) => values.map((each) => toViewNumber(each[at], digits)));
}

/** All that is finite at any step, with room on both sides where everything is one number. */
function rangeOf(states: readonly WeightState[]): readonly [number, number] {
  const finite = states.filter((state) => state.isFinite);
  const low = finite.reduce((least, { min }) => Math.min(least, min), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, { max }) => Math.max(most, max), Number.NEGATIVE_INFINITY);
  if (!(low <= high)) return [-1, 1];
  const room = low === high ? Math.abs(low) || 1 : 0;
  return [Number((low - room).toPrecision(6)), Number((high + room).toPrecision(6))];
}

function histogram(values: ArrayLike<number>, [low, high]: readonly [number, number]): readonly number[] {
  const counts = new Float64Array(histogramBins);
  const scale = histogramBins / (high - low);
  for (let at = 0; at < values.length; at++) {
    const bin = Math.floor(((values[at] ?? 0) - low) * scale);
    if (Number.isNaN(bin)) continue;
    const inside = Math.min(histogramBins - 1, Math.max(0, bin));
    counts[inside] = (counts[inside] ?? 0) + 1;
  }
  return Array.from(counts, (each) => each / Math.max(1, values.length));
}
