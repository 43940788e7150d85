// The loss of a small net in double precision, written down a second time and without the engine: what its gradients are checked against.

import { activationInfo } from "../../engine/index.ts";
import { fusedLoss, type Lesson } from "./passes.ts";
import type { SmallLayer } from "./smallNet.ts";

/** One weight, and by how much it is moved. */
export interface MovedWeight {
  readonly parameter: SmallLayer["kernel"];
  readonly place: number;
  readonly by: number;
}

/** A loss of an example: from the last layer's values and sums to one number. */
type PreciseLoss = (values: readonly number[], sums: readonly number[], targets: ArrayLike<number>) => number;

/**
 * The loss after a weight is moved; `null` where it cannot be had so exactly: for a loss of one's own, and where what is computed here is
 * not what the engine says (a loss with options, probabilities that it keeps away from 0).
 */
export function preciseLoss(lesson: Lesson, loss: number): ((moved: MovedWeight | null) => number) | null {
  const { net, x, y } = lesson;
  const last = net.layers.at(-1);
  const measure = last === undefined ? null : measureOf(lesson, last.activation);
  if (measure === null) return null;
  const lossAfter = (moved: MovedWeight | null) => {
    let given: readonly number[] = Array.from(x.data);
    let sums: readonly number[] = [];
    for (const layer of net.layers) {
      sums = sumsOf(layer, given, moved);
      given = activated(layer, sums);
    }
    return measure(given, sums, y.data);
  };
  const own = lossAfter(null);
  return Math.abs(own - loss) <= 1e-5 * Math.abs(loss) + 1e-7 ? lossAfter : null;
}

function sumsOf(layer: SmallLayer, given: readonly number[], moved: MovedWeight | null): number[] {
  const weight = (parameter: SmallLayer["kernel"], place: number) =>
    (parameter.data[place] ?? Number.NaN) + (moved?.parameter === parameter && moved.place === place ? moved.by : 0);
  return Array.from({ length: layer.units }, (_, unit) => {
    const start = layer.bias === null ? 0 : weight(layer.bias, unit);
    return given.reduce((sum, value, from) => sum + value * weight(layer.kernel, from * layer.units + unit), start);
  });
}

function activated({ activation, alpha }: SmallLayer, sums: readonly number[]): readonly number[] {
  if (activation === "softmax") return sums.map((sum) => Math.exp(sum - logSumExp(sums)));
  if (activation === "logSoftmax") return sums.map((sum) => sum - logSumExp(sums));
  const { value } = activationInfo(activation);
  return sums.map((sum) => value(sum, alpha ?? undefined));
}

/** Cross-entropies are taken of the sums where the engine does so too: probabilities next to 1 would lose their digits. */
function measureOf(lesson: Lesson, activation: string): PreciseLoss | null {
  const { name, fromLogits } = lesson.loss;
  const ofSums = fromLogits || fusedLoss(lesson) !== null;
  if (fromLogits && activation !== "linear") return null;
  switch (name) {
    case "mse":
      return (values, _, targets) => mean(values.map((value, at) => (value - Number(targets[at])) ** 2));
    case "mae":
      return (values, _, targets) => mean(values.map((value, at) => Math.abs(value - Number(targets[at]))));
    case "binaryCrossentropy":
      return ofSums
        ? (_, sums, targets) => mean(sums.map((sum, at) => logSumExp([0, sum]) - Number(targets[at]) * sum))
        : (values, _, targets) => mean(values.map((value, at) => crossentropyOf(value, Number(targets[at]))));
    case "categoricalCrossentropy":
      return ofSums ? (_, sums, targets) => classLoss(sums, Array.from(targets)) : null;
    case "sparseCategoricalCrossentropy":
      return ofSums
        ? (_, sums, targets) =>
            classLoss(
              sums,
              sums.map((_sum, at) => (at === targets[0] ? 1 : 0)),
            )
        : null;
    default:
      return null;
  }
}

function crossentropyOf(probability: number, target: number): number {
  return -(target * Math.log(probability) + (1 - target) * Math.log1p(-probability));
}

function classLoss(sums: readonly number[], targets: readonly number[]): number {
  const all = logSumExp(sums);
  return targets.reduce((loss, target, at) => loss + target * (all - (sums[at] ?? 0)), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** log Σ eˣ; by the largest it does not overflow. */
function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
