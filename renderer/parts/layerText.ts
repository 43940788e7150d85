// What is said of a layer in few letters: its kind, its shapes.

import type { LayerInfo } from "../../src/shared/views.ts";

/** "dense, sigmoid". */
export function typeText(layer: LayerInfo): string {
  return layer.activation === null ? layer.type : `${layer.type}, ${layer.activation}`;
}

/** "[batch, 16]"; "–" before the model knows its input. */
export function shapeText(shape: LayerInfo["outputShape"]): string {
  return shape.length === 0 ? "–" : `[${shape.map((size) => size ?? "batch").join(", ")}]`;
}
