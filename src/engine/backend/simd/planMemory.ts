// Where a plan's arrays stand: those that are never needed at once may share a place.

import { type Floats, maths } from "../../intrinsics.ts";
import * as opcodes from "../opcodes.ts";
import type { PlannedEntry } from "./planWriter.ts";

const alignment = 64;
/** Routines may read this far past an array's end. */
const slackBytes = 64;

/** Offsets in bytes from the start of the plan's memory. */
export interface Placement {
  readonly offsets: ReadonlyMap<Floats, number>;
  readonly bytes: number;
}

/** Routines that read and write number by number, so that an output may take an input's place. */
const inPlaceRoutines: ReadonlySet<number> = new Set([
  opcodes.COPY,
  opcodes.UNARY,
  opcodes.UNARY_GRAD,
  opcodes.UNARY_GRAD_SUM,
  opcodes.BINARY,
  opcodes.BINARY_GRAD,
]);

/** Settles a place for each of the arrays. `isKept`: somebody reads it between runs, it has a place of its own. */
export function placeArrays(
  entries: readonly PlannedEntry[],
  arrays: ReadonlySet<Floats>,
  isKept: (array: Floats) => boolean,
): Placement {
  const lastUse = new Map<Floats, number>();
  entries.forEach((entry, index) => {
    for (const { array } of entry.uses) if (arrays.has(array)) lastUse.set(array, index);
  });
  const room = new Room();
  const offsets = new Map<Floats, number>();
  for (const array of arrays) if (isKept(array)) offsets.set(array, room.take(array.byteLength));
  entries.forEach((entry, index) => {
    const own = [...new Set(entry.uses.map((use) => use.array))].filter((array) => arrays.has(array) && !isKept(array));
    const ending = own.filter((array) => lastUse.get(array) === index && offsets.has(array));
    for (const array of own) {
      if (offsets.has(array)) continue;
      const heir = isInPlace(entry) ? ending.findIndex((each) => each.length === array.length) : -1;
      const [inherited] = heir === -1 ? [] : ending.splice(heir, 1);
      offsets.set(array, inherited === undefined ? room.take(array.byteLength) : (offsets.get(inherited) ?? 0));
      if (lastUse.get(array) === index) ending.push(array);
    }
    for (const array of ending) room.give(offsets.get(array) ?? 0, array.byteLength);
  });
  return { offsets, bytes: room.bytes };
}

function isInPlace(entry: PlannedEntry): boolean {
  return entry.kind === "record" && inPlaceRoutines.has(entry.words[0] ?? -1);
}

/** Free places in memory that grows as needed. */
class Room {
  bytes = 0;
  readonly #free: { start: number; end: number }[] = [];

  take(bytes: number): number {
    const size = rounded(bytes);
    // The smallest that fits: small arrays must not break up the room of large ones.
    let best: { start: number; end: number } | null = null;
    for (const gap of this.#free) {
      const length = gap.end - gap.start;
      if (length >= size && (best === null || length < best.end - best.start)) best = gap;
    }
    if (best === null) {
      const start = this.bytes;
      this.bytes += size;
      return start;
    }
    const { start } = best;
    best.start += size;
    if (best.start === best.end) this.#free.splice(this.#free.indexOf(best), 1);
    return start;
  }

  give(start: number, bytes: number): void {
    const end = start + rounded(bytes);
    const before = this.#free.find((gap) => gap.end === start);
    const after = this.#free.find((gap) => gap.start === end);
    if (before !== undefined && after !== undefined) {
      before.end = after.end;
      this.#free.splice(this.#free.indexOf(after), 1);
    } else if (before !== undefined) before.end = end;
    else if (after !== undefined) after.start = start;
    else this.#free.push({ start, end });
  }
}

function rounded(bytes: number): number {
  return maths.ceil((bytes + slackBytes) / alignment) * alignment;
}
