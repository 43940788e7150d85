// The routine that looks at numbers before they are used as places in a table.

import type { Floats } from "../intrinsics.ts";

export interface LookupRoutines {
  /**
   * Calls `refuse` for the first of the ids that is not a whole number from 0 to `count − 1`, with its place in the array.
   * `refuse` throws: it knows what the ids are for.
   */
  checkIds(ids: Floats, count: number, refuse: RefuseId): void;
}

/** Throws an error that names the id and where it stands. */
export type RefuseId = (id: number, place: number) => never;
