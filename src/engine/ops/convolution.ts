// Convolutions over steps `[batch, steps, channels]` or pictures `[batch, height, width, channels]`: plain, depthwise, transposed.

import type { ConvolutionGeometry } from "../backend/convolution.ts";
import { newArray } from "../backend/current.ts";
import { ShapeError } from "../errors.ts";
import { formatShape, type Shape } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";
import { transposedLengths, type WindowAttributes, windowGeometry, windowOutputShape } from "./window.ts";

/**
 * `y[…p, o] = Σ x[…p · stride + t · dilation − before, i] · kernel[…t, i, o]`, summed over the window's places t and the channels i.
 *
 * `x` is `[batch, steps, inputs]` and the kernel `[window, inputs, outputs]`, or `x` is `[batch, height, width, inputs]` and the
 * kernel `[rows, columns, inputs, outputs]`.
 */
export const convolutionOp = convolving("convolution", (kernel) => kernel.at(-1) ?? 1, {
  forward: "conv2d",
  inputGrad: "conv2dInputGrad",
  kernelGrad: "conv2dKernelGrad",
});

/**
 * Each channel by itself: `y[…p, i · multiplier + m] = Σ x[…, i] · kernel[…t, i, m]`, summed over the window's places t.
 * The kernel is `[rows, columns, inputs, multiplier]`.
 */
export const depthwiseConvolutionOp = convolving(
  "depthwiseConvolution",
  (kernel) => (kernel.at(-2) ?? 1) * (kernel.at(-1) ?? 1),
  {
    forward: "depthwiseConv2d",
    inputGrad: "depthwiseConv2dInputGrad",
    kernelGrad: "depthwiseConv2dKernelGrad",
  },
);

/** The two forms differ in the routines alone. */
function convolving(
  name: string,
  outputChannels: (kernel: Shape) => number,
  routines: {
    readonly forward: "conv2d" | "depthwiseConv2d";
    readonly inputGrad: "conv2dInputGrad" | "depthwiseConv2dInputGrad";
    readonly kernelGrad: "conv2dKernelGrad" | "depthwiseConv2dKernelGrad";
  },
): Op<WindowAttributes> {
  const geometryOf = (x: Shape, kernel: Shape, attributes: WindowAttributes) =>
    windowGeometry(x, kernel.slice(0, -2), outputChannels(kernel), attributes, name);
  return {
    name,
    outputShape(inputs, attributes) {
      const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      checkFit(name, x, kernel, -2);
      return windowOutputShape(geometryOf(x, kernel, attributes), x.length);
    },
    forward(backend, inputs, output, attributes) {
      const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const geometry = geometryOf(x.shape, kernel.shape, attributes);
      backend[routines.forward](geometry, { x: x.data, kernel: kernel.data, output: output.data });
    },
    backward(backend, { inputs, outputGrad: { data: outputGrad }, inputGrads }, attributes) {
      const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const [xGrad, kernelGrad] = [inputAt(inputGrads, 0), inputAt(inputGrads, 1)];
      const geometry = geometryOf(x.shape, kernel.shape, attributes);
      if (xGrad !== null)
        backend[routines.inputGrad](geometry, { outputGrad, kernel: kernel.data, inputGrad: xGrad.data });
      if (kernelGrad !== null)
        backend[routines.kernelGrad](geometry, { x: x.data, outputGrad, kernelGrad: kernelGrad.data });
    },
  };
}

/**
 * A convolution turned round: `x` lies where that convolution's output was, the output where its input was. Each number of `x`
 * adds itself times the kernel to the places its window covers. The kernel is `[rows, columns, outputs, inputs]`.
 */
export const transposedConvolutionOp: Op<WindowAttributes> = {
  name: "transposedConvolution",
  outputShape(inputs, attributes) {
    const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    checkFit(transposedConvolutionOp.name, x, kernel, -1);
    return transposedShape(x, kernel, attributes);
  },
  forward(backend, inputs, output, attributes) {
    const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    backend.fill(output.data, 0);
    const pass = { outputGrad: x.data, kernel: kernel.data, inputGrad: output.data };
    backend.conv2dInputGrad(turnedGeometry(x.shape, kernel.shape, attributes), pass);
  },
  backward(backend, { inputs, outputGrad, inputGrads }, attributes) {
    const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    const [xGrad, kernelGrad] = [inputAt(inputGrads, 0), inputAt(inputGrads, 1)];
    const geometry = turnedGeometry(x.shape, kernel.shape, attributes);
    if (xGrad !== null) {
      // The routine writes, a gradient is added to.
      const found = newArray(x.data.length);
      backend.conv2d(geometry, { x: outputGrad.data, kernel: kernel.data, output: found });
      backend.addScaled(found, xGrad.data, 1);
    }
    if (kernelGrad !== null) {
      const pass = { x: outputGrad.data, outputGrad: x.data, kernelGrad: kernelGrad.data };
      backend.conv2dKernelGrad(geometry, pass);
    }
  },
};

function transposedShape(x: Shape, kernel: Shape, attributes: WindowAttributes): Shape {
  const lengths = transposedLengths(x.slice(1, -1), kernel.slice(0, -2), attributes);
  return [x[0] ?? 1, ...lengths, kernel.at(-2) ?? 1];
}

/** The convolution that is turned round. */
function turnedGeometry(x: Shape, kernel: Shape, attributes: WindowAttributes): ConvolutionGeometry {
  const output = transposedShape(x, kernel, attributes);
  return windowGeometry(output, kernel.slice(0, -2), x.at(-1) ?? 1, attributes, transposedConvolutionOp.name);
}

/** The input's channels must be those of one of the kernel's last two axes. */
function checkFit(op: string, x: Shape, kernel: Shape, channelAxis: -1 | -2): void {
  if ((x.length === 3 || x.length === 4) && kernel.length === x.length && x.at(-1) === kernel.at(channelAxis)) return;
  throw new ShapeError({
    op,
    what: "input and kernel",
    expected: "with as many axes and channels",
    got: `${formatShape(x)} and ${formatShape(kernel)}`,
    hint: "Pictures are [batch, height, width, channels], steps [batch, steps, channels].",
  });
}
