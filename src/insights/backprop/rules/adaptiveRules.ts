// The rules of optimizers that divide by the size of a weight's past gradients, written out with the numbers of one weight.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { Formula, FormulaPart } from "../../../shared/views.ts";
import { bracketed, power, squared, symbol, text, value } from "../formulas.ts";
import { fineLine, line } from "../stepParts.ts";
import { meanLine, type Rule, type RuleNumbers } from "./rule.ts";

const [rate, gradient, v] = [symbol("η"), symbol("g"), symbol("v")];

/** v ← v + g², w ← w − ηg / √(v + ε); where the rate decays, first η ← η / (1 + (t − 1)δ). */
export function adagradLines(given: RuleNumbers): Rule {
  const { gradient: g, rate: eta, step, config, memory } = given;
  const sum = memory.get("squares")?.before ?? Number(config.initialAccumulatorValue);
  const next = sum + g * g;
  const kept = line(
    [v, text(" ← "), v, text(" + "), ...power([gradient], [text("2")])],
    [value(sum), text(" + "), ...squared(g)],
    next,
  );
  const decay = Number(config.learningRateDecay ?? 0);
  if (decay === 0) return scaledDescent(given, [kept], next);
  const decayed = eta / (1 + (step - 1) * decay);
  const slower = line(
    [rate, text(" ← "), rate, text(" / (1 + ("), symbol("t"), text(" − 1)·"), symbol("δ"), text(")")],
    [value(eta), text(` / (1 + ${step - 1}·`), value(decay), text(")")],
    decayed,
  );
  return scaledDescent({ ...given, rate: decayed }, [kept, slower], next);
}

/** v ← ρv + (1 − ρ)g², d = g · √(u + ε) / √(v + ε), w ← w − ηd, u ← ρu + (1 − ρ)d². */
export function adadeltaLines({ w, before, gradient: g, rate: eta, config, memory }: RuleNumbers): Rule {
  const [rho, epsilon] = [Number(config.rho), Number(config.epsilon)];
  const [share, d, u] = [symbol("ρ"), symbol("d"), symbol("u")];
  const size = meanLine(v, { symbol: share, value: rho }, { before: memory.get("squares")?.before ?? 0, power: 2, g });
  const changes = memory.get("changeSquares")?.before ?? 0;
  const change = (g * Math.sqrt(changes + epsilon)) / Math.sqrt(size.result + epsilon);
  const digits = digitsBeside(before, eta * change);
  const root = (of: FormulaPart, small: FormulaPart): Formula => [text("√("), of, text(" + "), small, text(")")];
  const lines = [
    size.line,
    line(
      [d, text(" = "), gradient, text("·"), ...root(u, symbol("ε")), text(" / "), ...root(v, symbol("ε"))],
      [
        ...[...bracketed(g), text("·"), ...root(value(changes), value(epsilon)), text(" / ")],
        ...root(value(size.result), value(epsilon)),
      ],
      change,
    ),
    fineLine(
      [w, text(" ← "), w, text(" − "), rate, text("·"), d],
      [value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(change)],
      before - eta * change,
      digits,
    ),
    meanLine(u, { symbol: share, value: rho }, { before: changes, power: 2, g: change, of: d }).line,
  ];
  return { lines, result: before - eta * change };
}

/** Where Keras and PyTorch differ in where ε stands, the number says which one was right. */
function scaledDescent(
  { w, before, gradient: g, rate: eta, config }: RuleNumbers,
  kept: Rule["lines"],
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
  return { lines: [...kept, moved], result: before - change };
}
