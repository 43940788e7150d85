// Where a plan's arrays stand: those that are never needed at once may share a place.

import { maths } from "../../../intrinsics.ts";
import * as opcodes from "../../opcodes.ts";
import type { PlannedArray, PlannedEntry } from "./planUses.ts";

const alignment = 64;
/** Routines may read this far past an array's end. */
const slackBytes = 64;

/** Routines that read and write number by number, so that an output may take an input's place. */
const inPlaceRoutines: ReadonlySet<number> = new Set([
  opcodes.COPY,
  opcodes.UNARY,
  opcodes.UNARY_GRAD,
  opcodes.UNARY_GRAD_SUM,
  opcodes.BINARY,
  opcodes.BINARY_GRAD,
]);

/**
 * Settles a place for each array that has none and is used, or is fixed: that one keeps its own. Addresses are counted from the
 * start of memory for the plan. Gives these arrays, and how many bytes they take.
 */
export function placeArrays(
  entries: readonly PlannedEntry[],
  arrays: readonly PlannedArray[],
): { readonly placed: readonly PlannedArray[]; readonly bytes: number } {
  const room = new Room();
  const placed: PlannedArray[] = [];
  const place = (array: PlannedArray, address: number) => {
    array.address = address;
    placed.push(array);
  };
  for (const array of arrays) if (array.isFixed && array.address < 0) place(array, room.take(array.length));
  for (const entry of entries) for (const { array } of entry.uses) array.lastUser = entry;
  for (const entry of entries) {
    const ending: PlannedArray[] = [];
    const isLast = (array: PlannedArray) => !array.isFixed && array.lastUser === entry;
    for (const { array } of entry.uses)
      if (array.address >= 0 && isLast(array) && !ending.includes(array)) ending.push(array);
    for (const { array } of entry.uses) {
      if (array.address >= 0) continue;
      const heir = isInPlace(entry) ? ending.findIndex(({ length }) => length === array.length) : -1;
      const [inherited] = heir === -1 ? [] : ending.splice(heir, 1);
      place(array, inherited?.address ?? room.take(array.length));
      if (isLast(array)) ending.push(array);
    }
    for (const { address, length } of ending) room.give(address, length);
  }
  return { placed, bytes: room.bytes };
}

function isInPlace(entry: PlannedEntry): boolean {
  return entry.kind === "record" && inPlaceRoutines.has(entry.words[0] ?? -1);
}

interface Gap {
  readonly start: number;
  readonly end: number;
  /** Whether it is one no more. */
  isGone: boolean;
}

/** Free places in memory that grows as needed; found by where they begin and end, and by size. */
class Room {
  bytes = 0;
  readonly #starts = new Map<number, Gap>();
  readonly #ends = new Map<number, Gap>();
  /** The newest last: what was used a moment ago is near the processor. Those that are gone may still stand there. */
  readonly #sizes = new Map<number, Gap[]>();

  /** Where so many numbers find room. */
  take(length: number): number {
    const size = sizeBytes(length);
    const gap = this.#smallest(size);
    if (gap === null) {
      const start = this.bytes;
      this.bytes += size;
      return start;
    }
    this.#remove(gap);
    if (gap.start + size < gap.end) this.#add(gap.start + size, gap.end);
    return gap.start;
  }

  /** Takes the room of so many numbers back. */
  give(start: number, length: number): void {
    const end = start + sizeBytes(length);
    const before = this.#ends.get(start);
    const after = this.#starts.get(end);
    if (before !== undefined) this.#remove(before);
    if (after !== undefined) this.#remove(after);
    this.#add(before?.start ?? start, after?.end ?? end);
  }

  /** The smallest that fits: small arrays must not break up the room of large ones. */
  #smallest(size: number): Gap | null {
    const exact = this.#newest(size);
    if (exact !== null) return exact;
    let best: Gap | null = null;
    for (const each of this.#sizes.keys()) {
      if (each < size || (best !== null && each >= best.end - best.start)) continue;
      best = this.#newest(each) ?? best;
    }
    return best;
  }

  #newest(size: number): Gap | null {
    const alike = this.#sizes.get(size);
    if (alike === undefined) return null;
    while (alike.at(-1)?.isGone === true) alike.pop();
    if (alike.length === 0) this.#sizes.delete(size);
    return alike.at(-1) ?? null;
  }

  #add(start: number, end: number): void {
    const gap: Gap = { start, end, isGone: false };
    this.#starts.set(start, gap);
    this.#ends.set(end, gap);
    const alike = this.#sizes.get(end - start);
    if (alike === undefined) this.#sizes.set(end - start, [gap]);
    else alike.push(gap);
  }

  #remove(gap: Gap): void {
    gap.isGone = true;
    this.#starts.delete(gap.start);
    this.#ends.delete(gap.end);
  }
}

function sizeBytes(length: number): number {
  return maths.ceil((4 * length + slackBytes) / alignment) * alignment;
}
