// The normalization layers as the user calls them: batchNorm, layerNorm, rmsNorm.

import { BatchNorm, type BatchNormOptions } from "./batchNorm.ts";
import { LayerNorm, type LayerNormOptions, RmsNorm, type RmsNormOptions } from "./rowNorms.ts";

/** A part of `layers`. */
export const normalizationLayers = {
  /**
   * Batch normalization: `y = γ · (x − mean) / √(variance + ε) + β`, statistics of each last-axis feature over the batch and
   * all axes between (Ioffe & Szegedy 2015).
   *
   * Any shape from `[batch, features]` on; it stays. γ (gamma), β (beta), and the moving mean and variance are `[features]`
   * each. While training the statistics are the batch's, and the moving ones follow: `moving = momentum · moving +
   * (1 − momentum) · batch`, momentum 0.99, ε 0.001. Otherwise, and with `trainable: false`, it uses the moving ones.
   * With `convention: "torch"`: `(1 − momentum) · moving + momentum · batch`, momentum 0.1, ε 0.00001, and the moving
   * variance follows the one divided by n − 1.
   *
   * @throws ShapeError when the number of features is not the one it was built for; ValueError for a momentum not from 0 to 1.
   * @example sequential([layers.dense(64, { useBias: false }), layers.batchNorm(), layers.activation("relu")])
   */
  batchNorm: (options: BatchNormOptions = {}): BatchNorm => new BatchNorm(options),
  /**
   * Layer normalization: `y = γ · (x − mean) / √(variance + ε) + β`, statistics of each row along the last axis (Ba et al.
   * 2016). Each example by itself: the same in training and outside, and for any size of batch.
   *
   * Any shape from `[batch, features]` on; it stays. γ and β are `[features]`. ε is 0.001 as in Keras; PyTorch has 0.00001.
   *
   * @throws ShapeError when the number of features is not the one it was built for.
   * @example layers.layerNorm({ epsilon: 1e-5 })
   */
  layerNorm: (options: LayerNormOptions = {}): LayerNorm => new LayerNorm(options),
  /**
   * RMS normalization: `y = γ · x / √(mean(x²) + ε)` along the last axis: layer normalization without the mean and without β
   * (Zhang & Sennrich 2019). ε is 0.000001.
   *
   * @throws ShapeError when the number of features is not the one it was built for.
   * @example layers.rmsNorm()
   */
  rmsNorm: (options: RmsNormOptions = {}): RmsNorm => new RmsNorm(options),
} as const;
