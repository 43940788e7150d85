// Operations of an expression as people write them: their sign or name, their formula, and the derivative of each by hand.

import type { Formula, FormulaPart } from "../../shared/views.ts";
import { bracketed, exponent, joined, power, powerBase, squared, text, value } from "../backprop/formulas.ts";

/** An operation with what it takes and gives, as letters and as numbers (NaN for lists of numbers). */
export interface WrittenOperation {
  readonly name: string;
  readonly attributes: unknown;
  readonly inputs: readonly FormulaPart[];
  readonly inputValues: readonly number[];
  readonly output: FormulaPart;
  readonly outputValue: number;
}

const signs: Readonly<Record<string, string>> = { add: "+", subtract: "−", multiply: "·", divide: "/", power: "^" };

/** The operation in one word or sign: "·", "tanh", "sum". */
export function operationLabel(name: string, attributes: unknown): string {
  const called = functionName(name, attributes);
  return signs[called] ?? shortNames[called] ?? called;
}

const shortNames: Readonly<Record<string, string>> = {
  negate: "−",
  square: "( )²",
  sqrt: "√",
  reciprocal: "1 / ( )",
  logSumExp: "log Σ exp",
};

/** Elementwise operations and reductions are told apart by their function. */
function functionName(name: string, attributes: unknown): string {
  const settings = typeof attributes === "object" && attributes !== null ? attributes : {};
  const found = "function" in settings ? settings.function : "reduction" in settings ? settings.reduction : undefined;
  return typeof found === "string" ? found : name;
}

/** "x · w", "tanh(z)", "matmul(x, w)"; with letters, or with numbers where all are single ones. */
export function operationFormula(operation: WrittenOperation, what: "letters" | "numbers"): Formula {
  const { inputs, inputValues } = operation;
  const called = functionName(operation.name, operation.attributes);
  const parts: readonly Formula[] =
    what === "letters"
      ? inputs.map((each, at) => (at > 0 && isNegative(each) ? [text("("), each, text(")")] : [each]))
      : inputValues.map((each, at) => (at === 0 ? [value(each)] : bracketed(each)));
  const [a = [], b = []] = parts;
  if (what === "numbers" && inputValues.some(Number.isNaN)) return [];
  const first = what === "numbers" && (inputValues[0] ?? 0) < 0 ? [text("("), ...a, text(")")] : a;
  const base = what === "numbers" ? powerBase(inputValues[0] ?? Number.NaN) : first;
  switch (called) {
    case "add":
      return [...a, text(" + "), ...b];
    case "subtract":
      return [...a, text(" − "), ...b];
    case "multiply":
      return [...a, text("·"), ...b];
    case "divide":
      return [...a, text(" / "), ...b];
    case "power":
      // Raised it needs no brackets.
      return power(base, what === "letters" ? inputs.slice(1, 2) : exponent(inputValues[1] ?? Number.NaN));
    case "square":
      return power(base, exponent(2));
    case "negate":
      return [text("−"), ...first];
    case "sqrt":
      return [text("√"), ...base];
    case "reciprocal":
      return [text("1 / "), ...first];
    default:
      return [text(`${called}(`), ...joined(parts, ", "), text(")")];
  }
}

/** The derivative with respect to input `at` by hand: what stands there is checked against the engine's number before it is shown. */
export interface HandDerivative {
  readonly symbols: Formula;
  readonly numbers: Formula;
  readonly result: number;
}

export function handDerivative(operation: WrittenOperation, at: number): HandDerivative | null {
  const called = functionName(operation.name, operation.attributes);
  const [a = Number.NaN, b = Number.NaN] = operation.inputValues;
  const [left, right] = operation.inputs;
  const { output, outputValue: y } = operation;
  if (left === undefined) return null;
  const plain = (result: number): HandDerivative => ({ symbols: [], numbers: [], result });
  const of = (symbols: Formula, numbers: Formula, result: number): HandDerivative => ({ symbols, numbers, result });
  switch (called) {
    case "add":
      return plain(1);
    case "subtract":
      return plain(at === 0 ? 1 : -1);
    case "multiply": {
      const other = at === 0 ? right : left;
      if (other === undefined) return null;
      const result = at === 0 ? b : a;
      // A constant is its own number already.
      return other.kind === "text" ? plain(result) : of([other], [], result);
    }
    case "divide":
      if (right === undefined) return null;
      return at === 0
        ? of([text("1 / "), right], [text("1 / "), ...bracketed(b)], 1 / b)
        : of(
            [text("−"), left, text(" / "), ...power([right], [text("2")])],
            [text("−"), ...bracketed(a), text(" / "), ...squared(b)],
            -a / (b * b),
          );
    case "power":
      if (right === undefined || at === 1) return null;
      return of(
        // A constant is its own number already.
        [right, text("·"), ...power([left], right.kind === "text" ? exponent(b - 1) : [right, text(" − 1")])],
        [value(b), text("·"), ...power(powerBase(a), exponent(b - 1))],
        b * a ** (b - 1),
      );
    case "negate":
      return plain(-1);
    case "square":
      return of([text("2·"), left], [text("2·"), ...bracketed(a)], 2 * a);
    case "sqrt":
      return of([text("1 / (2·"), output, text(")")], [text("1 / (2·"), value(y), text(")")], 0.5 / y);
    case "reciprocal":
      return of([text("−"), ...power([output], [text("2")])], [text("−"), ...squared(y)], -y * y);
    case "exp":
      return of([output], [], y);
    case "log":
      return of([text("1 / "), left], [text("1 / "), ...bracketed(a)], 1 / a);
    case "sin":
      return of([text("cos("), left, text(")")], [text("cos("), value(a), text(")")], Math.cos(a));
    case "cos":
      return of([text("−sin("), left, text(")")], [text("−sin("), value(a), text(")")], -Math.sin(a));
    case "tanh":
      return of([text("1 − "), ...power([output], [text("2")])], [text("1 − "), ...squared(y)], 1 - y * y);
    case "sigmoid":
      return of(
        [output, text("·(1 − "), output, text(")")],
        [value(y), text("·(1 − "), value(y), text(")")],
        y * (1 - y),
      );
    case "relu":
      return plain(a > 0 ? 1 : 0);
    case "sum":
    case "mean":
    case "reshape":
      return plain(1);
    default:
      return null;
  }
}

/** A constant stands as its number. */
function isNegative(part: FormulaPart): boolean {
  return part.kind === "text" && part.text.startsWith("−");
}
