// RMSprop's rule, with momentum, centred, and in both conventions, written out with the numbers of one weight.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { BackpropLine, Formula } from "../../../shared/views.ts";
import { bracketed, power, squared, symbol, text, value } from "../formulas.ts";
import { fineLine, line } from "../stepParts.ts";
import { meanLine, type Rule, type RuleNumbers } from "./rule.ts";

const [rate, gradient, v, a, d, m] = [
  ...[symbol("η"), symbol("g"), symbol("v"), symbol("a"), symbol("d"), symbol("m")],
] as const;
const [rho, beta, epsilonLetter] = [symbol("ρ"), symbol("β"), symbol("ε")];

/**
 * v ← ρv + (1 − ρ)g²; centred: a ← ρa + (1 − ρ)g, and v − a² stands for v below.
 *
 * Keras: w ← w − ηg / √(v + ε); with momentum m ← βm + ηg / √(v + ε), w ← w − m.
 * PyTorch: w ← w − ηg / (√v + ε); with momentum m ← βm + g / (√v + ε), w ← w − ηm.
 */
export function rmspropLines(given: RuleNumbers): Rule {
  const { w, before, gradient: g, rate: eta, config, memory } = given;
  const [share, epsilon] = [Number(config.rho), Number(config.epsilon)];
  const isTorch = config.convention === "torch";
  const squares = meanLine(
    v,
    { symbol: rho, value: share },
    { before: memory.get("squares")?.before ?? 0, g, power: 2 },
  );
  const means = memory.get("means");
  const mean = means && meanLine(a, { symbol: rho, value: share }, { before: means.before, g });
  // Rounding can take the variance below zero where the gradient hardly changes.
  const spread = Math.max(0, squares.result - (mean === undefined ? 0 : mean.result ** 2));
  const inner = {
    symbols: mean === undefined ? [v] : [v, text(" − "), ...power([a], [text("2")])],
    numbers:
      mean === undefined ? [value(squares.result)] : [value(squares.result), text(" − "), ...squared(mean.result)],
  };
  const root = (of: Formula, small: Formula): Formula => {
    if (!isTorch) return [text("√("), ...of, text(" + "), ...small, text(")")];
    return [
      text("("),
      text(of.length === 1 ? "√" : "√("),
      ...of,
      text(of.length === 1 ? "" : ")"),
      text(" + "),
      ...small,
      text(")"),
    ];
  };
  const below = isTorch ? Math.sqrt(spread) + epsilon : Math.sqrt(spread + epsilon);
  const lines: BackpropLine[] = [squares.line, ...(mean === undefined ? [] : [mean.line])];
  const velocity = memory.get("velocity");
  if (velocity === undefined) {
    const change = (eta * g) / below;
    const digits = digitsBeside(before, change);
    const moved = fineLine(
      [w, text(" ← "), w, text(" − "), rate, text("·"), gradient, text(" / "), ...root(inner.symbols, [epsilonLetter])],
      [
        ...[value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(g), text(" / ")],
        ...root(inner.numbers, [value(epsilon)]),
      ],
      before - change,
      digits,
    );
    return { lines: [...lines, moved], result: before - change };
  }
  const momentum = Number(config.momentum);
  const step = ((isTorch ? 1 : eta) * g) / below;
  const scaled = line(
    [
      d,
      text(" = "),
      ...(isTorch ? [] : [rate, text("·")]),
      gradient,
      text(" / "),
      ...root(inner.symbols, [epsilonLetter]),
    ],
    [
      ...(isTorch ? [] : [value(eta), text("·")]),
      ...[...(isTorch ? [value(g)] : bracketed(g)), text(" / "), ...root(inner.numbers, [value(epsilon)])],
    ],
    step,
  );
  const next = momentum * velocity.before + step;
  const kept = line(
    [m, text(" ← "), beta, text("·"), m, text(" + "), d],
    [value(momentum), text("·"), ...bracketed(velocity.before), text(" + "), ...bracketed(step)],
    next,
  );
  const change = (isTorch ? eta : 1) * next;
  const digits = digitsBeside(before, change);
  const moved = fineLine(
    [w, text(" ← "), w, text(" − "), ...(isTorch ? [rate, text("·")] : []), m],
    [value(before, digits), text(" − "), ...(isTorch ? [value(eta), text("·")] : []), ...bracketed(next)],
    before - change,
    digits,
  );
  return { lines: [...lines, scaled, kept, moved], result: before - change };
}
