// What of a finding's evidence is shown, and on which axis. No DOM.

import type { ViewNumber } from "../../src/shared/json.ts";

/** Powers of ten on the axis beyond the usual stretch and the value. */
const roomPowers = 1;

/** The powers of ten that the axis of a number goes from and to. */
export function rangePowers(
  value: ViewNumber,
  usual: readonly [from: number, to: number],
): readonly [low: number, high: number] {
  const powers = [...usual, typeof value === "number" && value > 0 ? value : usual[0]].map(Math.log10);
  return [Math.floor(Math.min(...powers)) - roomPowers, Math.ceil(Math.max(...powers)) + roomPowers];
}

/** More squares than this say no more than a bar. */
export const shownUnits = 64;

const shownClasses = 10;

/** All classes, or the largest and the smallest where there are many. */
export function classesShown(counts: readonly number[]): readonly { readonly label: number; readonly count: number }[] {
  const all = counts.map((count, label) => ({ count, label }));
  const sorted = [...all].sort((left, right) => right.count - left.count);
  const half = shownClasses / 2;
  return all.length <= shownClasses ? all : [...sorted.slice(0, half), ...sorted.slice(-half)];
}
