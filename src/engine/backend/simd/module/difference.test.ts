// The second build of the routines as its difference from the first: any bytes come back, in few of them.

import fc from "fast-check";
import { expect, it } from "vitest";
import { differenceOf } from "../../../../../scripts/routineDifference.mts";
import { baselineDifference, relaxedDifference } from "../generatedRoutines.ts";
import { applyDifference } from "./difference.ts";
import { routineBytes } from "./routineBytes.ts";
import { bytesOf, webAssembly } from "./webAssembly.ts";

const madeOf = (base: Uint8Array, target: Uint8Array) =>
  applyDifference(base, differenceOf(base, target), target.length);

it("makes any bytes of any others", () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(bytes, bytes, (base, target) => {
      expect(madeOf(base, target)).toEqual(target);
    }),
  );
  // Parts of the other, turned round and with something between: copies that go back, and far ahead.
  fc.assert(
    fc.property(bytes, bytes, fc.nat(400), (base, other, at) => {
      const target = Uint8Array.of(...base.slice(at), ...other, ...base.slice(0, at), ...base);
      expect(madeOf(base, target)).toEqual(target);
    }),
  );
});

it("is short where the two are nearly the same", () => {
  const base = Uint8Array.from({ length: 5000 }, (_, index) => (index * index) % 251);
  const target = base.with(2500, 7);
  expect(differenceOf(base, target).length).toBeLessThan(12);
});

it("is short where bytes come again, also at once", () => {
  const nothing = new Uint8Array();
  const [repeated, word] = [new Uint8Array(3000).fill(7), Uint8Array.of(3, 1, 4, 1, 5)];
  const target = Uint8Array.of(...repeated, ...word, ...repeated, ...word);
  expect(madeOf(nothing, target)).toEqual(target);
  expect(differenceOf(nothing, target).length).toBeLessThan(32);
});

it("makes both builds of the routines, the first at two fifths of its size, the second at a tenth", () => {
  const { baseline, relaxed } = routineBytes();
  expect(bytesOf(baselineDifference).length).toBeLessThan(0.42 * baseline.length);
  expect(bytesOf(relaxedDifference).length).toBeLessThan(relaxed.length / 10);
  for (const bytes of [baseline, relaxed]) expect(webAssembly?.validate(bytes)).toBe(true);
  expect(relaxed).not.toEqual(baseline);
});
