// NaN, infinities, zeros of both signs and denormals on WebAssembly against the plain backend, and where they differ on purpose.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import type { Backend } from "../../backend.ts";
import { plainBackend } from "../../plain.ts";
import { doublesOf } from "../../plainMeasurements.ts";
import { createSimdBackend } from "../simdBackend.ts";
import * as arrays from "./arrayCases.testing.ts";
import { largeProducts, smallProducts, sparseProducts } from "./productCases.testing.ts";
import { type Draw, denormals, type RoutineCase, signsAndZeros, specialMixture } from "./routineCases.testing.ts";
import * as training from "./trainingCases.testing.ts";
import { convolutions, depthwiseConvolutions, poolings } from "./windowCases.testing.ts";

const families: Readonly<Record<string, (draw: Draw) => readonly RoutineCase[]>> = {
  "small products": smallProducts,
  "large products": largeProducts,
  "sparse products": sparseProducts,
  convolutions,
  "depthwise convolutions": depthwiseConvolutions,
  poolings,
  losses: training.lossCases,
  "optimizers' rules": training.updateCases,
  normalizations: training.normalizationCases,
  "whole arrays": arrays.wholeArrays,
  "scans and lookups": arrays.scansAndLookups,
  measurements: arrays.measurementCases,
  questions: arrays.questionCases,
};

/** Whether a number is what the plain backend gives; `scale` is the largest of all of them, or 1. */
type Comparison = (got: number, want: number, scale: number) => boolean;

/** Sums may be rounded once for each number. */
const isClose: Comparison = (got, want, scale) =>
  Object.is(got, want) || got === want || Math.abs(got - want) <= 1e-5 * (Math.abs(want) + scale) + 3e-44;

function resultOf(each: RoutineCase, backend: Backend): Floats[] {
  const placed = each.arrays.map(({ numbers }) => numbers.slice());
  each.call(backend, placed);
  return placed;
}

const asNumbers = (array: Floats, isOfDoubles: boolean): number[] => [...(isOfDoubles ? doublesOf(array) : array)];

/** With the sign of a zero. */
const written = (value: number | undefined) => (Object.is(value, -0) ? "−0" : String(value));

function differences(each: RoutineCase, simd: Backend, isSame: Comparison, leastScale: number): string[] {
  const [got, want] = [resultOf(each, simd), resultOf(each, plainBackend)];
  return each.arrays.flatMap(({ use, isOfDoubles }, index) => {
    if (use === "read") return [];
    const [gotArray = new Floats(0), wantArray = new Floats(0)] = [got[index], want[index]];
    const wanted = asNumbers(wantArray, isOfDoubles);
    const scale = wanted.reduce(
      (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
      leastScale,
    );
    const found = asNumbers(gotArray, isOfDoubles);
    const place = wanted.findIndex((value, at) => !isSame(found[at] ?? 0, value, scale));
    return place === -1
      ? []
      : [`${each.name}, array ${index} at ${place}: ${written(found[place])}, not ${written(wanted[place])}`];
  });
}

/**
 * Whose zeros may have another sign: sums here begin with their first part, on the plain backend with 0, and −0 alone stays
 * −0 only so. An optimizer's memory fades to 0 whatever its sign.
 */
const signsMayDiffer = /^(product|depthwiseConv2d\w+Grad|pool2dGrad|normalizeGrad|\w+Update)/;
const smallestUsual = 2 ** -126;

/** The same numbers for every test. */
const casesOf = (family: string, draw: Draw): readonly RoutineCase[] => families[family]?.(draw) ?? [];
const names = Object.keys(families);

describe.each(["baseline", "relaxed"] as const)("in the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

  it.each(names)("NaN and infinities come out of %s where they should", (family) => {
    const cases = casesOf(family, specialMixture(1, true));
    expect(cases.flatMap((each) => differences(each, simd, isClose, 1))).toEqual([]);
  });

  // Borders are zeros that are multiplied too: what a NaN or an infinity is multiplied by there makes NaN.
  it("an infinite kernel may make NaN of a border, and never a number of NaN", () => {
    const isNotLost: Comparison = (got, want, scale) => Number.isNaN(got) || isClose(got, want, scale);
    const cases = convolutions(specialMixture(1, false));
    expect(cases.flatMap((each) => differences(each, simd, isNotLost, 1))).toEqual([]);
  });

  it.each(names)("%s come to zeros of the same sign", (family) => {
    const isSame: Comparison = (got, want, scale) => (want === 0 ? Object.is(got, want) : isClose(got, want, scale));
    const cases = casesOf(family, signsAndZeros(2));
    const compare = ({ name }: RoutineCase) => (signsMayDiffer.test(name) ? isClose : isSame);
    expect(cases.flatMap((each) => differences(each, simd, compare(each), 1))).toEqual([]);
  });

  it.each(names)("%s take denormals for what they are", (family) => {
    const cases = casesOf(family, denormals(3));
    // An optimizer's memory of next to nothing becomes 0: with denormals in it a step would take many times as long.
    const mayFade: Comparison = (got, want, scale) =>
      isClose(got, want, scale) || (got === 0 && Math.abs(want) < smallestUsual);
    const isSame = family === "optimizers' rules" ? mayFade : isClose;
    expect(cases.flatMap((each) => differences(each, simd, isSame, 0))).toEqual([]);
  });
});
