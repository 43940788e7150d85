// Builds formulas as data: letters with their indices, numbers, and what stands between them.

import { toViewNumber } from "../../shared/json.ts";
import { formatChosen, formatNumber } from "../../shared/numbers.ts";
import type { Formula, FormulaPart } from "../../shared/views.ts";

/** Five digits, so that a reader may check a product by hand. */
const shownDigits = 5;

export function symbol(base: string, sub: number | string = "", sup: number | string = ""): FormulaPart {
  return { kind: "symbol", base, sub: String(sub), sup: String(sup), partial: false };
}

/** ∂L/∂ of a symbol. */
export function partial(of: FormulaPart): FormulaPart {
  return of.kind === "symbol" ? { ...of, partial: true } : of;
}

export function value(number: number | null, digits?: number): FormulaPart {
  const rounded = toViewNumber(number, Math.max(shownDigits, digits ?? 0));
  return { kind: "number", value: rounded, ...(digits === undefined ? {} : { digits }) };
}

export function text(words: string): FormulaPart {
  return { kind: "text", text: words };
}

/** A number as a factor or a later summand: negative ones in brackets. */
export function bracketed(number: number): Formula {
  return number < 0 ? [text("("), value(number), text(")")] : [value(number)];
}

/** The base of a power: in brackets, too, where it is written with a power of ten, whose exponent would run into the other. */
export function powerBase(number: number): Formula {
  const isPlain = number >= 0 && !formatNumber(toViewNumber(number)).includes("×");
  return isPlain ? [value(number)] : [text("("), value(number), text(")")];
}

/** A base with its exponent. */
export function power(base: Formula, exponent: Formula): Formula {
  return [...base, ...exponent.map((part) => ({ ...part, raised: true }))];
}

/** An exponent: whole as it is, without decimals. */
export function exponent(number: number): Formula {
  return [Number.isInteger(number) ? text(formatChosen(number)) : value(number)];
}

/** A number times itself. */
export function squared(number: number): Formula {
  return power(powerBase(number), exponent(2));
}

/** Parts with an operator between them. */
export function joined(parts: readonly Formula[], operator: string): Formula {
  return parts.flatMap((part, index) => (index === 0 ? part : [text(operator), ...part]));
}
