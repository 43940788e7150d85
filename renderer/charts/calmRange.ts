// The axis of values that hardly differ. On a log axis they would lie in whole decades that say little. Pure.

import { logRange } from "./logTicks.ts";

/** From this factor for each decade of a log axis on, the axis shows how the largest and the smallest differ. */
const logFactor = 2;
/** An axis spans at least this share of the largest value, so that the noise of a flat line looks like noise. */
const leastSpan = 0.2;
const stepsOnAxis = 4;

/** Whether positive values hardly differ: on a log axis of whole decades they would fill less than a third of the height. */
export function isCalm(lowest: number, highest: number): boolean {
  if (!(lowest > 0) || !Number.isFinite(highest)) return false;
  const range = logRange([lowest, highest]);
  const decades = range === null ? 1 : Math.round(Math.log10(range.max / range.min));
  return highest < logFactor ** decades * lowest;
}

/** A linear axis around them that ends at round numbers. */
export function calmRange(lowest: number, highest: number): { readonly min: number; readonly max: number } {
  const span = Math.max(highest - lowest, leastSpan * highest);
  const middle = (lowest + highest) / 2;
  const step = niceStep(span / stepsOnAxis);
  const [from, to] = [Math.floor((middle - span / 2) / step + 1e-9), Math.ceil((middle + span / 2) / step - 1e-9)];
  // A multiple of 0.05 may be off by a bit, and then beyond a value that lies on it.
  const at = (steps: number) => Number((steps * step).toPrecision(12));
  return { min: at(Math.max(0, from)), max: at(to) };
}

/** 1, 2 or 5 times a power of ten, not below `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}
