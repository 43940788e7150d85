// What is odd about a weight after a training: it did not move, all of it is equal, it grew many times, it is no number any more.

import type { Sentence, Tone } from "../../shared/views.ts";
import type { Argument, Message } from "../../shared/words/message.ts";
import { count, list, number, say, times } from "../parts/say.ts";
import type { WeightState } from "./weightSeries.ts";

/**
 * A whole training that moves weights by less than this share of their size did less than a single healthy step, whose
 * update : weights is about 10⁻³.
 */
const leastMove = 1e-3;
/** Starts (He, Glorot) give sums of the inputs' own size; weights ten times as large give sums ten times as large. */
const muchGrowth = 10;

export type WeightVerdict =
  | { readonly kind: "notFinite" | "frozen" | "still" | "barely" | "equal" | "alike" | "alone" }
  /** `factor` of the size at the start; `null` where that was 0. */
  | { readonly kind: "moved" | "grew" | "shrank"; readonly factor: number | null };

/** What is judged: where it began, where it is, and whether training may change it. */
export interface JudgedWeight {
  readonly trainable: boolean;
  readonly rank: number;
  readonly count: number;
  /** Units (of the last axis), and whether all of them have the same numbers now. */
  readonly units: number;
  readonly unitsAlike: boolean;
  readonly start: WeightState;
  readonly end: WeightState;
  /** Whether start and end are of a training. */
  readonly isTrained: boolean;
}

export function weightVerdict(weight: JudgedWeight): WeightVerdict {
  const { start, end, trainable, isTrained, rank, count: size } = weight;
  if (!end.isFinite) return { kind: "notFinite" };
  if (rank > 1 && size > 1 && end.std === 0 && trainable) return { kind: "equal" };
  if (rank > 1 && weight.units > 1 && weight.unitsAlike && trainable) return { kind: "alike" };
  if (!isTrained) return { kind: "alone" };
  if (!trainable) return { kind: "frozen" };
  if (end.moved === 0) return { kind: "still" };
  if (start.size === 0) return { kind: "moved", factor: null };
  if (end.moved < leastMove * start.size) return { kind: "barely" };
  const growth = end.size / start.size;
  if (growth >= muchGrowth) return { kind: "grew", factor: growth };
  if (growth <= 1 / muchGrowth) return { kind: "shrank", factor: growth };
  return { kind: "moved", factor: end.moved / start.size };
}

const tones: Readonly<Record<WeightVerdict["kind"], Tone>> = {
  notFinite: "error",
  still: "warning",
  barely: "warning",
  equal: "warning",
  alike: "warning",
  grew: "warning",
  shrank: "info",
  frozen: "info",
  alone: "info",
  moved: "good",
};

export function weightSentence(verdict: WeightVerdict, { end, units }: JudgedWeight): Sentence {
  const tone = tones[verdict.kind];
  const said = (message: Message): Sentence => ({ tone, messages: [message] });
  switch (verdict.kind) {
    case "notFinite":
      return said(say("weightNotFinite"));
    case "frozen":
      return said(say("weightFrozen"));
    case "still":
      return said(say("weightStill"));
    case "barely":
      return said(say("weightBarely", { moved: number(end.moved) }));
    case "equal":
      return said(say("weightEqual", { value: number(end.mean) }));
    case "alike":
      return said(say("weightAlike", { units: count(units) }));
    case "alone":
      return said(say("weightAlone", { size: number(end.size) }));
    case "grew":
      return said(say("weightGrew", { factor: times(verdict.factor ?? 0) }));
    case "shrank":
      return said(say("weightShrank", { factor: times(1 / (verdict.factor || 1)) }));
    case "moved":
      return said(
        verdict.factor === null
          ? say("weightFromZero", { moved: number(end.moved) })
          : say("weightMoved", { moved: number(end.moved), factor: times(verdict.factor) }),
      );
  }
}

/** A weight and its layer, as the sentence about all of them calls it. */
export interface NamedVerdict {
  readonly name: string;
  readonly verdict: WeightVerdict;
}

/** What moved by so little more than another did not move most. */
const alikeWithin = 1.5;

/** More names than this are not read. */
const namedAtMost = 3;

/** The gravest first; without anything odd what moved most and least. */
export function weightsSentence(verdicts: readonly NamedVerdict[]): Sentence {
  const of = (...kinds: readonly WeightVerdict["kind"][]) =>
    verdicts.filter(({ verdict }) => kinds.includes(verdict.kind));
  const odd = (id: "weightsNotFinite" | "weightsStill" | "weightsAlike", found: readonly NamedVerdict[]) =>
    found.length === 0 ? [] : [say(id, { names: nameList(found) })];
  const grown = of("grew").reduce<NamedVerdict | null>(
    (most, each) => (most && factorOf(most) >= factorOf(each) ? most : each),
    null,
  );
  const messages = [
    ...odd("weightsNotFinite", of("notFinite")),
    ...odd("weightsStill", of("still", "barely")),
    ...odd("weightsAlike", of("equal", "alike")),
    ...(grown === null ? [] : [say("weightsGrew", { name: grown.name, factor: times(factorOf(grown)) })]),
  ];
  if (messages.length > 0) return { tone: of("notFinite").length > 0 ? "error" : "warning", messages };
  if (verdicts.every(({ verdict }) => verdict.kind === "alone"))
    return { tone: "info", messages: [say("weightsUntrained", { count: count(verdicts.length) })] };
  const moved = of("moved").filter(({ verdict }) => "factor" in verdict && verdict.factor !== null);
  const sorted = [...moved].sort((left, right) => factorOf(right) - factorOf(left));
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most === undefined || least === undefined) return { tone: "info", messages: [say("weightsFrozen")] };
  const args = { most: most.name, mostFactor: times(factorOf(most)) };
  if (most === least) return { tone: "good", messages: [say("weightsMovedOne", args)] };
  const [mostTimes, leastTimes] = [factorOf(most), factorOf(least)];
  if (mostTimes < alikeWithin * leastTimes)
    return {
      tone: "good",
      messages: [say("weightsMovedAlike", { factor: times(Math.sqrt(leastTimes * mostTimes)) })],
    };
  return {
    tone: "good",
    messages: [say("weightsMoved", { ...args, least: least.name, leastFactor: times(factorOf(least)) })],
  };
}

function factorOf({ verdict }: NamedVerdict): number {
  return ("factor" in verdict ? verdict.factor : null) ?? 0;
}

function nameList(found: readonly NamedVerdict[]): Argument {
  return list(
    found.map(({ name }) => name),
    namedAtMost,
  );
}
