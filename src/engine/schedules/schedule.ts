// What a learning-rate schedule is, and the checks of its settings.

import { checkedNumber, ValueError } from "../errors.ts";

/** The learning rate of a step, counted from 0. Write your own as a function: `learningRate: (step) => 0.1 / (1 + step)`. */
export type Schedule = (step: number) => number;

/** The rate a schedule says for a step. @throws ValueError where that is no rate. */
export function scheduledRate(schedule: Schedule, step: number): number {
  const rate: unknown = schedule(step);
  const wanted = `the learning rate of step ${step}`;
  const checked = checkedNumber("learningRate", wanted, rate);
  if (checked < 0)
    throw new ValueError({ op: "learningRate", expected: `${wanted} as 0 or more`, got: String(checked) });
  return checked;
}

/** A setting above zero. @throws ValueError */
export function aboveZero(call: string, name: string, value: unknown): number {
  const checked = checkedNumber(call, name, value);
  if (checked > 0) return checked;
  throw new ValueError({ op: call, expected: `${name} above 0`, got: String(checked) });
}

/** A setting of zero or more. @throws ValueError */
export function zeroOrMore(call: string, name: string, value: unknown): number {
  const checked = checkedNumber(call, name, value);
  if (checked >= 0) return checked;
  throw new ValueError({ op: call, expected: `${name} of 0 or more`, got: String(checked) });
}

/** A setting between two limits, both included. @throws ValueError */
export function within(call: string, name: string, value: unknown, [least, most]: readonly [number, number]): number {
  const checked = checkedNumber(call, name, value);
  if (checked >= least && checked <= most) return checked;
  throw new ValueError({ op: call, expected: `${name} from ${least} to ${most}`, got: String(checked) });
}
