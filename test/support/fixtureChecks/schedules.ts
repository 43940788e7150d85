// Checks learning-rate schedules against fixture files of the schema of `optimizers.json` (`lr_schedules`), step by step.

import { type Schedule, schedules } from "../../../src/engine/index.ts";
import type { Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison } from "./comparison.ts";

interface ScheduleCase {
  readonly name: string;
  /** Which parameters there are tells the kind's PyTorch form from Keras'. */
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly lr: readonly number[];
  /** The momentum beside it, where the schedule moves that. */
  readonly momentum?: readonly number[];
  /** What a plateau watches, epoch by epoch. */
  readonly metrics?: readonly number[];
}

export interface SchedulesFile {
  readonly lr_schedules: {
    readonly tolerance: { readonly f64: Tolerance };
    readonly cases: readonly ScheduleCase[];
  };
}

/** Rates and momentum are computed in double precision, whatever the engine's numbers are: the tolerance is that of float64. */
export function checkSchedules({ lr_schedules: { cases, tolerance } }: SchedulesFile): CaseResult[] {
  return cases.map((each) => {
    const { name, kind } = each;
    return checkCase(name, () => {
      const comparison = new Comparison(tolerance.f64);
      comparison.numbers(kind === "plateau" ? ratesOnPlateau(each) : ratesByStep(each), each.lr);
      if (each.momentum !== undefined) comparison.numbers(momentumByStep(each, each.momentum.length), each.momentum);
      return comparison.worst;
    });
  });
}

function ratesByStep(each: ScheduleCase): number[] {
  const schedule = scheduleOf(each);
  return each.lr.map((_, step) => schedule(step));
}

/** Empty, which never agrees, where the schedule says none. */
function momentumByStep(each: ScheduleCase, steps: number): number[] {
  const { momentum } = scheduleOf(each);
  return momentum === undefined ? [] : Array.from({ length: steps }, (_, step) => momentum(step));
}

function scheduleOf(each: ScheduleCase): Schedule {
  const make = makers[each.kind];
  if (make === undefined) throw new Error(`There is no check for a schedule of the kind ${each.kind}.`);
  return make(each);
}

function ratesOnPlateau(each: ScheduleCase): number[] {
  const convention = "threshold" in each.params ? "torch" : "keras";
  const schedule = schedules.reduceOnPlateau({
    initialLearningRate: setting(each, "initial"),
    factor: setting(each, "factor"),
    patience: setting(each, "patience"),
    cooldown: setting(each, "cooldown"),
    minChange: setting(each, convention === "torch" ? "threshold" : "min_delta"),
    minLearningRate: setting(each, "min_lr"),
    convention,
  });
  const metrics = each.metrics ?? [];
  return metrics.map((_, epoch) => schedule.rateAfter(metrics.slice(0, epoch + 1)));
}

