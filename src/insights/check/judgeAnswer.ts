// An answer beside what was expected: right, not yet, or none so far, and a sentence that says what is off without giving it away.

import { Tensor } from "../../engine/tensor.ts";
import { toViewNumber } from "../../shared/json.ts";
import { formatShort } from "../../shared/numbers.ts";
import type { Argument, IdOf, Message } from "../../shared/words/message.ts";
import type { checkSentences } from "../../shared/words/views/checkSentences.ts";
import { list } from "../parts/say.ts";

/** What was found. */
export interface Judgement {
  readonly state: "right" | "wrong" | "open";
  readonly message: Message<IdOf<typeof checkSentences>>;
}

/** What an answer should be: numbers, texts, yes or no; lists or tensors of them; an object of these; or a number within bounds. */
export type ExpectedAnswer =
  | number
  | string
  | boolean
  | Tensor
  | ArrayLike<number>
  | readonly ExpectedAnswer[]
  | { readonly [key: string]: ExpectedAnswer };

type Leaf = number | string | boolean;
interface Leaves {
  readonly shape: readonly number[];
  readonly values: readonly Leaf[];
}

/** The share of a number that it may be off by, where no tolerance is given: half a unit of the third digit is 0.0005 to 0.005 of it. */
const usualShare = 0.005;
/** How far a number may be off to be called close, as a share of it. */
const nearShare = 0.05;
/** Mistakes of these factors are well known: a half forgotten, a percentage, a mean for a sum. */
const tellingFactors = [2, 0.5, 4, 0.25, 10, 0.1, 100, 0.01];

/** @param tolerance how far each number may be off; `null` for the usual share of it. */
export function judgeAnswer(
  name: string,
  answer: unknown,
  expected: ExpectedAnswer,
  tolerance: number | null = null,
): Judgement {
  const say = sayer(name);
  if (answer === undefined || answer === null) return say("open", "answerOpen");
  if (answer instanceof Promise) return say("wrong", "answerPromise");
  const wanted = leavesOf(expected);
  if (wanted === null) return judgeObject(name, answer, expected as { [key: string]: ExpectedAnswer }, tolerance);
  const isSingle = wanted.shape.length === 0;
  const given = singled(leavesOf(answer), isSingle);
  const [one] = wanted.values;
  if (isSingle && one !== undefined) return judgeOne(name, given?.values[0], one, tolerance);
  if (given === null) return say("wrong", "answerNotList", { expected: wanted.shape.join(", ") });
  return judgeList(name, given, wanted, tolerance);
}

function judgeObject(
  name: string,
  answer: unknown,
  expected: { readonly [key: string]: ExpectedAnswer },
  tolerance: number | null,
): Judgement {
  const keys = Object.keys(expected);
  if (keys.every((key) => key === "atLeast" || key === "atMost")) return judgeBounds(name, answer, expected);
  const isObject = typeof answer === "object" && answer !== null && leavesOf(answer) === null;
  if (!isObject) return sayer(name)("wrong", "answerNotObject", { keys: list(keys) });
  for (const key of keys) {
    const judged = judgeAnswer(
      `${name}, ${key}`,
      (answer as Readonly<Record<string, unknown>>)[key],
      expected[key] as ExpectedAnswer,
      tolerance,
    );
    if (judged.state !== "right") return judged;
  }
  return sayer(name)("right", "answerRight");
}

function judgeBounds(
  name: string,
  answer: unknown,
  { atLeast, atMost }: { readonly [key: string]: ExpectedAnswer },
): Judgement {
  const say = sayer(name);
  const value = singled(leavesOf(answer), true)?.values[0];
  if (typeof value !== "number") return say("wrong", "answerNotNumber");
  if (Number.isNaN(value)) return say("wrong", "answerNotFinite", { answer: number(value) });
  if (typeof atLeast === "number" && value < atLeast)
    return say("wrong", "answerTooLow", { answer: number(value), bound: number(atLeast) });
  if (typeof atMost === "number" && value > atMost)
    return say("wrong", "answerTooHigh", { answer: number(value), bound: number(atMost) });
  return say("right", "answerRightNumber", { answer: number(value) });
}

function judgeOne(name: string, given: Leaf | undefined, wanted: Leaf, tolerance: number | null): Judgement {
  const say = sayer(name);
  if (typeof wanted === "string") {
    if (typeof given !== "string") return say("wrong", "answerNotText");
    const isSame = given.trim().toLowerCase() === wanted.trim().toLowerCase();
    return isSame ? say("right", "answerRight") : say("wrong", "answerOther", { answer: given });
  }
  if (typeof wanted === "boolean") {
    if (typeof given !== "boolean") return say("wrong", "answerNotYesNo");
    return given === wanted ? say("right", "answerRight") : say("wrong", "answerOther", { answer: String(given) });
  }
  if (typeof given !== "number") return say("wrong", "answerNotNumber");
  const answer = number(given);
  if (isClose(given, wanted, tolerance, 0)) return say("right", "answerRightNumber", { answer });
  if (!Number.isFinite(given)) return say("wrong", "answerNotFinite", { answer });
  if (isClose(-given, wanted, tolerance, 0)) return say("wrong", "answerSign", { answer });
  const factor = tellingFactors.find((each) => isClose(given / each, wanted, tolerance, 0));
  if (factor !== undefined && wanted !== 0) return say("wrong", "answerFactor", { answer, times: times(factor) });
  const off = Math.abs((given - wanted) / wanted);
  if (off < nearShare)
    return say("wrong", given < wanted ? "answerNearSmall" : "answerNearLarge", {
      answer,
      off: { kind: "share", value: off },
    });
  return say("wrong", given < wanted ? "answerSmall" : "answerLarge", { answer });
}

