// Batches that come again stand in the routines' own memory from their second time on: a step then reads them there, and nothing is carried over.
//
// What stands there is a copy, of finite numbers that nobody outside can change. It can be given up at any time.

import { backend } from "../../backend/current.ts";
import { MemoryFullError } from "../../backend/memoryFull.ts";
import type { BackendMemory } from "../../backend/recording.ts";
import { type Floats, maths } from "../../intrinsics.ts";
import { isPrivate } from "../../privateNumbers.ts";

/** 64 MB of float32 numbers, or an eighth of what the backend can hold. */
const mostFloats = 2 ** 24;
/** What was not asked for in so many questions makes room. Of fewer, many batches would only push one another out. */
const longTime = 4096;

interface Copy {
  readonly original: WeakRef<Floats>;
  readonly memory: BackendMemory;
  readonly array: Floats;
  askedAt: number;
}

const met = new WeakSet<Floats>();
const copies = new Map<Floats, Copy>();
const copyOf = new WeakMap<Floats, Copy>();
let questions = 0;

/** Where the routines find these numbers, all finite, in their memory; `null` where they have to be carried over. */
export function standingCopy(numbers: Floats): Floats | null {
  if (!isPrivate(numbers)) return null;
  const { memory } = backend();
  questions++;
  const known = copyOf.get(numbers);
  if (known?.memory === memory) {
    known.askedAt = questions;
    return known.array;
  }
  if (!met.has(numbers)) {
    met.add(numbers);
    return null;
  }
  return memory.isApart && !memory.holds(numbers) ? makeCopy(numbers, memory) : null;
}

/** Gives all of their memory back. */
export function dropStandingCopies(): void {
  for (const copy of copies.values()) release(copy);
}

function makeCopy(numbers: Floats, memory: BackendMemory): Floats | null {
  for (const copy of copies.values()) if (copy.memory !== memory || copy.original.deref() === undefined) release(copy);
  if (!hasRoomFor(numbers.length, memory)) return null;
  const array = copyInto(memory, numbers);
  if (array === null) return null;
  const copy = { original: new WeakRef(numbers), memory, array, askedAt: questions };
  copies.set(array, copy);
  if (!backend().areFinite(array)) {
    release(copy);
    return null;
  }
  copyOf.set(numbers, copy);
  return array;
}

/** Also makes some: by what nobody has asked for in a long time. */
function hasRoomFor(length: number, { mostFloats: most }: BackendMemory): boolean {
  let room = maths.min(mostFloats, most / 8) - length;
  for (const { array } of copies.values()) room -= array.length;
  for (const copy of copies.values()) {
    if (room >= 0) break;
    if (questions - copy.askedAt <= longTime) continue;
    room += copy.array.length;
    release(copy);
  }
  return room >= 0;
}

function copyInto(memory: BackendMemory, numbers: Floats): Floats | null {
  try {
    return memory.copy(numbers);
  } catch (error) {
    if (!(error instanceof MemoryFullError)) throw error;
    return null; // Then the numbers are carried over at each step, as before.
  }
}

function release(copy: Copy): void {
  const original = copy.original.deref();
  if (original !== undefined) copyOf.delete(original);
  copies.delete(copy.array);
  copy.memory.release(copy.array);
}
