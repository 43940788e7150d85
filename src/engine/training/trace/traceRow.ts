// Where a layer's sums stand in the table of a step, and the numbers of a trace that follow from them.

import { Floats, maths } from "../../intrinsics.ts";
import type { LayerStatistics, MeasuredLevel, Recorded } from "./trace.ts";

/** Places of a layer's sums, in doubles from where the layer's part of a row begins: what each routine adds stands together. */
export const places = {
  /** Gradient of the weights, by `measureNumbers`. */
  gradient: 0,
  /** Gradient of the signal, by `measureNumbers`. */
  signal: 6,
  /** Output, by `measureSpread`. */
  activation: 12,
  /** What reaches the activation, by `measureFlat`. */
  flat: 15,
  /** Columns of the output, by `measureZeroColumns`. */
  columns: 17,
  /** Weights, by `measureUpdate`. */
  weights: 19,
  /** In "full" alone: gradient and signal by `countMagnitudes`, output by `countValues`. */
  gradientBins: 24,
  signalBins: 56,
  activationBins: 88,
} as const;

const summarySize = 24;
const fullSize = 88 + 48;

/** Numbers of a layer in a row. */
export function layerSize(level: MeasuredLevel): number {
  return level === "full" ? fullSize : summarySize;
}

/** Edges between the bins of |g|: 10⁻¹² … 10³ in half decades. One bin more on either side. */
export const magnitudeEdges: Floats = new Floats(Array.from({ length: 31 }, (_, index) => 10 ** (index / 2 - 12)));
/** Edges between the bins of outputs: −5.75 … 5.75 in quarters. One bin more on either side. */
export const valueEdges: Floats = new Floats(Array.from({ length: 47 }, (_, index) => (index + 1) / 4 - 6));

/** What is asked of a layer beside its sums. */
export interface MeasuredLayer {
  /** Numbers of its weights that have gradients, 0 while it is frozen; `null` for a layer without any weights. */
  readonly trainableCount: number | null;
}

type Row = ArrayLike<number>;

/** The measures of a layer at a step; those of weights are left out where there are none. */
export function statisticsOf(
  row: Row,
  start: number,
  { trainableCount }: MeasuredLayer,
): Partial<LayerStatistics> & Pick<LayerStatistics, "signalMeanAbs"> {
  const signal = numbersOf(row, start + places.signal, at(row, start + places.signal));
  const rest = {
    signalMeanAbs: signal.meanAbs,
    signalMean: signal.mean,
    signalStd: signal.std,
    signalL2: signal.l2,
    signalMax: signal.max,
    signalZeroShare: signal.zeroShare,
    ...activationOf(row, start),
  };
  if (trainableCount === null) return rest;
  return { ...rest, ...numbersOf(row, start + places.gradient, trainableCount), ...weightsOf(row, start) };
}

/** mean |g| alone; 0 where there is nothing. */
export function meanAbsOf(row: Row, start: number, { trainableCount }: MeasuredLayer): number {
  return at(row, start + places.gradient + 2) / maths.max(1, trainableCount ?? 0);
}

/** The largest |g| of a layer's weights. */
export function largestOf(row: Row, start: number): number {
  return at(row, start + places.gradient + 4);
}

function at(row: Row, index: number): number {
  return row[index] ?? 0;
}

type NumberMeasures = Pick<LayerStatistics, "meanAbs" | "mean" | "std" | "l2" | "max" | "zeroShare">;

/** Of `count` numbers; those that were not measured are zeros: weights that got no gradient. */
function numbersOf(row: Row, from: number, count: number): NumberMeasures {
  if (count === 0) return { meanAbs: null, mean: null, std: null, l2: null, max: null, zeroShare: null };
  const mean = at(row, from + 1) / count;
  const sumSquares = at(row, from + 3);
  return {
    meanAbs: at(row, from + 2) / count,
    mean,
    std: deviation(sumSquares / count, mean),
    l2: maths.sqrt(sumSquares),
    max: at(row, from + 4),
    zeroShare: (at(row, from + 5) + count - at(row, from)) / count,
  };
}

function deviation(meanSquare: number, mean: number): number {
  return maths.sqrt(maths.max(0, meanSquare - mean * mean));
}

function share(row: Row, from: number): Recorded {
  const count = at(row, from);
  return count === 0 ? null : at(row, from + 1) / count;
}

function activationOf(
  row: Row,
  start: number,
): Pick<LayerStatistics, "activationMean" | "activationStd" | "saturatedShare" | "deadShare"> {
  const from = start + places.activation;
  const count = at(row, from);
  const mean = at(row, from + 1) / count;
  return {
    activationMean: count === 0 ? null : mean,
    activationStd: count === 0 ? null : deviation(at(row, from + 2) / count, mean),
    saturatedShare: share(row, start + places.flat),
    deadShare: share(row, start + places.columns),
  };
}

function weightsOf(
  row: Row,
  start: number,
): Pick<LayerStatistics, "weightNorm" | "weightMean" | "weightStd" | "updateNorm" | "updateRatio"> {
  const from = start + places.weights;
  const count = at(row, from);
  if (count === 0) return { weightNorm: null, weightMean: null, weightStd: null, updateNorm: null, updateRatio: null };
  const mean = at(row, from + 1) / count;
  const sumSquares = at(row, from + 2);
  const weightNorm = maths.sqrt(sumSquares);
  const updateNorm = at(row, from + 4) === 0 ? null : maths.sqrt(at(row, from + 3));
  return {
    weightNorm,
    weightMean: mean,
    weightStd: deviation(sumSquares / count, mean),
    updateNorm,
    updateRatio: updateNorm === null || weightNorm === 0 ? null : updateNorm / weightNorm,
  };
}

/** The shares of a histogram's bins; `null` where nothing was counted. Zeros take part in `count` alone. */
export function sharesOf(row: Row, from: number, bins: number, count: number): readonly number[] | null {
  if (count === 0) return null;
  return Array.from({ length: bins }, (_, bin) => at(row, from + bin) / count);
}
