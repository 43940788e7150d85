// The random routines of the plain backend. Nothing here depends on how a machine computes logarithms or sines: all are sums and products.

import { type Floats, maths } from "../intrinsics.ts";
import type { RandomnessRoutines } from "./randomness.ts";

const { imul, PI, sqrt } = maths;
/** 2³² divided by the golden ratio: keeps neighbouring seeds apart. */
const goldenRatio = 0x9e3779b9;
const logOfTwo = logUpToTwo(2);

export const plainRandomness: RandomnessRoutines = { dropoutMask, normalNoise };

function dropoutMask(output: Floats, rate: number, seed: () => number): void {
  const hash = hashWith(seed());
  const limit = maths.min(maths.ceil(rate * 4294967296), 4294967295);
  const kept = 1 / (1 - rate);
  for (let index = 0; index < output.length; index++) output[index] = hash(index) < limit ? 0 : kept;
}

function normalNoise(output: Floats, standardDeviation: number, seed: () => number): void {
  const hash = hashWith(seed());
  for (let index = 0; index < output.length; index += 2) {
    const r = standardDeviation * sqrt(-2 * naturalLog(hash(index)));
    const [cosine, sine] = cosineAndSine(hash(index + 1));
    output[index] = r * cosine;
    // A last number without a partner: writing beyond the end of a typed array does nothing.
    output[index + 1] = r * sine;
  }
}

/** The hash of a place, from 0 to 2³² − 1. */
function hashWith(seed: number): (index: number) => number {
  const a = mix(seed ^ goldenRatio);
  const b = mix((a + goldenRatio) | 0);
  return (index) => mix(mix((index + a) | 0) ^ b) >>> 0;
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = imul(mixed, 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

/** `ln((bits + ½) / 2³²)`, of the number `m · 2ᵉ` with m from 1 to 2. */
function naturalLog(bits: number): number {
  let m = (bits + 0.5) / 4294967296;
  let exponent = 0;
  // Doubling is exact, in whichever way a backend finds the exponent.
  while (m < 1) {
    m *= 2;
    exponent--;
  }
  return exponent * logOfTwo + logUpToTwo(m);
}

/** `ln m = 2 (s + s³/3 + s⁵/5 + …)` with `s = (m − 1) / (m + 1)`, for m from 1 to 2: after 13 terms less than 1e-13 is left out. */
function logUpToTwo(m: number): number {
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let divisor = 25; divisor >= 1; divisor -= 2) sum = sum * square + 1 / divisor;
  return 2 * s * sum;
}

/**
 * Cosine and sine of a random angle: the upper two bits say the quarter of the circle, the others the angle t within it,
 * from −π/4 to π/4, by Taylor series to t¹⁴ and t¹³.
 */
function cosineAndSine(bits: number): readonly [cosine: number, sine: number] {
  const t = (((bits & 0x3fffffff) + 0.5) / 1073741824 - 0.5) * (PI / 2);
  const square = t * t;
  let cosine = 1;
  for (let n = 14; n >= 2; n -= 2) cosine = 1 - (square * cosine) / (n * (n - 1));
  let sine = 1;
  for (let n = 13; n >= 3; n -= 2) sine = 1 - (square * sine) / (n * (n - 1));
  sine *= t;
  const quarter = bits >>> 30;
  if (quarter === 0) return [cosine, sine];
  if (quarter === 1) return [-sine, cosine];
  if (quarter === 2) return [-cosine, -sine];
  return [sine, -cosine];
}
