// For tests of routines: arrays in the routines' memory between words that nobody may write.

import { Floats } from "../../../intrinsics.ts";
import type { BackendMemory } from "../../recording.ts";

/** A NaN: a routine that lets numbers from beyond an array into its result shows it. */
export const guardNaN = 0x7fcbadba;
const guardCount = 16;

/** Hands out guarded arrays and knows whether a guard was written. */
export class GuardedMemory {
  readonly #memory: BackendMemory;
  readonly #guardWord: number;
  readonly #before: number;
  readonly #placed: Floats[] = [];

  /** Arrays stand `shift` numbers behind an address that vectors like. */
  constructor(memory: BackendMemory, guardWord: number = guardNaN, shift = 0) {
    this.#memory = memory;
    this.#guardWord = guardWord;
    this.#before = guardCount + shift;
  }

  /** A copy of the numbers, in the routines' memory. */
  place(values: ArrayLike<number>): Floats {
    const whole = this.#memory.allocate(this.#before + values.length + guardCount);
    wordsOf(whole).fill(this.#guardWord);
    const inside = whole.subarray(this.#before, this.#before + values.length);
    inside.set(values);
    this.#placed.push(whole);
    return inside;
  }

  /** How many guards were written since the arrays were placed. */
  brokenGuards(): number {
    return this.#placed.reduce((sum, whole) => {
      const words = wordsOf(whole);
      const guards = [...words.subarray(0, this.#before), ...words.subarray(-guardCount)];
      return sum + guards.filter((word) => word !== this.#guardWord).length;
    }, 0);
  }

  release(): void {
    for (const whole of this.#placed.splice(0)) this.#memory.release(whole);
  }
}

function wordsOf(array: Floats): Int32Array {
  return new Int32Array(array.buffer, array.byteOffset, array.length);
}

const asFloat = new Floats(1);
const asWord = new Int32Array(asFloat.buffer);

/** The distance to the next float32 number away from 0. */
function ulpOf(value: number): number {
  asFloat[0] = Math.abs(value);
  const from = asFloat[0] ?? 0;
  if (from === Infinity) return 2 ** 104;
  asWord[0] = (asWord[0] ?? 0) + 1;
  return asFloat[0] === Infinity ? 2 ** 104 : (asFloat[0] ?? 0) - from;
}

/**
 * How far two numbers lie apart, in steps between float32 numbers at the wanted one, or in multiples of `floor` where that is
 * more. Infinity where one is NaN and the other is not, or where they are zeros of different sign.
 */
function stepsApart(got: number, want: number, floor = 0): number {
  if (Object.is(got, want)) return 0;
  if (Number.isNaN(got) || Number.isNaN(want) || got === want) return Infinity;
  return Math.abs(got - want) / Math.max(ulpOf(want), floor);
}

/** The same for a sum of small and large parts: the sign of a zero, and what lies at the edge of float32, may differ. */
export function gradientStepsApart(got: number, want: number, floor = 0): number {
  return stepsApart(atTheEdge(got), atTheEdge(want), floor);
}

function atTheEdge(value: number): number {
  if (value === 0) return 0;
  return Math.abs(value) > 1e38 ? Math.sign(value) * Infinity : value;
}

/** Where two arrays differ most. */
export interface Furthest {
  readonly steps: number;
  /** For the message of a failed test. */
  readonly where: string;
}

export function furthest(got: Floats, wanted: Floats, floor = 0, apart = stepsApart): Furthest {
  let [at, steps] = [0, 0];
  wanted.forEach((want, index) => {
    const here = apart(got[index] ?? Number.NaN, want, floor);
    if (here > steps) [at, steps] = [index, here];
  });
  return { steps, where: `at ${at}: ${got[at]} instead of ${wanted[at]}` };
}

/** Odd lengths and even ones, shorter and longer than a vector. */
export const sizes: readonly number[] = [1, 3, 5, 7, 9, 17, 100, 1000];

/** Zeros, denormals, NaN, infinities, numbers at which functions turn, and those at which exponentials end. */
export const specialNumbers: Floats = new Floats([
  ...[0, -0, 1e-45, -1e-45, 1e-40, -1e-40, 1e-30, -1e-30, 1e-8, -1e-8, Number.NaN, Infinity, -Infinity],
  ...[3e38, -3e38, 1e4, -1e4, 100, -100, 88, -88, 88.8, -87.4, -103.5, 1, -1, 3, -3, 6, 0.5, -0.5, 1.5, 2.5, -2.5],
]);
