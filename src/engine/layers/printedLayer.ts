// What `console.log(layer)` shows: its settings, with those that are asked for and set by way of checks.

import { type Asked, inspected } from "../printed.ts";
import type { Layer } from "./layer.ts";

/** The layer as if `name` and `trainable` were kept like its other settings. */
export function printedLayer(layer: Layer, [depth, options, inspect]: Asked): string {
  if (depth < 0) return `[${layer.constructor.name}]`;
  const { name, trainable } = layer;
  const own: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(layer);
  const shown: object = Object.create(Object.getPrototypeOf(layer), {
    name: { value: name, enumerable: true },
    trainable: { value: trainable, enumerable: true },
    ...own,
    // Not asked once more.
    [inspected]: { value: undefined },
  });
  return inspect(shown, options);
}
