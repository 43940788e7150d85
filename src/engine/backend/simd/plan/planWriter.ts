// Writes records for a plan: complete but for the addresses of arrays, which are settled when all records are known.

import { Floats } from "../../../intrinsics.ts";
import type { HostArrays } from "../../recording.ts";
import { type ArrayPart, RecordWriter } from "../records/records.ts";
import { addUse, PlannedArray, type PlannedEntry, type PlannedHost, type PlannedRecord } from "./planUses.ts";

/** More words than any record has. */
const mostWords = 256;

export class PlanWriter extends RecordWriter {
  readonly entries: PlannedEntry[] = [];
  readonly #arrays = new Map<Floats, PlannedArray>();
  readonly #scratch: PlannedArray[] = [];
  /** The record that is being written. */
  #record: PlannedRecord = emptyRecord(0);

  constructor() {
    const words = new Int32Array(mostWords);
    super(words, new Floats(words.buffer));
  }

  /** All arrays of all records. */
  get arrays(): readonly PlannedArray[] {
    return [...this.#arrays.values(), ...this.#scratch];
  }

  /** What the plan knows of an array. */
  planned(array: Floats): PlannedArray {
    let planned = this.#arrays.get(array);
    if (planned === undefined) {
      planned = new PlannedArray(array, array.length);
      this.#arrays.set(array, planned);
    }
    return planned;
  }

  override seed(ask: () => number): void {
    this.#record.seeds.push({ word: this.next, seed: ask });
    this.word(0);
  }

  host(arrays: HostArrays, work: (arrays: HostArrays) => void): void {
    const { place } = this.#record;
    const entry: PlannedHost = { kind: "host", place, uses: [], isDropped: false, work };
    for (const array of arrays.reads) addUse(entry, -1, this.planned(array), "read");
    // It may add to what stands there, or write a part.
    for (const array of arrays.writes) addUse(entry, -1, this.planned(array), "update");
    this.entries.push(entry);
    this.#record = emptyRecord(place + 1);
  }

  protected override addressOf({ array, access, offset }: ArrayPart): number {
    addUse(this.#record, this.next, this.planned(array), access);
    return 4 * offset;
  }

  /** Scratch is an array like any other that only this record uses. */
  protected override addressOfScratch(length: number): number {
    const array = new PlannedArray(null, length);
    this.#scratch.push(array);
    addUse(this.#record, this.next, array, "write");
    return 0;
  }

  protected override finish(start: number): void {
    this.#record.words = this.words.slice(start, this.next);
    this.next = 0;
    this.entries.push(this.#record);
    this.#record = emptyRecord(this.entries.length);
  }
}

const noWords = new Int32Array(0);

function emptyRecord(place: number): PlannedRecord {
  return { kind: "record", place, words: noWords, uses: [], seeds: [], isDropped: false };
}
