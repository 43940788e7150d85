// No routine writes beyond an array, and none lets what stands beyond an array, or left over in free memory, into its result.

import { describe, expect, it } from "vitest";
import type { Floats } from "../../../intrinsics.ts";
import type { Backend } from "../../backend.ts";
import { plainBackend } from "../../plain.ts";
import { createSimdBackend } from "../simdBackend.ts";
import * as arrays from "./arrayCases.testing.ts";
import { GuardedMemory, guardNaN } from "./guarded.testing.ts";
import { largeProducts, smallProducts, sparseProducts } from "./productCases.testing.ts";
import { type RoutineCase, usualNumbers } from "./routineCases.testing.ts";
import * as training from "./trainingCases.testing.ts";
import { convolutions, depthwiseConvolutions, poolings } from "./windowCases.testing.ts";

const draw = usualNumbers(3);
const families: Readonly<Record<string, readonly RoutineCase[]>> = {
  "small products": smallProducts(draw),
  "large products": largeProducts(draw),
  "sparse products": sparseProducts(draw),
  convolutions: convolutions(draw),
  "depthwise convolutions": depthwiseConvolutions(draw),
  poolings: poolings(draw),
  losses: training.lossCases(draw),
  "optimizers' rules": training.updateCases(draw),
  normalizations: training.normalizationCases(draw),
  "whole arrays": arrays.wholeArrays(draw),
  "scans and lookups": arrays.scansAndLookups(draw),
  "random numbers": arrays.randomnessCases(),
  measurements: arrays.measurementCases(draw),
  questions: arrays.questionCases(draw),
};

/** Families with tests of their own, which have guards too. */
const guardedElsewhere = [
  "unary",
  "unaryGrad",
  "binary",
  "binaryGrad",
  "reduce",
  "reduceGrad",
  "softmax",
  "softmaxGrad",
];
const guardedWalks = ["gatherStrided", "addStrided", "scatterAddStrided"];

/** What may stand around an array, and before the first write in what is written: a NaN, and the largest number of each sign. */
const surroundings: readonly { word: number; number: number; shift: number }[] = [
  { word: guardNaN, number: Number.NaN, shift: 0 },
  { word: 0x7f7fffff, number: 3e38, shift: 2 },
  { word: 0xff7fffff | 0, number: -3e38, shift: 6 },
];

/** What a call leaves in all its arrays, as words; arrays stand `shift` numbers behind a whole vector. */
function wordsAfter(
  each: RoutineCase,
  simd: Backend,
  { word, number, shift }: (typeof surroundings)[number],
): Int32Array[] {
  // What a call takes for itself was somebody else's before.
  const used = simd.memory.allocate(20_000);
  new Int32Array(used.buffer, used.byteOffset, used.length).fill(word);
  simd.memory.release(used);
  const memory = new GuardedMemory(simd.memory, word, shift);
  const placed = each.arrays.map(({ use, numbers }) => {
    const array = memory.place(numbers);
    return use === "write" ? array.fill(number) : array;
  });
  each.call(simd, placed);
  expect(memory.brokenGuards(), `guards around ${each.name}`).toBe(0);
  const words = placed.map(wordsOf);
  each.arrays.forEach(({ use, numbers }, index) => {
    const left = words[index];
    if (use === "read" && left !== undefined && !isSame(left, wordsOf(numbers)))
      expect.fail(`${each.name} changed what it reads`);
  });
  memory.release();
  return words;
}

function wordsOf(array: Floats): Int32Array {
  return new Int32Array(array.slice().buffer);
}

function isSame(got: Int32Array, wanted: Int32Array): boolean {
  return got.every((word, index) => word === wanted[index]);
}

describe.each(["baseline", "relaxed"] as const)("in the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

  it.each(Object.keys(families))("%s keep within their arrays, and to what is in them", (family) => {
    const before = simd.memory.usedFloats;
    for (const each of families[family] ?? []) {
      const [first = [], ...others] = surroundings.map((around) => wordsAfter(each, simd, around));
      for (const other of others)
        if (!first.every((words, index) => isSame(words, other[index] ?? words.subarray(0, 0))))
          expect.fail(`${each.name} depends on what stands around its arrays`);
    }
    expect(simd.memory.usedFloats).toBe(before);
  });

  it("leave no routine out", () => {
    const called = new Set([...guardedElsewhere, ...guardedWalks]);
    const listening = new Proxy(simd, {
      get: (target, name: keyof Backend) => {
        called.add(name);
        return target[name];
      },
    });
    for (const each of Object.values(families).flat())
      each.call(
        listening,
        each.arrays.map(({ numbers }) => numbers.slice()),
      );
    const own = (Object.keys(simd) as (keyof Backend)[]).filter(
      (name) => typeof simd[name] === "function" && simd[name] !== plainBackend[name],
    );
    expect(own.filter((name) => name !== "startRecording" && !called.has(name))).toEqual([]);
  });
});
