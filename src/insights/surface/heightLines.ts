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

export function heightsOf(values: readonly number[], columns: number, rows: number): SurfaceHeights {
  return { columns, rows, values: values.map((value) => toViewNumber(value, 4)) };
}

/** Fewest lines that tell a shape. */
const fewestLines = 7;
/** The most powers of ten below the highest place that are drawn. */
const mostPowers = 7;

/** Half powers of ten where heights span many, finer ones where they lie close together. */
export function linesFor(values: readonly number[]): SurfaceLines {
  const finite = values.filter(Number.isFinite);
  const lowest = finite.reduce((low, value) => Math.min(low, value), Infinity);
  const above = lowest < 0 ? Number(lowest.toPrecision(4)) : 0;
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