function judgeList(name: string, given: Leaves, wanted: Leaves, tolerance: number | null): Judgement {
  const say = sayer(name);
  const numbers = wanted.values.filter((each) => typeof each === "number");
  const scale = Math.max(0, ...numbers.map(Math.abs));
  const agree = (values: readonly Leaf[], change: (value: number) => number = (value) => value) =>
    values.map((value, at) => isAlike(value, wanted.values[at], change, tolerance, scale));
  if (given.shape.join() !== wanted.shape.join()) {
    const turned = transposed(given);
    const isTurned =
      turned !== null && turned.shape.join() === wanted.shape.join() && agree(turned.values).every(Boolean);
    if (isTurned) return say("wrong", "answerTransposed");
    return say("wrong", "answerShape", { shape: given.shape.join(", "), expected: wanted.shape.join(", ") });
  }
  const alike = agree(given.values);
  const count = { kind: "count", value: alike.length } as const;
  if (alike.every(Boolean)) return say("right", "answerRightNumbers", { count });
  const turned = transposed(given);
  if (turned !== null && turned.shape.join() === wanted.shape.join() && agree(turned.values).every(Boolean))
    return say("wrong", "answerTransposed");
  if (scale > 0 && agree(given.values, (value) => -value).every(Boolean)) return say("wrong", "answersSign");
  const factor = commonFactor(given.values, wanted.values, scale);
  if (factor !== null && agree(given.values, (value) => value / factor).every(Boolean))
    return say("wrong", "answersFactor", { times: times(factor) });
  const place = placeIn(wanted.shape, alike.indexOf(false)).join(", ");
  const wrong = { kind: "count", value: alike.filter((each) => !each).length } as const;
  return say("wrong", "answersOff", { wrong, count, place });
}

/** What the answer must be divided by at its largest expected number; `null` where that tells nothing. */
function commonFactor(given: readonly Leaf[], wanted: readonly Leaf[], scale: number): number | null {
  const at = wanted.findIndex((each) => typeof each === "number" && Math.abs(each) === scale);
  const factor = Number(given[at]) / Number(wanted[at]);
  return given.length > 1 && Number.isFinite(factor) && factor > 0 ? factor : null;
}

function isAlike(
  given: Leaf,
  wanted: Leaf | undefined,
  change: (value: number) => number,
  tolerance: number | null,
  scale: number,
): boolean {
  if (typeof wanted !== "number" || typeof given !== "number") return given === wanted;
  return isClose(change(given), wanted, tolerance, scale);
}

/** @param scale the largest of the numbers wanted: beside it, what is a millionth of it may be off wholly. 0 for a single number. */
function isClose(given: number, wanted: number, tolerance: number | null, scale: number): boolean {
  if (Object.is(given, wanted)) return true;
  const usual = usualShare * Math.abs(wanted) + 1e-6 * (wanted === 0 && scale === 0 ? 1 : scale);
  return Math.abs(given - wanted) <= (tolerance ?? usual);
}

/** A value as numbers, texts and answers of yes or no with their shape; `null` for anything else, ragged lists included. */
function leavesOf(value: unknown): Leaves | null {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return { shape: [], values: [value] };
  if (value instanceof Tensor) return { shape: value.shape, values: [...value.data] };
  const list = Array.isArray(value) ? value : ArrayBuffer.isView(value) ? [...(value as Float32Array)] : null;
  if (list === null) return null;
  const parts = list.map(leavesOf);
  const shape = parts[0]?.shape ?? [];
  if (parts.some((part) => part === null || part.shape.join() !== shape.join())) return null;
  return { shape: [list.length, ...shape], values: parts.flatMap((part) => part?.values ?? []) };
}

/** Where one value is wanted, a tensor or list of one is as good. */
function singled(leaves: Leaves | null, isSingle: boolean): Leaves | null {
  if (leaves === null || !isSingle) return leaves;
  return leaves.values.length === 1 ? leaves : null;
}

function transposed({ shape, values }: Leaves): Leaves | null {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || shape.length !== 2) return null;
  const turned = values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)] as Leaf);
  return { shape: [columns, rows], values: turned };
}

function placeIn(shape: readonly number[], at: number): number[] {
  const place: number[] = [];
  let rest = at;
  for (const size of [...shape].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}

function sayer(name: string) {
  return (
    state: Judgement["state"],
    id: Judgement["message"]["id"],
    args: Readonly<Record<string, Argument>> = {},
  ): Judgement => ({ state, message: { id, args: { name, ...args } } });
}

/** As the reader may have written it; both languages write numbers alike. */
const number = (value: number): Argument => formatShort(toViewNumber(value));
const times = (value: number): Argument => ({ kind: "times", value });
