// What the targets of a regression are like, and whether the last layer's activation can give them.

import { maths } from "../../intrinsics.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Tensor } from "../../tensor.ts";
import { distanceLosses } from "../notes/outputNotes.ts";
import { DataFacts } from "./dataFacts.ts";

/** The scale of what a model with one output is to give. */
export interface TargetSummary {
  /** Root mean square of all targets. */
  readonly size: number;
}

/** `null` where the loss does not measure distances, or there are no targets. */
export function summarizeTargets(loss: Loss, y: Tensor): TargetSummary | null {
  return !distanceLosses.includes(loss.name) || y.size === 0 ? null : sizes.of(y, "", () => ({ size: sizeOf(y) }));
}

const sizes = new DataFacts<TargetSummary>();

function sizeOf({ numbers }: Tensor): number {
  let squares = 0;
  for (let index = 0; index < numbers.length; index++) squares += (numbers[index] ?? 0) ** 2;
  return maths.sqrt(squares / numbers.length);
}

/** What activations give at least and at most, where that has a limit. */
const reaches: Readonly<Record<string, readonly [least: number, most: number]>> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  hardTanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  softplus: [0, Number.POSITIVE_INFINITY],
  exponential: [0, Number.POSITIVE_INFINITY],
};
/** Layers whose activation is the end of the model. */
const endingTypes = /^(dense|activation|.*conv\w*)$/i;
/** So much beyond the limit is rounding. */
const tolerance = 1e-3;
/** A few that stick out may be measured wrongly: from this share on the output does not suit the targets. */
const noticedShare = 0.01;

/** Whether targets lie where the last layer's activation cannot come. */
export function areOutOfReach({ type, activation }: Layer, loss: Loss, y: Tensor): boolean {
  const reach = reaches[activation ?? "linear"];
  if (reach === undefined || !endingTypes.test(type) || !distanceLosses.includes(loss.name)) return false;
  return beyond.of(y, reach.join(), () => shareBeyond(y, reach)) >= noticedShare;
}

const beyond = new DataFacts<number>();

function shareBeyond({ numbers }: Tensor, [least, most]: readonly [least: number, most: number]): number {
  let count = 0;
  for (let index = 0; index < numbers.length; index++) {
    const value = numbers[index] ?? 0;
    if (value < least - tolerance || value > most + tolerance) count++;
  }
  return count / maths.max(1, numbers.length);
}
