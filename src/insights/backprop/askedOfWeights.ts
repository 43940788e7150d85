// What a layer asks of its weights beside what the loss asks: a penalty that adds to the gradient, and where an update may leave them.

import { type Parameter, tensor, ValueError } from "../../engine/index.ts";

/** The slope of the penalty on a weight, number by number; `null` where there is none. */
export interface PenaltySlopes {
  /** "0.01·Σw²". */
  readonly formula: string;
  readonly slopes: readonly number[];
}

export function penaltySlopes(parameter: Parameter): PenaltySlopes | null {
  const { regularizer } = parameter;
  if (regularizer === null) return null;
  const leaf = tensor(parameter, { requiresGrad: true });
  try {
    regularizer.penalty(leaf).backward();
  } catch (error) {
    // A penalty with a factor of 0 may not depend on the weights at all.
    if (!(error instanceof ValueError)) throw error;
  }
  const slopes = leaf.grad === null ? Array.from({ length: leaf.size }, () => 0) : Array.from(leaf.grad.data);
  return { formula: nameIn(regularizer, "formula") ?? nameIn(regularizer, "name") ?? "penalty", slopes };
}

/** Where a constraint leaves the numbers that an update came to; `null` where there is none. */
export interface Constrained {
  /** "nonNeg". */
  readonly name: string;
  readonly values: readonly number[];
}

export function constrained(parameter: Parameter, values: readonly number[]): Constrained | null {
  const { constraint } = parameter;
  if (constraint === null) return null;
  const moved = Float32Array.from(values);
  constraint.apply(moved, parameter.shape);
  return { name: nameIn(constraint, "name") ?? "constraint", values: Array.from(moved) };
}

/** A word that those of nnbook have, and those that a cell makes may have. */
function nameIn(rule: object, field: "formula" | "name"): string | null {
  const word = (rule as Readonly<Record<string, unknown>>)[field];
  return typeof word === "string" && word !== "" ? word : null;
}
