// The error function and its complement, needed by GELU.

import { maths } from "../intrinsics.ts";

const { abs, exp, sqrt, PI } = maths;

/**
 * erfc(x) = 1 − erf(x) to about 14 digits, also far out where it is tiny.
 *
 * Below 2.5 by the series erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)) (Abramowitz & Stegun 7.1.6), above by
 * the continued fraction of 7.1.14, evaluated from its tail.
 */
export function complementaryErrorFunction(x: number): number {
  if (x < 0) return 2 - complementaryErrorFunction(-x);
  if (abs(x) > 27) return 0;
  if (x < 2.5) return 1 - (2 / sqrt(PI)) * exp(-x * x) * seriesSum(x);
  let tail = x;
  for (let level = 50; level >= 1; level--) tail = x + level / 2 / tail;
  return exp(-x * x) / (sqrt(PI) * tail);
}

/** erf(x), as exact near 0 as far out: small values come from the series alone. */
export function errorFunction(x: number): number {
  if (x < 0) return -errorFunction(-x);
  return x < 2.5 ? (2 / sqrt(PI)) * exp(-x * x) * seriesSum(x) : 1 - complementaryErrorFunction(x);
}

function seriesSum(x: number): number {
  let term = x;
  let sum = x;
  for (let index = 1; term > sum * 1e-17; index++) {
    term *= (2 * x * x) / (2 * index + 1);
    sum += term;
  }
  return sum;
}
