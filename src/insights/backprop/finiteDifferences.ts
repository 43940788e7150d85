// What finite differences of the loss say of each weight of a small net.

import { type Parameter, type Tensor, tensor } from "../../engine/index.ts";
import { activate, type Lesson, lossAfter } from "./passes.ts";
import { type MovedWeight, preciseLoss } from "./preciseLoss.ts";

/** dL/dw of one weight by differences of the loss alone. */
export interface WeightDifference {
  readonly value: number;
  /** How far it may lie from a gradient of size 0 for reasons of precision. */
  readonly room: number;
}

/** Answers for each weight: (8(L₊ₕ − L₋ₕ) − (L₊₂ₕ − L₋₂ₕ)) / 12h, whose error shrinks with h⁴; in double precision where that can be had. */
export function finiteDifferences(
  lesson: Lesson,
  loss: number,
): (parameter: Parameter, place: number) => WeightDifference {
  const precise = preciseLoss(lesson, loss);
  return (parameter, place) => {
    const size = Math.max(1, Math.abs(parameter.data[place] ?? 0));
    const ofSteps = (step: number, lossAt: (by: number) => number) =>
      (8 * (lossAt(step) - lossAt(-step)) - (lossAt(2 * step) - lossAt(-2 * step))) / (12 * step);
    if (precise !== null) {
      const value = ofSteps(1e-4 * size, (by) => precise({ parameter, place, by }));
      // Sixteen digits of the loss, over steps of 1e-4.
      return { value, room: 1e-11 * Math.abs(loss) };
    }
    // Single precision leaves about four digits of a difference of losses, over larger steps.
    return { value: ofSteps(0.02 * size, (by) => lossOfMoved(lesson, { parameter, place, by })), room: 1e-4 };
  };
}

function lossOfMoved(lesson: Lesson, { parameter, place, by }: MovedWeight): number {
  const data = Array.from(parameter.data);
  data[place] = (data[place] ?? 0) + by;
  const moved = tensor(data, { shape: parameter.shape });
  const swap = (weight: Parameter | null): Tensor | null => (weight === parameter ? moved : weight);
  let given = lesson.x;
  const { layers } = lesson.net;
  layers.forEach((layer, at) => {
    const product = given.matmul(swap(layer.kernel) ?? layer.kernel);
    const bias = swap(layer.bias);
    const sum = bias === null ? product : product.add(bias);
    given = at === layers.length - 1 ? sum : activate(layer, sum);
  });
  return lossAfter(lesson, layers.length - 1, "sum", given).item();
}
