// How callbacks are told of steps, and what their answers mean.

import { describeValue, ValueError } from "../../errors.ts";
import type { Run } from "../run.ts";
import type { Callback } from "./callbacks.ts";

/** Tells every callback that a step begins; `true` when any wants no more. */
export function tellStepBegin(
  callbacks: readonly Callback[],
  step: Parameters<NonNullable<Callback["onStepBegin"]>>[0],
  run: Run,
  wantsNoMore: (callback: Callback) => void,
): boolean {
  const stopping = callbacks.filter((callback) => isStopping("onStepBegin", callback.onStepBegin?.(step, run)));
  stopping.forEach(wantsNoMore);
  return stopping.length > 0;
}

/** Tells every callback of a step; `true` when any wants no more. */
export function tellStep(
  callbacks: readonly Callback[],
  step: Parameters<NonNullable<Callback["onStepEnd"]>>[0],
  run: Run,
  wantsNoMore: (callback: Callback) => void,
): boolean {
  const stopping = callbacks.filter((callback) => isStopping("onStepEnd", callback.onStepEnd?.(step, run)));
  stopping.forEach(wantsNoMore);
  return stopping.length > 0;
}

/** @throws ValueError for a promise: steps wait for nobody. */
function isStopping(op: string, answer: unknown): boolean {
  if (typeof answer === "object" && answer !== null && "then" in answer) {
    // What it comes to is of no account any more, also where that is an error of its own.
    if (answer instanceof Promise) answer.catch(() => {});
    throw new ValueError({
      op,
      expected: "a function that is not asynchronous",
      got: "one that answers with a Promise",
      hint: "What has to be waited for belongs into onEpochBegin or onEpochEnd.",
    });
  }
  return saysStop(answer);
}

/** What else a callback answers is nothing to go by, as of `() => list.push(…)`. @throws ValueError for another text. */
export function saysStop(answer: unknown): boolean {
  if (typeof answer === "string" && answer !== "stop")
    throw new ValueError({ op: "fit", expected: 'a callback to answer "stop" or nothing', got: describeValue(answer) });
  return answer === "stop";
}
