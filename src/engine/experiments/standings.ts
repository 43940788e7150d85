// Who is ahead in a race, and how sure that is: means and intervals over the seeds, no winner where they overlap.

import { maths } from "../intrinsics.ts";
import type { Race, RaceVariant } from "./race.ts";

/** A mean with its 95 % interval. */
export interface Estimate {
  /** The mean; of numbers above zero the geometric one. */
  readonly mean: number;
  /** The lower end; `null` where a single number tells nothing of how far others would lie. */
  readonly low: number | null;
  /** The upper end; `null` as for `low`. */
  readonly high: number | null;
}

/** How a variant stands. */
export interface Standing {
  /** What the variant is called: "adam", or its key in `optimizers` or `variants`. */
  readonly name: string;
  /**
   * One more than how many are clearly better: those whose whole 95 % interval of the final loss lies below its own. 1 is for all
   * that none is clearly better than. Nobody ranks behind one of a higher mean, though beside wide intervals a narrow one would.
   * `null` where that cannot be told: with one seed, before the race has ended, where all seeds gave a variant the same run, or
   * where variants have losses, penalties or dropout that differ.
   */
  readonly rank: number | null;
  /** Whether the interval of another overlaps its own: which of the two is better cannot be told. */
  readonly isShared: boolean;
  /** The smoothed training loss at the end; `null` where a run diverged, or none has ended. */
  readonly final: Estimate | null;
  /** The lowest smoothed training loss; `null` as for `final`. */
  readonly best: Estimate | null;
  /** The loss on the validation data at the end; `null` without. */
  readonly validation: Estimate | null;
  /** Steps until the smoothed training loss was at the target, of the runs that came there; `null` where none did. */
  readonly target: (Estimate & { readonly reached: number }) | null;
  /**
   * How long a step took in the quickest run, with all that is done between steps: in others a thread had to warm up, or other
   * programs had their turn. `null` without a clock.
   */
  readonly msPerStep: number | null;
  /** How many runs have ended. */
  readonly ended: number;
  /** How many of them diverged. */
  readonly diverged: number;
}

/** At most so many steps are smoothed together. */
const longestWindow = 50;

/** Over how many steps the training loss of a variant is smoothed: those of an epoch, 50 at most. */
export function smoothingOf({ steps }: RaceVariant): number {
  return maths.max(1, maths.min(steps.perEpoch, longestWindow));
}

/** The mean of each step's loss and those of the steps before it, `window` in all. */
export function smoothed(loss: readonly number[], window: number): Float64Array {
  const result = new Float64Array(loss.length);
  let sum = 0;
  for (let index = 0; index < loss.length; index++) {
    sum += loss[index] ?? Number.NaN;
    // Summed anew now and then: what was added and taken away leaves roundings behind.
    if (index % window === 0) sum = sumOf(loss, maths.max(0, index - window + 1), index + 1);
    else if (index >= window) sum -= loss[index - window] ?? 0;
    result[index] = sum / maths.min(index + 1, window);
  }
  return result;
}

function sumOf(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += values[index] ?? Number.NaN;
  return sum;
}

/** By final loss, lowest first; those without one last. */
export function standingsOf(race: Race): readonly Standing[] {
  const measured = race.variants.map((variant) => measure(race, variant));
  const sorted = measured.toSorted((a, b) => sortKey(a) - sortKey(b));
  // Before its end, some have more runs behind them than others; and beside one whose certainty is not known nobody is ahead.
  const canTell = race.state === "finished" && haveOneMeasure(race) && sorted.every(({ final }) => final?.low !== null);
  const ranks = canTell ? ranksOf(sorted) : sorted.map(() => null);
  return sorted.map((each, index) => {
    const rank = ranks[index] ?? null;
    return { ...each, rank, isShared: rank !== null && sorted.some((other) => other !== each && overlap(each, other)) };
  });
}

/** Whether the losses of all variants are the same measure: with another loss, penalty or noise it is another number. */
export function haveOneMeasure({ notes }: Pick<Race, "notes">): boolean {
  return notes.every(({ kind }) => kind !== "otherLoss" && kind !== "otherPenalty" && kind !== "otherNoise");
}

type Measured = Omit<Standing, "rank" | "isShared">;

function sortKey({ final }: Measured): number {
  return final?.mean ?? Number.MAX_VALUE;
}

/**
 * Of variants by their means, lowest first. That intervals overlap is not transitive: a wide one may reach down to the best, and a
 * narrow one with a lower mean may not. So each has the best rank of its own and all those behind it.
 */
function ranksOf(sorted: readonly Measured[]): readonly (number | null)[] {
  const own = sorted.map((each) => rankOf(each, sorted));
  return own.map((rank, index) =>
    rank === null ? null : own.slice(index).reduce<number>((best, each) => maths.min(best, each ?? best), rank),
  );
}

