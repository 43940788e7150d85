// Schedules that only fall: in steps, by a share, along a power or a cosine.

import { checkedCount, checkedNumber, checkOptions, describeValue, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { aboveZero, type Schedule, within, zeroOrMore } from "./schedule.ts";

const { ceil, cos, floor, max, min, PI } = maths;

/** Options of `schedules.step`. */
export interface StepScheduleOptions {
  /** The learning rate of the first step, above 0. */
  readonly initialLearningRate: number;
  /** Steps between two falls. */
  readonly stepSize: number;
  /** What remains after a fall; 0.1 by default. */
  readonly factor?: number;
}

/** See `schedules.step`. */
export function step(options: StepScheduleOptions): Schedule {
  const call = "schedules.step";
  checkOptions(call, options, ["initialLearningRate", "stepSize", "factor"]);
  const initial = aboveZero(call, "initialLearningRate", options.initialLearningRate);
  const stepSize = checkedCount(call, "stepSize", options.stepSize, 1);
  const factor = aboveZero(call, "factor", options.factor ?? 0.1);
  return (at) => initial * factor ** floor(at / stepSize);
}

/** Options of `schedules.piecewise`. */
export interface PiecewiseOptions {
  /** The last step of each piece but the last, rising. */
  readonly boundaries: readonly number[];
  /** The learning rate of each piece: one more than boundaries. */
  readonly values: readonly number[];
}

/** See `schedules.piecewise`. */
export function piecewise(options: PiecewiseOptions): Schedule {
  const call = "schedules.piecewise";
  checkOptions(call, options, ["boundaries", "values"]);
  const { boundaries, values } = options;
  if (!Array.isArray(boundaries) || !Array.isArray(values) || values.length !== boundaries.length + 1)
    throw new ValueError({
      op: call,
      expected: "one value more than boundaries, both as lists",
      got: `boundaries: ${describeValue(boundaries)}, values: ${describeValue(values)}`,
      hint: "For example { boundaries: [100], values: [0.1, 0.01] }.",
    });
  const ends = boundaries.map((each) => checkedCount(call, "each boundary", each));
  const rates = values.map((each) => zeroOrMore(call, "each value", each));
  if (ends.some((end, index) => end <= (ends[index - 1] ?? -1)))
    throw new ValueError({ op: call, expected: "rising boundaries", got: `[${ends.join(", ")}]` });
  return (at) => rates[ends.filter((end) => at > end).length] ?? 0;
}

/** Options of `schedules.exponential` and `schedules.inverseTime`. */
export interface DecayOptions {
  /** The learning rate of the first step, above 0. */
  readonly initialLearningRate: number;
  /** What the rate shrinks by; how, the schedule says. */
  readonly decayRate: number;
  /** Steps in which the decay acts once; 1 by default. */
  readonly decaySteps?: number;
  /** Falls at once every `decaySteps` instead of a little in every step. */
  readonly staircase?: boolean;
}

/** See `schedules.exponential`. */
export function exponential(options: DecayOptions): Schedule {
  const { initial, rate, decays } = readDecay("schedules.exponential", options);
  return (at) => initial * rate ** decays(at);
}

/** See `schedules.inverseTime`. */
export function inverseTime(options: DecayOptions): Schedule {
  const { initial, rate, decays } = readDecay("schedules.inverseTime", options);
  return (at) => initial / (1 + rate * decays(at));
}

function readDecay(call: string, options: DecayOptions) {
  checkOptions(call, options, ["initialLearningRate", "decayRate", "decaySteps", "staircase"]);
  const decaySteps = checkedCount(call, "decaySteps", options.decaySteps ?? 1, 1);
  const staircase = options.staircase ?? false;
  return {
    initial: aboveZero(call, "initialLearningRate", options.initialLearningRate),
    rate: aboveZero(call, "decayRate", options.decayRate),
    decays: (at: number) => (staircase ? floor(at / decaySteps) : at / decaySteps),
  };
}

/** Options of `schedules.polynomial`. */
export interface PolynomialOptions {
  /** The learning rate of the first step, above 0. */
  readonly initialLearningRate: number;
  /** Steps until the end. */
  readonly decaySteps: number;
  /** 0.0001 by default. */
  readonly endLearningRate?: number;
  /** 1 by default: a straight line. */
  readonly power?: number;
  /** Starts again from where a way of twice, three times … the length would be, instead of staying at the end. */
  readonly cycle?: boolean;
}

/** See `schedules.polynomial`. */
export function polynomial(options: PolynomialOptions): Schedule {
  const call = "schedules.polynomial";
  checkOptions(call, options, ["initialLearningRate", "decaySteps", "endLearningRate", "power", "cycle"]);
  const initial = aboveZero(call, "initialLearningRate", options.initialLearningRate);
  const decaySteps = checkedCount(call, "decaySteps", options.decaySteps, 1);
  const end = zeroOrMore(call, "endLearningRate", options.endLearningRate ?? 0.0001);
  const power = aboveZero(call, "power", options.power ?? 1);
  const cycle = options.cycle ?? false;
  return (at) => {
    const length = cycle ? decaySteps * max(1, ceil(at / decaySteps)) : decaySteps;
    return (initial - end) * (1 - min(at, length) / length) ** power + end;
  };
}

/** Options of `schedules.cosine`. */
export interface CosineOptions {
  /** The learning rate of the first step, above 0. */
  readonly initialLearningRate: number;
  /** Steps until the end, where the rate stays. */
  readonly decaySteps: number;
  /** Share of the initial rate that is left at the end (0–1); 0 by default. */
  readonly alpha?: number;
}

/** See `schedules.cosine`. */
export function cosine(options: CosineOptions): Schedule {
  const call = "schedules.cosine";
  checkOptions(call, options, ["initialLearningRate", "decaySteps", "alpha"]);
  const initial = aboveZero(call, "initialLearningRate", options.initialLearningRate);
  const decaySteps = checkedCount(call, "decaySteps", options.decaySteps, 1);
  const alpha = within(call, "alpha", options.alpha ?? 0, [0, 1]);
  return (at) => initial * cosineShare(min(at, decaySteps) / decaySteps, alpha);
}

/** Options of `schedules.cosineRestarts`. */
export interface CosineRestartsOptions {
  /** The learning rate of the first step, above 0. */
  readonly initialLearningRate: number;
  /** Steps of the first way down. */
  readonly firstDecaySteps: number;
  /** How much longer each way down is than the one before; 2 by default. */
  readonly tMul?: number;
  /** The height of each start, as a share of the one before; 1 by default. */
  readonly mMul?: number;
  /** Share of the start that is left at the end of each way (0–1); 0 by default. */
  readonly alpha?: number;
}

/** See `schedules.cosineRestarts`. */
export function cosineRestarts(options: CosineRestartsOptions): Schedule {
  const call = "schedules.cosineRestarts";
  checkOptions(call, options, ["initialLearningRate", "firstDecaySteps", "tMul", "mMul", "alpha"]);
  const initial = aboveZero(call, "initialLearningRate", options.initialLearningRate);
  const first = checkedCount(call, "firstDecaySteps", options.firstDecaySteps, 1);
  const tMul = checkedNumber(call, "tMul", options.tMul ?? 2);
  if (tMul < 1) throw new ValueError({ op: call, expected: "tMul of 1 or more", got: describeValue(tMul) });
  const mMul = aboveZero(call, "mMul", options.mMul ?? 1);
  const alpha = within(call, "alpha", options.alpha ?? 0, [0, 1]);
  return (at) => {
    let [start, length, height] = [0, first, 1];
    // With ways of one length, the number of those behind is known; growing ones are few.
    if (tMul === 1) {
      const restarts = floor(at / first);
      start = restarts * first;
      height = mMul ** restarts;
    } else
      while (at >= start + length) {
        start += length;
        length *= tMul;
        height *= mMul;
      }
    return initial * cosineShare((at - start) / length, alpha, height);
  };
}

/** Half a cosine wave from `height` down to `alpha`, at a part of its way. */
function cosineShare(part: number, alpha: number, height = 1): number {
  return (1 - alpha) * 0.5 * height * (1 + cos(PI * part)) + alpha;
}
