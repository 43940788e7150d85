// Softmax and its logarithm over the last axis.

import { ShapeError } from "../errors.ts";
import { inputAt, type Op } from "./op.ts";

/** `yᵢ = e^xᵢ / Σⱼ e^xⱼ` along the last axis, or its logarithm. */
export const softmaxOp: Op<{ readonly isLog: boolean }> = {
  name: "softmax",
  outputShape(inputs) {
    const shape = inputAt(inputs, 0);
    if (shape.length === 0) throw new ShapeError({ op: "softmax", expected: "[…, classes]", got: shape });
    return shape;
  },
  forward(backend, inputs, output, { isLog }) {
    backend.softmax(inputAt(inputs, 0).data, output.data, output.shape.at(-1) ?? 1, isLog);
  },
  backward(backend, { output, outputGrad, inputGrads }, { isLog }) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const pass = { output: output.data, outputGrad: outputGrad.data, inputGrad: xGrad.data };
    backend.softmaxGrad(pass, output.shape.at(-1) ?? 1, isLog);
  },
  derive: ({ output, outputGrad }, { isLog }) => [
    () =>
      isLog
        ? outputGrad.sub(output.exp().mul(outputGrad.sum(-1, { keepAxes: true })))
        : output.mul(outputGrad.sub(output.mul(outputGrad).sum(-1, { keepAxes: true }))),
  ],
};
