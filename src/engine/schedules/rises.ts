// Schedules that start low and rise: warm-up before another schedule, and one cycle up and down.

import { checkedCount, checkOptions, describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import {
  aboveZero,
  type MomentumRange,
  momentumRange,
  type Schedule,
  scheduledRate,
  within,
  withMomentum,
  zeroOrMore,
} from "./schedule.ts";

const { cos, max, PI } = maths;

/** Options of `schedules.warmUp`. */
export interface WarmUpOptions {
  /** Steps of the warm-up. */
  readonly steps: number;
  /** The learning rate after it: one number, or a schedule that then begins at its own step 0. */
  readonly after: number | Schedule;
  /** The learning rate of the first step; 0 by default. */
  readonly startLearningRate?: number;
}

/** See `schedules.warmUp`. */
export function warmUp(options: WarmUpOptions): Schedule {
  const call = "schedules.warmUp";
  checkOptions(call, options, ["steps", "after", "startLearningRate"]);
  const steps = checkedCount(call, "steps", options.steps, 1);
  const start = zeroOrMore(call, "startLearningRate", options.startLearningRate ?? 0);
  const { after } = options;
  if (typeof after !== "number" && typeof after !== "function")
    throw new ValueError({ op: call, expected: "after as a learning rate or a schedule", got: describeValue(after) });
  const goOn = typeof after === "number" ? constant(aboveZero(call, "after", after)) : after;
  const { momentum } = goOn;
  return withMomentum(
    (at) => (at < steps ? start + ((scheduledRate(goOn, 0) - start) * at) / steps : goOn(at - steps)),
    momentum && ((at) => momentum(max(0, at - steps))),
  );
}

function constant(rate: number): Schedule {
  return () => rate;
}

/** Options of `schedules.oneCycle`. */
export interface OneCycleOptions {
  /** The largest learning rate, reached at the end of the rise. */
  readonly maxLearningRate: number;
  /** Steps of the whole cycle: epochs times steps per epoch. */
  readonly totalSteps: number;
  /** Share of the steps that rise (0–1); 0.3 by default. */
  readonly riseShare?: number;
  /** Along half a cosine wave (the default) or a straight line. */
  readonly annealing?: "cosine" | "linear";
  /** The first rate is the largest divided by this; 25 by default. */
  readonly divFactor?: number;
  /** The last rate is the first divided by this; 10000 by default. */
  readonly finalDivFactor?: number;
  /** Falls to the first rate in as many steps as it rose, then on to the last; false by default: falls to the last at once. */
  readonly threePhase?: boolean;
  /**
   * Moves momentum against the rate: down from `max` (0.95 by default) to `min` (0.85) while the rate rises, and back while it
   * falls, as PyTorch's `cycle_momentum`. For Adam and its relatives it is β₁. Left out, momentum stays as it is.
   */
  readonly momentum?: MomentumRange;
}

const annealings: Readonly<Record<"cosine" | "linear", (from: number, to: number, part: number) => number>> = {
  cosine: (from, to, part) => to + ((from - to) / 2) * (1 + cos(PI * part)),
  linear: (from, to, part) => from + (to - from) * part,
};

/** See `schedules.oneCycle`. */
export function oneCycle(options: OneCycleOptions): Schedule {
  const call = "schedules.oneCycle";
  const known = [
    "maxLearningRate",
    "totalSteps",
    "riseShare",
    "annealing",
    "divFactor",
    "finalDivFactor",
    "threePhase",
    "momentum",
  ];
  checkOptions(call, options, known);
  const largest = aboveZero(call, "maxLearningRate", options.maxLearningRate);
  const total = checkedCount(call, "totalSteps", options.totalSteps, 2);
  const riseShare = within(call, "riseShare", options.riseShare ?? 0.3, [0, 1]);
  const first = largest / aboveZero(call, "divFactor", options.divFactor ?? 25);
  const last = first / aboveZero(call, "finalDivFactor", options.finalDivFactor ?? 1e4);
  const annealing = options.annealing ?? "cosine";
  if (typeof annealing !== "string" || !Object.hasOwn(annealings, annealing))
    throw new UnknownNameError({ what: "annealing", unknown: annealing, known: Object.keys(annealings) });
  const between = annealings[annealing];
  const top = riseShare * total - 1;
  if (options.threePhase === true && riseShare > 0.5)
    throw new ValueError({ op: call, expected: "riseShare up to 0.5 with threePhase", got: String(riseShare) });
  const ends = [top, ...(options.threePhase === true ? [2 * top] : []), total - 1];
  /** Through these values, one at the start and one at the end of each phase. */
  const through = (values: readonly number[]) => (at: number) => {
    let start = 0;
    for (let phase = 0; phase < ends.length; phase++) {
      const end = ends[phase] as number;
      const to = values[phase + 1] as number;
      if (at <= end) return end > start ? between(values[phase] as number, to, (at - start) / (end - start)) : to;
      start = end;
    }
    return values.at(-1) as number;
  };
  const momentum = momentumRange(call, options.momentum, { min: 0.85, max: 0.95 });
  // A third phase keeps momentum where the second took it.
  return withMomentum(
    through(options.threePhase === true ? [first, largest, first, last] : [first, largest, last]),
    momentum && through([momentum.max, momentum.min, momentum.max, momentum.max]),
  );
}
