// The rules of descent, with momentum and without, written out with the numbers of one weight; and Lion's, which goes by signs.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { Formula } from "../../../shared/views.ts";
import { fineLine, line } from "../backpropSteps.ts";
import { bracketed, symbol, text, value } from "../formulas.ts";
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

/** m ← βm − ηg, w ← w + m. */
export function momentumLines({ w, before, gradient: g, rate: eta, config, memory }: RuleNumbers): Rule {
  const beta = Number(config.momentum);
  const velocity = memory.get("velocity")?.before ?? 0;
  const next = beta * velocity - eta * g;
  const result = before + next;
  const digits = digitsBeside(before, next);
  const lines = [
    line(
      [m, text(" ← "), symbol("β"), text("·"), m, text(" − "), rate, text("·"), gradient],
      [value(beta), text("·"), ...bracketed(velocity), text(" − "), value(eta), text("·"), ...bracketed(g)],
      next,
    ),
    fineLine(
      [w, text(" ← "), w, text(" + "), m],
      [value(before, digits), text(" + "), ...bracketed(next)],
      result,
      digits,
    ),
  ];
  return { lines, result };
}

/** Momentum that looks ahead: m ← βm − ηg, w ← w + βm − ηg. */
export function nesterovLines({ w, before, gradient: g, rate: eta, config, memory }: RuleNumbers): Rule {
  const beta = Number(config.momentum);
  const velocity = memory.get("velocity")?.before ?? 0;
  const next = beta * velocity - eta * g;
  const change = beta * next - eta * g;
  const digits = digitsBeside(before, change);
  const lines = [
    line(
      [m, text(" ← "), symbol("β"), text("·"), m, text(" − "), rate, text("·"), gradient],
      [value(beta), text("·"), ...bracketed(velocity), text(" − "), value(eta), text("·"), ...bracketed(g)],
      next,
    ),
    fineLine(
      [w, text(" ← "), w, text(" + "), symbol("β"), text("·"), m, text(" − "), rate, text("·"), gradient],
      [
        ...[value(before, digits), text(" + "), value(beta), text("·"), ...bracketed(next)],
        ...[text(" − "), value(eta), text("·"), ...bracketed(g)],
      ],
      before + change,
      digits,
    ),
  ];
  return { lines, result: before + change };
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
