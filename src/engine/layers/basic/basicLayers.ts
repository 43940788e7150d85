// The basic layers as the user calls them: dense, activation, reshape, flatten.

import type { ActivationName } from "../../activations/catalogue.ts";
import type { OpenName } from "../../names.ts";
import { isShape, type Shape } from "../../shape.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { Dense, type DenseOptions } from "./dense.ts";
import { Flatten, Reshape } from "./reshape.ts";
import { Activation, type ActivationOptions } from "./simple.ts";

/** `layers.dense({ units: 64, activation: "relu" })` is the same as `layers.dense(64, { activation: "relu" })`. */
export interface DenseOptionsWithUnits extends DenseOptions {
  /** How many outputs. */
  readonly units: number;
}

// A single signature, not overloads: the errors TypeScript reports stay about the argument that is wrong.
function dense(units: number | DenseOptionsWithUnits, options: DenseOptions = {}): Dense {
  return typeof units === "object" && units !== null ? new Dense(units.units, units) : new Dense(units, options);
}

function activation(name: OpenName<ActivationName>, options: ActivationOptions = {}): Activation {
  return new Activation(name, options);
}

/** `layers.reshape({ targetShape: [8, 8] })` is the same as `layers.reshape([8, 8])`. */
export interface ReshapeOptions extends LayerOptions {
  /** The shape of one sample, without the batch axis; one length may be -1. */
  readonly targetShape: Shape;
}

function reshape(targetShape: Shape | ReshapeOptions, options: LayerOptions = {}): Reshape {
  return typeof targetShape === "object" && targetShape !== null && !isShape(targetShape)
    ? new Reshape(targetShape.targetShape, targetShape)
    : new Reshape(targetShape, options);
}

/** A part of `layers`. */
export const basicLayers = {
  /**
   * Fully connected layer: `y = f(x · W + b)`.
   *
   * Input `[batch, …, features]` → output `[batch, …, units]`. `W` (kernel) is `[features, units]` and starts
   * Glorot-uniform (Glorot & Bengio 2010, eq. 16), `b` (bias) is `[units]` and starts at zero; `f` is linear by default.
   *
   * @throws ShapeError when the number of features is not the one it was built for.
   * @throws UnknownNameError for an unknown activation, initializer or option, with the nearest right name.
   * @example layers.dense(64, { activation: "relu", kernelInitializer: "heNormal" })
   */
  dense,
  /**
   * Activation function as a layer of its own: `y = f(x)`, any shape. PReLU learns a slope for each last-axis channel.
   *
   * @throws UnknownNameError for an unknown name, with the nearest right one.
   * @example layers.activation("leakyRelu", { alpha: 0.1 })
   */
  activation,
  /**
   * Each sample in another shape, its numbers in their order (last axis fastest): `[batch, …]` → `[batch, …targetShape]`.
   * One length may be -1 and is worked out. Holds no weights.
   *
   * @throws ShapeError when the numbers of a sample do not fill the shape.
   * @example layers.reshape([8, 8, 1])
   */
  reshape,
  /** All axes of a sample in one: `[batch, 8, 8]` → `[batch, 64]`. Holds no weights. */
  flatten: (options: LayerOptions = {}): Flatten => new Flatten(options),
} as const;
