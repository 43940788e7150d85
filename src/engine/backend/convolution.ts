// What a backend must be able to do for convolutions: three routines for those that mix channels, three for those that keep them apart.

import type { Floats } from "../intrinsics.ts";

/**
 * How a window moves over pictures `[batch, inputHeight, inputWidth, inputChannels]` and what comes of it,
 * `[batch, outputHeight, outputWidth, outputChannels]`. The last axis lies closest together.
 *
 * Output row `y` sees input row `y · strideHeight − padTop + row · dilationHeight` with row `row` of the window; columns alike.
 * Rows and columns that lie outside the input take no part. What lies below and to the right of the input is not named:
 * the output's size says how far the window goes.
 */
export interface ConvolutionGeometry {
  readonly batch: number;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly inputChannels: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
  /** Depthwise: `inputChannels · multiplier`. Pooling: `inputChannels`. */
  readonly outputChannels: number;
  /** Rows of the window. */
  readonly kernelHeight: number;
  /** Columns of the window. */
  readonly kernelWidth: number;
  /** Input rows from one output row to the next. */
  readonly strideHeight: number;
  readonly strideWidth: number;
  /** Rows of the first window that lie above the input. */
  readonly padTop: number;
  /** Columns of the first window that lie left of the input. */
  readonly padLeft: number;
  /** Input rows from one row of the window to the next; 1 for a window without gaps. */
  readonly dilationHeight: number;
  readonly dilationWidth: number;
}

/**
 * Convolutions as networks know them: cross-correlations, the kernel is not turned round.
 *
 * A zero is multiplied like any other number, so that a NaN or an infinity opposite it is not lost. A backend may take what
 * lies outside the input for zeros: opposite them, a kernel (or an output gradient) that is not finite gives NaN then.
 */
export interface ConvolutionRoutines {
  /** `output[b, y, x, o] = Σ x[b, row, column, i] · kernel[r, c, i, o]`; the kernel is `[kernelHeight, kernelWidth, inputChannels, outputChannels]`. */
  conv2d(geometry: ConvolutionGeometry, pass: { x: Floats; kernel: Floats; output: Floats }): void;
  /** Adds to `inputGrad` what each output gradient says of the inputs its window saw. */
  conv2dInputGrad(geometry: ConvolutionGeometry, pass: { outputGrad: Floats; kernel: Floats; inputGrad: Floats }): void;
  /** Adds to `kernelGrad` what each output gradient says of the kernel. */
  conv2dKernelGrad(geometry: ConvolutionGeometry, pass: { x: Floats; outputGrad: Floats; kernelGrad: Floats }): void;

  /**
   * Each channel by itself: `output[b, y, x, i · multiplier + m] = Σ x[b, row, column, i] · kernel[r, c, i, m]`; the kernel is
   * `[kernelHeight, kernelWidth, inputChannels, multiplier]`.
   */
  depthwiseConv2d(geometry: ConvolutionGeometry, pass: { x: Floats; kernel: Floats; output: Floats }): void;
  /** Adds to `inputGrad`. */
  depthwiseConv2dInputGrad(
    geometry: ConvolutionGeometry,
    pass: { outputGrad: Floats; kernel: Floats; inputGrad: Floats },
  ): void;
  /** Adds to `kernelGrad`. */
  depthwiseConv2dKernelGrad(
    geometry: ConvolutionGeometry,
    pass: { x: Floats; outputGrad: Floats; kernelGrad: Floats },
  ): void;
}
