// Losses with their numbers: the formula of an example's loss, and of its derivative, where they are simple enough to read.

import type { Loss } from "../../engine/index.ts";
import type { Formula } from "../../shared/views.ts";
import { bracketed, joined, power, symbol, text, value } from "./formulas.ts";
import type { Lesson } from "./passes.ts";

/** A short form, and what it comes to: shown only where that is what the engine found (clipping, smoothing and weights are not in it). */
interface ShortForm {
  readonly formula: Formula;
  readonly comesTo: number;
}

/** Both are of single precision. */
function isNear(guess: number, found: number): boolean {
  return Math.abs(guess - found) <= 1e-5 + 1e-4 * Math.abs(found);
}

type JudgedBy = Pick<Loss, "name" | "fromLogits">;

/** The loss of one example in numbers; empty where no short form comes to the loss `found`. `y` has as many numbers as `p`. */
export function lossNumbers(loss: JudgedBy, p: readonly number[], y: readonly number[], found: number): Formula {
  const short = shortLoss(loss, p, y);
  return short !== null && isNear(short.comesTo, found) ? short.formula : [];
}

function shortLoss({ name, fromLogits }: JudgedBy, p: readonly number[], y: readonly number[]): ShortForm | null {
  const [p0 = Number.NaN, y0 = Number.NaN] = [p[0], y[0]];
  const differences = p.map((each, at) => each - (y[at] ?? Number.NaN));
  const inNumbers = p.map((each, at): Formula => [value(each), text(" − "), ...bracketed(y[at] ?? Number.NaN)]);
  if (name === "mse") {
    const squares = inNumbers.map((each): Formula => power([text("("), ...each, text(")")], [text("2")]));
    return { formula: meanOf(squares), comesTo: mean(differences.map((each) => each * each)) };
  }
  if (name === "mae") {
    const sizes = inNumbers.map((each): Formula => [text("|"), ...each, text("|")]);
    return { formula: meanOf(sizes), comesTo: mean(differences.map(Math.abs)) };
  }
  if (name === "binaryCrossentropy" && p.length === 1) {
    const q = fromLogits ? sigmoid(p0) : p0;
    const shown: Formula = fromLogits ? [text("sigmoid("), value(p0), text(")")] : [value(p0)];
    const right: Formula = [text("log "), ...shown];
    const wrong: Formula = [text("log (1 − "), ...shown, text(")")];
    if (y0 === 1) return { formula: [text("−"), ...right], comesTo: -Math.log(q) };
    if (y0 === 0) return { formula: [text("−"), ...wrong], comesTo: -Math.log1p(-q) };
    return {
      formula: [text("−"), value(y0), text("·"), ...right, text(" − "), value(1 - y0), text("·"), ...wrong],
      comesTo: -y0 * Math.log(q) - (1 - y0) * Math.log1p(-q),
    };
  }
  const chosen = y.indexOf(1);
  if (!/^(sparseC|c)ategoricalCrossentropy$/.test(name) || chosen < 0) return null;
  const shares = fromLogits ? softmax(p) : p;
  return {
    formula: [
      text("−log "),
      ...(fromLogits ? softmaxFormula(chosen + 1, p.map(asFormula)) : [value(p[chosen] ?? null)]),
    ],
    comesTo: -Math.log(shares[chosen] ?? Number.NaN),
  };
}

/** The derivative at the output in symbols and numbers; `null` where no short form gives what the engine found. */
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
  const outputs = values.length;
  const letters = values.map((_, index): Formula => [symbol("a", index + 1, at)]);
  const target = symbol("t", outputs === 1 ? "" : unit);
  const known = slopesOf(lesson.loss, isFused, { letters, target, values, unit, t: y[unit - 1] ?? Number.NaN });
  for (const { symbols, numbers, isSum, comesTo } of known) {
    if (isNear(comesTo, result)) return { symbols, numbers };
    if (!isNear(comesTo / outputs, result)) continue;
    const over = (formula: Formula): Formula =>
      isSum ? [text("("), ...formula, text(`) / ${outputs}`)] : [...formula, text(` / ${outputs}`)];
    return { symbols: over(symbols), numbers: over(numbers) };
  }
  return null;
}

interface Slope {
  readonly symbols: Formula;
  readonly numbers: Formula;
  /** Whether it takes brackets before it is divided. */
  readonly isSum: boolean;
  /** For one output; a mean over several divides it. */
  readonly comesTo: number;
}

/** What the derivative of one output may be, by the letters of all outputs and in numbers. */
function slopesOf(
  { name, fromLogits }: JudgedBy,
  isFused: boolean,
  output: {
    readonly letters: readonly Formula[];
    readonly target: Formula[number];
    readonly values: readonly number[];
    readonly unit: number;
    readonly t: number;
  },
): readonly Slope[] {
  const { letters, target, values, unit, t } = output;
  const [letter = [], p = Number.NaN] = [letters[unit - 1], values[unit - 1]];
  const minus = (shown: Formula, inNumbers: Formula) => ({
    symbols: [...shown, text(" − "), target],
    numbers: [...inNumbers, text(" − "), ...bracketed(t)],
  });
  const plain = minus(letter, [value(p)]);
  const wrapped = (before: string, after: string, comesTo: number): Slope => ({
    symbols: [text(before), ...plain.symbols, text(after)],
    numbers: [text(before), ...plain.numbers, text(after)],
    isSum: false,
    comesTo,
  });
  const difference: Slope = { ...plain, isSum: true, comesTo: p - t };
  if (isFused) return [difference];
  if (name === "mse") return [wrapped("2·(", ")", 2 * (p - t))];
  if (name === "mae") return [wrapped("sign(", ")", Math.sign(p - t))];
  if (name === "logCosh") return [wrapped("tanh(", ")", Math.tanh(p - t))];
  if (name === "huber") return [difference, wrapped("sign(", ")", Math.sign(p - t))];
  if (name === "binaryCrossentropy" && fromLogits) {
    const of = (formula: Formula): Formula => [text("sigmoid("), ...formula, text(")")];
    return [{ ...minus(of(letter), of([value(p)])), isSum: true, comesTo: sigmoid(p) - t }];
  }
  if (fromLogits && /^(sparseC|c)ategoricalCrossentropy$/.test(name)) {
    const shown = softmaxFormula(unit, letters);
    const inNumbers = softmaxFormula(unit, values.map(asFormula));
    return [{ ...minus(shown, inNumbers), isSum: true, comesTo: (softmax(values)[unit - 1] ?? Number.NaN) - t }];
  }
  return [];
}

function meanOf(summands: readonly Formula[]): Formula {
  if (summands.length === 1) return summands[0] ?? [];
  return [text("("), ...joined(summands, " + "), text(`) / ${summands.length}`)];
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function asFormula(number: number): Formula {
  return [value(number)];
}

function softmaxFormula(unit: number, given: readonly Formula[]): Formula {
  return [symbol("softmax", unit), text("("), ...joined(given, ", "), text(")")];
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function softmax(scores: readonly number[]): readonly number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((each) => Math.exp(each - largest));
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((each) => each / sum);
}
