// What a plan is made of: entries and the arrays they use, each of which knows the other.

import { Floats } from "../../../intrinsics.ts";
import type { HostArrays } from "../../recording.ts";
import type { Access } from "../records/records.ts";

/** A factor of 1, as a record holds it. */
export const oneAsWord: number | undefined = new Int32Array(new Floats([1]).buffer)[0];

/** An array as a plan knows it, with what is found out about it when all records are known. */
export class PlannedArray {
  /** What the recording calls it; `null` for room that is one record's own. */
  readonly numbers: Floats | null;
  readonly length: number;
  /** Whether somebody outside the plan reads or writes it between runs, or it stands elsewhere. */
  isFixed = false;
  /** Where it stands, in bytes; -1 before that is settled. */
  address = -1;
  /** Its uses: each knows the next one. */
  firstUse: ArrayUse | null = null;
  lastUse: ArrayUse | null = null;
  useCount = 0;
  /** The last entry of the shortened plan that uses it. */
  lastUser: PlannedEntry | null = null;

  constructor(numbers: Floats | null, length: number) {
    this.numbers = numbers;
    this.length = length;
  }

  /** The entries that use it, in order, without those that fell away. */
  get users(): readonly PlannedEntry[] {
    const users: PlannedEntry[] = [];
    for (let use = this.firstUse; use !== null; use = use.next)
      if (!use.entry.isDropped && use.entry !== users.at(-1)) users.push(use.entry);
    // Where two arrays became one, the uses of one stand behind those of the other.
    return users.sort((a, b) => a.place - b.place).filter((entry, index) => entry !== users[index - 1]);
  }
}

/** A place in a record where the address of an array goes. */
export interface ArrayUse {
  readonly entry: PlannedEntry;
  readonly word: number;
  array: PlannedArray;
  access: Access;
  /** The next use of the array. */
  next: ArrayUse | null;
}

interface Entry {
  /** How many entries were written before it. */
  readonly place: number;
  readonly uses: ArrayUse[];
  /** Whether it is not needed after all. */
  isDropped: boolean;
}

/** A routine's record. */
export interface PlannedRecord extends Entry {
  readonly kind: "record";
  words: Int32Array;
  /** Words that are asked for before every run. */
  readonly seeds: { readonly word: number; readonly seed: () => number }[];
}

/** A piece of JavaScript. What it reads comes first among what it uses. */
export interface PlannedHost extends Entry {
  readonly kind: "host";
  readonly work: (arrays: HostArrays) => void;
}

export type PlannedEntry = PlannedRecord | PlannedHost;

/** Says that an entry uses an array. */
export function addUse(entry: PlannedEntry, word: number, array: PlannedArray, access: Access): void {
  const use: ArrayUse = { entry, word, array, access, next: null };
  entry.uses.push(use);
  if (array.lastUse === null) array.firstUse = use;
  else array.lastUse.next = use;
  array.lastUse = use;
  array.useCount++;
}

/** Makes one array of two: whoever used one of them uses the other. */
export function joinUses(goes: PlannedArray, stays: PlannedArray): void {
  for (let use = goes.firstUse; use !== null; use = use.next) use.array = stays;
  if (stays.lastUse === null) stays.firstUse = goes.firstUse;
  else stays.lastUse.next = goes.firstUse;
  stays.lastUse = goes.lastUse ?? stays.lastUse;
  stays.useCount += goes.useCount;
  goes.firstUse = null;
  goes.lastUse = null;
}

/** Whether something between two entries uses one of the arrays. */
export function isTouchedBetween(
  entries: readonly PlannedEntry[],
  first: PlannedEntry,
  last: PlannedEntry,
  arrays: readonly PlannedArray[],
): boolean {
  for (let at = first.place + 1; at < last.place; at++) {
    const { uses, isDropped } = entries[at] as PlannedEntry;
    if (isDropped) continue;
    if (uses.some(({ array, access }) => arrays.includes(array) && (access !== "read" || array === arrays[1])))
      return true;
  }
  return false;
}
