// The statistics of the plain backend: what a training looks at after every step, each array read once.

import { type Floats, maths } from "../intrinsics.ts";
import type { Moments } from "./backend.ts";
import { type UnaryName, unaryFunctions } from "./scalarMaths.ts";

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

export function squaredDistance(a: Floats, b: Floats): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] as number) - (b[index] as number)) ** 2;
  return sum;
}

export function countFlat(name: UnaryName, x: Floats, alpha: number, limit: number): number {
  const { value, slope } = unaryFunctions[name];
  let count = 0;
  for (let index = 0; index < x.length; index++) {
    const z = x[index] as number;
    if (maths.abs(slope(z, value(z, alpha), alpha)) < limit) count++;
  }
  return count;
}

export function countZeroColumns(values: Floats, width: number): number {
  let count = 0;
  for (let column = 0; column < width; column++) {
    let at = column;
    while (at < values.length && values[at] === 0) at += width;
    if (at >= values.length) count++;
  }
  return count;
}
