// The rules of Adam and its relatives, written out with the numbers of one weight.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { BackpropLine, Formula } from "../../../shared/views.ts";
import { bracketed, power, symbol, text, value } from "../formulas.ts";
import { fineLine, line } from "../stepParts.ts";
import { meanLine, type Rule, type RuleNumbers } from "./rule.ts";

const [rate, gradient, epsilonLetter] = [symbol("η"), symbol("g"), symbol("ε")];
const [m, v, s] = [symbol("m"), symbol("v"), symbol("s")];
const [b1, b2] = [symbol("β", 1), symbol("β", 2)];

/** m ← β₁m + (1 − β₁)g. */
function momentOf({ gradient: g, config, memory }: RuleNumbers) {
  return meanLine(m, { symbol: b1, value: Number(config.beta1) }, { before: memory.get("means")?.before ?? 0, g });
}

/** v ← β₂v + (1 − β₂)g². */
function squareOf({ gradient: g, config, memory }: RuleNumbers) {
  const before = memory.get("squares")?.before ?? 0;
  return meanLine(v, { symbol: b2, value: Number(config.beta2) }, { before, g, power: 2 });
}

/** s = η · √(1 − β₂ᵗ) / (1 − β₁ᵗ), w ← w − s·m / (√v + ε); with amsgrad the largest v so far. */
export function adamLines(given: RuleNumbers): Rule {
  const { rate: eta, step, config, memory } = given;
  const [beta1, beta2] = [Number(config.beta1), Number(config.beta2)];
  const [mean, square] = [momentOf(given), squareOf(given)];
  const size = (eta * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const sizeLine = line(
    [s, text(" = "), rate, text(" · √(1 − "), symbol("β", 2, "t"), text(") / (1 − "), symbol("β", 1, "t"), text(")")],
    [
      value(eta),
      text(" · √(1 − "),
      ...power([value(beta2)], [text(String(step))]),
      text(") / (1 − "),
      ...power([value(beta1)], [text(String(step))]),
      text(")"),
    ],
    size,
  );
  const isCorrected = config.convention === "torch";
  if (config.amsgrad !== true) {
    const shown = { size, mean: mean.result, below: square.result, isCorrected };
    return scaled(given, [mean.line, square.line, sizeLine], shown);
  }
  const [largest, before] = [symbol("v", "", "max"), memory.get("largestSquares")?.before ?? 0];
  const below = Math.max(before, square.result);
  const largestLine = line(
    [largest, text(" ← max("), largest, text(", "), v, text(")")],
    [text("max("), value(before), text(", "), value(square.result), text(")")],
    below,
  );
  const lines = [mean.line, square.line, largestLine, sizeLine];
  return scaled(given, lines, { size, mean: mean.result, below, belowLetter: largest, isCorrected });
}

/** w ← w − s·m / (√v + ε); Adam's ε stands beside the corrected root in PyTorch, which makes it ε·√(1 − β₂ᵗ) here. */
function scaled(
  { w, before, step, config }: RuleNumbers,
  lines: readonly BackpropLine[],
  { size, mean, below, belowLetter = v, isCorrected = false }: Scaled,
): Rule {
  const epsilon = Number(config.epsilon);
  const beta2 = Number(config.beta2);
  const change = (size * mean) / (Math.sqrt(below) + epsilon * (isCorrected ? Math.sqrt(1 - beta2 ** step) : 1));
  const small = isCorrected ? [text(" + ε·√(1 − "), symbol("β", 2, "t"), text("))")] : [text(" + ε)")];
  const smallNumbers = isCorrected
    ? [text(" + "), value(epsilon), text("·√(1 − "), ...power([value(beta2)], [text(String(step))]), text("))")]
    : [text(" + "), value(epsilon), text(")")];
  const digits = digitsBeside(before, change);
  const moved = fineLine(
    [w, text(" ← "), w, text(" − "), s, text("·"), m, text(" / (√"), belowLetter, ...small],
    [
      ...[value(before, digits), text(" − "), value(size), text("·"), ...bracketed(mean)],
      ...[text(" / (√"), value(below), ...smallNumbers],
    ],
    before - change,
    digits,
  );
  return { lines: [...lines, moved], result: before - change };
}

interface Scaled {
  readonly size: number;
  readonly mean: number;
  readonly below: number;
  readonly belowLetter?: typeof v;
  readonly isCorrected?: boolean;
}

/** u ← max(β₂u, |g|), w ← w − η / (1 − β₁ᵗ) · m / (u + ε); PyTorch adds ε to |g| instead. */
export function adamaxLines(given: RuleNumbers): Rule {
  const { w, before, gradient: g, rate: eta, step, config, memory } = given;
  const [beta1, beta2, epsilon] = [Number(config.beta1), Number(config.beta2), Number(config.epsilon)];
  const isTorch = config.convention === "torch";
  const mean = momentOf(given);
  const [u, known] = [symbol("u"), memory.get("largest")?.before ?? 0];
  const added = (small: ReturnType<typeof value>): Formula => (isTorch ? [text(" + "), small] : []);
  const below = (of: ReturnType<typeof value>, small: ReturnType<typeof value>): Formula =>
    isTorch ? [of] : [text("("), of, text(" + "), small, text(")")];
  const largest = Math.max(beta2 * known, Math.abs(g) + (isTorch ? epsilon : 0));
  const change = ((eta / (1 - beta1 ** step)) * mean.result) / (largest + (isTorch ? 0 : epsilon));
  const digits = digitsBeside(before, change);
  const lines = [
    mean.line,
    line(
      [u, text(" ← max("), b2, text("·"), u, text(", |"), gradient, text("|"), ...added(epsilonLetter), text(")")],
      [
        ...[text("max("), value(beta2), text("·"), value(known), text(", "), value(Math.abs(g))],
        ...[...added(value(epsilon)), text(")")],
      ],
      largest,
    ),
    fineLine(
      [
        ...[w, text(" ← "), w, text(" − "), rate, text(" / (1 − "), symbol("β", 1, "t"), text(") · "), m, text(" / ")],
        ...below(u, epsilonLetter),
      ],
      [
        ...[
          value(before, digits),
          text(" − "),
          value(eta),
          text(" / (1 − "),
          ...power([value(beta1)], [text(String(step))]),
          text(") · "),
        ],
        ...[...bracketed(mean.result), text(" / "), ...below(value(largest), value(epsilon))],
      ],
      before - change,
      digits,
    ),
  ];
  return { lines, result: before - change };
}

/**
 * a = (1 − μₜ) / (1 − Πₜ), b = μₜ₊₁ / (1 − Πₜ₊₁), w ← w − η · (ag + bm) / (√(v / (1 − β₂ᵗ)) + ε), where
 * μₜ = β₁ · (1 − ½ · 0.96^(t · decay)) grows to β₁, and Πₜ is the product of all so far.
 */
export function nadamLines(given: RuleNumbers): Rule {
  const { w, before, gradient: g, rate: eta, step, config } = given;
  const [beta1, beta2, epsilon] = [Number(config.beta1), Number(config.beta2), Number(config.epsilon)];
  const momentumAt = (at: number) => beta1 * (1 - 0.5 * 0.96 ** (at * Number(config.momentumDecay)));
  const product = Number(config.momentumProduct);
  const [now, next] = [momentumAt(step), momentumAt(step + 1)];
  const [mean, square] = [momentOf(given), squareOf(given)];
  const [a, b] = [symbol("a"), symbol("b")];
  const [gradientShare, meanShare] = [(1 - now) / (1 - product), next / (1 - product * next)];
  const corrected = square.result / (1 - beta2 ** step);
  const change = (eta * (gradientShare * g + meanShare * mean.result)) / (Math.sqrt(corrected) + epsilon);
  const digits = digitsBeside(before, change);
  const later = "t+1";
  const lines = [
    mean.line,
    square.line,
    line(
      [a, text(" = (1 − "), symbol("μ", "t"), text(") / (1 − "), symbol("Π", "t"), text(")")],
      [text("(1 − "), value(now), text(") / (1 − "), value(product), text(")")],
      gradientShare,
    ),
    line(
      [b, text(" = "), symbol("μ", later), text(" / (1 − "), symbol("Π", later), text(")")],
      [value(next), text(" / (1 − "), value(product * next), text(")")],
      meanShare,
    ),
    fineLine(
      [
        ...[w, text(" ← "), w, text(" − "), rate, text(" · ("), a, text("·"), gradient, text(" + "), b, text("·"), m],
        ...[text(") / (√("), v, text(" / (1 − "), symbol("β", 2, "t"), text(")) + ε)")],
      ],
      [
        ...[value(before, digits), text(" − "), value(eta), text(" · ("), value(gradientShare), text("·")],
        ...[...bracketed(g), text(" + "), value(meanShare), text("·"), ...bracketed(mean.result)],
        ...[text(") / (√"), value(corrected), text(" + "), value(epsilon), text(")")],
      ],
      before - change,
      digits,
    ),
  ];
  return { lines, result: before - change };
}

/**
 * ρ = ρ∞ − 2tβ₂ᵗ / (1 − β₂ᵗ) with ρ∞ = 2 / (1 − β₂) − 1: how many steps v rests on. Up to five, w ← w − ηm / (1 − β₁ᵗ); then
 * Adam's step times r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)).
 */
export function rAdamLines(given: RuleNumbers): Rule {
  const { w, before, rate: eta, step, config } = given;
  const [beta1, beta2] = [Number(config.beta1), Number(config.beta2)];
  const [mean, square] = [momentOf(given), squareOf(given)];
  const [rho, rhoEnd, r] = [symbol("ρ"), symbol("ρ", "∞"), symbol("r")];
  const faded = beta2 ** step;
  const longest = 2 / (1 - beta2) - 1;
  const length = longest - (2 * step * faded) / (1 - faded);
  const b2t = symbol("β", 2, "t");
  const lengthLine = line(
    [rho, text(" = "), rhoEnd, text(" − 2"), symbol("t"), b2t, text(" / (1 − "), b2t, text(")")],
    [value(longest), text(` − 2·${step}·`), value(faded), text(" / (1 − "), value(faded), text(")")],
    length,
  );
  const lines = [mean.line, square.line, lengthLine];
  if (length <= 5) {
    const change = (eta * mean.result) / (1 - beta1 ** step);
    const digits = digitsBeside(before, change);
    const moved = fineLine(
      [w, text(" ← "), w, text(" − "), rate, text("·"), m, text(" / (1 − "), symbol("β", 1, "t"), text(")")],
      [
        ...[value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(mean.result)],
        ...[text(" / (1 − "), ...power([value(beta1)], [text(String(step))]), text(")")],
      ],
      before - change,
      digits,
    );
    return { lines: [...lines, moved], result: before - change };
  }
  const share = Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
  const size = (eta * share * Math.sqrt(1 - faded)) / (1 - beta1 ** step);
  const less = (of: typeof rho, by: number): Formula => [text("("), of, text(` − ${by})`)];
  const shareLine = line(
    [
      ...[r, text(" = √("), ...less(rho, 4), ...less(rho, 2), rhoEnd, text(" / ("), ...less(rhoEnd, 4)],
      ...[...less(rhoEnd, 2), rho, text("))")],
    ],
    [
      ...[text("√("), ...less(value(length), 4), ...less(value(length), 2), text("·"), value(longest), text(" / (")],
      ...[...less(value(longest), 4), ...less(value(longest), 2), text("·"), value(length), text("))")],
    ],
    share,
  );
  const sizeLine = line(
    [
      ...[s, text(" = "), rate, text("·"), r, text(" · √(1 − "), b2t, text(") / (1 − "), symbol("β", 1, "t")],
      text(")"),
    ],
    [
      ...[
        value(eta),
        text("·"),
        value(share),
        text(" · √(1 − "),
        ...power([value(beta2)], [text(String(step))]),
        text(") / (1 − "),
      ],
      ...[...power([value(beta1)], [text(String(step))]), text(")")],
    ],
    size,
  );
  return scaled(given, [...lines, shareLine, sizeLine], { size, mean: mean.result, below: square.result });
}
