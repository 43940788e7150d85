// What a backend must be able to do for pooling: the largest number or the mean of each window.

import type { Floats } from "../intrinsics.ts";
import type { ConvolutionGeometry } from "./convolution.ts";

/** What is taken of a window. */
export type PoolingKind = "max" | "mean";

/**
 * Pooling, each channel by itself. The geometry's kernel is the window; it has as many output channels as input channels.
 * Every window must see at least one place of the input.
 */
export interface PoolingRoutines {
  /**
   * max: the largest number the window sees, NaN if it sees one. mean: the mean of what it sees: places outside the input
   * count neither in the sum nor in the divisor.
   */
  pool2d(kind: PoolingKind, geometry: ConvolutionGeometry, pass: { x: Floats; output: Floats }): void;
  /**
   * Adds to `inputGrad`. max: the whole output gradient goes to the number that was the largest, row by row the first of
   * equals, the first NaN where the output is NaN. mean: each number the window saw gets an equal part.
   */
  pool2dGrad(
    kind: PoolingKind,
    geometry: ConvolutionGeometry,
    pass: { x: Floats; output: Floats; outputGrad: Floats; inputGrad: Floats },
  ): void;
}
