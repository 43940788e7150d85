// The shapes and weight counts of a model's layers, as far as they are known before its weights exist.

import type { Layer } from "../layers/layer.ts";
import type { Shape } from "../shape.ts";

/** What is known of a layer in a model. Shapes are of one sample; `null` where no input shape says them yet. */
export interface LayerShapes {
  readonly layer: Layer;
  readonly inputShape: Shape | null;
  readonly outputShape: Shape | null;
  /** How many numbers its weights hold; 0 where that is not known yet. */
  readonly parameterCount: number;
}

/**
 * Follows the first layer's input shape through all layers.
 *
 * @throws ShapeError or ValueError when a layer cannot take what the one before gives.
 */
export function layerShapes(layers: readonly Layer[]): readonly LayerShapes[] {
  const first = layers[0];
  let shape: Shape | null = first?.inputShape ?? first?.givenInputShape ?? null;
  return layers.map((layer) => {
    const inputShape = shape;
    if (inputShape === null) return { layer, inputShape, outputShape: null, parameterCount: 0 };
    const { outputShape, parameterCount } = layer.plan(inputShape);
    shape = outputShape;
    return { layer, inputShape, outputShape, parameterCount };
  });
}
