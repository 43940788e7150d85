// Which epochs of a long line are drawn: as few as look the same, since a browser draws tens of thousands of dashes slowly. Pure.

/** A line is drawn whole up to this many points. */
const wholeUpTo = 1_000;
/** Pieces of a longer line; each keeps its first, lowest, highest and last point, so no peak is lost. */
const pieces = 500;

/** The indices to draw, ascending, the first and the last always among them. `null` and NaN are gaps: a piece that holds one keeps it. */
export function thinLine(values: readonly (number | null)[]): readonly number[] {
  if (values.length <= wholeUpTo) return values.map((_, index) => index);
  const kept: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * values.length) / pieces);
    const to = Math.floor(((piece + 1) * values.length) / pieces);
    kept.push(...pointsOf(values, from, to));
  }
  return kept;
}

function pointsOf(values: readonly (number | null)[], from: number, to: number): readonly number[] {
  const chosen = new Set([from, to - 1]);
  let [lowest, highest, gap] = [-1, -1, -1];
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) gap = index;
    else {
      if (lowest < 0 || value < (values[lowest] ?? 0)) lowest = index;
      if (highest < 0 || value > (values[highest] ?? 0)) highest = index;
    }
  }
  for (const index of [lowest, highest, gap]) if (index >= 0) chosen.add(index);
  return [...chosen].sort((a, b) => a - b);
}
