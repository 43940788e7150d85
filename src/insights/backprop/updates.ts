// What the optimizer makes of each weight's gradient: its rule with the numbers in it, and what it remembers.

import type { Optimizer, UpdatePreview } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { digitsBeside } from "../../shared/numbers.ts";
import type { BackpropLine, BackpropUpdate, Formula, FormulaPart } from "../../shared/views.ts";
import { bracketed, symbol, text, value } from "./formulas.ts";
import { adamaxLines, adamLines, nadamLines, rAdamLines } from "./rules/adamRules.ts";
import { adadeltaLines, adagradLines } from "./rules/adaptiveRules.ts";
import { isDecoupled, prepare } from "./rules/beforeRule.ts";
import { descentLines, lionLines } from "./rules/descentRules.ts";
import { momentumLines } from "./rules/momentumRules.ts";
import { rmspropLines } from "./rules/rmspropRule.ts";
import type { Rule, RuleNumbers } from "./rules/rule.ts";
import { fineLine, line } from "./stepParts.ts";

/** One number of a parameter. */
export interface UpdatedWeight {
  readonly symbol: FormulaPart;
  readonly before: number;
  /** Its gradient before clipping and decay, the penalty's slope in it. */
  readonly gradient: number;
  /** What clipping left of it. */
  readonly clipped: number;
  /** Its place among the parameter's numbers, from 0. */
  readonly place: number;
  /** What a penalty adds to the gradient `of` the loss; none by default. */
  readonly penalty?: { readonly formula: string; readonly slope: number; readonly of: number } | null;
  /** Where a constraint leaves what the update came to; anywhere by default. */
  readonly limit?: { readonly name: string; readonly after: number } | null;
}

/** The update of one number of a parameter. */
export function updateOf(
  optimizer: Pick<Optimizer, "name" | "config">,
  preview: UpdatePreview,
  weight: UpdatedWeight,
): BackpropUpdate {
  const { place, before, limit = null } = weight;
  const moved = preview.values[place] ?? Number.NaN;
  const after = limit === null ? moved : limit.after;
  const remembered = Object.entries(preview.memory).map(([name, memory]) => ({
    name,
    before: memory.before[place] ?? Number.NaN,
    after: memory.after[place] ?? Number.NaN,
  }));
  const { learningRate: rate, step } = preview;
  const { name } = optimizer;
  // What a schedule moves stands in the settings as a word.
  const config = { ...optimizer.config, ...preview.settings };
  const w = weight.symbol;
  const prepared = prepare(optimizer, { w, before, gradient: weight.gradient, clipped: weight.clipped, rate });
  const memory = new Map(remembered.map((each) => [each.name, each]));
  const rule = ruleOf(name, { w, before: prepared.before, gradient: prepared.gradient, rate, step, config, memory });
  // A rule is written out only where it comes to the engine's own number: variants go without.
  const isTold = Math.abs(rule.result - moved) <= 1e-6 * Math.max(1, Math.abs(moved)) + 1e-4 * Math.abs(moved - before);
  return {
    after: toViewNumber(after, Math.max(5, digitsBeside(before, after - before) ?? 0)),
    lines:
      isTold && rule.lines.length > 0
        ? [...penaltyLines(weight), ...prepared.lines, ...rule.lines, ...limitLines(weight, moved)]
        : [],
    memory: remembered.map((each) => ({
      name: each.name,
      before: toViewNumber(each.before),
      after: toViewNumber(each.after),
    })),
  };
}

/** What a penalty adds to the gradient. */
function penaltyLines({ symbol: w, gradient, penalty = null }: UpdatedWeight): readonly BackpropLine[] {
  if (penalty === null) return [];
  const g = symbol("g");
  const slope: Formula = [text("∂("), text(penalty.formula), text(")/∂"), w];
  return [
    line(
      [g, text(" ← "), g, text(" + "), ...slope],
      [value(penalty.of), text(" + "), ...bracketed(penalty.slope)],
      gradient,
    ),
  ];
}

/** Where a constraint leaves the weight. */
function limitLines({ symbol: w, limit = null }: UpdatedWeight, moved: number): readonly BackpropLine[] {
  if (limit === null) return [];
  const digits = digitsBeside(limit.after, limit.after - moved);
  const name = text(`${limit.name}(`);
  return [fineLine([w, text(" ← "), name, w, text(")")], [name, value(moved, digits), text(")")], limit.after, digits)];
}

/** What clipping left of a gradient, of what the rule sees: decay may have added to it. Without limits nothing is clipped. */
export function clippedOf(
  optimizer: Pick<Optimizer, "name" | "config">,
  seen: number,
  { before, gradient }: Pick<UpdatedWeight, "before" | "gradient">,
): number {
  const { clipValue, clipNorm, globalClipNorm, weightDecay } = optimizer.config;
  if (clipValue === undefined && clipNorm === undefined && globalClipNorm === undefined) return gradient;
  return isDecoupled(optimizer) ? seen : seen - Number(weightDecay ?? 0) * before;
}

function ruleOf(name: string, numbers: RuleNumbers): Rule {
  switch (name) {
    case "sgd":
      return numbers.memory.has("velocity") ? momentumLines(numbers) : descentLines(numbers);
    case "adam":
    case "adamW":
      return adamLines(numbers);
    case "adamax":
      return adamaxLines(numbers);
    case "nadam":
      return nadamLines(numbers);
    case "rAdam":
      return rAdamLines(numbers);
    case "adagrad":
      return adagradLines(numbers);
    case "adadelta":
      return adadeltaLines(numbers);
    case "rmsprop":
      return rmspropLines(numbers);
    case "lion":
      return lionLines(numbers);
    default:
      return { lines: [], result: Number.NaN };
  }
}
