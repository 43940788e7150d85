// What is asked of a layer between steps: the mean gradient at the end of an epoch, and what reaches its activation after training.

import { activationInfo } from "../../activations/activationInfo.ts";
import { noMoments } from "../../backend/backend.ts";
import { backend } from "../../backend/current.ts";
import { doublesOf } from "../../backend/plainMeasurements.ts";
import { Floats, maths } from "../../intrinsics.ts";
import type { ObservedValues } from "../../layers/callContext.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Parameter } from "../../tensor.ts";
import type { PreActivationHistogram, Recorded } from "./trace.ts";
import { curveOf, saturationOf } from "./traceRegions.ts";
import type { MeasuredLayer } from "./traceRow.ts";

/** What a trace needs to know of a layer. */
export function measuredLayer(layer: Layer): MeasuredLayer {
  if (layer.parameterCount === 0) return { trainableCount: null };
  return { trainableCount: layer.trainableWeights.reduce((sum, { size }) => sum + size, 0) };
}

/** Mean |g| over `count` numbers of weights and biases that learn; 0 for weights without a gradient. */
export function meanAbsGradient(weights: readonly Parameter[], count: number): number {
  const moments = noMoments();
  const routines = backend();
  for (const { gradientData } of weights) if (gradientData !== null) routines.addMoments(gradientData, moments);
  return moments.sumAbs / maths.max(1, count);
}

function saturatedShareOf(layer: Layer, z: Floats): Recorded {
  const saturation = saturationOf(layer);
  if (saturation === null) return null;
  const table = new Floats(4);
  backend().measureFlat(z, saturation.before, table, 0);
  const [count = 0, flat = 0] = doublesOf(table);
  return flat / maths.max(1, count);
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
    alpha: layer.activation === null ? null : (layer.activationAlpha ?? activationInfo(layer.activation).defaultAlpha),
    edges: Array.from(
      { length: histogramBins + 1 },
      (_, bin) => -histogramRange + (bin * 2 * histogramRange) / histogramBins,
    ),
    shares: counts.map((count) => count / maths.max(1, data.length)),
    saturatedShare: saturatedShareOf(layer, data),
    units: shape.at(-1) ?? 1,
    ...unitsOf(layer, data, shape),
    examples,
  };
}

/** The most units that are told of one by one. */
const namedUnits = 256;

function unitsOf(
  layer: Layer,
  z: ArrayLike<number>,
  shape: readonly number[],
): Pick<PreActivationHistogram, "unitMeans" | "deadUnits"> {
  const [rows = 0, units = 0] = shape;
  if (shape.length !== 2 || rows === 0 || units > namedUnits) return { unitMeans: [], deadUnits: [] };
  const sums = new Array<number>(units).fill(0);
  const areDead = new Array<boolean>(units).fill(true);
  for (let row = 0; row < rows; row++)
    for (let unit = 0; unit < units; unit++) {
      const value = z[row * units + unit] ?? 0;
      sums[unit] = (sums[unit] ?? 0) + value;
      if (!(value <= 0)) areDead[unit] = false;
    }
  const canDie = layer.activation === "relu" || layer.activation === "relu6";
  return {
    unitMeans: sums.map((sum) => sum / rows),
    deadUnits: canDie ? areDead.flatMap((isDead, unit) => (isDead ? [unit] : [])) : [],
  };
}
