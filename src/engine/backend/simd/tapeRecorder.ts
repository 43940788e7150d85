// Lays a plan out for the WebAssembly routines: records are shortened, arrays get their places, and the tape is written into memory.

import { Floats } from "../../intrinsics.ts";
import type { Backend } from "../backend.ts";
import type { HostArrays, RecordedCalls, Recorder } from "../recording.ts";
import { TapeRun } from "./pacedRun.ts";
import { placeArrays } from "./planMemory.ts";
import { shortenPlan } from "./planPasses.ts";
import { type PlannedEntry, type PlannedRecord, PlanWriter } from "./planWriter.ts";
import type { Routines } from "./routines.ts";

/** A part of the tape between two pieces of JavaScript, or such a piece. */
type Segment = { readonly kind: "tape"; readonly part: TapeRun } | { readonly kind: "host"; readonly work: () => void };

/** A word of the tape that is asked for before every run. */
interface SeedWord {
  readonly index: number;
  readonly seed: () => number;
}

/** A word of the tape that names an array: a place in it, in bytes from its start. */
interface ReaderWord {
  readonly index: number;
  readonly offset: number;
}

export class TapeRecorder implements Recorder {
  readonly backend: Backend;
  readonly #routines: Routines;
  readonly #writer = new PlanWriter();
  readonly #own = new Set<Floats>();
  readonly #kept = new Set<Floats>();

  /** @param makeBackend The routines as records of a writer. */
  constructor(routines: Routines, makeBackend: (writer: PlanWriter, recorder: TapeRecorder) => Backend) {
    this.#routines = routines;
    this.backend = makeBackend(this.#writer, this);
  }

  allocate(length: number): Floats {
    const array = standIn(length);
    this.#own.add(array);
    return array;
  }

  keep(array: Floats): void {
    this.#kept.add(array);
  }

  host(arrays: HostArrays, work: (arrays: HostArrays) => void): void {
    this.#writer.host(arrays, work);
  }

  /** @throws MemoryFullError */
  finish(): RecordedCalls {
    const { memory } = this.#routines;
    const isResident = (array: Floats) => !this.#own.has(array) && memory.addressOf(array) !== null;
    const isFixed = (array: Floats) => this.#kept.has(array) || isResident(array) || this.#isConstant(array);
    const entries = shortenPlan(this.#writer.entries, isFixed);
    const placed = new Set(this.#kept);
    for (const { uses } of entries) for (const { array } of uses) if (!isResident(array)) placed.add(array);
    const { offsets, bytes } = placeArrays(entries, placed, isFixed);
    const arena = memory.allocate(bytes);
    memory.floats(arena, bytes / 4).fill(0);
    const addressOf = (array: Floats) => memory.addressOf(array) ?? arena + (offsets.get(array) ?? 0);
    const locate = (array: Floats) => (isResident(array) ? array : memory.floats(addressOf(array), array.length));
    for (const array of placed) if (this.#isConstant(array)) locate(array).set(array);
    const tape = this.#layOut(entries, { addressOf, locate }, arena);
    const places = new Map([...this.#kept].map((array) => [array, locate(array)]));
    return {
      run: () => tape.run(),
      locate: (array) => places.get(array) ?? locate(array),
      redirect: (array, to) => tape.redirect(array, addressOf(to ?? array)),
      release() {
        tape.release();
        memory.release(arena);
      },
    };
  }

  #layOut(entries: readonly PlannedEntry[], places: Places, arena: number): TapeLayout {
    try {
      return new TapeLayout(this.#routines, entries, places, this.#kept);
    } catch (error) {
      this.#routines.memory.release(arena);
      throw error;
    }
  }

  /** Neither the plan's nor in the routines' memory: its numbers are those it has now. Scratch is written before it is read, and no matter. */
  #isConstant(array: Floats): boolean {
    return (
      !this.#own.has(array) && !this.#writer.scratchArrays.has(array) && this.#routines.memory.addressOf(array) === null
    );
  }
}

let standInNumbers = new ArrayBuffer(0);

/** An array that is never read or written, only told from others: all may be views of the same numbers. */
function standIn(length: number): Floats {
  if (standInNumbers.byteLength < 4 * length) standInNumbers = new ArrayBuffer(4 * length);
  return new Floats(standInNumbers, 0, length);
}

interface Places {
  addressOf(array: Floats): number;
  locate(array: Floats): Floats;
}

/** The tape in memory, with the pieces of JavaScript between its parts. */
class TapeLayout {
  readonly #routines: Routines;
  readonly #address: number;
  readonly #words: Int32Array<ArrayBufferLike>;
  readonly #segments: Segment[] = [];
  readonly #seeds: SeedWord[] = [];
  /** Where arrays are named that are only read, and only by records. */
  readonly #readers: ReadonlyMap<Floats, readonly ReaderWord[]>;

  /** @param kept The arrays that may be redirected. */
  constructor(routines: Routines, entries: readonly PlannedEntry[], places: Places, kept: ReadonlySet<Floats>) {
    const { memory } = routines;
    this.#routines = routines;
    const count = entries.reduce((sum, entry) => sum + (entry.kind === "record" ? entry.words.length : 0), 0);
    this.#address = memory.allocate(4 * count);
    this.#words = new Int32Array(memory.buffer, this.#address, count);
    const readers = new Map([...kept].map((array): [Floats, ReaderWord[]] => [array, []]));
    let next = 0;
    let start = 0;
    const endSegment = () => {
      if (next > start)
        this.#segments.push({ kind: "tape", part: new TapeRun(routines, this.#at(start), this.#at(next)) });
      start = next;
    };
    for (const entry of entries) {
      if (entry.kind === "host") {
        endSegment();
        this.#segments.push({ kind: "host", work: hostWork(entry, places) });
      } else {
        this.#place(entry, next, places);
        for (const { word, array } of entry.uses)
          readers.get(array)?.push({ index: next + word, offset: entry.words[word] ?? 0 });
        next += entry.words.length;
      }
    }
    endSegment();
    for (const { kind, uses } of entries)
      for (const { array, access } of uses) if (kind === "host" || access !== "read") readers.delete(array);
    this.#readers = readers;
  }

  redirect(array: Floats, address: number): boolean {
    const readers = this.#readers.get(array);
    if (readers === undefined) return false;
    this.#routines.team?.settle();
    for (const { index, offset } of readers) this.#words[index] = address + offset;
    return true;
  }

  run(): void {
    for (const { index, seed } of this.#seeds) this.#words[index] = seed();
    for (const segment of this.#segments) {
      if (segment.kind === "tape") segment.part.run();
      else segment.work();
    }
  }

  release(): void {
    this.#routines.team?.settle();
    this.#routines.memory.release(this.#address);
  }

  #at(word: number): number {
    return this.#address + 4 * word;
  }

  #place({ words, uses, seeds }: PlannedRecord, at: number, { addressOf }: Places): void {
    this.#words.set(words, at);
    // The word holds the offset within the array already.
    for (const { word, array } of uses) this.#words[at + word] = (words[word] ?? 0) + addressOf(array);
    for (const { word, seed } of seeds) this.#seeds.push({ index: at + word, seed });
  }
}

function hostWork(entry: PlannedEntry & { readonly kind: "host" }, { locate }: Places): () => void {
  const arrays = { reads: entry.arrays.reads.map(locate), writes: entry.arrays.writes.map(locate) };
  return () => entry.work(arrays);
}
