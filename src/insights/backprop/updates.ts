// What the optimizer makes of each weight's gradient: its rule with the numbers in it, and what it remembers.

import type { Optimizer, UpdatePreview } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { digitsBeside } from "../../shared/numbers.ts";
import type { BackpropLine, BackpropUpdate, Formula, FormulaPart } from "../../shared/views.ts";
import { fineLine, line } from "./backpropSteps.ts";
import { bracketed, squared, symbol, text, value } from "./formulas.ts";
import { adagradLines, lionLines, nesterovLines, rmspropLines } from "./moreRules.ts";

/** The update of one number of a parameter. */
export function updateOf(
  optimizer: Pick<Optimizer, "name" | "config">,
  preview: UpdatePreview,
  weight: { readonly symbol: FormulaPart; readonly before: number; readonly place: number },
): BackpropUpdate {
  const { place, before } = weight;
  const after = preview.values[place] ?? Number.NaN;
  const remembered = Object.entries(preview.memory).map(([name, memory]) => ({
    name,
    before: memory.before[place] ?? Number.NaN,
    after: memory.after[place] ?? Number.NaN,
  }));
  const given: RuleNumbers = {
    w: weight.symbol,
    before,
    gradient: preview.gradient[place] ?? Number.NaN,
    rate: preview.learningRate,
    step: preview.step,
    config: optimizer.config,
    memory: new Map(remembered.map((each) => [each.name, each])),
  };
  const { lines, result: told } = ruleOf(optimizer.name, given);
  // A rule is written out only where it comes to the engine's own number: decay and variants go without.
  const isTold = Math.abs(told - after) <= 1e-6 * Math.max(1, Math.abs(after)) + 1e-4 * Math.abs(after - before);
  return {
    after: toViewNumber(after, Math.max(5, digitsBeside(before, after - before) ?? 0)),
    lines: isTold ? lines : [],
    memory: remembered.map((each) => ({
      name: each.name,
      before: toViewNumber(each.before),
      after: toViewNumber(each.after),
    })),
  };
}

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

function ruleOf(name: string, numbers: RuleNumbers): Rule {
  switch (name) {
    case "sgd":
      if (!numbers.memory.has("velocity")) return descentLines(numbers);
      return numbers.config.nesterov === true ? nesterovLines(numbers) : momentumLines(numbers);
    case "adam":
    case "adamW":
      return adamLines(numbers);
    case "adagrad":
      return adagradLines(numbers);
    case "rmsprop":
      return rmspropLines(numbers);
    case "lion":
      return lionLines(numbers);
    default:
      return { lines: [], result: Number.NaN };
  }
}

const [rate, gradient] = [symbol("η"), symbol("g")];

function descentLines({ w, before, gradient: g, rate: eta }: RuleNumbers): Rule {
  const symbols: Formula = [w, text(" ← "), w, text(" − "), rate, text("·"), gradient];
  const result = before - eta * g;
  const digits = digitsBeside(before, eta * g);
  const numbers: Formula = [value(before, digits), text(" − "), value(eta), text("·"), ...bracketed(g)];
  return { lines: [fineLine(symbols, numbers, result, digits)], result };
}

function momentumLines({ w, before, gradient: g, rate: eta, config, memory }: RuleNumbers): Rule {
  const beta = Number(config.momentum);
  const velocity = memory.get("velocity")?.before ?? 0;
  const next = beta * velocity - eta * g;
  const m = symbol("m");
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

function adamLines({ w, before, gradient: g, rate: eta, step, config, memory }: RuleNumbers): Rule {
  const [beta1, beta2, epsilon] = [Number(config.beta1), Number(config.beta2), Number(config.epsilon)];
  const [mean, square] = [memory.get("means")?.before ?? 0, memory.get("squares")?.before ?? 0];
  const nextMean = beta1 * mean + (1 - beta1) * g;
  const nextSquare = beta2 * square + (1 - beta2) * g * g;
  const size = (eta * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const [m, v, s] = [symbol("m"), symbol("v"), symbol("s")];
  const [b1, b2] = [symbol("β", 1), symbol("β", 2)];
  const digits = digitsBeside(before, (size * nextMean) / (Math.sqrt(nextSquare) + epsilon));
  const result = before - (size * nextMean) / (Math.sqrt(nextSquare) + epsilon);
  const lines = [
    line(
      [m, text(" ← "), b1, text("·"), m, text(" + (1 − "), b1, text(")·"), gradient],
      [value(beta1), text("·"), ...bracketed(mean), text(" + "), value(1 - beta1), text("·"), ...bracketed(g)],
      nextMean,
    ),
    line(
      [v, text(" ← "), b2, text("·"), v, text(" + (1 − "), b2, text(")·"), gradient, text("²")],
      [value(beta2), text("·"), value(square), text(" + "), value(1 - beta2), text("·"), ...squared(g)],
      nextSquare,
    ),
    line(
      [s, text(" = "), rate, text(" · √(1 − "), symbol("β", 2, "t"), text(") / (1 − "), symbol("β", 1, "t"), text(")")],
      [value(eta), text(` · √(1 − `), value(beta2), text(`^${step}) / (1 − `), value(beta1), text(`^${step})`)],
      size,
    ),
    fineLine(
      [w, text(" ← "), w, text(" − "), s, text("·"), m, text(" / (√"), v, text(" + ε)")],
      [
        value(before, digits),
        text(" − "),
        value(size),
        text("·"),
        ...bracketed(nextMean),
        text(" / (√"),
        value(nextSquare),
        text(" + "),
        value(epsilon),
        text(")"),
      ],
      result,
      digits,
    ),
  ];
  return { lines, result };
}
