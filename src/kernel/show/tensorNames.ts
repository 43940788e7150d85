// The tensors that cells have in variables, by name: what a picture calls them.

import { Tensor } from "../../engine/tensor.ts";

/** Top-level variables of cells are properties of the global object; built-ins with getters are not looked at. */
export function tensorNames(): Readonly<Record<string, Tensor>> {
  const named: Record<string, Tensor> = {};
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis)))
    if (value instanceof Tensor) named[name] = value;
  return named;
}
