// What a layer is told about the pass it takes part in, and what it tells of what it computed.

import type { Random } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import type { Layer } from "./layer.ts";

/** What a layer is told about the pass it takes part in. */
export interface CallContext {
  /** `true` while training: dropout drops, batch statistics are taken. */
  readonly training: boolean;
  /** Randomness of this pass. Layers take a stream of their own: `random.child(layer.name)`. */
  readonly random: Random;
  /** Called by each layer with what it computed. */
  readonly observe?: (layer: Layer, values: ObservedValues) => void;
}

/** What a layer computed: before its activation function (`null` where it has none), and after. */
export interface ObservedValues {
  /** What reached the activation function; `null` where there is none. */
  readonly preActivation: Tensor | null;
  /** What the layer gives. */
  readonly output: Tensor;
  /** What `preActivation` was put together of, where the output was computed from these parts instead of from it. */
  readonly preActivationParts?: readonly Tensor[];
}
