// The part of an array that an operation's routine works on, told in the way that costs least.

import { currentRecorder } from "../backend/current.ts";
import type { Floats } from "../intrinsics.ts";

/** An array and where in it the part begins. */
export interface Part {
  readonly data: Floats;
  readonly offset: number;
}

/**
 * `length` numbers from `offset` on. A backend with memory of its own copies whole arrays there and back when routines
 * run at once, so it is then given a view of the part alone: many routines on parts of one array would else copy all of
 * it each time. A recording knows arrays as they were made, and is given the whole one.
 */
export function partOf(data: Floats, offset: number, length: number): Part {
  return currentRecorder() === null ? { data: data.subarray(offset, offset + length), offset: 0 } : { data, offset };
}
