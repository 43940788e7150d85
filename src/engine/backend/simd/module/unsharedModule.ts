// The same WebAssembly module for a memory that is not shared: where pages may not share memory, one byte of its import says otherwise.

const sectionOfImports = 2;
const kinds = { function: 0, memory: 2, global: 3 } as const;
const hasMaximum = 0x01;
const hasMaximumAndIsShared = 0x03;

/**
 * A copy of a module that imports its memory shared, importing it unshared. The instructions are the same: atomic ones may
 * work on any memory.
 *
 * @throws RangeError when the module imports no shared memory.
 */
export function unsharedModule(shared: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(shared);
  const reader = new Reader(bytes);
  reader.skip(8); // The magic number and the version.
  while (reader.at < bytes.length) {
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section === sectionOfImports) {
      bytes[findMemoryFlags(reader)] = hasMaximum;
      return bytes;
    }
    reader.at = end;
  }
  throw new RangeError("The module imports nothing.");
}

/** Where the flags of the memory's limits stand, from the start of the imports on. */
function findMemoryFlags(reader: Reader): number {
  for (let count = reader.number(); count > 0; count--) {
    reader.skip(reader.number()); // The module's name, and that of the member.
    reader.skip(reader.number());
    const kind = reader.byte();
    if (kind === kinds.memory) {
      const at = reader.at;
      if (reader.byte() === hasMaximumAndIsShared) return at;
    } else if (kind === kinds.function) reader.number();
    else if (kind === kinds.global) reader.skip(2);
    else break;
  }
  throw new RangeError("The module imports no shared memory.");
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  skip(count: number): void {
    this.at += count;
  }

  byte(): number {
    return this.#bytes[this.at++] ?? 0;
  }

  /** A whole number of seven bits a byte, the lowest first. */
  number(): number {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
}
