// `check(name, answer, expected)`: looks at the answer of an exercise, and says whether it is right, or what is off.

import { inspect } from "node:util";
import { checkOptions, describeValue, ValueError } from "../../engine/errors.ts";
import { isRecord } from "../../engine/plainObjects.ts";
import { Tensor } from "../../engine/tensor.ts";
import { type ExpectedAnswer, judgeAnswer } from "../../insights/index.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { type Displayable, displaySymbol } from "./display.ts";
import { SealedAnswer } from "./sealedAnswer.ts";
import { showHost } from "./showHost.ts";

/** How to compare. */
export interface CheckOptions {
  /** How far each number may be off. By default half a percent of the number expected, so that three digits are enough. */
  readonly tolerance?: number;
}

/** What `check` found. As the last expression of a cell, or by `display`, it is shown as a sentence in the reader's language. */
export interface CheckResult extends Displayable {
  /** Whether the answer is right. */
  readonly isRight: boolean;
  /** "right", "wrong", or "open" while there is no answer. */
  readonly state: "right" | "wrong" | "open";
  /** The sentence, in the reader's language. */
  readonly text: string;
}

/**
 * Checks the answer of an exercise: says "right", or what is off (too large, the wrong sign, a factor, a shape, which number of a list)
 * without giving the answer away. A wrong answer, or none (`undefined`), throws nothing: the notebook runs on.
 *
 * @param name what is asked, as the sentence begins.
 * @param answer the reader's.
 * @param expected a number, text or yes or no; a list or tensor of them, whose shape counts too; an object of these, which is checked key by key;
 *   `{ atLeast: 0.9 }`, `{ atMost: 0.1 }` or both for a number within bounds; or any of them hidden by `seal`, as `sealed("…")`.
 * @param options `tolerance`: how far each number may be off (by default half a percent of it).
 * @throws ValueError when the check itself cannot be: without a name, or with nothing to compare with.
 * @example
 * check("the output of the neuron", 0.62, 1 / (1 + Math.exp(-0.5)))
 * @example
 * check("your accuracy", model.evaluate(data.test).accuracy, { atLeast: 0.95 })
 */
export function check(
  name: string,
  answer: unknown,
  expected: ExpectedAnswer | SealedAnswer,
  options: CheckOptions = {},
): CheckResult {
  checkOptions("check", options, ["tolerance"]);
  const { tolerance } = options;
  const wrong = wrongCall(name, expected, tolerance);
  if (wrong !== null) throw new ValueError({ op: "check", ...wrong });
  const { state, message } = judgeAnswer(name, answer, SealedAnswer.open(expected), tolerance);
  const text = (locale: Locale) => `${marks[state]} ${plainMessage(insightWords, message, locale)}`;
  const result = {
    isRight: state === "right",
    state,
    text: text(showHost().locale()),
    [displaySymbol]: { kind: "text", text },
  } as const;
  // Not among what is listed: a printed result is its sentence.
  return Object.defineProperty(result, inspect.custom, { value: () => text(showHost().locale()) });
}

const marks = { right: "✓", wrong: "✗", open: "…" } as const;

/** What no answer can be compared with, as a whole or within; `undefined` where all can. */
function incomparable(expected: unknown): unknown {
  if (["number", "string", "boolean"].includes(typeof expected) || expected instanceof Tensor) return undefined;
  if (ArrayBuffer.isView(expected)) return undefined;
  if (Array.isArray(expected)) return expected.map(incomparable).find((wrong) => wrong !== undefined);
  if (!isRecord(expected) || Object.keys(expected).length === 0) return expected ?? null;
  for (const name of ["atLeast", "atMost"])
    if (name in expected && !(typeof expected[name] === "number" && !Number.isNaN(expected[name])))
      return expected[name];
  return Object.values(expected)
    .map(incomparable)
    .find((wrong) => wrong !== undefined);
}

function wrongCall(name: unknown, expected: unknown, tolerance: unknown) {
  if (typeof name !== "string" || name.trim() === "")
    return { expected: "what is asked, as a text", got: describeValue(name), hint: 'check("the slope", 0.2, 0.25)' };
  if (expected === undefined || expected === null)
    return {
      expected: "what the answer should be",
      got: describeValue(expected),
      hint: "Give it third: check(name, answer, expected).",
    };
  const wrong = expected instanceof SealedAnswer ? undefined : incomparable(expected);
  if (wrong !== undefined)
    return {
      expected: "numbers, texts, yes or no, or lists and objects of these to compare with",
      got: describeValue(wrong),
      hint: wrong instanceof Promise ? "Wait for it: await." : "For a number within bounds: { atLeast: 0.9 }.",
    };
  if (tolerance !== undefined && !(typeof tolerance === "number" && tolerance >= 0))
    return { expected: "tolerance as a number, 0 or more", got: describeValue(tolerance) };
  return null;
}
