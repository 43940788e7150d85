// The numbers recorded of a layer at a step, each array read once: gradient, update, activation.

import { activationInfo } from "../activations/catalogue.ts";
import { Floats, maths } from "../intrinsics.ts";
import type { Layer, ObservedValues } from "../layers/layer.ts";
import type { LayerStatistics, PreActivationHistogram, Recorded } from "./trace.ts";

/** An output counts as saturated where its activation's slope is below this share of the largest slope. */
export const saturationShare = 0.1;

/** The statistics of a layer after a step; `before` are copies of its weights from before the update, `null` when there was none. */
export function layerStatistics(
  layer: Layer,
  observed: ObservedValues | undefined,
  before: readonly Floats[] | null,
): LayerStatistics {
  return { ...gradientStatistics(layer), ...weightStatistics(layer, before), ...activationStatistics(layer, observed) };
}

/** Copies of a layer's weights, to measure how far a step moves them. */
export function copyWeights(layer: Layer): Floats[] {
  return layer.weights.map((weight) => new Floats(weight.data));
}

/** Mean |g| over a layer's weights and biases; 0 for weights without a gradient. */
export function meanAbsGradient(layer: Layer): number {
  let sum = 0;
  for (const { gradientData } of layer.weights) {
    if (gradientData !== null)
      for (let index = 0; index < gradientData.length; index++) sum += maths.abs(gradientData[index] ?? 0);
  }
  return sum / maths.max(1, layer.parameterCount);
}

function gradientStatistics(
  layer: Layer,
): Pick<LayerStatistics, "meanAbs" | "mean" | "std" | "l2" | "max" | "zeroShare"> {
  let sum = 0;
  let sumAbs = 0;
  let sumSquares = 0;
  let largest = 0;
  let zeros = 0;
  const count = maths.max(1, layer.parameterCount);
  for (const { gradientData, size } of layer.weights) {
    if (gradientData === null) {
      zeros += size;
      continue;
    }
    for (let index = 0; index < gradientData.length; index++) {
      const entry = gradientData[index] ?? 0;
      const magnitude = entry < 0 ? -entry : entry;
      sum += entry;
      sumAbs += magnitude;
      sumSquares += entry * entry;
      // Written so that a NaN, which is not smaller than anything, is kept.
      if (!(magnitude <= largest)) largest = magnitude;
      if (entry === 0) zeros++;
    }
  }
  const mean = sum / count;
  const std = maths.sqrt(maths.max(0, sumSquares / count - mean * mean));
  return {
    meanAbs: sumAbs / count,
    mean,
    std,
    l2: maths.sqrt(sumSquares),
    max: Number.isNaN(sumAbs) ? Number.NaN : largest,
    zeroShare: zeros / count,
  };
}

function weightStatistics(
  layer: Layer,
  before: readonly Floats[] | null,
): Pick<LayerStatistics, "updateRatio" | "weightNorm"> {
  let squares = 0;
  let moved = 0;
  layer.weights.forEach(({ data }, which) => {
    const old = before?.[which];
    for (let index = 0; index < data.length; index++) {
      const value = data[index] ?? 0;
      const start = old === undefined ? value : (old[index] ?? 0);
      squares += start * start;
      moved += (value - start) * (value - start);
    }
  });
  const weightNorm = maths.sqrt(squares);
  return { weightNorm, updateRatio: before === null || weightNorm === 0 ? null : maths.sqrt(moved) / weightNorm };
}

function activationStatistics(
  layer: Layer,
  observed: ObservedValues | undefined,
): Pick<LayerStatistics, "activationMean" | "activationStd" | "saturatedShare" | "deadShare"> {
  if (observed === undefined)
    return { activationMean: null, activationStd: null, saturatedShare: null, deadShare: null };
  const { data } = observed.output;
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    sum += value;
    squares += value * value;
  }
  const mean = sum / maths.max(1, data.length);
  return {
    activationMean: mean,
    activationStd: maths.sqrt(maths.max(0, squares / maths.max(1, data.length) - mean * mean)),
    saturatedShare: observed.preActivation === null ? null : saturatedShareOf(layer, observed.preActivation.data),
    deadShare: cutsToZero(layer.activation) ? deadShareOf(data, observed.output.shape.at(-1) ?? 1) : null,
  };
}

/** Whether a unit of this activation can be zero for every input it sees, and then learns nothing. */
function cutsToZero(activation: string | null): boolean {
  return activation === "relu" || activation === "relu6";
}

function deadShareOf(data: Floats, units: number): number {
  const isAlive = new Uint8Array(units);
  for (let index = 0; index < data.length; index++) if (data[index] !== 0) isAlive[index % units] = 1;
  let dead = 0;
  for (const alive of isAlive) if (alive === 0) dead++;
  return dead / units;
}

/** The activation of a layer, where it acts on each number by itself and bends; `null` for softmax, linear and none. */
function curveOf(layer: Layer): { slope: (z: number) => number; largest: number | null } | null {
  if (layer.activation === null || layer.activation === "linear") return null;
  const info = activationInfo(layer.activation);
  if (!info.isElementwise) return null;
  const alpha = layer.activationAlpha ?? undefined;
  return { slope: (z) => info.slope(z, alpha), largest: info.largestSlope(alpha) };
}

function saturatedShareOf(layer: Layer, z: Floats): Recorded {
  const curve = curveOf(layer);
  if (curve === null || curve.largest === null) return null;
  const limit = saturationShare * curve.largest;
  if (limit === 0) return 1;
  let saturated = 0;
  for (let index = 0; index < z.length; index++) if (maths.abs(curve.slope(z[index] ?? 0)) < limit) saturated++;
  return saturated / maths.max(1, z.length);
}

const histogramBins = 48;
const histogramRange = 6;

/** How the values that reach a layer's activation are distributed; `null` for layers without one that acts number by number. */
export function preActivationHistogram(
  layer: Layer,
  observed: ObservedValues | undefined,
  examples: number,
): PreActivationHistogram | null {
  if (observed === undefined || observed.preActivation === null || curveOf(layer) === null) return null;
  const { data, shape } = observed.preActivation;
  const counts = new Array<number>(histogramBins).fill(0);
  for (let index = 0; index < data.length; index++) {
    const place = maths.floor((((data[index] ?? 0) + histogramRange) / (2 * histogramRange)) * histogramBins);
    const bin = maths.min(histogramBins - 1, maths.max(0, place));
    if (!Number.isNaN(bin)) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    edges: Array.from(
      { length: histogramBins + 1 },
      (_, bin) => -histogramRange + (bin * 2 * histogramRange) / histogramBins,
    ),
    shares: counts.map((count) => count / maths.max(1, data.length)),
    saturatedShare: saturatedShareOf(layer, data),
    units: shape.at(-1) ?? 1,
    examples,
  };
}
