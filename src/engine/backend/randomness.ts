// The random routines a backend must have: number i is made of the seed and i alone, so that any part can be made by itself.

import type { Floats } from "../intrinsics.ts";

/**
 * Random numbers by counter (after the idea of Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): a hash
 * of a 32-bit seed and a place instead of a stream. All backends make the same bits:
 *
 * - `mix(h)`: `h ^= h >>> 16; h *= 0x21f0aaad; h ^= h >>> 15; h *= 0x735a2d97; h ^= h >>> 15`, whole numbers modulo 2³².
 * - `hash(i) = mix(mix(i + a) ^ b)` with the keys `a = mix(seed ^ 0x9e3779b9)` and `b = mix(a + 0x9e3779b9)`.
 *
 * `seed` is asked when the routine runs, once, and counts modulo 2³².
 */
export interface RandomnessRoutines {
  /**
   * Each number is 0 with probability `rate`, else 1 / (1 − rate): 0 where `hash(i) < min(⌈rate · 2³²⌉, 2³² − 1)`,
   * compared without sign.
   */
  dropoutMask(output: Floats, rate: number, seed: () => number): void;
  /**
   * Normal numbers of mean 0 (Box & Muller 1958). Numbers 2k and 2k + 1 are `r · cos θ` and `r · sin θ` times the standard
   * deviation, where `r = √(−2 ln u)`, u from `hash(2k)`, and θ from `hash(2k + 1)`. Written out in `plainRandomness.ts` with
   * +, −, ·, / and √ of doubles alone, each rounded by itself (no fused multiply-add): a backend that repeats them in order
   * makes the same bits. The largest |number| is 6.76 standard deviations.
   */
  normalNoise(output: Floats, standardDeviation: number, seed: () => number): void;
}
