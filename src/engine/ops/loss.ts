// Losses as operations: predictions and targets of one shape give one number, the mean. Targets get no gradient.

import type { LossSetting } from "../backend/backend.ts";
import { type LossFunctionName, rowLosses, summedOverRows } from "../backend/lossMaths.ts";
import type { WeightedLossPair } from "../backend/weightedLosses.ts";
import { ShapeError } from "../errors.ts";
import { formatShape, isSameShape, type Shape, sizeOf } from "../shape.ts";
import { lossSlopes } from "./lossSlopes.ts";
import { inputAt, type NumberBlock, type Op } from "./op.ts";

export interface LossAttributes {
  readonly function: LossFunctionName;
  readonly parameter: number;
}

export const lossOp: Op<LossAttributes> = {
  name: "loss",
  outputShape(inputs, attributes) {
    const prediction = inputAt(inputs, 0);
    const target = inputAt(inputs, 1);
    if (!isSameShape(prediction, target))
      throw new ShapeError({
        op: attributes.function,
        what: "targets",
        expected: `of the predictions' shape ${formatShape(prediction)}`,
        got: target,
      });
    return [];
  },
  forward(backend, inputs, output, attributes) {
    const prediction = inputAt(inputs, 0);
    const pair = { prediction: prediction.data, target: inputAt(inputs, 1).data };
    backend.loss(attributes.function, pair, output.data, settingOf(prediction.shape, attributes));
  },
  backward(backend, { inputs, outputGrad, inputGrads }, attributes) {
    const prediction = inputAt(inputs, 0);
    const predictionGrad = inputAt(inputGrads, 0);
    if (predictionGrad === null) return;
    const pair = { prediction: prediction.data, target: inputAt(inputs, 1).data };
    const setting = settingOf(prediction.shape, attributes);
    backend.lossGrad(attributes.function, pair, predictionGrad.data, outputGrad.data, setting);
  },
  derive({ inputs, outputGrad }, attributes) {
    const prediction = inputAt(inputs, 0);
    const { divisor, parameter } = settingOf(prediction.shape, attributes);
    const slopes = () => lossSlopes[attributes.function](prediction, inputAt(inputs, 1), parameter);
    return [() => slopes().mul(outputGrad).div(divisor), null];
  },
};

/** The same with a third input, the weight of each example: its loss counts so many times in the sum, not in the divisor. */
export const weightedLossOp: Op<LossAttributes> = {
  name: "weightedLoss",
  outputShape: (inputs, attributes) => lossOp.outputShape(inputs, attributes),
  forward(backend, inputs, output, attributes) {
    const { shape } = inputAt(inputs, 0);
    backend.weightedLoss(attributes.function, weightedPair(inputs), output.data, settingOf(shape, attributes));
  },
  backward(backend, { inputs, outputGrad, inputGrads }, attributes) {
    const { shape } = inputAt(inputs, 0);
    const predictionGrad = inputAt(inputGrads, 0);
    if (predictionGrad === null) return;
    const setting = settingOf(shape, attributes);
    const pair = weightedPair(inputs);
    backend.weightedLossGrad(attributes.function, pair, predictionGrad.data, outputGrad.data, setting);
  },
  derive({ inputs, outputGrad }, attributes) {
    const prediction = inputAt(inputs, 0);
    const weights = inputAt(inputs, 2).reshape([-1, ...prediction.shape.slice(1).map(() => 1)]);
    const { divisor, parameter } = settingOf(prediction.shape, attributes);
    const slopes = () => lossSlopes[attributes.function](prediction, inputAt(inputs, 1), parameter).mul(weights);
    return [() => slopes().mul(outputGrad).div(divisor), null, null];
  },
};

function weightedPair(inputs: readonly NumberBlock[]): WeightedLossPair {
  return {
    prediction: inputAt(inputs, 0).data,
    target: inputAt(inputs, 1).data,
    weights: inputAt(inputs, 2).data,
  };
}

/** Element losses are averaged over all numbers; those of rows, and sums over a row, over the samples. */
function settingOf(shape: Shape, attributes: LossAttributes): LossSetting {
  const width = shape.at(-1) ?? 1;
  const isPerSample = attributes.function in rowLosses || summedOverRows.includes(attributes.function);
  return { width, divisor: sizeOf(shape) / (isPerSample ? width : 1), parameter: attributes.parameter };
}
