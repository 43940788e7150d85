// What a schedule is, of the learning rate and of momentum beside it, and the checks of its settings.

import { checkedNumber, checkOptions, ValueError } from "../errors.ts";

/** The learning rate of a step, counted from 0. Write your own as a function: `learningRate: (step) => 0.1 / (1 + step)`. */
export interface Schedule {
  (step: number): number;
  /**
   * The momentum of a step, counted from 0; without it momentum stays as the optimizer was told. `oneCycle` and `cyclic` give it
   * where they are asked to, from 0 to below 1.
   */
  readonly momentum?: (step: number) => number;
}

/** Between which values momentum goes, against the learning rate: highest where the rate is lowest. */
export interface MomentumRange {
  /** Momentum at the highest learning rate, 0 to below 1. */
  readonly min?: number;
  /** Momentum at the lowest learning rate, `min` to below 1. */
  readonly max?: number;
}

/** The rate a schedule says for a step. @throws ValueError where that is no rate. */
export function scheduledRate(schedule: Schedule, step: number): number {
  const rate: unknown = schedule(step);
  const wanted = `the learning rate of step ${step}`;
  const checked = checkedNumber("learningRate", wanted, rate);
  if (checked < 0)
    throw new ValueError({ op: "learningRate", expected: `${wanted} as 0 or more`, got: String(checked) });
  return checked;
}

/** The momentum a schedule says for a step; `null` where it says none. @throws ValueError where that is no momentum. */
export function scheduledMomentum({ momentum }: Schedule, step: number): number | null {
  if (momentum === undefined) return null;
  const value: unknown = momentum(step);
  return belowOne("momentum", `the momentum of step ${step}`, value);
}

/** A schedule that says momentum too; without it where `momentum` is `null`. */
export function withMomentum(rate: (step: number) => number, momentum: Schedule["momentum"] | null): Schedule {
  return momentum == null ? rate : Object.assign(rate, { momentum });
}

/** The `momentum` option of a schedule: `null` where it is left out. @throws ValueError */
export function momentumRange(
  call: string,
  option: MomentumRange | undefined,
  usual: Required<MomentumRange>,
): Required<MomentumRange> | null {
  if (option === undefined) return null;
  checkOptions(`${call} momentum`, option, ["min", "max"]);
  const { min: lowest = usual.min, max: highest = usual.max } = option;
  const min = belowOne(call, "momentum.min", lowest);
  const max = belowOne(call, "momentum.max", highest);
  if (max < min)
    throw new ValueError({ op: call, expected: `momentum.max of ${min} (momentum.min) or more`, got: String(max) });
  return { min, max };
}

function belowOne(call: string, name: string, value: unknown): number {
  const checked = checkedNumber(call, name, value);
  if (checked >= 0 && checked < 1) return checked;
  throw new ValueError({ op: call, expected: `${name} from 0 to below 1`, got: String(checked) });
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
