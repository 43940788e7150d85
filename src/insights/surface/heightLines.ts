// Heights over a region as a picture takes them: sampled, with the lines of equal height worth drawing.

import { toViewNumber } from "../../shared/json.ts";
import type { SurfaceHeights, SurfaceLines } from "../../shared/views.ts";
import { quantile } from "../parts/statistics.ts";
import type { Region } from "./descend.ts";

/** Places of a grid over a region, row by row from the lowest x and y on. */
export function gridPlaces(
  { x, y }: Region,
  columns: number,
  rows: number,
): { readonly xs: readonly number[]; readonly ys: readonly number[] } {
  const place = ([from, to]: readonly [number, number], index: number, count: number) =>
    from + ((to - from) * index) / (count - 1);
  const xs: number[] = [];
  const ys: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      xs.push(place(x, column, columns));
      ys.push(place(y, row, rows));
    }
  return { xs, ys };
}

/** To four digits, or as many more as heights far from 0 need to differ. */
export function heightsOf(values: readonly number[], columns: number, rows: number): SurfaceHeights {
  const { low, high } = reachOf(values);
  const far = high > low ? Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low)) : 0;
  const digits = Math.min(15, 4 + Math.max(0, Math.ceil(far)));
  return { columns, rows, values: values.map((value) => toViewNumber(value, digits)) };
}

/** The lowest and the highest of the numbers that are finite. */
function reachOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return { low, high };
}

/** Whether all heights are the same: then no line can be drawn. */
export function isFlat(values: readonly number[]): boolean {
  const { low, high } = reachOf(values);
  return low === high;
}

/** Fewest lines that tell a shape. */
const fewestLines = 7;
/** The most powers of ten below the highest place that are drawn. */
const mostPowers = 7;

/**
 * Half powers of ten where heights span many, finer ones where they lie close together. Counted from 0, or from the lowest where
 * that is below 0, or so far above 0 that even the finest lines would tell no shape.
 */
export function linesFor(values: readonly number[]): SurfaceLines {
  const finite = values.filter(Number.isFinite);
  const { low: lowest } = reachOf(finite);
  const fromZero = linesAbove(finite, 0);
  const isShallow = fromZero.last - fromZero.first + 1 < fewestLines;
  return lowest < 0 || (lowest > 0 && isShallow) ? linesAbove(finite, rounded(lowest)) : fromZero;
}

/** As many digits as notes tell, unless they would lift it above the heights it belongs to. */
function rounded(lowest: number): number {
  const short = Number(lowest.toPrecision(4));
  return lowest > 0 && short > lowest ? lowest : short;
}

function linesAbove(finite: readonly number[], above: number): SurfaceLines {
  const sizes = finite.map((value) => value - above).filter((value) => value > 0);
  if (sizes.length === 0) return { perPower: 2, first: 0, last: 0, above };
  const high = Math.log10(quantile(sizes, 0.995));
  const low = Math.max(Math.log10(quantile(sizes, 0.002)), high - mostPowers);
  let perPower = 2;
  while ((high - low) * perPower < fewestLines && perPower < 128) perPower *= 2;
  return {
    perPower,
    first: Math.ceil(low * perPower),
    last: Math.max(Math.ceil(low * perPower), Math.floor(high * perPower)),
    above,
  };
}
