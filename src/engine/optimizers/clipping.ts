// Gradient clipping: keeps single wild steps from throwing the weights far away.

import { noMoments } from "../backend/backend.ts";
import { backend } from "../backend/current.ts";
import { type Floats, maths } from "../intrinsics.ts";
import { scratchSlots, type UpdatePart } from "./memory.ts";

/** Limits, `null` where there is none. Value comes first, then each parameter's length, then the length of all together. */
export interface Clipping {
  readonly value: number | null;
  readonly norm: number | null;
  readonly globalNorm: number | null;
}

// PyTorch's clip_grad_norm_ divides by (length + 1e-6), so a clipped gradient is a little shorter than the limit.
const torchEpsilon = 1e-6;

/** A gradient within the limits for each number and for its own length: the same array where nothing was changed. */
export function clippedGradient(
  part: UpdatePart,
  { value, norm }: Pick<Clipping, "value" | "norm">,
  convention: "keras" | "torch",
): Floats {
  let { gradient } = part;
  if (value !== null) {
    const clamped = clippedSlot(part);
    backend().clamp(gradient, clamped, value);
    gradient = clamped;
  }
  return norm === null ? gradient : scaledGradient(part, gradient, clipFactor(lengthOf([gradient]), norm, convention));
}

/** What all gradients must shrink by for their common length to be within the limit. */
export function globalFactor(gradients: readonly Floats[], limit: number, convention: "keras" | "torch"): number {
  return clipFactor(lengthOf(gradients), limit, convention);
}

/** A part's gradient, as far as it was clipped already, times a factor. */
export function scaledGradient(part: UpdatePart, gradient: Floats, factor: number): Floats {
  if (factor === 1) return gradient;
  const scaled = clippedSlot(part);
  backend().copy(gradient, scaled, factor);
  return scaled;
}

function clippedSlot(part: UpdatePart): Floats {
  return part.slot(scratchSlots.clipped);
}

/** The Euclidean length of all numbers together. */
function lengthOf(arrays: readonly Floats[]): number {
  const moments = noMoments();
  for (const array of arrays) backend().addMoments(array, moments);
  return maths.sqrt(moments.sumSquares);
}

function clipFactor(length: number, limit: number, convention: "keras" | "torch"): number {
  return convention === "torch" ? maths.min(1, limit / (length + torchEpsilon)) : limit / maths.max(length, limit);
}
