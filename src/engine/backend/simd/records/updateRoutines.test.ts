// Optimizer rules and statistics on WebAssembly against the plain backend.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import { type Backend, type Moments, noMoments } from "../../backend.ts";
import { plainBackend } from "../../plain.ts";
import { updateRules } from "../cases/trainingCases.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

const sizes = [1, 3, 5, 7, 9, 17, 1000, 2051];

interface State {
  readonly values: Floats;
  readonly gradient: Floats;
  readonly first: Floats;
  readonly second: Floats;
  readonly third: Floats;
}

/** The same numbers each time. Squares are not below zero. */
function makeState(length: number, gradient?: Floats): State {
  const random = new Random(7);
  return {
    values: random.normalFloats(length),
    gradient: gradient ?? random.normalFloats(length),
    first: random.normalFloats(length, 0, 0.1),
    second: random.uniformFloats(length, 0.1, 1),
    third: random.uniformFloats(length, 0.1, 1),
  };
}

describe.each(["baseline", "relaxed"] as const)("the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

  describe.each(Object.entries(updateRules))("%s", (_name, update) => {
    it.each(sizes)("changes %d weights as the plain backend does, and its memory too", (length) => {
      for (const is of [false, true]) {
        const [got, want] = [makeState(length), makeState(length)];
        update(simd, got, is);
        update(plainBackend, want, is);
        for (const part of ["values", "gradient", "first", "second", "third"] as const)
          expectClose(got[part], want[part], 3e-6);
      }
    });

    it("lets memory fade to nothing where the gradient is 0", () => {
      const state = makeState(5, new Floats(5));
      for (const memory of [state.first, state.second, state.third]) memory.fill(2e-38);
      for (let step = 0; step < 1000; step++) update(simd, state, false);
      const denormals = [state.first, state.second, state.third].flatMap((memory) =>
        [...memory].filter((value) => value !== 0 && Math.abs(value) < 1.17e-38),
      );
      expect(denormals).toEqual([]);
    });

    it("keeps a NaN", () => {
      const gradient = new Floats([1, Number.NaN, 1, 1, 1]);
      const state = makeState(5, gradient);
      update(simd, state, false);
      expect([...state.values].map(Number.isNaN)).toEqual([false, true, false, false, false]);
    });
  });

  it.each(sizes)("measures %d numbers", (length) => {
    const random = new Random(3);
    const values = random.normalFloats(length);
    values[0] = 0;
    const [got, want] = [noMoments(), noMoments()];
    for (const [backend, moments] of [
      [simd, got],
      [plainBackend, want],
    ] as [Backend, Moments][]) {
      backend.addMoments(values, moments);
      backend.addMoments(values, moments);
    }
    for (const key of ["count", "sumAbs", "sumSquares", "largest", "zeros"] as const)
      expect(Math.abs(got[key] - want[key])).toBeLessThanOrEqual(1e-6 * Math.abs(want[key]));
    expect(Math.abs(got.sum - want.sum)).toBeLessThanOrEqual(1e-6 * want.sumAbs);
  });

  it("measures numbers whose squares float32 cannot hold", () => {
    for (const size of [1e-25, 1e25]) {
      const [got, want] = [noMoments(), noMoments()];
      const values = new Floats([size, -size, size / 2]);
      simd.addMoments(values, got);
      plainBackend.addMoments(values, want);
      expect(got.sumSquares / want.sumSquares).toBeCloseTo(1, 6);
    }
  });

  it("measures how little numbers differ that are nearly the same", () => {
    const random = new Random(5);
    const values = random.normalFloats(1000, 0.45, 2e-7);
    const variance = (backend: Backend) => {
      const moments = noMoments();
      backend.addMoments(values, moments);
      return moments.sumSquares / moments.count - (moments.sum / moments.count) ** 2;
    };
    expect(variance(plainBackend)).toBeGreaterThan(1e-14);
    expect(variance(simd) / variance(plainBackend)).toBeCloseTo(1, 1);
  });

  it("tells numbers that are not finite, wherever they stand", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (let place = 0; place < 7; place++) {
        const values = new Floats(7).fill(1);
        expect(simd.areFinite(values)).toBe(true);
        values[place] = bad;
        expect(simd.areFinite(values)).toBe(false);
        const moments = noMoments();
        simd.addMoments(values, moments);
        expect(moments.largest).toBe(Math.abs(bad));
      }
    }
  });
});

function expectClose(got: Floats, want: Floats, relative: number): void {
  got.forEach((value, index) => {
    const expected = want[index] ?? Number.NaN;
    expect(Math.abs(value - expected), `place ${index}: ${value}, not ${expected}`).toBeLessThanOrEqual(
      relative * Math.max(1, Math.abs(expected)),
    );
  });
}
