// The routines on a memory that is not shared: where pages of a browser may not share any.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { ImmediateWriter } from "../immediate.ts";
import { arrayRoutines } from "../records/arrayRoutines.ts";
import { routineBytes } from "./routineBytes.ts";
import { startRoutines } from "./routines.ts";
import { unsharedModule } from "./unsharedModule.ts";
import { webAssembly } from "./webAssembly.ts";

describe.each(Object.entries(routineBytes()))("the %s module without sharing", (_, shared) => {
  it("differs in one byte and is valid", () => {
    const unshared = unsharedModule(shared);
    const changed = [...shared.keys()].filter((at) => shared[at] !== unshared[at]);
    expect(changed.map((at) => [shared[at], unshared[at]])).toEqual([[3, 1]]);
    expect(webAssembly?.validate(unshared)).toBe(true);
  });

  it("cannot be made of what is not shared to begin with", () => {
    const unshared = unsharedModule(shared);
    expect(() => unsharedModule(unshared)).toThrow(RangeError);
    expect(() => unsharedModule(shared.slice(0, 8))).toThrow(RangeError);
  });
});

describe("routines without sharing", () => {
  const routines = startRoutines("relaxed", false) ?? expect.fail("There is no WebAssembly SIMD here.");

  it("compute in an ordinary buffer", () => {
    expect(routines.memory.buffer).toBeInstanceOf(ArrayBuffer);
    const output = new Floats([1, 2, 3]);
    arrayRoutines(new ImmediateWriter(routines)).addScaled(new Floats([1, 1, 1]), output, 0.5);
    expect([...output]).toEqual([1.5, 2.5, 3.5]);
  });

  it("keep every array where it is, and say when there is no more room", () => {
    const { memory } = routines;
    const numbers = memory.floats(memory.allocate(16), 4);
    const large = memory.allocate(memory.mostBytes / 2);
    expect(numbers).toHaveLength(4);
    expect(() => memory.allocate(memory.mostBytes / 2)).toThrow(/of the \d+ MiB that the engine can use/);
    expect(numbers).toHaveLength(4);
    memory.release(large);
    memory.release(numbers.byteOffset);
  });
});
