// The options every layer takes.

import type { RegularizerOption } from "../regularizers/regularizers.ts";
import type { Shape } from "../shape.ts";

/** Options every layer takes. */
export interface LayerOptions {
  /** The layer's name; without one the model numbers it: dense_1, dense_2 … */
  readonly name?: string;
  /** The shape of one sample, without the batch axis. Needed on the first layer only when no data says it. */
  readonly inputShape?: number | Shape;
  /** Whether training changes the weights; `true` by default. */
  readonly trainable?: boolean;
  /**
   * A penalty on what the layer gives, divided by the number of examples, that is added to the loss: `"l1"` (0.01·Σ|y|) or
   * `regularizers.l1(0.001)` for sparse activations; none by default.
   */
  readonly activityRegularizer?: RegularizerOption;
}

/** The names of the options every layer takes, for checking. */
export const layerOptionNames = ["name", "inputShape", "trainable", "activityRegularizer"] as const;
