// The self-test of the routines: it passes here, and tells of any number that is off.

import { performance } from "node:perf_hooks";
import { afterAll, expect, test } from "vitest";
import { useBackend } from "../engine/index.ts";
import { firstMismatch, testVectors } from "./vectorTest.ts";

afterAll(() => void useBackend());

test("the routines of this machine agree with the plain ones", async () => {
  const report = await testVectors(() => performance.now());
  expect(report).toMatchObject({ backend: expect.stringMatching(/^simd-/), mismatch: null });
  expect(report.compared).toBeGreaterThan(10_000);
  expect(report.gigaflops).toBeGreaterThan(0);
});

test("a number out of tolerance is told, also one that is missing or not a number", () => {
  const wanted = [{ what: "sums", numbers: [1, 1000, Number.NaN] }];
  const mismatch = (...numbers: readonly number[]) => firstMismatch(wanted, [{ what: "sums", numbers }]);
  expect(mismatch(1, 1000, Number.NaN)).toBeNull();
  // Within 1e-5 of the largest number beside it.
  expect(mismatch(1.009, 1000.05, Number.NaN)).toBeNull();
  expect(mismatch(1.02, 1000, Number.NaN)).toEqual({ what: "sums", wanted: 1, got: 1.02 });
  expect(mismatch(1, 1000, 0)).toEqual({ what: "sums", wanted: Number.NaN, got: 0 });
  expect(mismatch(1, Number.NaN, Number.NaN)).toEqual({ what: "sums", wanted: 1000, got: Number.NaN });
  expect(mismatch(1)).toEqual({ what: "sums", wanted: 1000, got: Number.NaN });
});
