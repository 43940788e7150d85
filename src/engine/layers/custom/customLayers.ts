// The layer a user writes, as the user calls it.

import type { Tensor } from "../../tensor.ts";
import { Custom, type CustomOptions } from "./custom.ts";

/** What other libraries call it. */
export const customAliases: Readonly<Record<string, string>> = { lambda: "custom", module: "custom" };

/** A part of `layers`. */
export const customLayers = {
  /**
   * A layer of your own: its weights, and a forward pass written with tensor operations. Gradients follow by themselves.
   *
   * `forward(x, weights, { training, random })` takes a batch `[batch, …]` and gives `[batch, …]`; applied to several inputs
   * it takes them as a list. The output's shape is found by running it on zeros, unless `outputShape` says it. Weights are
   * saved, counted, and watched like those of any layer.
   *
   * @param options `name` (the kind of layer: gate_1, gate_2 …), `weights` by name (`shape`, also as a function of the
   *   input's shape; `initializer`, default "glorotUniform"; `trainable`), `forward`, `outputShape`.
   * @throws ShapeError when `forward` does not keep the batch axis; ValueError when it returns no tensor. What `forward` throws comes through.
   * @example
   * const scale = layers.custom({
   *   name: "scale",
   *   weights: { factor: { shape: ([features]) => [features], initializer: "ones" } },
   *   forward: (x, { factor }) => x.mul(factor),
   * });
   */
  custom: <Name extends string = never, Input extends Tensor | readonly Tensor[] = Tensor>(
    options: CustomOptions<Name, Input>,
  ): Custom<Name, Input> => new Custom(options),
} as const;