/** One more than there are variants whose whole interval lies below. */
function rankOf(each: Measured, all: readonly Measured[]): number | null {
  const hasDiverged = each.diverged > 0;
  if (hasDiverged) {
    const whole = all.filter(({ final, diverged }) => diverged === 0 && final?.high != null);
    return whole.length === 0 ? null : whole.length + 1;
  }
  const low = each.final?.low ?? null;
  if (low === null) return null;
  return 1 + all.filter(({ final }) => final?.high != null && final.high < low).length;
}

/** Whether neither is clearly better: their intervals overlap, or both diverged. */
function overlap(one: Measured, other: Measured): boolean {
  if (one.diverged > 0 || other.diverged > 0) return one.diverged > 0 && other.diverged > 0;
  const [first, second] = [one.final, other.final];
  if (first?.low == null || first.high === null || second?.low == null || second.high === null) return false;
  return first.low <= second.high && second.low <= first.high;
}

function measure(race: Race, variant: RaceVariant): Measured {
  // One that was stopped on its way has other steps behind it than those that it would be compared with.
  const laps = variant.laps.filter(
    ({ state, loss }) => (state === "finished" || state === "diverged") && loss.length > 0,
  );
  const diverged = laps.filter(({ state }) => state === "diverged").length;
  const curves = laps.map(({ loss }) => smoothed(loss, smoothingOf(variant)));
  // The same run again and again tells no more than once.
  const told = areAlike(laps.map(({ loss }) => loss)) ? curves.slice(0, 1) : curves;
  const finals = told.map((curve) => curve.at(-1) ?? Number.NaN);
  const begun = variant.laps.filter(({ state, loss }) => state !== "running" && loss.length > 0);
  const times = begun.flatMap(({ ms, loss }) => (ms === null ? [] : [ms / loss.length]));
  const validations = laps.flatMap(({ run }) => run?.history[0]?.validation?.at(-1) ?? []);
  const isWhole = validations.length === laps.length;
  return {
    name: variant.name,
    final: diverged > 0 ? null : estimate(finals),
    best: diverged > 0 ? null : estimate(told.map(lowest)),
    validation: diverged > 0 || !isWhole ? null : estimate(validations.slice(0, told.length)),
    target: race.target === null ? null : targetOf(race.target, curves, told.length),
    msPerStep:
      times.length === 0 ? null : times.reduce((least, each) => maths.min(least, each), Number.POSITIVE_INFINITY),
    ended: laps.length,
    diverged,
  };
}

function lowest(curve: Float64Array): number {
  return curve.reduce((least, value) => maths.min(least, value), Number.POSITIVE_INFINITY);
}

/** Losses nearer than this share differ by no more than the roundings of float32 add up to. */
const alikeWithin = 1e-5;

/** Whether seeds changed nothing: a model with a seed of its own starts from the same weights, and may see the same batches. */
function areAlike([first = [], ...others]: readonly (readonly number[])[]): boolean {
  return others.every(
    (loss) =>
      loss.length === first.length &&
      loss.every((value, index) => {
        const beside = first[index] ?? Number.NaN;
        return Object.is(value, beside) || maths.abs(value - beside) <= alikeWithin * maths.abs(beside);
      }),
  );
}

/** `told`: how many of them tell something. */
function targetOf(target: number, curves: readonly Float64Array[], told: number): Standing["target"] {
  const steps = curves.flatMap((curve) => {
    const at = curve.findIndex((value) => value <= target);
    return at === -1 ? [] : [at + 1];
  });
  const found = estimate(steps.slice(0, told));
  return found === null ? null : { ...found, reached: steps.length };
}

/**
 * The mean with its 95 % interval by Student's t: of the logarithms where all are above zero, since losses of several seeds
 * lie around their geometric mean rather than their sum. `null` for none, and where one is not finite.
 */
export function estimate(values: readonly number[]): Estimate | null {
  const count = values.length;
  if (count === 0 || !values.every(Number.isFinite)) return null;
  const isLog = values.every((value) => value > 0);
  const [there, back] = isLog ? [maths.log, maths.exp] : [same, same];
  const moved = values.map(there);
  const mean = moved.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean: values[0] ?? Number.NaN, low: null, high: null };
  const variance = moved.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const reach = studentT(count - 1) * maths.sqrt(variance / count);
  return { mean: back(mean), low: back(mean - reach), high: back(mean + reach) };
}

function same(value: number): number {
  return value;
}

/** Two-sided 95 % quantiles for 1 to 30 degrees of freedom (any table of Student's t). */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The two-sided 95 % quantile of Student's t; beyond the table by the first terms of its expansion. */
export function studentT(freedom: number): number {
  const normal = 1.959964;
  return quantiles[freedom - 1] ?? normal + (normal ** 3 + normal) / (4 * freedom);
}
