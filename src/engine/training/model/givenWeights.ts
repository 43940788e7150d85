// The weights a user gives a model, checked as a whole before the first is replaced.

import { ShapeError, ValueError } from "../../errors.ts";
import type { Layer } from "../../layers/layer.ts";
import { checkedList, formatShape, isSameShape } from "../../shape.ts";
import { asTensor, type Tensor, type TensorLike } from "../../tensor.ts";
import { isEveryFinite } from "../data/trainingData.ts";

/** @throws ValueError for another number of weights; ShapeError for one that does not fit, with the layer it is for. */
export function readWeights(layers: readonly Layer[], weights: readonly TensorLike[]): readonly Tensor[] {
  const values = checkedList("setWeights", "the weights", weights).map(asTensor);
  const own = layers.flatMap((layer, place) => layer.weights.map((weight) => ({ layer, place, weight })));
  if (values.length !== own.length)
    throw new ValueError({
      op: "setWeights",
      expected: `${own.length} tensors`,
      got: `${values.length}`,
      hint: layers.every(({ isBuilt }) => isBuilt)
        ? "Take them from getWeights() of a model with the same layers."
        : "The model has no weights before it knows its inputShape.",
    });
  own.forEach(({ layer, place, weight }, index) => {
    const { shape: got, numbers } = values[index] as Tensor;
    const which = `number ${index}, the ${weight.name} of ${layer.name} (layers[${place}]), of`;
    if (!isSameShape(got, weight.shape))
      throw new ShapeError({ op: "setWeights", what: `${which} shape`, expected: formatShape(weight.shape), got });
    if (!isEveryFinite(numbers)) {
      const wrong = numbers.find((value) => !Number.isFinite(value));
      throw new ValueError({ op: "setWeights", expected: `${which} finite numbers`, got: String(wrong) });
    }
  });
  return values;
}