const makers: Readonly<Record<string, (each: ScheduleCase) => Schedule>> = {
  noam: (each) => schedules.noam({ modelSize: setting(each, "d_model"), warmUpSteps: setting(each, "warmup_steps") }),
  cyclic: (each) =>
    schedules.cyclic({
      minLearningRate: setting(each, "base_lr"),
      maxLearningRate: setting(each, "max_lr"),
      risingSteps: setting(each, "step_size_up"),
      fallingSteps: setting(each, "step_size_down"),
      mode: each.params.mode === "triangular2" ? "triangular2" : "triangular",
      ...momentumOf(each),
    }),
  exponential: (each) =>
    "gamma" in each.params
      ? schedules.exponential({ initialLearningRate: setting(each, "initial"), decayRate: setting(each, "gamma") })
      : schedules.exponential(decay(each)),
  inverse_time: (each) => schedules.inverseTime(decay(each)),
  step: (each) =>
    schedules.step({
      initialLearningRate: setting(each, "initial"),
      stepSize: setting(each, "step_size"),
      factor: setting(each, "gamma"),
    }),
  multistep: (each) => {
    // PyTorch names the first step of a piece, Keras and we the last of the one before.
    const boundaries = settings(each, "milestones").map((milestone) => milestone - 1);
    const values = [0, ...boundaries].map((_, fall) => setting(each, "initial") * setting(each, "gamma") ** fall);
    return schedules.piecewise({ boundaries, values });
  },
  piecewise: (each) =>
    schedules.piecewise({ boundaries: settings(each, "boundaries"), values: settings(each, "values") }),
  cosine: (each) => ("t_max" in each.params ? periodicCosine(each) : cosineDecay(each, "initial")),
  cosine_warmup: (each) =>
    schedules.warmUp({
      steps: setting(each, "warmup_steps"),
      startLearningRate: setting(each, "initial"),
      after: cosineDecay(each, "warmup_target"),
    }),
  cosine_restarts: (each) =>
    "t0" in each.params
      ? schedules.cosineRestarts({
          initialLearningRate: setting(each, "initial"),
          firstDecaySteps: setting(each, "t0"),
          tMul: setting(each, "t_mult"),
          alpha: shareLeft(each),
        })
      : schedules.cosineRestarts({
          initialLearningRate: setting(each, "initial"),
          firstDecaySteps: setting(each, "first_decay_steps"),
          tMul: setting(each, "t_mul"),
          mMul: setting(each, "m_mul"),
          alpha: setting(each, "alpha"),
        }),
  polynomial: (each) =>
    schedules.polynomial({
      initialLearningRate: setting(each, "initial"),
      decaySteps: setting(each, "total_iters" in each.params ? "total_iters" : "decay_steps"),
      endLearningRate: "end" in each.params ? setting(each, "end") : 0,
      power: setting(each, "power"),
      cycle: each.params.cycle === true,
    }),
  warmup: (each) =>
    schedules.warmUp({
      steps: setting(each, "total_iters"),
      startLearningRate: setting(each, "initial") * setting(each, "start_factor"),
      after: setting(each, "initial") * setting(each, "end_factor"),
    }),
  warmup_cosine: (each) =>
    schedules.warmUp({
      steps: setting(each, "warmup_iters"),
      startLearningRate: setting(each, "initial") * setting(each, "start_factor"),
      after: periodicCosine(each),
    }),
  one_cycle: (each) =>
    schedules.oneCycle({
      maxLearningRate: setting(each, "max_lr"),
      totalSteps: setting(each, "total_steps"),
      riseShare: setting(each, "pct_start"),
      annealing: each.params.anneal_strategy === "linear" ? "linear" : "cosine",
      divFactor: setting(each, "div_factor"),
      finalDivFactor: setting(each, "final_div_factor"),
      threePhase: each.params.three_phase === true,
      ...momentumOf(each),
    }),
};

/** Where the case has momentum too, its range. */
function momentumOf(each: ScheduleCase) {
  if (each.momentum === undefined) return {};
  return { momentum: { min: setting(each, "base_momentum"), max: setting(each, "max_momentum") } };
}

function decay(each: ScheduleCase) {
  return {
    initialLearningRate: setting(each, "initial"),
    decayRate: setting(each, "decay_rate"),
    decaySteps: setting(each, "decay_steps"),
    staircase: each.params.staircase === true,
  };
}

function cosineDecay(each: ScheduleCase, start: string): Schedule {
  return schedules.cosine({
    initialLearningRate: setting(each, start),
    decaySteps: setting(each, "decay_steps"),
    alpha: setting(each, "alpha"),
  });
}

/** PyTorch's cosine rises again after its end, ours stays there as Keras' does: a step after the end is one before it. */
function periodicCosine(each: ScheduleCase): Schedule {
  const decaySteps = setting(each, "t_max");
  const down = schedules.cosine({
    initialLearningRate: setting(each, "initial"),
    decaySteps,
    alpha: shareLeft(each),
  });
  return (step) => down(decaySteps - Math.abs(decaySteps - (step % (2 * decaySteps))));
}

/** PyTorch gives the rate at the end itself, Keras its share of the rate at the start. */
function shareLeft(each: ScheduleCase): number {
  return setting(each, "eta_min") / setting(each, "initial");
}

/** A number that a case must have. */
function setting({ params }: ScheduleCase, key: string): number {
  const value = params[key];
  if (typeof value !== "number")
    throw new Error(`The case has no number ${key}; it has ${Object.keys(params).join(", ")}.`);
  return value;
}

/** A list of numbers that a case must have. */
function settings({ params }: ScheduleCase, key: string): readonly number[] {
  const values = params[key];
  if (!Array.isArray(values)) throw new Error(`The case has no list ${key}; it has ${Object.keys(params).join(", ")}.`);
  return values.map(Number);
}
