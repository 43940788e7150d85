// Pooling over steps or pictures: the largest number or the mean of each window, each channel by itself.

import type { ConvolutionGeometry } from "../backend/convolution.ts";
import type { PoolingKind } from "../backend/pooling.ts";
import { Floats } from "../intrinsics.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { depthwiseConvolutionOps } from "./convolution.ts";
import { type DerivedPass, inputAt, type Op } from "./op.ts";
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
  derive: (pass, attributes) => [() => (attributes.kind === "max" ? maxGradient : meanGradient)(pass, attributes)],
};

function geometryOf(x: Shape, attributes: PoolingAttributes): ConvolutionGeometry {
  return windowGeometry(x, attributes.window, x.at(-1) ?? 1, attributes, "pooling");
}

/** The mean's gradient: to each number an equal share of those it took part in. A window of ones counts and spreads. */
function meanGradient({ inputs, outputGrad }: DerivedPass, attributes: PoolingAttributes): Tensor {
  const x = inputAt(inputs, 0);
  const { convolution, inputGradient } = depthwiseConvolutionOps;
  const shape = [...attributes.window, x.shape.at(-1) ?? 1, 1];
  const ones = x.derived(shape, new Floats(sizeOf(shape)).fill(1));
  const seen = x.derived(x.shape, new Floats(x.size).fill(1)).apply(convolution, [ones], attributes);
  return outputGrad.div(seen).apply(inputGradient, [ones], { ...attributes, shape: x.shape });
}

/**
 * The gradient of the largest: place by place of the window, the outputs whose largest stands there and at no place before. A
 * window that is 1 at one place and 0 elsewhere picks, and puts back, what all windows see there.
 */
function maxGradient({ inputs, output, outputGrad }: DerivedPass, attributes: PoolingAttributes): Tensor {
  const x = inputAt(inputs, 0);
  const { convolution, inputGradient } = depthwiseConvolutionOps;
  const channels = x.shape.at(-1) ?? 1;
  const shape = [...attributes.window, channels, 1];
  const everywhere = x.derived(x.shape, new Floats(x.size).fill(1));
  const values = x.detach();
  let open = output.derived(output.shape, new Floats(output.size).fill(1));
  const parts = Array.from({ length: sizeOf(attributes.window) }, (_, tap) => {
    const oneHot = x.derived(shape, new Floats(sizeOf(shape)).fill(1, tap * channels, (tap + 1) * channels));
    const isInside = everywhere.apply(convolution, [oneHot], attributes);
    const isLargest = values.apply(convolution, [oneHot], attributes).equal(output.detach()).mul(isInside).mul(open);
    open = open.sub(isLargest);
    return outputGrad.mul(isLargest).apply(inputGradient, [oneHot], { ...attributes, shape: x.shape });
  });
  return parts.reduce((sum, part) => sum.add(part));
}
