// What losses of the catalogue check before they are asked for numbers directly: they themselves only compute.

import { readArguments } from "../argumentCounts.ts";
import { checkShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensors } from "../tensorMethods/checkedTensors.ts";
import type { Loss } from "./loss.ts";

/** The same loss; it refuses what is no tensor. */
export function checkedLoss(loss: Loss): Loss {
  const { compute, computeWeighted, checkTargets } = loss;
  loss.compute = function (...given) {
    const [predictions, targets] = readArguments(`${this.name}.compute`, 2, given);
    checkTensors(this.name, { predictions, targets });
    return compute.call(this, predictions, targets);
  };
  if (computeWeighted !== undefined)
    loss.computeWeighted = function (...given) {
      const [predictions, targets, weights] = readArguments(`${this.name}.computeWeighted`, 3, given);
      checkTensors(this.name, { predictions, targets, weights });
      return computeWeighted.call(this, predictions, targets, weights);
    };
  loss.checkTargets = function (targets, outputShape) {
    // `trainOnBatch` asks this in every step: the list of what is named is only made where something is wrong.
    if (!(targets instanceof Tensor)) checkTensors(this.name, { targets });
    checkShape(outputShape, this.name);
    checkTargets.call(this, targets, outputShape);
  };
  return loss;
}
