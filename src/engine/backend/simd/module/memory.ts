// The memory that routines work in: arrays handed out and taken back, 64-byte aligned, with room behind each for a whole vector.

import { Floats, maths } from "../../../intrinsics.ts";
import { MemoryFullError } from "../../memoryFull.ts";
import type { WasmMemory } from "./webAssembly.ts";

const pageBytes = 65_536;
const alignment = 64;
/** Routines may read this far past an array's end. */
const slackBytes = 64;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

/** Hands out parts of one WebAssembly memory. */
export class SimdMemory {
  readonly #memory: WasmMemory;
  /**
   * Objects that stood for the buffer when views were made; those views stay valid. There is a new one when the memory has grown,
   * and, as V8 has it, for every shared memory of a thread when any shared memory has grown.
   */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  /** The one that nearly all views have. */
  #newestBuffer: ArrayBufferLike | null = null;
  readonly #used = new Map<number, number>();
  /** Free parts by address; neighbours are joined. */
  #free: Block[] = [];
  /** Everything from here on has not been used yet. */
  #top: number;
  /** How far it can grow. */
  readonly mostBytes: number;

  constructor(memory: WasmMemory, firstFree: number, mostBytes: number) {
    this.#memory = memory;
    this.mostBytes = mostBytes;
    this.#top = aligned(firstFree);
  }

  /** How many bytes are handed out now. */
  get usedBytes(): number {
    let sum = 0;
    for (const bytes of this.#used.values()) sum += bytes;
    return sum;
  }

  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  /** An address with room for so many bytes. What stands there is left over from before. @throws MemoryFullError */
  allocate(bytes: number): number {
    const size = aligned(bytes + slackBytes);
    const index = this.#free.findIndex((block) => block.bytes >= size);
    const block = this.#free[index];
    if (block !== undefined) {
      // Code may be ended from outside between any two lines: room is lost then, never given twice.
      if (block.bytes === size) this.#free.splice(index, 1);
      else this.#free[index] = { address: block.address + size, bytes: block.bytes - size };
      this.#used.set(block.address, size);
      return block.address;
    }
    const address = this.#top;
    this.#reach(address + size + slackBytes, bytes);
    this.#top = address + size;
    this.#used.set(address, size);
    return address;
  }

  /** Gives a part back. */
  release(address: number): void {
    const bytes = this.#used.get(address);
    if (bytes === undefined) throw new RangeError(`No memory was handed out at ${address}.`);
    this.#used.delete(address);
    const at = this.#free.findIndex((block) => block.address > address);
    this.#free.splice(at === -1 ? this.#free.length : at, 0, { address, bytes });
    this.#joinNeighbours();
  }

  /** The numbers at an address. */
  floats(address: number, length: number): Floats {
    const { buffer } = this.#memory;
    this.#buffers.add(buffer);
    this.#newestBuffer = buffer;
    return new Floats(buffer, address, length);
  }

  /** Where an array stands in this memory; `null` for one that stands elsewhere. */
  addressOf(array: Floats): number | null {
    const { buffer } = array;
    return buffer === this.#newestBuffer || this.#buffers.has(buffer) ? array.byteOffset : null;
  }

  #joinNeighbours(): void {
    const joined: Block[] = [];
    for (const block of this.#free) {
      const last = joined.at(-1);
      if (last !== undefined && last.address + last.bytes === block.address)
        joined[joined.length - 1] = { address: last.address, bytes: last.bytes + block.bytes };
      else joined.push(block);
    }
    const last = joined.at(-1);
    const isAtTop = last !== undefined && last.address + last.bytes === this.#top;
    if (isAtTop) joined.pop();
    this.#free = joined;
    if (isAtTop) this.#top = last.address;
  }

  #reach(end: number, wantedBytes: number): void {
    const missing = maths.ceil((end - this.#memory.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    // In larger steps than asked for: each growth costs, and makes a buffer object.
    const wanted = maths.max(missing, maths.ceil(this.#memory.buffer.byteLength / pageBytes / 4));
    // Near the limit the extra is not there; what is missing may be.
    if (!this.#grow(wanted) && !this.#grow(missing))
      throw new MemoryFullError({
        ...{ what: "the arrays of an operation", wantedBytes },
        ...{ usedBytes: this.usedBytes, mostBytes: this.mostBytes },
      });
  }

  #grow(pages: number): boolean {
    try {
      this.#memory.grow(pages);
      return true;
    } catch {
      return false; // There is no more room; the caller says so.
    }
  }
}

function aligned(bytes: number): number {
  return maths.ceil(bytes / alignment) * alignment;
}
