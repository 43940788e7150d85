// The routines' memory knows its own arrays whatever the engine of JavaScript does with the objects that stand for its buffer.

import { expect, test } from "vitest";
import { SimdMemory } from "./memory.ts";
import { webAssembly } from "./webAssembly.ts";

function shared(initial: number) {
  if (webAssembly === null) throw new Error("This test needs WebAssembly.");
  return new webAssembly.Memory({ initial, maximum: 64, shared: true });
}

test("arrays are known after any shared memory of the thread has grown", () => {
  const memory = new SimdMemory(shared(2), 0, 64 * 65_536);
  const before = memory.floats(memory.allocate(64), 16);
  const other = shared(1);
  for (let pages = 0; pages < 20; pages++) {
    other.grow(1);
    const after = memory.floats(memory.allocate(64), 16);
    expect(memory.addressOf(after)).toBe(after.byteOffset);
    expect(memory.addressOf(before)).toBe(before.byteOffset);
  }
});

test("arrays from before the memory grew stay known, and foreign ones are not", () => {
  const memory = new SimdMemory(shared(1), 0, 64 * 65_536);
  const before = memory.floats(memory.allocate(64), 16);
  const large = memory.floats(memory.allocate(3 * 65_536), 3 * 16_384);
  expect(memory.addressOf(before)).toBe(before.byteOffset);
  expect(memory.addressOf(large)).toBe(large.byteOffset);
  expect(memory.addressOf(new Float32Array(16))).toBeNull();
});
