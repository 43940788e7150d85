// The options every optimizer takes, and the checks of its settings.

import { checkedNumber, UnknownNameError, ValueError } from "../errors.ts";
import { findName } from "../names.ts";
import type { PlateauSchedule } from "../schedules/plateau.ts";
import type { Schedule } from "../schedules/schedule.ts";

/** Whose formula is used where libraries differ. Keras is the default; each optimizer's doc says what differs. */
export type Convention = "keras" | "torch";

/** Options every optimizer takes. */
export interface OptimizerOptions {
  /** Size of the steps, η, 0 or more: one number, or a schedule: `schedules.cosine(…)`, `(step) => 0.1 / (1 + step)`. */
  readonly learningRate?: number | Schedule | PlateauSchedule;
  /** Pulls weights towards zero, λ; 0 by default. Keras: `p −= η · λ · p` before the update; torch: `λ · p` is added to the gradient. */
  readonly weightDecay?: number;
  /** Whether the decay shrinks the weights directly or goes through the gradient. Default: directly in Keras' convention alone. */
  readonly decoupledWeightDecay?: boolean;
  /** Largest absolute value of any gradient number, cut off before any length is measured. Limits may be given together, where Keras takes one. */
  readonly clipValue?: number;
  /** Largest length of one parameter's gradient; a longer one is scaled down, after `clipValue` and before `globalClipNorm`. */
  readonly clipNorm?: number;
  /** Largest length of all gradients together; all are scaled by one factor, after the other limits. */
  readonly globalClipNorm?: number;
  /** "keras" (default) or "torch". */
  readonly convention?: Convention;
}

/** The names of the options every optimizer takes, for checking. */
export const optimizerOptionNames = [
  "learningRate",
  "weightDecay",
  "decoupledWeightDecay",
  "clipValue",
  "clipNorm",
  "globalClipNorm",
  "convention",
] as const;

/** @throws UnknownNameError */
export function knownConvention(name: string): Convention {
  const known = findName(name, ["keras", "torch"], { tensorflow: "keras", pytorch: "torch" });
  if (known === null || known !== name)
    throw new UnknownNameError({
      what: "convention",
      unknown: name,
      known: ["keras", "torch"],
      aliases: { tensorflow: "keras", pytorch: "torch" },
    });
  return known;
}

/** A limit above zero; `null` for none. */
export function limit(name: string, value: number | undefined): number | null {
  return value === undefined ? null : positive(name, value);
}

/** What a setting is by default, where the conventions differ. */
export function byConvention(options: { readonly convention?: Convention }, keras: number, torch: number): number {
  return options?.convention === "torch" ? torch : keras;
}

/** A number that must be 0 or above. */
export function notNegative(name: string, value: number): number {
  checkedNumber("optimizer", name, value);
  if (value < 0) throw new ValueError({ op: "optimizer", expected: `${name} of 0 or more`, got: String(value) });
  return value;
}

/** A number that must be above zero. */
export function positive(name: string, value: number): number {
  checkedNumber("optimizer", name, value);
  if (!(value > 0)) throw new ValueError({ op: "optimizer", expected: `${name} above 0`, got: String(value) });
  return value;
}

/** A share that must be from 0 to below 1. */
export function shareBelowOne(name: string, value: number): number {
  checkedNumber("optimizer", name, value);
  if (!(value >= 0 && value < 1))
    throw new ValueError({ op: "optimizer", expected: `${name} from 0 to below 1`, got: String(value) });
  return value;
}
