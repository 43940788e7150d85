// Losses with their numbers: the formula of an example's loss, and of its derivative, where they are simple enough to read.

import type { Formula } from "../../shared/views.ts";
import { bracketed, joined, power, symbol, text, value } from "./formulas.ts";
import type { Lesson } from "./passes.ts";

/** The loss of one example in numbers; empty for losses that have no short form. `y` has as many numbers as `p`. */
export function lossNumbers(name: string, p: readonly number[], y: readonly number[]): Formula {
  const [p0 = Number.NaN, y0 = Number.NaN] = [p[0], y[0]];
  if (name === "mse") {
    const squares = p.map(
      (each, at): Formula =>
        power([text("("), value(each), text(" − "), ...bracketed(y[at] ?? Number.NaN), text(")")], [text("2")]),
    );
    if (p.length === 1) return squares[0] ?? [];
    return [text("("), ...joined(squares, " + "), text(`) / ${p.length}`)];
  }
  if (name === "binaryCrossentropy" && p.length === 1) {
    if (y0 === 1) return [text("−log "), value(p0)];
    if (y0 === 0) return [text("−log (1 − "), value(p0), text(")")];
    return [
      text("−"),
      value(y0),
      text("·log "),
      value(p0),
      text(" − "),
      value(1 - y0),
      text("·log (1 − "),
      value(p0),
      text(")"),
    ];
  }
  const chosen = y.indexOf(1);
  if (/^(sparseC|c)ategoricalCrossentropy$/.test(name) && chosen >= 0) return [text("−log "), value(p[chosen] ?? null)];
  return [];
}

/** The derivative at the output in symbols and numbers; `null` where the short form does not give what the engine found. */
export function outputGradientNumbers(options: {
  readonly lesson: Lesson;
  readonly isFused: boolean;
  readonly at: number;
  readonly unit: number;
  readonly values: readonly number[];
  readonly y: readonly number[];
  readonly result: number;
}): { readonly symbols: Formula; readonly numbers: Formula } | null {
  const { lesson, isFused, at, unit, values, y, result } = options;
  const [p = Number.NaN, target = Number.NaN] = [values[unit - 1], y[unit - 1]];
  const outputs = values.length;
  const difference: Formula = [symbol("a", unit, at), text(" − "), symbol("t", outputs === 1 ? "" : unit)];
  const inNumbers: Formula = [value(p), text(" − "), ...bracketed(target)];
  const isNear = (guess: number) => Math.abs(guess - result) <= 1e-5 + 1e-4 * Math.abs(result);
  if (isFused && isNear(p - target)) return { symbols: difference, numbers: inNumbers };
  if (isFused && isNear((p - target) / outputs))
    return {
      symbols: [text("("), ...difference, text(`) / ${outputs}`)],
      numbers: [text("("), ...inNumbers, text(`) / ${outputs}`)],
    };
  if (!isFused && lesson.loss.name === "mse" && isNear((2 * (p - target)) / outputs)) {
    const over = outputs === 1 ? "" : ` / ${outputs}`;
    return {
      symbols: [text("2·("), ...difference, text(`)${over}`)],
      numbers: [text("2·("), ...inNumbers, text(`)${over}`)],
    };
  }
  return null;
}
