// The check of tensors that a function is asked with directly.

import { describeValue, ValueError } from "../errors.ts";
import { Tensor } from "../tensor.ts";

/** @throws ValueError for the first of these, by name, that is no tensor. */
export function checkTensors(op: string, given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given))
    if (!(value instanceof Tensor))
      throw new ValueError({
        op,
        expected: `${name} as a tensor`,
        got: describeValue(value),
        hint: "tensor([[0.2, 0.8]]) makes one.",
      });
}
