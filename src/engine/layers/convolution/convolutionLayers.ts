// The convolutional layers as the user calls them.

import {
  Conv1d,
  type Conv1dOptions,
  Conv2d,
  type Conv2dOptions,
  Conv2dTranspose,
  type Conv2dTransposeOptions,
} from "./convolutions.ts";
import {
  DepthwiseConv2d,
  type DepthwiseConv2dOptions,
  SeparableConv2d,
  type SeparableConv2dOptions,
} from "./depthwise.ts";
import type { WindowSize } from "./windowOptions.ts";

/** Filters and window among the other options: `layers.conv2d({ filters: 16, kernelSize: 3 })`. */
export interface FiltersAndWindow<Size> {
  /** How many output channels. */
  readonly filters: number;
  /** The window's lengths: one number for all axes, or one for each. */
  readonly kernelSize: Size;
}

// A single signature each, not overloads: the errors TypeScript reports stay about the argument that is wrong.
// A window that is missing is refused by the layer, with the call as it should be.

function conv1d(
  filters: number | (Conv1dOptions & FiltersAndWindow<number>),
  kernelSize?: number,
  options: Conv1dOptions = {},
): Conv1d {
  return isOptions(filters)
    ? new Conv1d(filters.filters, filters.kernelSize, filters)
    : new Conv1d(filters, kernelSize, options);
}

function conv2d(
  filters: number | (Conv2dOptions & FiltersAndWindow<WindowSize>),
  kernelSize?: WindowSize,
  options: Conv2dOptions = {},
): Conv2d {
  return isOptions(filters)
    ? new Conv2d(filters.filters, filters.kernelSize, filters)
    : new Conv2d(filters, kernelSize, options);
}

function conv2dTranspose(
  filters: number | (Conv2dTransposeOptions & FiltersAndWindow<WindowSize>),
  kernelSize?: WindowSize,
  options: Conv2dTransposeOptions = {},
): Conv2dTranspose {
  return isOptions(filters)
    ? new Conv2dTranspose(filters.filters, filters.kernelSize, filters)
    : new Conv2dTranspose(filters, kernelSize, options);
}

function depthwiseConv2d(
  kernelSize: WindowSize | (DepthwiseConv2dOptions & Pick<FiltersAndWindow<WindowSize>, "kernelSize">),
  options: DepthwiseConv2dOptions = {},
): DepthwiseConv2d {
  return isOptions(kernelSize)
    ? new DepthwiseConv2d(kernelSize.kernelSize, kernelSize)
    : new DepthwiseConv2d(kernelSize, options);
}

function separableConv2d(
  filters: number | (SeparableConv2dOptions & FiltersAndWindow<WindowSize>),
  kernelSize?: WindowSize,
  options: SeparableConv2dOptions = {},
): SeparableConv2d {
  return isOptions(filters)
    ? new SeparableConv2d(filters.filters, filters.kernelSize, filters)
    : new SeparableConv2d(filters, kernelSize, options);
}

/** Whether the first argument holds all options: neither a number nor `[rows, columns]`. */
function isOptions<First>(first: First): first is Exclude<First, number | readonly number[]> {
  return typeof first === "object" && first !== null && !Array.isArray(first);
}

