// The numbers recorded of a layer at a step, each array read once: gradient, update, activation.

import { activationInfo, curveRoutine } from "../activations/catalogue.ts";
import { type Moments, noMoments } from "../backend/backend.ts";
import { backend } from "../backend/current.ts";
import type { UnaryName } from "../backend/scalarMaths.ts";
import { type Floats, maths } from "../intrinsics.ts";
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

/** Mean |g| over a layer's weights and biases; 0 for weights without a gradient. */
export function meanAbsGradient(layer: Layer): number {
  return gradientMoments(layer).sumAbs / maths.max(1, layer.parameterCount);
}

function gradientMoments(layer: Layer): Moments {
  const moments = noMoments();
  for (const { gradientData } of layer.weights) if (gradientData !== null) backend().addMoments(gradientData, moments);
  return moments;
}

function gradientStatistics(
  layer: Layer,
): Pick<LayerStatistics, "meanAbs" | "mean" | "std" | "l2" | "max" | "zeroShare"> {
  const { count: moving, sum, sumAbs, sumSquares, largest, zeros } = gradientMoments(layer);
  // Weights that get no gradient count as zeros.
  const count = maths.max(1, layer.parameterCount);
  const mean = sum / count;
  return {
    meanAbs: sumAbs / count,
    mean,
    std: deviation(sumSquares / count, mean),
    l2: maths.sqrt(sumSquares),
    max: largest,
    zeroShare: (zeros + layer.parameterCount - moving) / count,
  };
}

function deviation(meanSquare: number, mean: number): number {
  return maths.sqrt(maths.max(0, meanSquare - mean * mean));
}

function weightStatistics(
  layer: Layer,
  before: readonly Floats[] | null,
): Pick<LayerStatistics, "updateRatio" | "weightNorm"> {
  const start = noMoments();
  let moved = 0;
  layer.weights.forEach(({ numbers }, which) => {
    const old = before?.[which] ?? numbers;
    backend().addMoments(old, start);
    if (old !== numbers) moved += backend().squaredDistance(numbers, old);
  });
  const weightNorm = maths.sqrt(start.sumSquares);
  return { weightNorm, updateRatio: before === null || weightNorm === 0 ? null : maths.sqrt(moved) / weightNorm };
}

function activationStatistics(
  layer: Layer,
  observed: ObservedValues | undefined,
): Pick<LayerStatistics, "activationMean" | "activationStd" | "saturatedShare" | "deadShare"> {
  if (observed === undefined)
    return { activationMean: null, activationStd: null, saturatedShare: null, deadShare: null };
  const { data, shape } = observed.output;
  const moments = noMoments();
  backend().addMoments(data, moments);
  const count = maths.max(1, data.length);
  const mean = moments.sum / count;
  const units = shape.at(-1) ?? 1;
  return {
    activationMean: mean,
    activationStd: deviation(moments.sumSquares / count, mean),
    saturatedShare: observed.preActivation === null ? null : saturatedShareOf(layer, observed.preActivation.data),
    deadShare: cutsToZero(layer.activation) ? backend().countZeroColumns(data, units) / units : null,
  };
}

/** Whether a unit of this activation can be zero for every input it sees, and then learns nothing. */
function cutsToZero(activation: string | null): boolean {
  return activation === "relu" || activation === "relu6";
}

/** The activation of a layer, where it acts on each number by itself and bends; `null` for softmax, linear and none. */
function curveOf(layer: Layer): { routine: UnaryName; alpha: number; largestSlope: number | null } | null {
  if (layer.activation === null || layer.activation === "linear") return null;
  const info = activationInfo(layer.activation);
  if (!info.isElementwise) return null;
  const alpha = layer.activationAlpha ?? info.defaultAlpha ?? 0;
  return { routine: curveRoutine(info.name), alpha, largestSlope: info.largestSlope(alpha) };
}

function saturatedShareOf(layer: Layer, z: Floats): Recorded {
  const curve = curveOf(layer);
  if (curve === null || curve.largestSlope === null) return null;
  const limit = saturationShare * curve.largestSlope;
  if (limit === 0) return 1;
  return backend().countFlat(curve.routine, z, curve.alpha, limit) / maths.max(1, z.length);
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
