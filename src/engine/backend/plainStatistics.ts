// The statistics of the plain backend: what a training looks at after every step, each array read once.

import type { Floats } from "../intrinsics.ts";
import type { Moments } from "./backend.ts";

/** A product with zero is zero only for finite numbers. */
export function areFinite(values: Floats): boolean {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] as number) * 0;
  return sum === 0;
}

export function addMoments(values: Floats, into: Moments): void {
  let { sum, sumAbs, sumSquares, largest, zeros } = into;
  for (let index = 0; index < values.length; index++) {
    const entry = values[index] as number;
    const magnitude = entry < 0 ? -entry : entry;
    sum += entry;
    sumAbs += magnitude;
    sumSquares += entry * entry;
    // Written so that a NaN, which is not smaller than anything, is kept.
    if (!(magnitude <= largest)) largest = magnitude;
    if (entry === 0) zeros++;
  }
  into.count += values.length;
  into.sum = sum;
  into.sumAbs = sumAbs;
  into.sumSquares = sumSquares;
  into.largest = Number.isNaN(sumAbs) ? Number.NaN : largest;
  into.zeros = zeros;
}
