// The WebAssembly backend against the plain one.

import { describe, expect, it } from "vitest";
import { Floats } from "../../intrinsics.ts";
import { Random } from "../../random.ts";
import { plainBackend } from "../plain.ts";
import { createSimdBackend } from "./simdBackend.ts";

const sizes = [1, 3, 5, 7, 9, 17, 100];

describe.each(["baseline", "relaxed"] as const)("the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
  const random = new Random(1);

  it.each(sizes)("adds arrays of %d numbers and touches nothing else", (length) => {
    const input = random.normalFloats(length);
    const whole = random.normalFloats(length + 8);
    const before = new Floats(whole);
    const output = whole.subarray(4, 4 + length);
    const expected = new Floats(output);
    plainBackend.addScaled(input, expected, 0.5);
    simd.addScaled(input, output, 0.5);
    expect([...output]).toEqual([...expected]);
    expect([...whole.slice(0, 4), ...whole.slice(-4)]).toEqual([...before.slice(0, 4), ...before.slice(-4)]);
  });

  it.each([
    [1, 1, 1],
    [7, 5, 3],
    [6, 8, 16],
    [33, 17, 300],
    [100, 9, 257],
    [32, 16, 2],
    [32, 16, 1],
    [17, 1, 33],
    [5, 3, 0],
    [64, 64, 64],
    [10, 8, 5],
    [30, 300, 20],
    [13, 700, 500],
  ])("multiplies %d × %d matrices over %d", (rows, columns, inner) => {
    const a = random.normalFloats(rows * inner);
    const b = random.normalFloats(inner * columns);
    for (const [aTurned, bTurned] of [
      [false, false],
      [true, false],
      [false, true],
    ]) {
      const product = (output: Floats) => ({
        a: { data: a, offset: 0, rowStride: aTurned ? 1 : inner, columnStride: aTurned ? rows : 1 },
        b: { data: b, offset: 0, rowStride: bTurned ? 1 : columns, columnStride: bTurned ? inner : 1 },
        output: { data: output, offset: 0, rowStride: columns, columnStride: 1 },
        rows,
        inner,
        columns,
        accumulate: true,
      });
      const [got, want] = [new Floats(rows * columns).fill(1), new Floats(rows * columns).fill(1)];
      simd.matmul(product(got));
      plainBackend.matmul(product(want));
      got.forEach((value, index) => {
        expect(Math.abs(value - (want[index] ?? Number.NaN))).toBeLessThan(1e-6 * (inner + 10));
      });
    }
  });
});
