// The weights a training had on its way, kept for pictures that are scrubbed: few, spread evenly over it, bounded in memory.

import { describeValue, ValueError } from "../errors.ts";
import { type Floats, maths } from "../intrinsics.ts";
import type { Model } from "./model/model.ts";

/** The weights after a step. */
export interface WeightSnapshot {
  /** Steps made before, 0 for the start. */
  readonly step: number;
  /** The numbers of each weight, in the order of `model.weights`. */
  readonly weights: readonly Floats[];
}

/** More than anybody scrubs through. */
const mostSnapshots = 60;
/** What they may take without being asked for: 60 of a net of 35,000 weights, fewer of larger ones. */
const unaskedBytes = 8 * 1024 * 1024;

/** How many to keep; `null` for as many as fit. @throws ValueError for what is no such number. */
export function readSnapshots(snapshots: unknown, op = "fit"): number | null {
  if (snapshots === undefined || snapshots === true) return null;
  if (snapshots === false) return 0;
  if (typeof snapshots === "number" && Number.isInteger(snapshots) && snapshots >= 2 && snapshots <= mostSnapshots)
    return snapshots;
  throw new ValueError({
    op,
    expected: `snapshots as a whole number from 2 to ${mostSnapshots}, or false`,
    got: describeValue(snapshots),
    hint: "Leave it out for as many as fit into 8 MB.",
  });
}

/** What a training is to be, as far as it matters where snapshots are taken. */
export interface PlannedLength {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/** Takes the snapshots of one run. */
export class Snapshots {
  readonly #model: Model<unknown>;
  readonly #most: number;
  #stride: number;
  #kept: readonly WeightSnapshot[] = [];

  constructor(model: Model<unknown>, most: number | null, length: PlannedLength) {
    this.#model = model;
    const bytes = 4 * model.weights.reduce((sum, { size }) => sum + size, 0);
    const fitting = maths.min(mostSnapshots, maths.floor(unaskedBytes / maths.max(1, bytes)));
    // One alone shows no way.
    this.#most = most ?? (fitting < 2 ? 0 : fitting);
    this.#stride = strideOf(length, maths.max(1, this.#most - 1));
    this.take(0);
  }

  /** In order; the first is the start, the last is the end (or where the training is). */
  get kept(): readonly WeightSnapshot[] {
    return this.#kept;
  }

  /** After so many steps: keeps the weights where a snapshot is due. */
  take(step: number): void {
    if (this.#most > 0 && step % this.#stride === 0) this.#add(step);
  }

  /** Training ended (for now) after so many steps: the end is kept, wherever it is. */
  end(step: number): void {
    if (this.#most > 0 && this.#kept.at(-1)?.step !== step) this.#add(step);
  }

  #add(step: number): void {
    // An end that was gone on from, or broken steps that were taken back, are no longer on the way.
    let kept = this.#kept.filter((each) => each.step < step && each.step % this.#stride === 0);
    while (kept.length >= this.#most) {
      this.#stride *= 2;
      const stride = this.#stride;
      kept = kept.filter((each) => each.step % stride === 0);
    }
    this.#kept = [...kept, { step, weights: this.#model.copyWeights() }];
  }
}

/** Ends of epochs where there are enough of them, single steps otherwise. */
function strideOf({ epochs, stepsPerEpoch }: PlannedLength, intervals: number): number {
  if (epochs >= intervals) return stepsPerEpoch * maths.ceil(epochs / intervals);
  return maths.max(1, maths.ceil((epochs * stepsPerEpoch) / intervals));
}
