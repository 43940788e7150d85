// The rules of descent with momentum, Keras' and PyTorch's, written out with the numbers of one weight.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { Formula } from "../../../shared/views.ts";
import { bracketed, symbol, text, value } from "../formulas.ts";
import { fineLine, line } from "../stepParts.ts";
import type { Rule, RuleNumbers } from "./rule.ts";

const [rate, gradient, m, beta] = [symbol("η"), symbol("g"), symbol("m"), symbol("β")];

/** The rate stands in the momentum in Keras, outside of it in PyTorch. */
export function momentumLines(given: RuleNumbers): Rule {
  if (given.config.convention === "torch") return torchLines(given);
  return given.config.nesterov === true ? nesterovLines(given) : kerasLines(given);
}

/** m ← βm − ηg. */
function velocityOf({ gradient: g, rate: eta, config, memory }: RuleNumbers) {
  const [share, velocity] = [Number(config.momentum), memory.get("velocity")?.before ?? 0];
  const next = share * velocity - eta * g;
  const kept = line(
    [m, text(" ← "), beta, text("·"), m, text(" − "), rate, text("·"), gradient],
    [value(share), text("·"), ...bracketed(velocity), text(" − "), value(eta), text("·"), ...bracketed(g)],
    next,
  );
  return { kept, next, share };
}

/** m ← βm − ηg, w ← w + m. */
function kerasLines(given: RuleNumbers): Rule {
  const { w, before } = given;
  const { kept, next } = velocityOf(given);
  const digits = digitsBeside(before, next);
  const numbers = [value(before, digits), text(" + "), ...bracketed(next)];
  const moved = fineLine([w, text(" ← "), w, text(" + "), m], numbers, before + next, digits);
  return { lines: [kept, moved], result: before + next };
}

/** Momentum that looks ahead: m ← βm − ηg, w ← w + βm − ηg. */
function nesterovLines(given: RuleNumbers): Rule {
  const { w, before, gradient: g, rate: eta } = given;
  const { kept, next, share } = velocityOf(given);
  const change = share * next - eta * g;
  const digits = digitsBeside(before, change);
  const moved = fineLine(
    [w, text(" ← "), w, text(" + "), beta, text("·"), m, text(" − "), rate, text("·"), gradient],
    [
      ...[value(before, digits), text(" + "), value(share), text("·"), ...bracketed(next)],
      ...[text(" − "), value(eta), text("·"), ...bracketed(g)],
    ],
    before + change,
    digits,
  );
  return { lines: [kept, moved], result: before + change };
}

/**
 * m ← βm + (1 − τ)g with the dampening τ, at first m ← g; then w ← w − ηm, or with a look ahead w ← w − η(g + βm).
 * Without dampening its bracket is left out.
 */
function torchLines({ w, before, gradient: g, rate: eta, step, config, memory }: RuleNumbers): Rule {
  const [share, velocity] = [Number(config.momentum), memory.get("velocity")?.before ?? 0];
  const dampening = step === 1 ? 0 : Number(config.dampening ?? 0);
  const next = share * velocity + (1 - dampening) * g;
  const damped = (letter: Formula, number: Formula): Formula =>
    dampening === 0 ? number : [text("(1 − "), ...letter, text(")·"), ...number];
  const kept = line(
    [m, text(" ← "), beta, text("·"), m, text(" + "), ...damped([symbol("τ")], [gradient])],
    [value(share), text("·"), ...bracketed(velocity), text(" + "), ...damped([value(dampening)], bracketed(g))],
    next,
  );
  const looksAhead = config.nesterov === true;
  const change = eta * (looksAhead ? g + share * next : next);
  const digits = digitsBeside(before, change);
  const moved = fineLine(
    [
      ...[w, text(" ← "), w, text(" − "), rate, text("·")],
      ...(looksAhead ? [text("("), gradient, text(" + "), beta, text("·"), m, text(")")] : [m]),
    ],
    [
      ...[value(before, digits), text(" − "), value(eta), text("·")],
      ...(looksAhead
        ? [text("("), value(g), text(" + "), value(share), text("·"), ...bracketed(next), text(")")]
        : bracketed(next)),
    ],
    before - change,
    digits,
  );
  return { lines: [kept, moved], result: before - change };
}
