// Calls of routines as data, for tests: what each reads and writes, so that a test decides where the arrays stand and what is in them.

import { Doubles, Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import type { Backend } from "../../backend.ts";

/** `write`: what stood there before must not matter. `update`: it is added to, or changed. */
export type ArrayUse = "read" | "write" | "update";

export interface CaseArray {
  readonly use: ArrayUse;
  readonly numbers: Floats;
  /** Whether it is the memory of doubles. */
  readonly isOfDoubles: boolean;
}

export interface RoutineCase {
  readonly name: string;
  readonly arrays: readonly CaseArray[];
  call(backend: Backend, arrays: readonly Floats[]): void;
}

/** `positive`: not below 0. `share`: from 0 to 1. `window`: what a window's border is multiplied by. */
export type NumberKind = "any" | "positive" | "share" | "window";

/** Makes up numbers; what kind of numbers decides what a test is about. */
export type Draw = (length: number, kind?: NumberKind) => Floats;

export const read = (numbers: Floats | readonly number[]): CaseArray => made("read", new Floats(numbers));
export const update = (numbers: Floats): CaseArray => made("update", numbers);
export const write = (length: number): CaseArray => made("write", new Floats(length));
/** A table of so many doubles that is added to. */
export const table = (doubles: number): CaseArray => ({
  ...made("update", new Floats(new Doubles(doubles).fill(1).buffer)),
  isOfDoubles: true,
});

function made(use: ArrayUse, numbers: Floats): CaseArray {
  return { use, numbers, isOfDoubles: false };
}

/** A call with its arrays by name. */
export function routineCase<Name extends string>(
  name: string,
  arrays: Readonly<Record<Name, CaseArray>>,
  call: (backend: Backend, at: Readonly<Record<Name, Floats>>) => void,
): RoutineCase {
  const names = Object.keys(arrays) as Name[];
  return {
    name,
    arrays: names.map((each) => arrays[each]),
    call: (backend, placed) =>
      // One array for each name.
      call(backend, Object.fromEntries(names.map((each, index) => [each, placed[index]])) as Record<Name, Floats>),
  };
}

/** Usual numbers, from −3 to 3 or so. */
export function usualNumbers(seed: number): Draw {
  const random = new Random(seed);
  return (length, kind = "any") =>
    isSigned(kind) ? random.normalFloats(length) : random.uniformFloats(length, 0.1, kind === "share" ? 0.9 : 2);
}

function isSigned(kind: NumberKind): boolean {
  return kind === "any" || kind === "window";
}

const specials = [0, -0, Number.NaN, Infinity, -Infinity];

/**
 * One number in five is a zero, a NaN or an infinity; in windows the last two only if wanted. None is so small that its
 * product with another is 0 in float32: 0 times infinity would be NaN.
 */
export function specialMixture(seed: number, areWindowsFinite: boolean): Draw {
  const random = new Random(seed);
  const usual = usualNumbers(seed);
  return (length, kind = "any") => {
    const choices = kind === "window" && areWindowsFinite ? [0, -0] : specials;
    return usual(length, kind).map((value) => {
      if (!random.chance(0.2)) return value;
      const special = choices[random.integer(choices.length)] ?? 0;
      if (isSigned(kind)) return special;
      return kind === "share" && Math.abs(special) === Infinity ? 1 : Math.abs(special);
    });
  };
}

/** Zeros of both signs, 1 and −1: what comes of them is exact, down to the sign of a zero. */
export function signsAndZeros(seed: number): Draw {
  const random = new Random(seed);
  return (length, kind = "any") => {
    const choices = isSigned(kind) ? [0, 1, -0, -1] : [0, 1];
    return new Floats(length).map(() => choices[random.integer(choices.length)] ?? 0);
  };
}

/** Denormals, in every second array: products of one with a usual number are denormals. */
export function denormals(seed: number): Draw {
  const usual = usualNumbers(seed);
  let count = 0;
  return (length, kind) =>
    count++ % 2 === 0 ? usual(length, kind).map((value) => value * 1e-39) : usual(length, kind);
}
