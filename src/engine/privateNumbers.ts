// Which arrays of numbers nobody outside the engine can reach: they never change, so that a copy of them stays right.

import type { Floats } from "./intrinsics.ts";

/** Shorter ones are not worth being told apart. */
const leastLength = 4096;

/** By buffer: a view of a part of an array reaches its numbers too. */
const privateBuffers = new WeakSet<ArrayBufferLike>();

/** The engine made this array and has given it to nobody. */
export function keepPrivate(array: Floats): void {
  if (array.length >= leastLength) privateBuffers.add(array.buffer);
}

/** Somebody outside is given the array, and may write into it at any time from now on. */
export function disclose(array: Floats): void {
  if (array.length >= leastLength) privateBuffers.delete(array.buffer);
}

/** Whether the numbers are sure to stay as they are; never said of short arrays. */
export function isPrivate(array: Floats): boolean {
  return array.length >= leastLength && privateBuffers.has(array.buffer);
}
