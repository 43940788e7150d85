// Moving numbers on WebAssembly against the plain backend; ids that name no row must not lead anywhere.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import { stridesOf } from "../../../shape.ts";
import { plainBackend } from "../../plain.ts";
import { furthest, GuardedMemory, sizes, specialNumbers } from "../cases/guarded.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

/** Walks over an array of some length: shape, strides, offset. */
const walks: readonly { name: string; length: number; shape: number[]; strides: number[]; offset: number }[] = [
  ...sizes.map((size) => ({ name: `${size} numbers`, length: size, shape: [size], strides: [1], offset: 0 })),
  { name: "a turned matrix", length: 17 * 9, shape: [9, 17], strides: [1, 9], offset: 0 },
  { name: "a small turned matrix", length: 6, shape: [2, 3], strides: [1, 2], offset: 0 },
  { name: "a part of a matrix", length: 80, shape: [5, 3], strides: [10, 1], offset: 22 },
  { name: "every third number", length: 100, shape: [33], strides: [3], offset: 1 },
  { name: "turned images", length: 2 * 5 * 7 * 3, shape: [2, 3, 5, 7], strides: [105, 1, 21, 3], offset: 0 },
  { name: "five turned axes", length: 720, shape: [2, 3, 4, 5, 6], strides: [1, 2, 6, 24, 120], offset: 0 },
  { name: "nothing", length: 4, shape: [0, 3], strides: [3, 1], offset: 0 },
];
const stretched = [
  { name: "a row", length: 7, shape: [5, 7], strides: [0, 1], offset: 0 },
  { name: "a column", length: 5, shape: [5, 7], strides: [1, 0], offset: 0 },
  { name: "one number", length: 9, shape: [3, 5], strides: [0, 0], offset: 4 },
  { name: "a middle axis", length: 9, shape: [2, 3, 5, 3], strides: [0, 3, 0, 1], offset: 0 },
];
const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

describe.each(["baseline", "relaxed"] as const)("moving numbers in the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
  const memory = new GuardedMemory(simd.memory);
  const random = new Random(5);

  it.each([...walks, ...stretched])("walks over $name and back", ({ length, shape, strides, offset }) => {
    const numbers = random.normalFloats(length);
    numbers.set(specialNumbers.subarray(0, Math.min(6, length)));
    const size = sizeOf(shape);
    const input = memory.place(numbers);
    const output = memory.place(new Floats(size));
    const wanted = new Floats(size);
    plainBackend.gatherStrided(numbers, offset, strides, shape, wanted);
    simd.gatherStrided(input, offset, strides, shape, output);
    expect([...output]).toEqual([...wanted]);

    const [sum, wantedSum] = [memory.place(wanted), new Floats(wanted)];
    plainBackend.addStrided(numbers, offset, strides, shape, wantedSum);
    simd.addStrided(input, offset, strides, shape, sum);
    expect([...sum]).toEqual([...wantedSum]);

    const [back, wantedBack] = [memory.place(numbers), new Floats(numbers)];
    const values = random.normalFloats(size);
    plainBackend.scatterAddStrided(values, shape, wantedBack, offset, strides);
    simd.scatterAddStrided(memory.place(values), shape, back, offset, strides);
    const apart = furthest(back, wantedBack, 1e-6);
    expect(apart.steps, apart.where).toBeLessThanOrEqual(2);
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  it("keeps special numbers as they are", () => {
    const count = specialNumbers.length;
    const output = memory.place(new Floats(count));
    simd.gatherStrided(memory.place(specialNumbers), 0, stridesOf([count]), [count], output);
    expect([...output]).toEqual([...specialNumbers]);
    memory.release();
  });

  it.each(sizes)("picks rows of %d numbers and adds them back", (width) => {
    const table = random.normalFloats(6 * width);
    const ids = [5, 0, 2, 2, 5];
    const [output, wanted] = [memory.place(new Floats(5 * width)), new Floats(5 * width)];
    simd.gatherRows(memory.place(table), memory.place(ids), output, width);
    plainBackend.gatherRows(table, new Floats(ids), wanted, width);
    expect([...output]).toEqual([...wanted]);
    simd.addRows(memory.place(table), memory.place(ids), output, width);
    plainBackend.addRows(table, new Floats(ids), wanted, width);
    expect([...output]).toEqual([...wanted]);
    const [grad, wantedGrad] = [memory.place(table), new Floats(table)];
    simd.scatterAddRows(output, memory.place(ids), grad, width);
    plainBackend.scatterAddRows(wanted, new Floats(ids), wantedGrad, width);
    expect([...grad]).toEqual([...wantedGrad]);
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  it("makes NaN of an id that names no row, and adds nothing for it", () => {
    const ids = memory.place([-1, 3, 1e9, -1e9, 3e38, Infinity, -Infinity, Number.NaN, 0.5, 2 ** 31, 2]);
    const table = memory.place([1, 2, 3, 4, 5, 6]);
    const wanted = [...new Array<number>(20).fill(Number.NaN), 5, 6];
    // Picking at once throws; a plan cannot.
    expect(() => simd.gatherRows(table, ids, new Floats(22), 2)).toThrow("whole row numbers from 0 to 2");
    const recorder = simd.startRecording();
    const planned = recorder.allocate(22);
    recorder.keep(planned);
    recorder.backend.gatherRows(table, ids, planned, 2);
    const calls = recorder.finish();
    calls.run();
    expect([...calls.locate(planned)]).toEqual(wanted);
    calls.release();

    const sums = memory.place(new Floats(22));
    simd.addRows(table, ids, sums, 2);
    expect([...sums]).toEqual(wanted);
    const grad = memory.place([0, 0, 0, 0, 0, 0]);
    simd.scatterAddRows(memory.place(new Floats(22).fill(1)), ids, grad, 2);
    expect([...grad]).toEqual([0, 0, 0, 0, 1, 1]);
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  it.each([
    [1, 9, 1],
    [3, 5, 7],
    [2, 1, 3],
  ])("adds running sums in %d × %d × %d", (outer, length, inner) => {
    const input = random.normalFloats(outer * length * inner);
    for (const isReverse of [false, true]) {
      const [output, wanted] = [memory.place(input), new Floats(input)];
      simd.addRunningSums(memory.place(input), output, { outer, length, inner }, isReverse);
      plainBackend.addRunningSums(input, wanted, { outer, length, inner }, isReverse);
      expect([...output]).toEqual([...wanted]);
    }
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });
});
