// Functions of two numbers on WebAssembly against the plain backend, in all ways in which operands are stretched.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import { plainBackend } from "../../plain.ts";
import { type BinaryName, binaryFunctions } from "../../scalarMaths.ts";
import { stretchedStrides } from "../../walk.ts";
import { furthest, GuardedMemory, gradientStepsApart, sizes, specialNumbers } from "../cases/guarded.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

const names = Object.keys(binaryFunctions) as BinaryName[];

/** The shapes of a, of b, and of both together. */
const shapes: readonly (readonly [number[], number[], number[]])[] = [
  ...sizes.map((size) => [[size], [size], [size]] as [number[], number[], number[]]),
  [[17, 10], [10], [17, 10]],
  [[5], [9, 5], [9, 5]],
  [
    [9, 7],
    [9, 1],
    [9, 7],
  ],
  [[3, 1, 5], [], [3, 1, 5]],
  [[1], [1], [1]],
  [
    [5, 1, 7],
    [1, 3, 1],
    [5, 3, 7],
  ],
  [
    [2, 3, 4, 5],
    [3, 1, 5],
    [2, 3, 4, 5],
  ],
  [
    [4, 3, 6, 5],
    [1, 3, 1, 1],
    [4, 3, 6, 5],
  ],
  [
    [2, 1, 2, 1, 2, 1, 2, 3],
    [1, 2, 1, 2, 1, 2, 1, 3],
    [2, 2, 2, 2, 2, 2, 2, 3],
  ],
  [[0, 3], [3], [0, 3]],
];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

describe.each(["baseline", "relaxed"] as const)("functions of two numbers in the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
  const memory = new GuardedMemory(simd.memory);
  const random = new Random(3);

  it.each(names)("computes %s and its gradients in every pair of shapes", (name) => {
    for (const [aShape, bShape, shape] of shapes) {
      // Some numbers equal, some zero: comparisons turn there. Powers want positive ones.
      const numbers = (length: number) =>
        random
          .normalFloats(length)
          .map((value, index) =>
            name === "power" ? Math.abs(value) + 0.1 : index % 3 === 0 ? Math.round(2 * value) : value,
          );
      const a = numbers(sizeOf(aShape));
      const isDivided = name === "divide" || name === "remainder";
      const b = numbers(sizeOf(bShape)).map((value) => (isDivided && value === 0 ? 2 : value));
      const strides = { aStrides: stretchedStrides(aShape, shape), bStrides: stretchedStrides(bShape, shape) };
      const plain = { shape, a, b, ...strides };
      const placed = { shape, a: memory.place(a), b: memory.place(b), ...strides };
      const output = memory.place(new Floats(sizeOf(shape)));
      const wanted = new Floats(output.length);
      plainBackend.binary(name, plain, wanted);
      simd.binary(name, placed, output);
      const apart = furthest(output, wanted);
      expect(apart.steps, `${name} in ${shape}: ${apart.where}`).toBeLessThanOrEqual(1);

      const outputGrad = random.normalFloats(output.length);
      const [aGrad, bGrad] = [random.normalFloats(a.length), random.normalFloats(b.length)];
      const got = { outputGrad: memory.place(outputGrad), aGrad: memory.place(aGrad), bGrad: memory.place(bGrad) };
      plainBackend.binaryGrad(name, plain, { outputGrad, aGrad, bGrad });
      simd.binaryGrad(name, placed, got);
      for (const [mine, theirs] of [
        [got.aGrad, aGrad],
        [got.bGrad, bGrad],
      ] as const) {
        const distance = furthest(mine, theirs, 1e-6, gradientStepsApart);
        expect(distance.steps, `the gradient of ${name} in ${shape}: ${distance.where}`).toBeLessThanOrEqual(8);
      }
      expect(memory.brokenGuards()).toBe(0);
      memory.release();
    }
  });

  it.each(names)("computes %s of all pairs of special numbers", (name) => {
    const count = specialNumbers.length;
    const operands = {
      shape: [count, count],
      a: memory.place(specialNumbers),
      aStrides: [1, 0],
      b: memory.place(specialNumbers),
      bStrides: [0, 1],
    };
    const [output, wanted] = [memory.place(new Floats(count * count)), new Floats(count * count)];
    plainBackend.binary(name, operands, wanted);
    simd.binary(name, operands, output);
    const apart = furthest(output, wanted);
    expect(apart.steps, apart.where).toBeLessThanOrEqual(1);
    memory.release();
  });

  it("adds to one gradient only where the other is not wanted, and to both where they are one array", () => {
    const a = memory.place([1, 2, 3, 4, 5]);
    const operands = { shape: [5], a, aStrides: [1], b: a, bStrides: [1] };
    const outputGrad = memory.place([1, 1, 1, 1, 1]);
    const grad = memory.place([0, 0, 0, 0, 0]);
    simd.binaryGrad("multiply", operands, { outputGrad, aGrad: grad, bGrad: null });
    expect([...grad]).toEqual([1, 2, 3, 4, 5]);
    simd.binaryGrad("multiply", operands, { outputGrad, aGrad: grad, bGrad: grad });
    expect([...grad]).toEqual([3, 6, 9, 12, 15]);
    memory.release();
  });

  it("comes to the same bits in a plan, where gradients are written instead of zeroed and added to", () => {
    const shape = [9, 7];
    const a = memory.place(random.normalFloats(63));
    const b = memory.place(random.normalFloats(7));
    const outputGrad = memory.place(random.normalFloats(63));
    const operands = { shape, a, aStrides: [7, 1], b, bStrides: [0, 1] };
    for (const name of ["add", "subtract", "multiply", "maximum"] as const) {
      const eager = { aGrad: memory.place(new Floats(63)), bGrad: memory.place(new Floats(7)) };
      simd.binaryGrad(name, operands, { outputGrad, ...eager });
      const recorder = simd.startRecording();
      const planned = { aGrad: recorder.allocate(63), bGrad: recorder.allocate(7) };
      recorder.keep(planned.aGrad);
      recorder.keep(planned.bGrad);
      recorder.backend.fill(planned.aGrad, 0);
      recorder.backend.fill(planned.bGrad, 0);
      recorder.backend.binaryGrad(name, operands, { outputGrad, ...planned });
      const calls = recorder.finish();
      // Twice: what the first run left must not count.
      calls.run();
      calls.run();
      expect([...calls.locate(planned.aGrad)], name).toEqual([...eager.aGrad]);
      expect([...calls.locate(planned.bGrad)], name).toEqual([...eager.bGrad]);
      calls.release();
    }
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });
});
