// Runs each record at once. Arrays outside the routines' memory are copied in before and, where written, out after.

import { Floats } from "../../intrinsics.ts";
import { type Access, RecordWriter } from "./records.ts";
import type { Routines } from "./routines.ts";

/** More words than any record has. */
const tapeWords = 256;

interface Staged {
  readonly array: Floats;
  readonly address: number;
  isWritten: boolean;
}

/** Eager execution on the WebAssembly routines. */
export class ImmediateWriter extends RecordWriter {
  readonly #routines: Routines;
  readonly #tape: number;
  #staged: Staged[] = [];
  #scratch: number[] = [];

  constructor(routines: Routines) {
    const { memory } = routines;
    const tape = memory.allocate(4 * tapeWords);
    super(new Int32Array(memory.buffer, tape, tapeWords), new Floats(memory.buffer, tape, tapeWords));
    this.#routines = routines;
    this.#tape = tape;
  }

  protected override addressOf(array: Floats, access: Access): number {
    const { memory } = this.#routines;
    const resident = memory.addressOf(array);
    if (resident !== null) return resident;
    const known = this.#staged.find((each) => each.array === array);
    if (known !== undefined) {
      known.isWritten ||= access !== "read";
      return known.address;
    }
    const address = memory.allocate(array.byteLength);
    if (access !== "write") memory.floats(address, array.length).set(array);
    this.#staged.push({ array, address, isWritten: access !== "read" });
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
    const staged = this.#staged;
    this.#staged = [];
    const scratch = this.#scratch;
    this.#scratch = [];
    const { memory } = this.#routines;
    try {
      this.#routines.run(this.#tape, end);
      for (const { array, address, isWritten } of staged)
        if (isWritten) array.set(memory.floats(address, array.length));
    } finally {
      for (const { address } of staged) memory.release(address);
      for (const address of scratch) memory.release(address);
    }
  }
}
