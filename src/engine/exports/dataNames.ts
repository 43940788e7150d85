// The names of the tensors in the files that exported scripts train from.

import type { ModelDescription } from "./description.ts";

/** How the tensors of a data file are called. */
export function dataNames(
  model: Pick<ModelDescription, "inputs" | "outputs">,
  which: "inputs" | "outputs",
): readonly string[] {
  const ends = model[which];
  if (ends.length === 1) return [which === "inputs" ? "x" : "y"];
  return ends.map(({ name }) => name);
}
