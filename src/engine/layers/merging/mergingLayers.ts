// The layers that join several inputs, as the user calls them, and the residual block.

import type { InnerModel } from "../innerModel.ts";
import type { Layer } from "../layer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { Concat, type ConcatOptions, Dot, type DotOptions } from "./concat.ts";
import { ElementwiseMerge } from "./elementwise.ts";
import { Residual, type ResidualOptions } from "./residual.ts";

/** What other libraries call them. */
export const mergingAliases: Readonly<Record<string, string>> = {
  concatenate: "concat",
  merge: "concat",
  sum: "add",
  sub: "subtract",
  mul: "multiply",
  mean: "average",
  max: "maximum",
  min: "minimum",
  skip: "residual",
  shortcut: "residual",
  residualBlock: "residual",
};

/** A part of `layers`. */
export const mergingLayers = {
  /**
   * Sum: `y = a + b + …`, number by number. For skips and branches in `model({ inputs, outputs })`.
   *
   * Inputs `[batch, …]` of one shape (axes of length 1 stretch) → output `[batch, …]`. Holds no weights.
   *
   * @throws ShapeError when the shapes differ.
   * @example layers.add().apply([x, layers.dense(8).apply(x)])
   */
  add: (options: LayerOptions = {}): ElementwiseMerge => new ElementwiseMerge("add", options),
  /**
   * Difference of two: `y = a − b`, number by number.
   *
   * Inputs `[batch, …]` of one shape (axes of length 1 stretch) → output `[batch, …]`. Holds no weights.
   *
   * @throws ShapeError when the shapes differ.
   * @example layers.subtract().apply([left, right])
   */
  subtract: (options: LayerOptions = {}): ElementwiseMerge => new ElementwiseMerge("subtract", options),
  /**
   * Product: `y = a · b · …`, number by number. For gates: `layers.multiply().apply([x, gate])`.
   *
   * Inputs `[batch, …]` of one shape (axes of length 1 stretch) → output `[batch, …]`. Holds no weights.
   *
   * @throws ShapeError when the shapes differ.
   * @example layers.multiply().apply([x, layers.dense(8, { activation: "sigmoid" }).apply(x)])
   */
  multiply: (options: LayerOptions = {}): ElementwiseMerge => new ElementwiseMerge("multiply", options),
  /**
   * Mean of the inputs: `y = (a + b + …) / count`, number by number.
   *
   * Inputs `[batch, …]` of one shape (axes of length 1 stretch) → output `[batch, …]`. Holds no weights.
   *
   * @throws ShapeError when the shapes differ.
   * @example layers.average().apply([left, right])
   */
  average: (options: LayerOptions = {}): ElementwiseMerge => new ElementwiseMerge("average", options),
  /**
   * Largest of the inputs: `y = max(a, b, …)`, number by number; equal ones share the gradient.
   *
   * Inputs `[batch, …]` of one shape (axes of length 1 stretch) → output `[batch, …]`. Holds no weights.
   *
   * @throws ShapeError when the shapes differ.
   * @example layers.maximum().apply([left, right])
   */
  maximum: (options: LayerOptions = {}): ElementwiseMerge => new ElementwiseMerge("maximum", options),
  /**
   * Smallest of the inputs: `y = min(a, b, …)`, number by number; equal ones share the gradient.
   *
   * Inputs `[batch, …]` of one shape (axes of length 1 stretch) → output `[batch, …]`. Holds no weights.
   *
   * @throws ShapeError when the shapes differ.
   * @example layers.minimum().apply([left, right])
   */
  minimum: (options: LayerOptions = {}): ElementwiseMerge => new ElementwiseMerge("minimum", options),
  /**
   * Inputs side by side along an axis: `[batch, 3]` and `[batch, 5]` → `[batch, 8]`.
   *
   * @param options `axis`: counted with the batch axis as 0, or from the end; default -1, the last.
   * @throws ShapeError when the inputs differ in another axis; ValueError for axis 0, the batch.
   * @example layers.concat().apply([x, hidden])
   */
  concat: (options: ConcatOptions = {}): Concat => new Concat(options),
  /**
   * Scalar products over the features of two inputs: `y = Σᵢ aᵢ · bᵢ`; with `normalize` their cosines.
   *
   * `[batch, features]` twice → `[batch, 1]`; `[batch, m, features]` and `[batch, n, features]` → `[batch, m, n]`. Holds no weights.
   *
   * @throws ShapeError when the inputs have different numbers of features.
   * @example layers.dot({ normalize: true }).apply([encoder.apply(left), encoder.apply(right)])
   */
  dot: (options: DotOptions = {}): Dot => new Dot(options),
  /**
   * Residual block: `y = x + f(x)`, where `f` are its inner layers in a row (He et al. 2015). The gradient reaches `x`
   * undiminished, so that deep networks learn.
   *
   * Usable in `sequential` and by `apply`. The inner layers belong to the model's layers like any others: with names,
   * weights and gradients of their own. The block must give the shape it takes, unless its input is projected:
   * `projection: true` gives `y = x · W + f(x)` with a learned `W` `[features, units]`; or give a layer. A model with one input
   * and one output among the inner layers stands for its layers, and shares their weights with them.
   *
   * @throws ShapeError when the block gives another shape than it takes and no projection is asked for.
   * @example layers.residual([layers.dense(16, { activation: "relu" }), layers.dense(16)])
   */
  residual: (innerLayers: readonly (Layer | InnerModel)[], options: ResidualOptions = {}): Residual =>
    new Residual(innerLayers, options),
} as const;