/** A part of `layers`. */
export const convolutionLayers = {
  /**
   * Convolution over steps: `y[t, o] = f(Σ x[t · strides + k · dilationRate, i] · W[k, i, o] + b[o])`.
   *
   * Input `[batch, steps, channels]` → output `[batch, newSteps, filters]`. `W` (kernel) is `[kernelSize, channels, filters]` and
   * starts Glorot-uniform, `b` (bias) is `[filters]` and starts at zero; `f` is linear by default. newSteps is
   * `⌊(steps − span) / strides⌋ + 1` for "valid", `⌈steps / strides⌉` for "same" and "causal", where the window spans
   * `(kernelSize − 1) · dilationRate + 1` steps. With "causal" no output sees what comes later (van den Oord et al. 2016).
   *
   * @throws ShapeError for input of another rank, other channels, or fewer steps than the window spans.
   * @example layers.conv1d(16, 3, { padding: "causal", dilationRate: 2, activation: "relu" })
   */
  conv1d,
  /**
   * Convolution over pictures: a window of weights moves over rows and columns, the same weights everywhere (LeCun et al. 1998).
   * `y[r, c, o] = f(Σ x[r · strides + k · dilationRate, c · strides + l · dilationRate, i] · W[k, l, i, o] + b[o])`.
   *
   * Input `[batch, height, width, channels]` → output `[batch, newHeight, newWidth, filters]`. `W` (kernel) is
   * `[rows, columns, channels, filters]` and starts Glorot-uniform, `b` (bias) is `[filters]` and starts at zero; `f` is linear by
   * default. The new size is `⌊(size − span) / strides⌋ + 1` for "valid" and `⌈size / strides⌉` for "same", where the window spans
   * `(kernelSize − 1) · dilationRate + 1` pixels.
   *
   * @throws ShapeError for input of another rank, other channels, or smaller than the window with "valid".
   * @throws UnknownNameError for an unknown activation, initializer, padding or option, with the nearest right name.
   * @example layers.conv2d(16, 3, { padding: "same", activation: "relu" })
   */
  conv2d,
  /**
   * Convolution of each channel by itself: output channel `i · depthMultiplier + m` sees input channel `i` alone.
   *
   * Input `[batch, height, width, channels]` → output `[batch, newHeight, newWidth, channels · depthMultiplier]`; sizes as for
   * `conv2d`. `depthwiseKernel` is `[rows, columns, channels, depthMultiplier]` and starts Glorot-uniform, `bias` starts at zero.
   *
   * @throws ShapeError for input of another rank, other channels, or smaller than the window with "valid".
   * @example layers.depthwiseConv2d(3, { depthMultiplier: 2, padding: "same" })
   */
  depthwiseConv2d,
  /**
   * A depthwise convolution, then one of 1 × 1 that mixes the channels: what `conv2d` does, with far fewer weights (Chollet 2017).
   *
   * Input `[batch, height, width, channels]` → output `[batch, newHeight, newWidth, filters]`; sizes as for `conv2d`.
   * `depthwiseKernel` is `[rows, columns, channels, depthMultiplier]`, `pointwiseKernel`
   * `[1, 1, channels · depthMultiplier, filters]`; both start Glorot-uniform, `bias` starts at zero.
   *
   * @throws ShapeError for input of another rank, other channels, or smaller than the window with "valid".
   * @example layers.separableConv2d(32, 3, { padding: "same", activation: "relu" })
   */
  separableConv2d,
  /**
   * Transposed convolution, which makes pictures larger: each input pixel adds itself times the kernel to the output pixels under
   * its window. It is the gradient of a `conv2d` with respect to its input (Dumoulin & Visin 2016).
   *
   * Input `[batch, height, width, channels]` → output `[batch, newHeight, newWidth, filters]`. `W` (kernel) is
   * `[rows, columns, filters, channels]` and starts Glorot-uniform, `b` (bias) starts at zero. The new size is
   * `(size − 1) · strides + max(kernelSize, strides)` for "valid" and `size · strides` for "same".
   *
   * @throws ShapeError for input of another rank or other channels.
   * @example layers.conv2dTranspose(8, 3, { strides: 2, padding: "same" })
   */
  conv2dTranspose,
} as const;

/** What other libraries call them. */
export const convolutionAliases: Readonly<Record<string, keyof typeof convolutionLayers>> = {
  conv: "conv2d",
  convolution1d: "conv1d",
  convolution2d: "conv2d",
  convolutional: "conv2d",
  depthwiseConvolution2d: "depthwiseConv2d",
  separableConvolution2d: "separableConv2d",
  convTranspose2d: "conv2dTranspose",
  transposedConv2d: "conv2dTranspose",
  deconv2d: "conv2dTranspose",
};
