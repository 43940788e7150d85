// The rules of optimizers beyond descent, momentum and Adam, written out with the numbers of one weight.

import { digitsBeside } from "../../shared/numbers.ts";
import type { FormulaPart } from "../../shared/views.ts";
import { fineLine, line } from "./backpropSteps.ts";
import { bracketed, squared, symbol, text, value } from "./formulas.ts";
import type { Rule, RuleNumbers } from "./updates.ts";

const [rate, gradient] = [symbol("η"), symbol("g")];
const [m, v] = [symbol("m"), symbol("v")];

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

/** v ← v + g², w ← w − ηg / √(v + ε). */
export function adagradLines(given: RuleNumbers): Rule {
  const { gradient: g, config, memory } = given;
  const sum = memory.get("squares")?.before ?? Number(config.initialAccumulatorValue);
  const next = sum + g * g;
  const kept = line(
    [v, text(" ← "), v, text(" + "), gradient, text("²")],
    [value(sum), text(" + "), ...squared(g)],
    next,
  );
  return scaledDescent(given, kept, next);
}

/** v ← ρv + (1 − ρ)g², w ← w − ηg / √(v + ε). */
export function rmspropLines(given: RuleNumbers): Rule {
  const { gradient: g, config, memory } = given;
  const rho = Number(config.rho);
  const mean = memory.get("squares")?.before ?? 0;
  const next = rho * mean + (1 - rho) * g * g;
  const share = symbol("ρ");
  const kept = line(
    [v, text(" ← "), share, text("·"), v, text(" + (1 − "), share, text(")·"), gradient, text("²")],
    [value(rho), text("·"), value(mean), text(" + "), value(1 - rho), text("·"), ...squared(g)],
    next,
  );
  return scaledDescent(given, kept, next);
}

/** Where Keras and PyTorch differ in where ε stands, the number says which one was right. */
function scaledDescent(
  { w, before, gradient: g, rate: eta, config }: RuleNumbers,
  kept: Rule["lines"][number],
  next: number,
): Rule {
  const epsilon = Number(config.epsilon);
  const isTorch = config.convention === "torch";
  const root = isTorch ? Math.sqrt(next) + epsilon : Math.sqrt(next + epsilon);
  const change = (eta * g) / root;
  const digits = digitsBeside(before, change);
  const below = (squares: FormulaPart, small: FormulaPart): readonly FormulaPart[] =>
    isTorch
      ? [text(" / (√"), squares, text(" + "), small, text(")")]
      : [text(" / √("), squares, text(" + "), small, text(")")];
  const moved = fineLine(
    [w, text(" ← "), w, text(" − "), rate, text("·"), gradient, ...below(v, symbol("ε"))],
    [value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(g), ...below(value(next), value(epsilon))],
    before - change,
    digits,
  );
  return { lines: [kept, moved], result: before - change };
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
