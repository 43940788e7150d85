// The pooling layers as the user calls them.

import type { WindowSize } from "../convolution/windowOptions.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { GlobalPooling, Pooling, type Pooling1dOptions, type Pooling2dOptions, type PoolingForm } from "./pooling.ts";

/** The window among the other options: `layers.maxPooling2d({ poolSize: 2, padding: "same" })`. */
export interface PoolSizeOption<Size> {
  /** The window's lengths: one number for all axes, or one for each; 2 by default. */
  readonly poolSize?: Size;
}

function pool(
  form: PoolingForm<Pooling["type"]>,
  size: WindowSize | (Pooling2dOptions & PoolSizeOption<WindowSize>),
  options: Pooling2dOptions,
): Pooling {
  const hasOptions = typeof size === "object" && size !== null && !isList(size);
  return hasOptions ? new Pooling(form, size.poolSize ?? 2, size) : new Pooling(form, size, options);
}

function isList(value: object): value is readonly [number, number] {
  return Array.isArray(value);
}

/** A part of `layers`. */
export const poolingLayers = {
  /**
   * The largest number of each window of steps, each channel by itself.
   *
   * Input `[batch, steps, channels]` → output `[batch, newSteps, channels]`, with `⌊(steps − poolSize) / strides⌋ + 1` new steps for
   * "valid" and `⌈steps / strides⌉` for "same". The gradient goes to the first of the largest.
   *
   * @param poolSize The window's length; 2 by default.
   * @throws ShapeError for input of another rank, or fewer steps than the window has with "valid".
   * @example layers.maxPooling1d(2)
   */
  maxPooling1d: (
    poolSize: number | (Pooling1dOptions & PoolSizeOption<number>) = 2,
    options: Pooling1dOptions = {},
  ): Pooling => pool({ type: "maxPooling1d", kind: "max", axes: 1 }, poolSize, options),
  /**
   * The largest number of each window of a picture, each channel by itself: smaller pictures that keep what is strongest.
   *
   * Input `[batch, height, width, channels]` → output `[batch, newHeight, newWidth, channels]`. The new size is
   * `⌊(size − poolSize) / strides⌋ + 1` for "valid" and `⌈size / strides⌉` for "same"; what lies outside never is the largest. The
   * gradient goes to the first of the largest.
   *
   * @param poolSize The window's lengths: one number, or `[rows, columns]`; 2 by default.
   * @throws ShapeError for input of another rank, or smaller than the window with "valid".
   * @example layers.maxPooling2d(2)
   */
  maxPooling2d: (
    poolSize: WindowSize | (Pooling2dOptions & PoolSizeOption<WindowSize>) = 2,
    options: Pooling2dOptions = {},
  ): Pooling => pool({ type: "maxPooling2d", kind: "max", axes: 2 }, poolSize, options),
  /**
   * The mean of each window of steps, each channel by itself. Shapes as for `maxPooling1d`; what lies outside does not count.
   *
   * @param poolSize The window's length; 2 by default.
   * @throws ShapeError for input of another rank, or fewer steps than the window has with "valid".
   * @example layers.averagePooling1d(2)
   */
  averagePooling1d: (
    poolSize: number | (Pooling1dOptions & PoolSizeOption<number>) = 2,
    options: Pooling1dOptions = {},
  ): Pooling => pool({ type: "averagePooling1d", kind: "mean", axes: 1 }, poolSize, options),
  /**
   * The mean of each window of a picture, each channel by itself. Shapes as for `maxPooling2d`. With "same" only the pixels inside
   * the picture count, in the sum and in the divisor, as in Keras.
   *
   * @param poolSize The window's lengths: one number, or `[rows, columns]`; 2 by default.
   * @throws ShapeError for input of another rank, or smaller than the window with "valid".
   * @example layers.averagePooling2d([2, 3], { padding: "same" })
   */
  averagePooling2d: (
    poolSize: WindowSize | (Pooling2dOptions & PoolSizeOption<WindowSize>) = 2,
    options: Pooling2dOptions = {},
  ): Pooling => pool({ type: "averagePooling2d", kind: "mean", axes: 2 }, poolSize, options),
  /**
   * The largest number of each channel over all steps: `[batch, steps, channels]` → `[batch, channels]`. Equal ones share the gradient.
   *
   * @throws ShapeError for input of another rank.
   * @example layers.globalMaxPooling1d()
   */
  globalMaxPooling1d: (options: LayerOptions = {}): GlobalPooling =>
    new GlobalPooling({ type: "globalMaxPooling1d", kind: "max", axes: 1 }, options),
  /**
   * The largest number of each channel over a whole picture: `[batch, height, width, channels]` → `[batch, channels]`. Equal ones
   * share the gradient.
   *
   * @throws ShapeError for input of another rank.
   * @example layers.globalMaxPooling2d()
   */
  globalMaxPooling2d: (options: LayerOptions = {}): GlobalPooling =>
    new GlobalPooling({ type: "globalMaxPooling2d", kind: "max", axes: 2 }, options),
  /**
   * The mean of each channel over all steps: `[batch, steps, channels]` → `[batch, channels]`.
   *
   * @throws ShapeError for input of another rank.
   * @example layers.globalAveragePooling1d()
   */
  globalAveragePooling1d: (options: LayerOptions = {}): GlobalPooling =>
    new GlobalPooling({ type: "globalAveragePooling1d", kind: "mean", axes: 1 }, options),
  /**
   * The mean of each channel over a whole picture: `[batch, height, width, channels]` → `[batch, channels]`. In place of
   * `flatten` before the last layer it needs far fewer weights (Lin et al. 2013).
   *
   * @throws ShapeError for input of another rank.
   * @example layers.globalAveragePooling2d()
   */
  globalAveragePooling2d: (options: LayerOptions = {}): GlobalPooling =>
    new GlobalPooling({ type: "globalAveragePooling2d", kind: "mean", axes: 2 }, options),
} as const;

/** What other libraries call them. */
export const poolingAliases: Readonly<Record<string, keyof typeof poolingLayers>> = {
  maxPool: "maxPooling2d",
  maxPool1d: "maxPooling1d",
  maxPool2d: "maxPooling2d",
  avgPool: "averagePooling2d",
  avgPool1d: "averagePooling1d",
  avgPool2d: "averagePooling2d",
  averagePool1d: "averagePooling1d",
  averagePool2d: "averagePooling2d",
  meanPooling2d: "averagePooling2d",
  globalMaxPool1d: "globalMaxPooling1d",
  globalMaxPool2d: "globalMaxPooling2d",
  adaptiveMaxPool2d: "globalMaxPooling2d",
  globalAvgPool1d: "globalAveragePooling1d",
  globalAvgPool2d: "globalAveragePooling2d",
  globalAveragePool2d: "globalAveragePooling2d",
  adaptiveAvgPool2d: "globalAveragePooling2d",
};
