// Pooling over steps or pictures: the largest number or the mean of each window, each channel by itself.

import type { ConvolutionGeometry } from "../backend/convolution.ts";
import type { PoolingKind } from "../backend/pooling.ts";
import type { Shape } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";
import { type WindowAttributes, windowGeometry, windowOutputShape } from "./window.ts";

export interface PoolingAttributes extends WindowAttributes {
  readonly kind: PoolingKind;
  /** The window's lengths, one for each axis it moves along. */
  readonly window: readonly number[];
}

/**
 * `y[…p, c]` = the largest or the mean of `x[…, c]` over the window at place p; what lies beyond the input does not count.
 * `x` is `[batch, steps, channels]` or `[batch, height, width, channels]`.
 */
export const poolingOp: Op<PoolingAttributes> = {
  name: "pooling",
  outputShape(inputs, attributes) {
    const x = inputAt(inputs, 0);
    return windowOutputShape(geometryOf(x, attributes), x.length);
  },
  forward(backend, inputs, output, attributes) {
    const x = inputAt(inputs, 0);
    backend.pool2d(attributes.kind, geometryOf(x.shape, attributes), { x: x.data, output: output.data });
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, attributes) {
    const x = inputAt(inputs, 0);
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const pass = { x: x.data, output: output.data, outputGrad: outputGrad.data, inputGrad: xGrad.data };
    backend.pool2dGrad(attributes.kind, geometryOf(x.shape, attributes), pass);
  },
};

function geometryOf(x: Shape, attributes: PoolingAttributes): ConvolutionGeometry {
  return windowGeometry(x, attributes.window, x.at(-1) ?? 1, attributes, "pooling");
}
