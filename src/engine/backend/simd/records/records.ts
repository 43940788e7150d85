// Writing records for the routines: words, numbers and the addresses of arrays, into whatever memory the tape has.

import { Doubles, type Floats } from "../../../intrinsics.ts";

const doubleBits = new Doubles(1);
const doubleWords = new Int32Array(doubleBits.buffer);

/** What a routine does with an array. */
export type Access = "read" | "write" | "update";

/** What a record does with a part of an array. */
export interface ArrayPart {
  readonly array: Floats;
  readonly access: Access;
  /** In numbers from the array's start. */
  readonly offset: number;
  readonly length: number;
}

/** Writes one record after another. Who writes for whom (now, or for a plan) decides where arrays stand and what happens at the end of a record. */
export abstract class RecordWriter {
  /** The tape, as whole numbers and as reals: the same memory. */
  protected words: Int32Array<ArrayBufferLike>;
  protected reals: Floats;
  /** The next free word. */
  protected next = 0;
  #start = 0;

  constructor(words: Int32Array<ArrayBufferLike>, reals: Floats) {
    this.words = words;
    this.reals = reals;
  }

  begin(opcode: number): void {
    this.#start = this.next;
    this.words[this.next] = opcode;
    this.next += 2;
  }

  /** A whole number. */
  word(value: number): void {
    this.words[this.next++] = value;
  }

  /** A number with a fraction. */
  real(value: number): void {
    this.reals[this.next++] = value;
  }

  /** A number in double precision: two words. */
  double(value: number): void {
    doubleBits[0] = value;
    this.word(doubleWords[0] ?? 0);
    this.word(doubleWords[1] ?? 0);
  }

  /** A whole number of 32 bits that is asked for whenever the record runs. */
  seed(ask: () => number): void {
    this.word(ask());
  }

  /** An array that is read: `length` numbers from `offset` on. */
  read(array: Floats, offset = 0, length: number = array.length - offset): void {
    this.word(this.addressOf({ array, access: "read", offset, length }));
  }

  /** An array that is written from end to end. */
  write(array: Floats): void {
    this.word(this.addressOf({ array, access: "write", offset: 0, length: array.length }));
  }

  /** An array that is read and written, or written in parts: `length` numbers from `offset` on. */
  update(array: Floats, offset = 0, length: number = array.length - offset): void {
    this.word(this.addressOf({ array, access: "update", offset, length }));
  }

  /** Room for so many numbers that is the record's own while it runs. */
  scratch(length: number): void {
    this.word(this.addressOfScratch(length));
  }

  end(): void {
    this.words[this.#start + 1] = this.next - this.#start;
    this.finish(this.#start);
  }

  /** Where the part of an array begins, or will begin when the record runs. */
  protected abstract addressOf(part: ArrayPart): number;

  protected abstract addressOfScratch(length: number): number;

  /** Called when the record that starts at a word is complete. */
  protected abstract finish(start: number): void;
}
