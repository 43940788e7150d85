// What every optimizer's rule is written out with, and the line that many of them share.

import type { BackpropLine, FormulaPart } from "../../../shared/views.ts";
import { bracketed, power, squared, symbol, text, value } from "../formulas.ts";
import { line } from "../stepParts.ts";

/** What a rule is written out with. */
export interface RuleNumbers {
  readonly w: FormulaPart;
  readonly before: number;
  readonly gradient: number;
  readonly rate: number;
  readonly step: number;
  readonly config: Readonly<Record<string, number | boolean | string>>;
  readonly memory: ReadonlyMap<string, { readonly before: number; readonly after: number }>;
}

/** A rule with its numbers, and what it comes to. */
export interface Rule {
  readonly lines: readonly BackpropLine[];
  readonly result: number;
}

/** A running mean and what comes to it: "m ← βm + (1 − β)g"; of squares with `power` 2. */
export function meanLine(
  letter: FormulaPart,
  share: { readonly symbol: FormulaPart; readonly value: number },
  entry: { readonly before: number; readonly g: number; readonly power?: 2; readonly of?: FormulaPart },
): { readonly line: BackpropLine; readonly result: number } {
  const { before, g, of = symbol("g") } = entry;
  const isSquare = entry.power === 2;
  const result = share.value * before + (1 - share.value) * (isSquare ? g * g : g);
  const symbols = [
    ...[letter, text(" ← "), share.symbol, text("·"), letter, text(" + (1 − "), share.symbol, text(")·")],
    ...(isSquare ? power([of], [text("2")]) : [of]),
  ];
  const numbers = [
    ...[value(share.value), text("·"), ...bracketed(before), text(" + "), value(1 - share.value), text("·")],
    ...(isSquare ? squared(g) : bracketed(g)),
  ];
  return { line: line(symbols, numbers, result), result };
}
