// Convolutions over steps `[batch, steps, channels]` or pictures `[batch, height, width, channels]`: plain, depthwise, transposed.
// A convolution is a sum of products `x · kernel`. So each of its two gradients is one too, of the output's gradient and the
// other factor, and the gradients of those are the convolution and the other one: three operations, closed among themselves.

import type { Backend } from "../backend/backend.ts";
import type { ConvolutionGeometry } from "../backend/convolution.ts";
import { newArray } from "../backend/current.ts";
import { ShapeError } from "../errors.ts";
import type { Floats } from "../intrinsics.ts";
import { formatShape, isSameShape, type Shape } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";
import { type WindowAttributes, windowGeometry, windowOutputShape } from "./window.ts";

/** A gradient of a convolution, as an operation of its own. */
export interface ConvolutionGradientAttributes extends WindowAttributes {
  /** The shape of what is found: the convolution's input or its kernel. */
  readonly shape: Shape;
}

/** A convolution and its two gradients. */
export interface ConvolutionOps {
  /** Of the input and the kernel. */
  readonly convolution: Op<WindowAttributes>;
  /** Of the output's gradient and the kernel. By itself it is a transposed convolution. */
  readonly inputGradient: Op<ConvolutionGradientAttributes>;
  /** Of the input and the output's gradient. */
  readonly kernelGradient: Op<ConvolutionGradientAttributes>;
}

/** What tells the plain and the depthwise form apart. */
interface ConvolutionForm {
  readonly names: readonly [convolution: string, inputGradient: string, kernelGradient: string];
  readonly outputChannels: (kernel: Shape) => number;
  readonly convolve: "conv2d" | "depthwiseConv2d";
  readonly addInputGrad: "conv2dInputGrad" | "depthwiseConv2dInputGrad";
  readonly addKernelGrad: "conv2dKernelGrad" | "depthwiseConv2dKernelGrad";
}

/**
 * `y[…p, o] = Σ x[…p · stride + t · dilation − before, i] · kernel[…t, i, o]`, summed over the window's places t and the channels i.
 *
 * `x` is `[batch, steps, inputs]` and the kernel `[window, inputs, outputs]`, or `x` is `[batch, height, width, inputs]` and the
 * kernel `[rows, columns, inputs, outputs]`.
 */
export const convolutionOps = convolutionOf({
  names: ["convolution", "transposedConvolution", "convolutionKernelGradient"],
  outputChannels: (kernel) => kernel.at(-1) ?? 1,
  convolve: "conv2d",
  addInputGrad: "conv2dInputGrad",
  addKernelGrad: "conv2dKernelGrad",
});

/**
 * Each channel by itself: `y[…p, i · multiplier + m] = Σ x[…, i] · kernel[…t, i, m]`, summed over the window's places t.
 * The kernel is `[rows, columns, inputs, multiplier]`.
 */
export const depthwiseConvolutionOps = convolutionOf({
  names: ["depthwiseConvolution", "transposedDepthwiseConvolution", "depthwiseConvolutionKernelGradient"],
  outputChannels: (kernel) => (kernel.at(-2) ?? 1) * (kernel.at(-1) ?? 1),
  convolve: "depthwiseConv2d",
  addInputGrad: "depthwiseConv2dInputGrad",
  addKernelGrad: "depthwiseConv2dKernelGrad",
});

function convolutionOf(form: ConvolutionForm): ConvolutionOps {
  const ops: ConvolutionOps = {
    convolution: convolutionOp(form, () => ops),
    inputGradient: inputGradientOp(form, () => ops),
    kernelGradient: kernelGradientOp(form, () => ops),
  };
  return ops;
}

