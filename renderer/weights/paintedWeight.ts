// A weight as it is painted: its histograms unpacked, how far its numbers reach, and where its plot lies.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { unpackFineShares } from "../../src/shared/levels.ts";
import type { LayerWeights } from "../../src/shared/views.ts";

/** A weight as it is painted: its histograms unpacked once. */
export interface PaintedWeight {
  readonly steps: readonly number[];
  readonly bins: number;
  readonly weight: LayerWeights;
  readonly shares: readonly Float32Array[];
  /** The largest share of a bin at any step. */
  readonly highest: number;
}

/** What stands in the canvas, in pixels of the page: where the plot lies, and what is where. */
export interface PlotPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Room above and below for the strokes of lines at the highest and the lowest value. */
  readonly rim: number;
}

export function readWeight(weight: LayerWeights, steps: readonly number[], bins: number): PaintedWeight {
  const shares = weight.histograms.map((letters) => unpackFineShares(letters));
  const highest = shares.reduce((most, each) => each.reduce((more, share) => Math.max(more, share), most), 1e-6);
  return { steps, bins, weight, shares, highest };
}

/** The smallest and the largest number at any step, and whether they lie beyond the range that is drawn. */
export function reachOf({ weight, bins }: PaintedWeight) {
  const [low, high] = weight.range;
  const numbers = (values: readonly ViewNumber[]) => values.map(finite).filter((value) => value !== null);
  const min = numbers(weight.min).reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = numbers(weight.max).reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  // Numbers in the file are rounded: what is beyond by less than a bin is not.
  const room = (high - low) / bins;
  return { min, max, below: min < low - room, above: max > high + room };
}

/** What the value axis goes from and to: the histograms' range, or what the lines need. */
export function valueRange({ weight, shares }: PaintedWeight): readonly [number, number] {
  if (shares.length > 0) return weight.range;
  const ends = weight.mean.flatMap((mean, at) => {
    const [middle, spread] = [finite(mean), finite(weight.std[at])];
    return middle === null || spread === null ? [] : [middle - spread, middle + spread];
  });
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (!(low <= high)) return [-1, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

export function finite(value: ViewNumber | undefined): number | null {
  const number = value === undefined ? null : fromViewNumber(value);
  return number !== null && Number.isFinite(number) ? number : null;
}
