// What the steps of backpropagation are told with: the letters and ids of values, and lines of symbols with their numbers.

import { toViewNumber } from "../../shared/json.ts";
import type { BackpropLine, FiniteDifference, Formula, FormulaPart } from "../../shared/views.ts";
import { symbol } from "./formulas.ts";
import type { ExamplePass, Lesson, WeightGradients } from "./passes.ts";
import type { SmallLayer } from "./smallNet.ts";

/** All that the steps tell of. Lists have one entry a layer. */
export interface Explained {
  readonly lesson: Lesson;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly pass: ExamplePass;
  readonly gradients: readonly WeightGradients[];
  /** By id ("w.1.2.1"). */
  readonly checks: ReadonlyMap<string, FiniteDifference>;
}

export const weightId = (layer: number, from: number, to: number) => `w.${layer}.${from}.${to}`;

export const biasId = (layer: number, to: number) => `b.${layer}.${to}`;

/** Letters of layer `layer`, counted from 1, and unit `unit`, from 1. */
export const letters = {
  given: (layer: number, unit: number) => (layer === 0 ? symbol("x", unit) : symbol("a", unit, layer)),
  sum: (layer: number, unit: number) => symbol("z", unit, layer),
  weight: (layer: number, from: number, to: number) => symbol("w", `${from}${to}`, layer),
  bias: (layer: number, to: number) => symbol("b", to, layer),
} as const;

export const givenId = (layer: number, unit: number) => (layer === 0 ? `x.${unit}` : `a.${layer}.${unit}`);

/** The weight from input `from` (from 0) to unit `to` (from 1). */
export function weightOf({ kernel, units }: SmallLayer, from: number, to: number): number {
  return kernel.data[from * units + to - 1] ?? Number.NaN;
}

export function line(
  symbols: readonly FormulaPart[],
  numbers: Formula,
  result: number,
  check: FiniteDifference | null = null,
): BackpropLine {
  return { symbols, numbers, result: toViewNumber(result), check };
}

/** A line whose result has as many digits as its small changes need. */
export function fineLine(symbols: Formula, numbers: Formula, result: number, digits: number | undefined): BackpropLine {
  const made = line(symbols, numbers, result);
  return digits === undefined ? made : { ...made, result: toViewNumber(result, Math.max(5, digits)), digits };
}

/** One item for each number from 1 to `last`. */
export function each<Item>(last: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: last }, (_, index) => make(index + 1));
}
