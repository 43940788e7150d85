// What `console.log(layer)` shows: its settings, with those that are asked for and set by way of checks.

import type { Layer } from "./layer.ts";

/** How Node asks an object to show itself. */
export const inspected: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

/** How deep it may go, how, and by what. */
export type Asked = readonly [depth: number, options: object, inspect: (value: object, options: object) => string];

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
