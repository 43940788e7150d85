import fc from "fast-check";
import { expect, it } from "vitest";
import { differenceOf } from "../../../../scripts/routineDifference.mts";
import { applyDifference } from "./difference.ts";
import { baselineRoutines, relaxedDifference, relaxedLength } from "./generatedRoutines.ts";
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

it("makes the second build of the routines, at a tenth of its size", () => {
  const base = bytesOf(baselineRoutines);
  const difference = bytesOf(relaxedDifference);
  const relaxed = applyDifference(base, difference, relaxedLength);
  expect(difference.length).toBeLessThan(relaxed.length / 10);
  expect(webAssembly?.validate(relaxed)).toBe(true);
  expect(relaxed).not.toEqual(base);
});
