// Runs each record at once. Arrays outside the routines' memory are copied in before and, where written, out after.

import { Floats } from "../../intrinsics.ts";
import type { Routines } from "./module/routines.ts";
import { type ArrayPart, RecordWriter } from "./records/records.ts";
import { SingleRuns } from "./threads/pacedRun.ts";

/** More words than any record has. */
const tapeWords = 256;

/** A part of an array that stands elsewhere, copied in. */
interface Staged {
  readonly array: Floats;
  readonly offset: number;
  readonly length: number;
  readonly address: number;
  isWritten: boolean;
}

/** Eager execution on the WebAssembly routines. */
export class ImmediateWriter extends RecordWriter {
  readonly #routines: Routines;
  readonly #runs: SingleRuns;
  readonly #tape: number;
  #staged: Staged[] = [];
  #scratch: number[] = [];

  constructor(routines: Routines) {
    const { memory } = routines;
    const tape = memory.allocate(4 * tapeWords);
    super(new Int32Array(memory.buffer, tape, tapeWords), new Floats(memory.buffer, tape, tapeWords));
    this.#routines = routines;
    this.#runs = new SingleRuns(routines);
    this.#tape = tape;
  }

  /** A record that found no room, or whose seed threw, was not ended. */
  override begin(opcode: number): void {
    if (this.next > 0) {
      this.next = 0;
      for (const { address } of this.#staged.splice(0)) this.#routines.memory.release(address);
      for (const address of this.#scratch.splice(0)) this.#routines.memory.release(address);
    }
    super.begin(opcode);
  }

  protected override addressOf({ array, access, offset, length }: ArrayPart): number {
    const { memory } = this.#routines;
    const resident = memory.addressOf(array);
    if (resident !== null) return resident + 4 * offset;
    const known = this.#staged.find(
      (each) => each.array === array && each.offset <= offset && offset + length <= each.offset + each.length,
    );
    if (known !== undefined) {
      known.isWritten ||= access !== "read";
      return known.address + 4 * (offset - known.offset);
    }
    const address = memory.allocate(4 * length);
    if (access !== "write") memory.floats(address, length).set(partOf(array, offset, length));
    this.#staged.push({ array, offset, length, address, isWritten: access !== "read" });
    return address;
  }

  protected override addressOfScratch(length: number): number {
    const address = this.#routines.memory.allocate(4 * length);
    this.#scratch.push(address);
    return address;
  }

  protected override finish(): void {
    const end = this.#tape + 4 * this.next;
    this.next = 0;
    if (this.#staged.length === 0 && this.#scratch.length === 0) {
      this.#runs.run(this.words[0] ?? 0, this.#tape, end);
      return;
    }
    const staged = this.#staged;
    this.#staged = [];
    const scratch = this.#scratch;
    this.#scratch = [];
    const { memory } = this.#routines;
    try {
      this.#runs.run(this.words[0] ?? 0, this.#tape, end);
      for (const { array, offset, length, address, isWritten } of staged)
        if (isWritten) array.set(memory.floats(address, length), offset);
    } finally {
      for (const { address } of staged) memory.release(address);
      for (const address of scratch) memory.release(address);
    }
  }
}

function partOf(array: Floats, offset: number, length: number): Floats {
  return length === array.length ? array : array.subarray(offset, offset + length);
}
