// The layers that are random while training, as the user calls them: dropout, spatialDropout, gaussianNoise.

import { Dropout, type DropoutOptions, SpatialDropout } from "./dropout.ts";
import { GaussianNoise, type GaussianNoiseOptions } from "./gaussianNoise.ts";

/** `layers.dropout({ rate: 0.2 })` is the same as `layers.dropout(0.2)`. */
export interface DropoutOptionsWithRate extends DropoutOptions {
  /** The probability of dropping a number, from 0 to below 1. */
  readonly rate: number;
}

/** `layers.gaussianNoise({ stddev: 0.1 })` is the same as `layers.gaussianNoise(0.1)`. */
export interface GaussianNoiseOptionsWithDeviation extends GaussianNoiseOptions {
  /** The standard deviation of the noise. */
  readonly stddev: number;
}

// Single signatures, not overloads: the errors TypeScript reports stay about the argument that is wrong.
function dropout(rate: number | DropoutOptionsWithRate, options: DropoutOptions = {}): Dropout {
  return typeof rate === "object" && rate !== null ? new Dropout(rate.rate, rate) : new Dropout(rate, options);
}

function spatialDropout1d(rate: number | DropoutOptionsWithRate, options: DropoutOptions = {}): SpatialDropout {
  return typeof rate === "object" && rate !== null
    ? new SpatialDropout(1, rate.rate, rate)
    : new SpatialDropout(1, rate, options);
}

function spatialDropout2d(rate: number | DropoutOptionsWithRate, options: DropoutOptions = {}): SpatialDropout {
  return typeof rate === "object" && rate !== null
    ? new SpatialDropout(2, rate.rate, rate)
    : new SpatialDropout(2, rate, options);
}

function gaussianNoise(
  stddev: number | GaussianNoiseOptionsWithDeviation,
  options: GaussianNoiseOptions = {},
): GaussianNoise {
  return typeof stddev === "object" && stddev !== null
    ? new GaussianNoise(stddev.stddev, stddev)
    : new GaussianNoise(stddev, options);
}

/** A part of `layers`. */
export const noiseLayers = {
  /**
   * Dropout: while training each number becomes 0 with probability `rate` and the others grow to `x / (1 − rate)`, so
   * that the mean stays; otherwise it passes everything on (Srivastava et al. 2014). Any shape.
   *
   * Which numbers are dropped depends on the fit's seed, the step and the layer's name, or on the layer's own `seed`.
   *
   * @throws ValueError when the rate is not from 0 to below 1.
   * @example layers.dropout(0.2)
   */
  dropout,
  /**
   * Dropout of whole features: of each sequence `[batch, steps, features]` a feature is left out at all steps or at none, since
   * neighbouring steps tell much the same (Tompson et al. 2015). Otherwise as `dropout`.
   *
   * @throws ValueError when the rate is not from 0 to below 1; ShapeError for input of another rank.
   * @example sequential([layers.embedding(1000, 16), layers.spatialDropout1d(0.2), layers.lstm(16), layers.dense(1)])
   */
  spatialDropout1d,
  /**
   * The same for pictures `[batch, height, width, channels]`: a channel is left out of a whole picture or not at all.
   *
   * @throws ValueError when the rate is not from 0 to below 1; ShapeError for input of another rank.
   * @example layers.spatialDropout2d(0.2) // behind a convolution
   */
  spatialDropout2d,
  /**
   * Gaussian noise: while training `y = x + stddev · z`, z normal with mean 0 and deviation 1; otherwise it passes
   * everything on. Any shape. The gradient passes unchanged.
   *
   * @throws ValueError when the deviation is negative or not finite.
   * @example layers.gaussianNoise(0.1)
   */
  gaussianNoise,
} as const;
