// Measurements on WebAssembly against the plain ones: sums, extremes, counts, odd lengths, and numbers whose squares float32 cannot hold.

import { afterAll, describe, expect, it } from "vitest";
import { Doubles, Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import type { Backend } from "../../backend.ts";
import type { FlatRegions, MeasurementRoutines } from "../../measurements.ts";
import { plainBackend } from "../../plain.ts";
import { doublesOf } from "../../plainMeasurements.ts";
import { GuardedMemory, sizes, specialNumbers } from "../cases/guarded.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

const backends = (["baseline", "relaxed"] as const).map((build) => createSimdBackend(build));
const lengths = [...sizes, 8, 16, 511, 512, 513, 520, 1025, 4160];
const none = Number.NaN;

/** What a backend adds to a table in which something stands already. */
function found(backend: Backend, measure: (backend: MeasurementRoutines, table: Floats) => void): number[] {
  const table = new Floats(2 * 50);
  doublesOf(table).fill(1);
  measure(backend, table);
  return [...doublesOf(table)];
}

function expectNear(
  got: readonly number[],
  want: readonly number[],
  relative: number,
  scales: readonly number[] = want,
) {
  want.forEach((value, index) => {
    const here = got[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      const limit = relative * Math.max(Math.abs(value), Math.abs(scales[index] ?? 0));
      expect(Math.abs(here - value), `place ${index}: ${here}, not ${value}`).toBeLessThanOrEqual(limit);
    } else expect(here, `place ${index}`).toBe(value);
  });
}

describe.each(backends.map((each) => [each?.name ?? "missing", each as Backend] as const))("on %s", (_, simd) => {
  const guarded = new GuardedMemory(simd.memory);
  afterAll(() => {
    expect(guarded.brokenGuards()).toBe(0);
    guarded.release();
  });

  const numbersOf = (length: number, scale = 1, mean = 0) => {
    const values = new Random(length).normalFloats(length, mean, scale);
    if (length > 4) values[3] = 0;
    return guarded.place(values);
  };
  const both = (measure: (backend: MeasurementRoutines, table: Floats) => void) =>
    [found(simd, measure), found(plainBackend, measure)] as const;

  it.each(lengths)("measures %d numbers as the plain backend does", (length) => {
    for (const scale of [1, 1e-7, 1e-12, 1e-25, 1e-40, 1e12, 1e25]) {
      const values = numbersOf(length, scale);
      const [got, want] = both((backend, table) => backend.measureNumbers(values, table, 3));
      const sizeOfSum = want[5] ?? 0;
      expectNear(
        got,
        want,
        2e-6,
        want.map((value, index) => (index === 4 ? sizeOfSum : value)),
      );
      expect([got[3], got[7], got[8]]).toEqual([want[3], want[7], want[8]]);
      const [spread, plainSpread] = both((backend, table) => backend.measureSpread(values, table, 2));
      expectNear(
        spread,
        plainSpread,
        2e-6,
        plainSpread.map((value, index) => (index === 3 ? sizeOfSum : value)),
      );
    }
  });

  it.each(lengths)("measures an update of %d weights", (length) => {
    for (const change of [0, 1e-3, 1e-8, 1e-20]) {
      const before = numbersOf(length, change === 1e-20 ? 1e-18 : 0.1);
      const values = guarded.place(before.map((value, index) => value + change * Math.sin(index)));
      const [got, want] = both((backend, table) => backend.measureUpdate(values, before, table, 0));
      const sizes = want.map((value, index) => (index === 1 ? length : value));
      expectNear(got, want, 2e-6, sizes);
    }
  });

  it.each(lengths)("measures a step of %d weights while it is made", (length) => {
    for (const scale of [0, -1e-3, -1e-8, 1e-20, 1e25]) {
      const start = scale === 1e-20 ? 1e-18 : scale === 1e25 ? 1e25 : 0.1;
      const mean = length % 2 === 0 ? 1e3 : 0;
      const weights = numbersOf(length, start, mean);
      const gradient = numbersOf(length + 1).subarray(0, length);
      const steps = [simd, plainBackend].map((backend) => {
        const values = guarded.place([...weights]);
        const factor = guarded.place(new Floats(new Doubles([scale]).buffer));
        return { values, sums: found(backend, (b, table) => b.measuredStep(gradient, values, factor, table, 0)) };
      });
      const apart = guarded.place([...weights]);
      simd.addScaled(gradient, apart, scale);
      expect([...(steps[0]?.values ?? [])]).toEqual([...apart]);
      const after = found(simd, (backend, table) => backend.measureUpdate(apart, weights, table, 0));
      expect(steps[0]?.sums).toEqual(after);
      const want = steps[1]?.sums ?? [];
      const sizes = want.map((value, index) => (index === 1 ? length * Math.max(start, mean) : value));
      expectNear(steps[0]?.sums ?? [], want, 1e-5, sizes);
    }
  });

  it("knows how little numbers differ that are nearly the same", () => {
    const values = guarded.place(new Random(5).normalFloats(4000, 0.45, 2e-7));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const wanted = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const variance = (place: number, measure: (table: Floats) => void) => {
      const table = new Floats(12);
      measure(table);
      const [count = 0, sum = 0] = doublesOf(table);
      return (doublesOf(table)[place] ?? 0) / count - (sum / count) ** 2;
    };
    expect(wanted).toBeGreaterThan(1e-14);
    expect(variance(2, (table) => simd.measureSpread(values, table, 0)) / wanted).toBeCloseTo(1, 1);
    expect(variance(3, (table) => simd.measureNumbers(values, table, 0)) / wanted).toBeCloseTo(1, 1);
  });

  it("keeps NaN and infinities, wherever they stand", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      for (const length of [5, 40, 600])
        for (const at of [0, 3, length >> 1, length - 1]) {
          const values = numbersOf(length);
          values[at] = bad;
          const [got, want] = both((backend, table) => {
            backend.measureNumbers(values, table, 0);
            backend.measureSpread(values, table, 6);
            backend.measureUpdate(values, values, table, 9);
          });
          expectNear(
            got,
            want,
            2e-6,
            want.map(() => length),
          );
        }
  });

  it("gives the larger magnitude of what stood there and what it finds", () => {
    for (const values of [
      [0.5, -0.25],
      [0.5, -7],
    ].map((each) => guarded.place(each))) {
      const [got, want] = both((backend, table) => backend.measureNumbers(values, table, 0));
      expect(got[4]).toBe(want[4]);
    }
  });

  it.each([
    ["both sides", { below: -1, above: 0.5, low: none, high: none }],
    ["one side", { below: 0, above: none, low: none, high: none }],
    ["the middle", { below: none, above: none, low: -0.5, high: 0.5 }],
    ["a side and the middle", { below: -1.5, above: none, low: -0.1, high: 0.3 }],
    ["everything", { below: Infinity, above: none, low: none, high: none }],
  ] satisfies [string, FlatRegions][])("counts what lies in %s", (_name, regions) => {
    for (const length of lengths) {
      const values = numbersOf(length);
      const [got, want] = both((backend, table) => backend.measureFlat(values, regions, table, 1));
      expect(got).toEqual(want);
    }
    const special = guarded.place(specialNumbers);
    const [got, want] = both((backend, table) => backend.measureFlat(special, regions, table, 1));
    expect(got).toEqual(want);
  });

  it.each([
    { below: -1, above: 0.5, low: none, high: none },
    { below: -1.5, above: none, low: -0.1, high: 0.3 },
  ])("measures outputs and counts in one sweep: %j", (regions) => {
    for (const length of lengths)
      for (const scale of [1, 1e-25, 1e25]) {
        const values = numbersOf(length, scale);
        const [got, want] = both((backend, table) => backend.measureOutput(values, regions, table, 1));
        const sizes = want.map((value, index) => (index === 2 ? length * scale : value));
        expectNear(got, want, 2e-6, sizes);
        expect([got[1], got[4], got[5]]).toEqual([want[1], want[4], want[5]]);
      }
  });

  it("counts zeros of either sign, wherever they stand, and nothing else however small", () => {
    const smallest = 2 ** -149;
    const others = [-9, smallest, -smallest, 2 ** 15 * smallest, 3, 2 ** 16 * smallest, -5];
    for (const isZero of [(at: number) => at % 16 === 13, (at: number) => at % 7 < 3, (at: number) => at < 2047]) {
      const values = guarded.place(
        Array.from({ length: 2100 }, (_each, at) => (isZero(at) ? (at % 2) * -0 : (others[at % 11] ?? 4))),
      );
      const [got, want] = both((backend, table) => backend.measureNumbers(values, table, 0));
      expect(got[5]).toBe(1 + values.filter((value) => value === 0).length);
      expect(want[5]).toBe(got[5]);
    }
  });

  it("counts columns of nothing but zeros", () => {
    const values = guarded.place([0, 1, 0, 0, 0, 2]);
    for (const width of [1, 2, 3, 6]) {
      const [got, want] = both((backend, table) => backend.measureZeroColumns(values, width, table, 0));
      expect(got).toEqual(want);
    }
  });

  it("counts in bins, edges belonging to the upper one", () => {
    const edges = guarded.place(Array.from({ length: 31 }, (_each, index) => 10 ** (index / 2 - 12)));
    const linear = guarded.place(Array.from({ length: 7 }, (_each, index) => index - 3));
    const values = guarded.place([...numbersOf(1000, 1e-3), ...numbersOf(9, 1e-13), ...edges, ...specialNumbers]);
    const [got, want] = both((backend, table) => backend.countMagnitudes(values, edges, table, 4));
    expect(got).toEqual(want);
    expect(want.slice(4, 36).reduce((sum, count) => sum + count, 0)).toBe(
      32 + values.filter((value) => value !== 0 && !Number.isNaN(value)).length,
    );
    const [signed, plainSigned] = both((backend, table) => backend.countValues(values, linear, table, 4));
    expect(signed).toEqual(plainSigned);
  });

  it("can be recorded", () => {
    const recorder = simd.startRecording();
    const table = recorder.allocate(24);
    recorder.keep(table);
    const values = numbersOf(100);
    recorder.backend.fill(table, 0);
    recorder.backend.measureNumbers(values, table, 0);
    recorder.backend.measureSpread(values, table, 6);
    const calls = recorder.finish();
    calls.run();
    calls.run();
    const [once] = [new Floats(24)];
    simd.measureNumbers(values, once, 0);
    simd.measureSpread(values, once, 6);
    expect([...doublesOf(calls.locate(table))]).toEqual([...new Doubles(once.buffer)]);
    calls.release();
  });
});