function convolutionOp(form: ConvolutionForm, ops: () => ConvolutionOps): Op<WindowAttributes> {
  return {
    name: form.names[0],
    outputShape: (inputs, attributes) =>
      outputShapeOf(form, form.names[0], inputAt(inputs, 0), inputAt(inputs, 1), attributes),
    forward(backend, inputs, output, attributes) {
      const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const geometry = geometryOf(form, x.shape, kernel.shape, attributes);
      backend[form.convolve](geometry, { x: x.data, kernel: kernel.data, output: output.data });
    },
    backward(backend, { inputs, outputGrad: { data: outputGrad }, inputGrads }, attributes) {
      const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const [xGrad, kernelGrad] = [inputAt(inputGrads, 0), inputAt(inputGrads, 1)];
      const geometry = geometryOf(form, x.shape, kernel.shape, attributes);
      if (xGrad !== null)
        backend[form.addInputGrad](geometry, { outputGrad, kernel: kernel.data, inputGrad: xGrad.data });
      if (kernelGrad !== null)
        backend[form.addKernelGrad](geometry, { x: x.data, outputGrad, kernelGrad: kernelGrad.data });
    },
    derive({ inputs, outputGrad }, attributes) {
      const [x, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      return [
        () => outputGrad.apply(ops().inputGradient, [kernel], { ...attributes, shape: x.shape }),
        () => x.apply(ops().kernelGradient, [outputGrad], { ...attributes, shape: kernel.shape }),
      ];
    },
  };
}

/** `given` stands where the convolution's output was, its own output where the input was. */
function inputGradientOp(form: ConvolutionForm, ops: () => ConvolutionOps): Op<ConvolutionGradientAttributes> {
  return {
    name: form.names[1],
    outputShape(inputs, attributes) {
      const [given, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      checkOutput(form.names[1], given, outputShapeOf(form, form.names[1], attributes.shape, kernel, attributes));
      return attributes.shape;
    },
    forward(backend, inputs, output, attributes) {
      const [given, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      backend.fill(output.data, 0);
      const pass = { outputGrad: given.data, kernel: kernel.data, inputGrad: output.data };
      backend[form.addInputGrad](geometryOf(form, attributes.shape, kernel.shape, attributes), pass);
    },
    backward(backend, { inputs, outputGrad: { data: x }, inputGrads }, attributes) {
      const [given, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const [givenGrad, kernelGrad] = [inputAt(inputGrads, 0), inputAt(inputGrads, 1)];
      const geometry = geometryOf(form, attributes.shape, kernel.shape, attributes);
      if (givenGrad !== null) addConvolution(form, backend, geometry, { x, kernel: kernel.data }, givenGrad.data);
      if (kernelGrad !== null)
        backend[form.addKernelGrad](geometry, { x, outputGrad: given.data, kernelGrad: kernelGrad.data });
    },
    derive({ inputs, outputGrad: x }, attributes) {
      const [given, kernel] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      return [
        () => x.apply(ops().convolution, [kernel], attributes),
        () => x.apply(ops().kernelGradient, [given], { ...attributes, shape: kernel.shape }),
      ];
    },
  };
}

/** `given` stands where the convolution's output was, its own output where the kernel was. */
function kernelGradientOp(form: ConvolutionForm, ops: () => ConvolutionOps): Op<ConvolutionGradientAttributes> {
  return {
    name: form.names[2],
    outputShape(inputs, attributes) {
      const [x, given] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      checkOutput(form.names[2], given, outputShapeOf(form, form.names[2], x, attributes.shape, attributes));
      return attributes.shape;
    },
    forward(backend, inputs, output, attributes) {
      const [x, given] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      backend.fill(output.data, 0);
      const pass = { x: x.data, outputGrad: given.data, kernelGrad: output.data };
      backend[form.addKernelGrad](geometryOf(form, x.shape, attributes.shape, attributes), pass);
    },
    backward(backend, { inputs, outputGrad: { data: kernel }, inputGrads }, attributes) {
      const [x, given] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const [xGrad, givenGrad] = [inputAt(inputGrads, 0), inputAt(inputGrads, 1)];
      const geometry = geometryOf(form, x.shape, attributes.shape, attributes);
      if (xGrad !== null)
        backend[form.addInputGrad](geometry, { outputGrad: given.data, kernel, inputGrad: xGrad.data });
      if (givenGrad !== null) addConvolution(form, backend, geometry, { x: x.data, kernel }, givenGrad.data);
    },
    derive({ inputs, outputGrad: kernel }, attributes) {
      const [x, given] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      return [
        () => given.apply(ops().inputGradient, [kernel], { ...attributes, shape: x.shape }),
        () => x.apply(ops().convolution, [kernel], attributes),
      ];
    },
  };
}

function geometryOf(form: ConvolutionForm, x: Shape, kernel: Shape, attributes: WindowAttributes): ConvolutionGeometry {
  return windowGeometry(x, kernel.slice(0, -2), form.outputChannels(kernel), attributes, form.names[0]);
}

function outputShapeOf(
  form: ConvolutionForm,
  op: string,
  x: Shape,
  kernel: Shape,
  attributes: WindowAttributes,
): Shape {
  checkFit(op, x, kernel);
  return windowOutputShape(geometryOf(form, x, kernel, attributes), x.length);
}

/** The routine writes, a gradient is added to. */
function addConvolution(
  form: ConvolutionForm,
  backend: Backend,
  geometry: ConvolutionGeometry,
  factors: { readonly x: Floats; readonly kernel: Floats },
  into: Floats,
): void {
  const found = newArray(into.length);
  backend[form.convolve](geometry, { ...factors, output: found });
  backend.addScaled(found, into, 1);
}

/** The kernel must be one for such inputs. */
function checkFit(op: string, x: Shape, kernel: Shape): void {
  if ((x.length === 3 || x.length === 4) && kernel.length === x.length && x.at(-1) === kernel.at(-2)) return;
  throw new ShapeError({
    op,
    what: "input and kernel",
    expected: "with as many axes and channels",
    got: `${formatShape(x)} and ${formatShape(kernel)}`,
    hint: "Pictures are [batch, height, width, channels], steps [batch, steps, channels].",
  });
}

/** What is given in the place of a convolution's output must have its shape. */
function checkOutput(op: string, given: Shape, expected: Shape): void {
  if (!isSameShape(given, expected)) throw new ShapeError({ op, expected: formatShape(expected), got: given });
}
