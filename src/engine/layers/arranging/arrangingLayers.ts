// The layers that arrange a sample anew, as the user calls them.

import type { WindowSize } from "../convolution/windowOptions.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { Permute, RepeatVector, UpSampling, ZeroPadding, type ZeroPaddingSize } from "./arranging.ts";

/** What comes first may stand among the options: `layers.upSampling2d({ size: 2 })` is the same as `layers.upSampling2d(2)`. */
type OrOptions<First, Name extends string> = First | (LayerOptions & { readonly [Key in Name]: First });

/** Options, and neither a number nor a list. */
function isOptions<First>(first: First): first is Exclude<First, number | readonly unknown[]> {
  return typeof first === "object" && first !== null && !Array.isArray(first);
}

/** A part of `layers`. */
export const arrangingLayers = {
  /**
   * The axes of each sample in another order: `layers.permute([2, 1])` turns `[batch, steps, features]` into
   * `[batch, features, steps]`. Axes are counted from 1, since the batch axis stays. Holds no weights.
   *
   * @throws ValueError when `order` does not name each axis once; ShapeError for samples of other axes.
   * @example layers.permute([2, 1])
   */
  permute: (order: OrOptions<readonly number[], "order">, options: LayerOptions = {}): Permute =>
    isOptions(order) ? new Permute(order.order, order) : new Permute(order, options),
  /**
   * Each vector `count` times, as the steps of a sequence: `[batch, features]` → `[batch, count, features]`. Holds no weights.
   *
   * @throws ShapeError when a sample is no vector.
   * @example sequential([layers.lstm(16), layers.repeatVector(20), layers.lstm(16, { returnSequences: true })])
   */
  repeatVector: (count: OrOptions<number, "count">, options: LayerOptions = {}): RepeatVector =>
    isOptions(count) ? new RepeatVector(count.count, count) : new RepeatVector(count, options),
  /**
   * Each step `size` times (2 by default): `[batch, steps, channels]` → `[batch, steps · size, channels]`. Holds no weights.
   *
   * @throws ShapeError when the input is not `[batch, steps, channels]`.
   * @example layers.upSampling1d(3)
   */
  upSampling1d: (size: OrOptions<number | undefined, "size"> = 2, options: LayerOptions = {}): UpSampling =>
    isOptions(size) ? new UpSampling(1, size.size ?? 2, size) : new UpSampling(1, size, options),
  /**
   * Each place of a picture `size` times along both axes (2 by default; or `[rows, columns]`), the nearest neighbour's
   * interpolation: `[batch, height, width, channels]` → `[batch, height · size, width · size, channels]`. Holds no weights.
   *
   * @throws ShapeError when the input is not `[batch, height, width, channels]`.
   * @example sequential([layers.upSampling2d(2), layers.conv2d(8, 3, { padding: "same" })])
   */
  upSampling2d: (size: OrOptions<WindowSize | undefined, "size"> = 2, options: LayerOptions = {}): UpSampling =>
    isOptions(size) ? new UpSampling(2, size.size ?? 2, size) : new UpSampling(2, size, options),
  /**
   * Zeros before and after the steps: `padding` on both sides (1 by default), or `[before, after]`. Holds no weights.
   *
   * @throws ShapeError when the input is not `[batch, steps, channels]`.
   * @example layers.zeroPadding1d([2, 0])
   */
  zeroPadding1d: (
    padding: OrOptions<number | readonly [before: number, after: number] | undefined, "padding"> = 1,
    options: LayerOptions = {},
  ): ZeroPadding =>
    isOptions(padding) ? new ZeroPadding(1, padding.padding ?? 1, padding) : new ZeroPadding(1, padding, options),
  /**
   * Zeros around a picture: `padding` on all sides (1 by default), `[rows, columns]`, or `[[top, bottom], [left, right]]`.
   * Holds no weights.
   *
   * @throws ShapeError when the input is not `[batch, height, width, channels]`.
   * @example layers.zeroPadding2d([[0, 1], [0, 1]])
   */
  zeroPadding2d: (
    padding: OrOptions<ZeroPaddingSize | undefined, "padding"> = 1,
    options: LayerOptions = {},
  ): ZeroPadding =>
    isOptions(padding) ? new ZeroPadding(2, padding.padding ?? 1, padding) : new ZeroPadding(2, padding, options),
} as const;

/** What other libraries call them. */
export const arrangingAliases: Readonly<Record<string, keyof typeof arrangingLayers>> = {
  upsample: "upSampling2d",
  upsamplingNearest2d: "upSampling2d",
  zeroPad1d: "zeroPadding1d",
  zeroPad2d: "zeroPadding2d",
  padding2d: "zeroPadding2d",
  transpose: "permute",
  repeat: "repeatVector",
};
