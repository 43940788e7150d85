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
  const isFew = (values[0]?.length ?? 0) <= mostSingle;
  // Few numbers are drawn one by one, and none is left out.
  const range = isFew ? rangeOf(states) : withoutFarOut(rangeOf(states), values);
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

/** Of all numbers so many, and of each step's at least so many, lie in the range that is drawn. */
const insideShare = { all: 0.98, step: 0.9 };
/** The range narrows when they lie in so many neighbouring bins. */
const narrowBins = histogramBins / 4;
const mostNarrowings = 6;

/**
 * A range for histograms in which a few numbers far out do not press all others into a bin or two: they stand in the first
 * and the last one. What a whole step holds is never left out.
 */
function withoutFarOut(
  whole: readonly [number, number],
  values: readonly ArrayLike<number>[],
): readonly [number, number] {
  let range = whole;
  for (let narrowing = 0; narrowing < mostNarrowings; narrowing++) {
    const next = narrowed(range, values);
    if (next === null) return range;
    range = next;
  }
  return range;
}

/** The quarter of a range that holds nearly everything, a bin of room on either side; `null` where there is none. */
function narrowed(
  range: readonly [number, number],
  values: readonly ArrayLike<number>[],
): readonly [number, number] | null {
  const steps = values.map((each) => histogram(each, range));
  const all = Array.from({ length: histogramBins }, (_, bin) => steps.reduce((sum, each) => sum + (each[bin] ?? 0), 0));
  const inside = (shares: readonly number[], from: number) =>
    shares.slice(from, from + narrowBins).reduce((sum, share) => sum + share, 0);
  const starts = Array.from({ length: histogramBins - narrowBins + 1 }, (_, from) => from);
  const best = starts.reduce((found, from) => (inside(all, from) > inside(all, found) ? from : found), 0);
  const isEnough =
    inside(all, best) >= insideShare.all * values.length &&
    steps.every((each) => inside(each, best) >= insideShare.step);
  if (!isEnough) return null;
  const [low, high] = range;
  const width = (high - low) / histogramBins;
  const from = Number((low + Math.max(0, best - 1) * width).toPrecision(6));
  const to = Number((low + Math.min(histogramBins, best + narrowBins + 1) * width).toPrecision(6));
  return from < to ? [from, to] : null;
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
