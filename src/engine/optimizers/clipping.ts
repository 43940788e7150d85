// Gradient clipping: keeps single wild steps from throwing the weights far away.

import { noMoments } from "../backend/backend.ts";
import { backend } from "../backend/current.ts";
import { Floats, maths } from "../intrinsics.ts";

/** Limits, `null` where there is none. Value comes first, then each parameter's length, then the length of all together. */
export interface Clipping {
  readonly value: number | null;
  readonly norm: number | null;
  readonly globalNorm: number | null;
}

// PyTorch's clip_grad_norm_ divides by (length + 1e-6), so a clipped gradient is a little shorter than the limit.
const torchEpsilon = 1e-6;

/** The gradients within the limits: new arrays where one was changed, the same where not. */
export function clippedGradients(
  gradients: readonly Floats[],
  clipping: Clipping,
  convention: "keras" | "torch",
): readonly Floats[] {
  const { value, norm, globalNorm } = clipping;
  let clipped = gradients;
  if (value !== null) clipped = clipped.map((each) => clamped(each, value));
  if (norm !== null) clipped = clipped.map((each) => scaled(each, clipFactor(lengthOf([each]), norm, convention)));
  if (globalNorm === null) return clipped;
  const factor = clipFactor(lengthOf(clipped), globalNorm, convention);
  return clipped.map((each) => scaled(each, factor));
}

/** The Euclidean length of all numbers together. */
export function lengthOf(arrays: readonly Floats[]): number {
  const moments = noMoments();
  for (const array of arrays) backend().addMoments(array, moments);
  return maths.sqrt(moments.sumSquares);
}

function clamped(gradient: Floats, limit: number): Floats {
  const output = new Floats(gradient.length);
  backend().clamp(gradient, output, limit);
  return output;
}

function clipFactor(length: number, limit: number, convention: "keras" | "torch"): number {
  return convention === "torch" ? maths.min(1, limit / (length + torchEpsilon)) : limit / maths.max(length, limit);
}

function scaled(gradient: Floats, factor: number): Floats {
  if (factor === 1) return gradient;
  const output = new Floats(gradient.length);
  backend().copy(gradient, output, factor);
  return output;
}
