// Which entries of a plan use which arrays: what its passes ask.

import { Floats } from "../../intrinsics.ts";
import type { ArrayUse, PlannedEntry } from "./planWriter.ts";

/** The arrays somebody outside the plan reads or writes between runs, or that stand elsewhere. */
export type IsFixed = (array: Floats) => boolean;

/** A factor of 1, as a record holds it. */
export const oneAsWord: number | undefined = new Int32Array(new Floats([1]).buffer)[0];

/** Whether something between two entries uses one of the arrays. */
export function isTouchedBetween(
  entries: readonly PlannedEntry[],
  first: PlannedEntry,
  last: PlannedEntry,
  arrays: readonly Floats[],
): boolean {
  return entries
    .slice(entries.indexOf(first) + 1, entries.indexOf(last))
    .some((entry) =>
      entry.uses.some(({ array, access }) => arrays.includes(array) && (access !== "read" || array === arrays[1])),
    );
}

/** Every array with the entries that use it, in order. */
export function usersOf(entries: readonly PlannedEntry[]): Map<Floats, PlannedEntry[]> {
  const users = new Map<Floats, PlannedEntry[]>();
  for (const entry of entries) {
    for (const array of new Set(entry.uses.map((use: ArrayUse) => use.array))) {
      const list = users.get(array) ?? [];
      list.push(entry);
      users.set(array, list);
    }
  }
  return users;
}
