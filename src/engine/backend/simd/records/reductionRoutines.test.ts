// Reductions and softmax on WebAssembly against the plain backend.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import type { Reduction } from "../../backend.ts";
import { plainBackend } from "../../plain.ts";
import { stretchedStrides } from "../../walk.ts";
import { furthest, GuardedMemory, gradientStepsApart, sizes } from "../cases/guarded.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

const reductions: readonly Reduction[] = ["sum", "mean", "max", "min", "product", "norm", "logSumExp"];

/** Shapes before and after, with 1 for an axis that is reduced. */
const walks: readonly (readonly [number[], number[]])[] = [
  ...sizes.map((size) => [[size], [1]] as [number[], number[]]),
  [
    [17, 9],
    [1, 9],
  ],
  [
    [17, 9],
    [17, 1],
  ],
  [
    [3, 5],
    [3, 5],
  ],
  [
    [2, 3, 5],
    [1, 3, 1],
  ],
  [
    [5, 3, 7],
    [5, 1, 7],
  ],
  [
    [2, 3, 4, 5, 6],
    [1, 3, 1, 5, 1],
  ],
  [
    [2, 3, 4, 5, 6],
    [2, 1, 4, 1, 6],
  ],
  [
    [2, 2, 2, 2, 2, 2, 2, 2],
    [1, 2, 1, 2, 1, 2, 1, 2],
  ],
  [
    [0, 3],
    [1, 3],
  ],
];
const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

describe.each(["baseline", "relaxed"] as const)("reductions in the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
  const memory = new GuardedMemory(simd.memory);
  const random = new Random(7);

  it.each(reductions)("computes %s and its gradient over any axes", (reduction) => {
    for (const [shape, reduced] of walks) {
      const walk = { shape, outputStrides: stretchedStrides(reduced, shape) };
      const name = `${reduction} of ${shape} to ${reduced}`;
      // Halves: some are equal, some zero, and products stay within reach.
      const input = random.normalFloats(sizeOf(shape)).map((value) => Math.round(2 * value) / 2 || 1);
      if (input.length > 20) input[3] = 0;
      const [output, wanted] = [memory.place(new Floats(sizeOf(reduced)).fill(3)), new Floats(sizeOf(reduced))];
      const placed = memory.place(input);
      simd.reduce(reduction, walk, placed, output);
      plainBackend.reduce(reduction, walk, input, wanted);
      const apart = furthest(output, wanted, 1e-7);
      expect(apart.steps, `${name}: ${apart.where}`).toBeLessThanOrEqual(1);

      const outputGrad = random.normalFloats(wanted.length);
      const wantedGrad = random.normalFloats(input.length);
      const inputGrad = memory.place(wantedGrad);
      const pass = { input: placed, output: memory.place(wanted), outputGrad: memory.place(outputGrad), inputGrad };
      simd.reduceGrad(reduction, walk, pass);
      plainBackend.reduceGrad(reduction, walk, { input, output: wanted, outputGrad, inputGrad: wantedGrad });
      const distance = furthest(inputGrad, wantedGrad, 1e-6, gradientStepsApart);
      expect(distance.steps, `the gradient of ${name}: ${distance.where}`).toBeLessThanOrEqual(2);
      expect(memory.brokenGuards()).toBe(0);
      memory.release();
    }
  });

  it.each(reductions)("keeps NaN and infinities in %s", (reduction) => {
    const rows = [
      [1, Number.NaN, 3, 2, 5],
      [Infinity, 1, 2, 3, 4],
      [-Infinity, 1, 2, 3, 4],
      [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
      [Infinity, -Infinity, 0, 0, 0],
      [0, 1, 2, 3, Number.NaN],
    ];
    for (const axis of [0, 1]) {
      const flat = axis === 1 ? rows.flat() : [0, 1, 2, 3, 4].flatMap((place) => rows.map((row) => row[place] ?? 0));
      const [shape, reduced] =
        axis === 1
          ? [
              [6, 5],
              [6, 1],
            ]
          : [
              [5, 6],
              [1, 6],
            ];
      const walk = { shape, outputStrides: stretchedStrides(reduced, shape) };
      const [output, wanted] = [memory.place(new Floats(6)), new Floats(6)];
      simd.reduce(reduction, walk, memory.place(flat), output);
      plainBackend.reduce(reduction, walk, new Floats(flat), wanted);
      expect([...output]).toEqual([...wanted]);
      memory.release();
    }
  });

  it("sums long arrays without losing digits", () => {
    const input = memory.place(new Floats(100_001).map((_, index) => (index === 0 ? 1e8 : 1)));
    const output = memory.place([0]);
    simd.reduce("sum", { shape: [100_001], outputStrides: [0] }, input, output);
    expect(output[0]).toBe(Math.fround(1e8 + 100_000));
    memory.release();
  });

  it.each([
    [1, 9, 1],
    [5, 7, 3],
    [100, 10, 1],
  ])("finds the largest in %d × %d × %d", (outer, length, inner) => {
    const input = random.normalFloats(outer * length * inner).map((value) => Math.round(value));
    input[2] = Number.NaN;
    const [output, wanted] = [memory.place(new Floats(outer * inner)), new Floats(outer * inner)];
    simd.argMax(memory.place(input), output, { outer, length, inner });
    plainBackend.argMax(input, wanted, { outer, length, inner });
    expect([...output]).toEqual([...wanted]);
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  describe.each([false, true])("softmax (its logarithm: %s)", (isLog) => {
    it.each(sizes)("and its gradient over rows of %d numbers", (width) => {
      const input = random.normalFloats(3 * width).map((value) => 5 * value);
      const [output, wanted] = [memory.place(input), new Floats(input)];
      simd.softmax(memory.place(input), output, width, isLog);
      plainBackend.softmax(input, wanted, width, isLog);
      const apart = furthest(output, wanted, 1e-12);
      // The distance to the largest number, here up to 30, is rounded to float32 before its exponential is taken.
      expect(apart.steps, apart.where).toBeLessThanOrEqual(20);

      const outputGrad = random.normalFloats(input.length);
      const [inputGrad, wantedGrad] = [memory.place(input), new Floats(input)];
      simd.softmaxGrad({ output: memory.place(wanted), outputGrad: memory.place(outputGrad), inputGrad }, width, isLog);
      plainBackend.softmaxGrad({ output: wanted, outputGrad, inputGrad: wantedGrad }, width, isLog);
      const distance = furthest(inputGrad, wantedGrad, 3e-7);
      expect(distance.steps, distance.where).toBeLessThanOrEqual(3);
      expect(memory.brokenGuards()).toBe(0);
      memory.release();
    });

    it("of rows with infinities and NaN as the plain backend", () => {
      const rows = [
        [1, Number.NaN, 3, 2, 5],
        [Infinity, 1, 2, 3, 4],
        [-Infinity, 1, 2, 3, 4],
        [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
        [-3e38, 0, 3e38, 1, 2],
        [0, -0, 1e-45, 0, 0],
      ];
      const input = rows.flat();
      const [output, wanted] = [memory.place(input), new Floats(input)];
      simd.softmax(memory.place(input), output, 5, isLog);
      plainBackend.softmax(new Floats(input), wanted, 5, isLog);
      const apart = furthest(output, wanted);
      expect(apart.steps, apart.where).toBeLessThanOrEqual(2);
      memory.release();
    });
  });
});
