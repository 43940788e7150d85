// Lays a plan out for the WebAssembly routines: records are shortened, arrays get their places, and the tape is written into memory.

import { Floats } from "../../../intrinsics.ts";
import type { Backend } from "../../backend.ts";
import type { HostArrays, RecordedCalls, Recorder } from "../../recording.ts";
import type { Routines } from "../module/routines.ts";
import { TapeRun } from "../threads/pacedRun.ts";
import { placeArrays } from "./planMemory.ts";
import { shortenPlan } from "./planPasses.ts";
import type { PlannedArray, PlannedEntry, PlannedHost, PlannedRecord } from "./planUses.ts";
import { PlanWriter } from "./planWriter.ts";

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
    const kept = [...this.#kept].map((array) => this.#writer.planned(array));
    const { arrays } = this.#writer;
    for (const array of arrays) this.#settle(array);
    const entries = shortenPlan(this.#writer.entries);
    const { placed, bytes } = placeArrays(entries, arrays);
    const arena = memory.allocate(bytes);
    memory.floats(arena, bytes / 4).fill(0);
    for (const array of placed) array.address += arena;
    const locate = (array: PlannedArray) => this.#locate(array);
    for (const array of placed) if (this.#isConstant(array)) locate(array).set(array.numbers ?? []);
    try {
      return new PlannedTape(this.#routines, entries, { arena, kept, locate });
    } catch (error) {
      memory.release(arena);
      throw error;
    }
  }

  /** Finds out whether an array stands elsewhere, and whether its place may be changed. */
  #settle(array: PlannedArray): void {
    const { numbers } = array;
    if (numbers === null) return;
    const isOwn = this.#own.has(numbers);
    const address = isOwn ? null : this.#routines.memory.addressOf(numbers);
    if (address !== null) array.address = address;
    array.isFixed = !isOwn || this.#kept.has(numbers);
  }

  #locate({ numbers, address, length }: PlannedArray): Floats {
    const { memory } = this.#routines;
    const isElsewhere = numbers !== null && !this.#own.has(numbers) && memory.addressOf(numbers) === address;
    return isElsewhere ? numbers : memory.floats(address, length);
  }

  /** Neither the plan's nor in the routines' memory: its numbers are those it has now. Scratch is written before it is read, and no matter. */
  #isConstant({ numbers }: PlannedArray): boolean {
    return numbers !== null && !this.#own.has(numbers) && this.#routines.memory.addressOf(numbers) === null;
  }
}

let standInNumbers = new ArrayBuffer(0);

/** An array that is never read or written, only told from others: all may be views of the same numbers. */
function standIn(length: number): Floats {
  if (standInNumbers.byteLength < 4 * length) standInNumbers = new ArrayBuffer(4 * length);
  return new Floats(standInNumbers, 0, length);
}

interface Places {
  /** Where memory for the plan's arrays begins. */
  readonly arena: number;
  /** The arrays that are asked for by name. */
  readonly kept: readonly PlannedArray[];
  readonly locate: (array: PlannedArray) => Floats;
}

/** The tape in memory, with the pieces of JavaScript between its parts. It holds on to nothing that was only needed to lay it out. */
class PlannedTape implements RecordedCalls {
  readonly #routines: Routines;
  readonly #arena: number;
  readonly #address: number;
  /** What the recording calls an array, and where that stands. */
  readonly #places: ReadonlyMap<Floats | null, Floats>;
  readonly #words: Int32Array<ArrayBufferLike>;
  readonly #segments: Segment[] = [];
  readonly #seeds: SeedWord[] = [];
  /** Where arrays are named that are only read, and only by records. */
  readonly #readers: ReadonlyMap<Floats | null, readonly ReaderWord[]>;

  constructor(routines: Routines, entries: readonly PlannedEntry[], { arena, kept, locate }: Places) {
    const { memory } = routines;
    this.#routines = routines;
    this.#arena = arena;
    this.#places = new Map(kept.map((array) => [array.numbers, locate(array)]));
    const count = entries.reduce((sum, entry) => sum + (entry.kind === "record" ? entry.words.length : 0), 0);
    this.#address = memory.allocate(4 * count);
    this.#words = new Int32Array(memory.buffer, this.#address, count);
    const readers = new Map(kept.map(({ numbers }): [Floats | null, ReaderWord[]] => [numbers, []]));
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
        this.#segments.push({ kind: "host", work: hostWork(entry, locate) });
      } else {
        this.#place(entry, next);
        for (const { word, array } of entry.uses)
          readers.get(array.numbers)?.push({ index: next + word, offset: entry.words[word] ?? 0 });
        next += entry.words.length;
      }
    }
    endSegment();
    for (const { kind, uses } of entries)
      for (const { array, access } of uses) if (kind === "host" || access !== "read") readers.delete(array.numbers);
    this.#readers = readers;
  }

  locate(array: Floats): Floats {
    return this.#places.get(array) ?? array;
  }

  redirect(array: Floats, to: Floats | null): boolean {
    const readers = this.#readers.get(array);
    const address = this.#routines.memory.addressOf(to ?? this.locate(array));
    if (readers === undefined || address === null) return false;
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
    this.#routines.memory.release(this.#arena);
  }

  #at(word: number): number {
    return this.#address + 4 * word;
  }

  #place({ words, uses, seeds }: PlannedRecord, at: number): void {
    this.#words.set(words, at);
    // The word holds the offset within the array already.
    for (const { word, array } of uses) this.#words[at + word] = (words[word] ?? 0) + array.address;
    for (const { word, seed } of seeds) this.#seeds.push({ index: at + word, seed });
  }
}

function hostWork({ uses, work }: PlannedHost, locate: (array: PlannedArray) => Floats): () => void {
  const located = (isRead: boolean) =>
    uses.filter(({ access }) => (access === "read") === isRead).map(({ array }) => locate(array));
  const arrays = { reads: located(true), writes: located(false) };
  return () => work(arrays);
}
