// The basic layers as the user calls them: dense, activation, dropout, flatten.

import type { ActivationName } from "../../activations/catalogue.ts";
import type { OpenName } from "../../names.ts";
import type { LayerOptions } from "../layer.ts";
import { Dense, type DenseOptions } from "./dense.ts";
import { Activation, type ActivationOptions, Dropout, type DropoutOptions, Flatten } from "./simple.ts";

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
   * Dropout: while training each number becomes 0 with probability `rate` and the others grow to `x / (1 − rate)`, so
   * that the mean stays; otherwise it passes everything on (Srivastava et al. 2014).
   *
   * @throws ValueError when the rate is not from 0 to below 1.
   * @example layers.dropout(0.2)
   */
  dropout: (rate: number, options: DropoutOptions = {}): Dropout => new Dropout(rate, options),
  /** All axes of a sample in one: `[batch, 8, 8]` → `[batch, 64]`. Holds no weights. */
  flatten: (options: LayerOptions = {}): Flatten => new Flatten(options),
} as const;
