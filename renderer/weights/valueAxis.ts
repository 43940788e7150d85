// How wide the axis of a weight's values is: as its longest number needs. Pure.

import { formatShort } from "../../src/shared/numbers.ts";

const leastPx = 44;
/** Of a digit of the axis' font, and of what stands around a number. */
const digitPx = 6;
const besidePx = 10;

export function valueAxisWidth(values: readonly number[]): number {
  const longest = Math.max(0, ...values.map((value) => formatShort(value).length));
  return Math.max(leastPx, besidePx + longest * digitPx);
}
