// Losses on the plain backend: sums in double precision over numbers or rows.

import { type Floats, maths } from "../intrinsics.ts";
import type { Backend, LossPair, LossSetting } from "./backend.ts";
import { type ElementLoss, elementLosses, type LossFunctionName, type RowLoss, rowLosses } from "./lossMaths.ts";
import type { WeightedLossPair, WeightedLossRoutines } from "./weightedLosses.ts";

export const plainLosses: Pick<Backend, "loss" | "lossGrad"> & WeightedLossRoutines = {
  loss,
  lossGrad,
  weightedLoss,
  weightedLossGrad,
};

function loss(
  name: LossFunctionName,
  pair: LossPair,
  output: Floats,
  { width, divisor, parameter }: LossSetting,
): void {
  const { prediction, target } = pair;
  const rowLoss = asRowLoss(name);
  let total = 0;
  if (rowLoss !== null) {
    for (let at = 0; at < prediction.length; at += width) total += rowLoss.value({ prediction, target, at, width });
  } else {
    const { value } = asElementLoss(name);
    for (let index = 0; index < prediction.length; index++)
      total += value(prediction[index] as number, target[index] as number, parameter);
  }
  output[0] = total / divisor;
}

function lossGrad(
  name: LossFunctionName,
  { prediction, target }: LossPair,
  predictionGrad: Floats,
  outputGrad: Floats,
  { width, divisor, parameter }: LossSetting,
): void {
  const rowLoss = asRowLoss(name);
  const share = (outputGrad[0] ?? 0) / divisor;
  if (rowLoss !== null) {
    for (let at = 0; at < prediction.length; at += width)
      rowLoss.addSlope({ prediction, target, at, width }, predictionGrad, share);
    return;
  }
  const { slope } = asElementLoss(name);
  for (let index = 0; index < prediction.length; index++)
    predictionGrad[index] =
      (predictionGrad[index] as number) +
      share * slope(prediction[index] as number, target[index] as number, parameter);
}

function weightedLoss(
  name: LossFunctionName,
  { prediction, target, weights }: WeightedLossPair,
  output: Floats,
  { width, divisor, parameter }: LossSetting,
): void {
  const rowLoss = asRowLoss(name);
  const sampleSize = prediction.length / weights.length;
  let total = 0;
  if (rowLoss !== null) {
    for (let at = 0; at < prediction.length; at += width)
      total += weightAt(weights, at, sampleSize) * rowLoss.value({ prediction, target, at, width });
  } else {
    const { value } = asElementLoss(name);
    for (let index = 0; index < prediction.length; index++)
      total +=
        weightAt(weights, index, sampleSize) * value(prediction[index] as number, target[index] as number, parameter);
  }
  output[0] = total / divisor;
}

function weightedLossGrad(
  name: LossFunctionName,
  { prediction, target, weights }: WeightedLossPair,
  predictionGrad: Floats,
  outputGrad: Floats,
  { width, divisor, parameter }: LossSetting,
): void {
  const rowLoss = asRowLoss(name);
  const sampleSize = prediction.length / weights.length;
  const share = (outputGrad[0] ?? 0) / divisor;
  if (rowLoss !== null) {
    for (let at = 0; at < prediction.length; at += width)
      rowLoss.addSlope({ prediction, target, at, width }, predictionGrad, share * weightAt(weights, at, sampleSize));
    return;
  }
  const { slope } = asElementLoss(name);
  for (let index = 0; index < prediction.length; index++)
    predictionGrad[index] =
      (predictionGrad[index] as number) +
      share *
        weightAt(weights, index, sampleSize) *
        slope(prediction[index] as number, target[index] as number, parameter);
}

/** The weight of the example that the number at a place belongs to. */
function weightAt(weights: Floats, index: number, sampleSize: number): number {
  return weights[maths.floor(index / sampleSize)] as number;
}

function asRowLoss(name: LossFunctionName): RowLoss | null {
  return (rowLosses as Partial<Record<LossFunctionName, RowLoss>>)[name] ?? null;
}

function asElementLoss(name: LossFunctionName): ElementLoss {
  const found = (elementLosses as Partial<Record<LossFunctionName, ElementLoss>>)[name];
  if (found === undefined) throw new RangeError(`No loss function "${name}".`);
  return found;
}
