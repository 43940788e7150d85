// Activation functions as curves: f and f′ sampled over the drawn range, with their kinks, jumps and flat stretches.

import { type ActivationInfo, activationInfo } from "../../engine/index.ts";
import { toViewNumber, type ViewNumber } from "../../shared/json.ts";
import type { ActivationCurve, ActivationVariant } from "../../shared/views.ts";

/** The drawn range of z. */
const drawnRange = { from: -6, to: 6 } as const;
const samplesPerUnit = 10;
/** Values of alpha that the slider offers beside the function's own: a slope for some, a size for others. */
const slopeAlphas = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 1];
const sizeAlphas = [0.25, 0.5, 0.75, 1, 1.5, 2];
/** The share of its largest slope below which a function counts as saturated. */
const saturationShare = 0.1;
/** How far beside a kink its two sides are read. */
const besideKink = 1e-9;
const curveDigits = 4;

/**
 * The curve of a function, with a variant for each alpha where it has one: those that the slider offers, the function's own, and those of
 * `ofLayers`. `first` is shown first, else the function's own. @throws UnknownNameError with the nearest name.
 */
export function activationCurve(name: string, ofLayers: readonly number[] = [], first?: number): ActivationCurve {
  const info = activationInfo(name);
  const own = info.defaultAlpha;
  const { name: known, label } = info;
  if (own === null) return { name: known, label, variants: [variant(info, null)], initial: 0 };
  const offered = known === "leakyRelu" || known === "prelu" ? slopeAlphas : sizeAlphas;
  const alphas = [...new Set([...offered, ...ofLayers, own])].sort((left, right) => left - right);
  return {
    name: known,
    label,
    variants: alphas.map((alpha) => variant(info, alpha)),
    initial: alphas.indexOf(first ?? own),
  };
}

function variant(info: ActivationInfo, alpha: number | null): ActivationVariant {
  const own = alpha ?? undefined;
  const z: number[] = [];
  const value: ViewNumber[] = [];
  const slope: ViewNumber[] = [];
  const add = (shown: number, at: number) => {
    z.push(shown);
    value.push(toViewNumber(info.value(at, own), curveDigits));
    slope.push(toViewNumber(info.slope(at, own), curveDigits));
  };
  for (let index = drawnRange.from * samplesPerUnit; index <= drawnRange.to * samplesPerUnit; index++) {
    const at = index / samplesPerUnit;
    // A kink or jump is drawn from both of its sides, and read where it is; it stands at the same z three times.
    if (info.kinks.includes(at) && at > drawnRange.from && at < drawnRange.to) {
      for (const side of [-besideKink, 0, besideKink]) add(at, at + side);
    } else add(at, at);
  }
  const largest = info.largestSlope(own);
  return {
    alpha,
    z,
    value,
    slope,
    largestSlope: largest === null ? null : significantSlope(largest),
    saturated: flatStretches(info, alpha, largest),
  };
}

function significantSlope(slope: number): number {
  return Number(slope.toPrecision(curveDigits));
}

/** Where |f′| is below a tenth of its largest, to a hundredth of z. All of it for a function whose slope is 0. */
function flatStretches(
  info: ActivationInfo,
  alpha: number | null,
  largest: number | null,
): [from: number, to: number][] {
  if (largest === null) return [];
  const limit = saturationShare * largest;
  const stretches: [number, number][] = [];
  const steps = (drawnRange.to - drawnRange.from) * 100;
  let start: number | null = null;
  let end = 0;
  for (let index = 0; index <= steps; index++) {
    const z = drawnRange.from + index / 100;
    const isFlat = largest === 0 || Math.abs(info.slope(z, alpha ?? undefined)) < limit;
    if (isFlat) {
      start ??= z;
      end = z;
    }
    if (start !== null && (!isFlat || index === steps)) {
      // A stretch of one point only (the slope passes through 0) is not worth a shade.
      if (end - start > 0.02) stretches.push([round(start), round(end)]);
      start = null;
    }
  }
  return stretches;
}

function round(z: number): number {
  return Math.round(z * 100) / 100;
}
