// The rules of plain descent, and of Lion, which goes by signs, written out with the numbers of one weight.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { Formula } from "../../../shared/views.ts";
import { bracketed, symbol, text, value } from "../formulas.ts";
import { fineLine, line } from "../stepParts.ts";
import type { Rule, RuleNumbers } from "./rule.ts";

const [rate, gradient, m] = [symbol("η"), symbol("g"), symbol("m")];

/** w ← w − ηg. */
export function descentLines({ w, before, gradient: g, rate: eta }: RuleNumbers): Rule {
  const symbols: Formula = [w, text(" ← "), w, text(" − "), rate, text("·"), gradient];
  const result = before - eta * g;
  const digits = digitsBeside(before, eta * g);
  const numbers: Formula = [value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(g)];
  return { lines: [fineLine(symbols, numbers, result, digits)], result };
}

/** w ← w − η·sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g. */
export function lionLines({ w, before, gradient: g, rate: eta, config, memory }: RuleNumbers): Rule {
  const [beta1, beta2] = [Number(config.beta1), Number(config.beta2)];
  const mean = memory.get("means")?.before ?? 0;
  const mixed = beta1 * mean + (1 - beta1) * g;
  const [b1, b2, c] = [symbol("β", 1), symbol("β", 2), symbol("c")];
  const change = eta * Math.sign(mixed);
  const digits = digitsBeside(before, change);
  const mix = (beta: number) => [
    ...[value(beta), text("·"), ...bracketed(mean), text(" + "), value(1 - beta), text("·"), ...bracketed(g)],
  ];
  const lines = [
    line([c, text(" = "), b1, text("·"), m, text(" + (1 − "), b1, text(")·"), gradient], mix(beta1), mixed),
    fineLine(
      [w, text(" ← "), w, text(" − "), rate, text("·sign("), c, text(")")],
      [value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(Math.sign(mixed))],
      before - change,
      digits,
    ),
    line(
      [m, text(" ← "), b2, text("·"), m, text(" + (1 − "), b2, text(")·"), gradient],
      mix(beta2),
      beta2 * mean + (1 - beta2) * g,
    ),
  ];
  return { lines, result: before - change };
}
