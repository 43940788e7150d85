// What the axis and the marks need to know of the values of a line. A long training that goes on is not gone through anew.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";

export interface SeriesSummary {
  /** The smallest and the largest finite value; `Infinity` and `-Infinity` where there is none. */
  readonly lowest: number;
  readonly highest: number;
  /** Where they stand, the first of equals; -1 where there is none. */
  readonly lowestAt: number;
  readonly highestAt: number;
  readonly finiteCount: number;
}

/** The lists of a view never change: a longer one takes their place. */
const known = new WeakMap<readonly ViewNumber[], SeriesSummary>();

export function summaryOf(values: readonly ViewNumber[]): SeriesSummary {
  const summary = known.get(values) ?? summarise(values, empty, 0);
  known.set(values, summary);
  return summary;
}

/** Whether `after` holds all that `before` does, and perhaps more. If so its summary goes on from that of `before`. */
export function goesOn(before: readonly ViewNumber[], after: readonly ViewNumber[]): boolean {
  if (before === after) return true;
  for (let index = 0; index < before.length; index++) if (before[index] !== after[index]) return false;
  if (!known.has(after)) known.set(after, summarise(after, summaryOf(before), before.length));
  return true;
}

const empty: SeriesSummary = { lowest: Infinity, highest: -Infinity, lowestAt: -1, highestAt: -1, finiteCount: 0 };

function summarise(values: readonly ViewNumber[], before: SeriesSummary, from: number): SeriesSummary {
  let { lowest, highest, lowestAt, highestAt, finiteCount } = before;
  for (let index = from; index < values.length; index++) {
    const value = fromViewNumber(values[index] ?? null);
    if (value === null || !Number.isFinite(value)) continue;
    finiteCount++;
    if (value < lowest) [lowest, lowestAt] = [value, index];
    if (value > highest) [highest, highestAt] = [value, index];
  }
  return { lowest, highest, lowestAt, highestAt, finiteCount };
}
