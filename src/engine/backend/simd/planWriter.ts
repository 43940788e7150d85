// Writes records for a plan: complete but for the addresses of arrays, which are settled when all records are known.

import { Floats } from "../../intrinsics.ts";
import type { HostArrays } from "../recording.ts";
import { type Access, type ArrayPart, RecordWriter } from "./records.ts";

/** A place in a record where the address of an array goes. */
export interface ArrayUse {
  readonly word: number;
  array: Floats;
  access: Access;
}

/** A routine's record. */
export interface PlannedRecord {
  readonly kind: "record";
  readonly words: Int32Array;
  readonly uses: ArrayUse[];
  /** Words that are asked for before every run. */
  readonly seeds: readonly { readonly word: number; readonly seed: () => number }[];
}

/** A piece of JavaScript. */
export interface PlannedHost {
  readonly kind: "host";
  readonly uses: readonly ArrayUse[];
  readonly arrays: HostArrays;
  readonly work: (arrays: HostArrays) => void;
}

export type PlannedEntry = PlannedRecord | PlannedHost;

/** More words than any record has. */
const mostWords = 256;

export class PlanWriter extends RecordWriter {
  readonly entries: PlannedEntry[] = [];
  /** Arrays that are one record's own. */
  readonly scratchArrays = new Set<Floats>();
  #uses: ArrayUse[] = [];
  #seeds: { word: number; seed: () => number }[] = [];

  constructor() {
    const words = new Int32Array(mostWords);
    super(words, new Floats(words.buffer));
  }

  override seed(ask: () => number): void {
    this.#seeds.push({ word: this.next, seed: ask });
    this.word(0);
  }

  host(arrays: HostArrays, work: (arrays: HostArrays) => void): void {
    const uses = [
      ...arrays.reads.map((array): ArrayUse => ({ word: -1, array, access: "read" })),
      // It may add to what stands there, or write a part.
      ...arrays.writes.map((array): ArrayUse => ({ word: -1, array, access: "update" })),
    ];
    this.entries.push({ kind: "host", uses, arrays, work });
  }

  protected override addressOf({ array, access, offset }: ArrayPart): number {
    this.#uses.push({ word: this.next, array, access });
    return 4 * offset;
  }

  /** Scratch is an array like any other that only this record uses. */
  protected override addressOfScratch(length: number): number {
    const array = new Floats(length);
    this.scratchArrays.add(array);
    return this.addressOf({ array, access: "write", offset: 0, length });
  }

  protected override finish(start: number): void {
    const words = this.words.slice(start, this.next);
    this.next = 0;
    this.entries.push({ kind: "record", words, uses: this.#uses, seeds: this.#seeds });
    this.#uses = [];
    this.#seeds = [];
  }
}
