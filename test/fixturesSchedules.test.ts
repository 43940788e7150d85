// Learning-rate schedules against reference values of other frameworks, step by step.

import { describe, expect, it } from "vitest";
import { type Schedule, schedules } from "../src/engine/index.ts";
import { expectClose, readFixture, type Tolerance } from "./support/fixtures.ts";

interface ScheduleCase {
  readonly name: string;
  readonly params: Readonly<Record<string, number>> & {
    readonly milestones?: readonly number[];
    readonly boundaries?: readonly number[];
    readonly values?: readonly number[];
    readonly staircase?: boolean;
    readonly cycle?: boolean;
    readonly three_phase?: boolean;
    readonly anneal_strategy?: string;
  };
  readonly metrics?: readonly number[];
  readonly lr: readonly number[];
}

const { lr_schedules: fixture } = readFixture<{
  lr_schedules: { tolerance: { f64: Tolerance }; cases: ScheduleCase[] };
}>("optimizers.json");

/** A setting that a case must have. */
function setting({ name, params }: ScheduleCase, key: string): number {
  return params[key] ?? expect.fail(`${name} has no ${key}`);
}

function decay(each: ScheduleCase) {
  return {
    initialLearningRate: setting(each, "initial"),
    decayRate: setting(each, "decay_rate"),
    decaySteps: setting(each, "decay_steps"),
    staircase: each.params.staircase ?? false,
  };
}

function polynomialDecay(each: ScheduleCase): Schedule {
  return schedules.polynomial({
    initialLearningRate: setting(each, "initial"),
    decaySteps: setting(each, "decay_steps"),
    endLearningRate: setting(each, "end"),
    power: setting(each, "power"),
    cycle: each.params.cycle ?? false,
  });
}

function cosineDecay(each: ScheduleCase): Schedule {
  return schedules.cosine({
    initialLearningRate: setting(each, "initial"),
    decaySteps: setting(each, "decay_steps"),
    alpha: setting(each, "alpha"),
  });
}

function oneCycle(each: ScheduleCase): Schedule {
  return schedules.oneCycle({
    maxLearningRate: setting(each, "max_lr"),
    totalSteps: setting(each, "total_steps"),
    riseShare: setting(each, "pct_start"),
    annealing: each.params.anneal_strategy === "linear" ? "linear" : "cosine",
    divFactor: setting(each, "div_factor"),
    finalDivFactor: setting(each, "final_div_factor"),
    threePhase: each.params.three_phase ?? false,
  });
}

/** PyTorch gives the rate at the end itself, Keras its share of the rate at the start. */
const shareLeft = (each: ScheduleCase) => setting(each, "eta_min") / setting(each, "initial");

const makers: Readonly<Record<string, (each: ScheduleCase) => Schedule>> = {
  exponential_decay: (each) => schedules.exponential(decay(each)),
  exponential_decay_staircase: (each) => schedules.exponential(decay(each)),
  exponential_torch: (each) =>
    schedules.exponential({ initialLearningRate: setting(each, "initial"), decayRate: setting(each, "gamma") }),
  inverse_time_decay: (each) => schedules.inverseTime(decay(each)),
  inverse_time_decay_staircase: (each) => schedules.inverseTime(decay(each)),
  step_torch: (each) =>
    schedules.step({
      initialLearningRate: setting(each, "initial"),
      stepSize: setting(each, "step_size"),
      factor: setting(each, "gamma"),
    }),
  multistep_torch: (each) => {
    // PyTorch names the first step of a piece, Keras and we the last of the one before.
    const boundaries = (each.params.milestones ?? expect.fail("no milestones")).map((milestone) => milestone - 1);
    const values = [0, ...boundaries].map((_, fall) => setting(each, "initial") * setting(each, "gamma") ** fall);
    return schedules.piecewise({ boundaries, values });
  },
  piecewise_constant: ({ params: { boundaries = [], values = [] } }) => schedules.piecewise({ boundaries, values }),
  "cosine_decay_alpha0.0": cosineDecay,
  "cosine_decay_alpha0.1": cosineDecay,
  cosine_decay_warmup: (each) =>
    schedules.warmUp({
      steps: setting(each, "warmup_steps"),
      startLearningRate: setting(each, "initial"),
      after: schedules.cosine({
        initialLearningRate: setting(each, "warmup_target"),
        decaySteps: setting(each, "decay_steps"),
        alpha: setting(each, "alpha"),
      }),
    }),
  cosine_annealing_torch: (each) =>
    schedules.cosine({
      initialLearningRate: setting(each, "initial"),
      decaySteps: setting(each, "t_max"),
      alpha: shareLeft(each),
    }),
  cosine_warm_restarts_torch: (each) =>
    schedules.cosineRestarts({
      initialLearningRate: setting(each, "initial"),
      firstDecaySteps: setting(each, "t0"),
      tMul: setting(each, "t_mult"),
      alpha: shareLeft(each),
    }),
  cosine_decay_restarts: (each) =>
    schedules.cosineRestarts({
      initialLearningRate: setting(each, "initial"),
      firstDecaySteps: setting(each, "first_decay_steps"),
      tMul: setting(each, "t_mul"),
      mMul: setting(each, "m_mul"),
      alpha: setting(each, "alpha"),
    }),
  "polynomial_decay_power1.0": polynomialDecay,
  "polynomial_decay_power2.0": polynomialDecay,
  "polynomial_decay_power1.0_cycle": polynomialDecay,
  polynomial_torch: (each) =>
    schedules.polynomial({
      initialLearningRate: setting(each, "initial"),
      decaySteps: setting(each, "total_iters"),
      endLearningRate: 0,
      power: setting(each, "power"),
    }),
  linear_warmup_torch: (each) =>
    schedules.warmUp({
      steps: setting(each, "total_iters"),
      startLearningRate: setting(each, "initial") * setting(each, "start_factor"),
      after: setting(each, "initial") * setting(each, "end_factor"),
    }),
  warmup_then_cosine_torch: (each) =>
    schedules.warmUp({
      steps: setting(each, "warmup_iters"),
      startLearningRate: setting(each, "initial") * setting(each, "start_factor"),
      after: schedules.cosine({
        initialLearningRate: setting(each, "initial"),
        decaySteps: setting(each, "t_max"),
        alpha: shareLeft(each),
      }),
    }),
  one_cycle_cos: oneCycle,
  one_cycle_linear: oneCycle,
  one_cycle_three_phase: oneCycle,
};

/** PyTorch's cosine rises again after its end, ours stays there as Keras' does: that many values are the same. */
const agreeingSteps: Readonly<Record<string, number>> = { cosine_annealing_torch: 26 };

const skipped: Readonly<Record<string, string>> = {
  noam: "not in the catalogue; it is a function of the step that anyone can write",
  cyclic_triangular_torch: "not in the catalogue",
  cyclic_triangular2_torch: "not in the catalogue",
};

describe("schedules", () => {
  for (const each of fixture.cases) {
    const make = makers[each.name];
    const reason = skipped[each.name];
    if (each.metrics !== undefined) continue;
    if (reason !== undefined) {
      it.skip(`${each.name}: ${reason}`);
      continue;
    }
    it(`${each.name} gives the rates of the reference`, () => {
      if (make === undefined) expect.fail(`neither tested nor skipped on purpose: ${each.name}`);
      const wanted = each.lr.slice(0, agreeingSteps[each.name]);
      expect(wanted.length).toBeGreaterThan(25);
      const schedule = make(each);
      const got = wanted.map((_, step) => schedule(step));
      expectClose(got, wanted, fixture.tolerance.f64, "rate of step");
    });
  }

  const plateaus = fixture.cases.filter((each) => each.metrics !== undefined);
  it("has a plateau of each convention", () => expect(plateaus).toHaveLength(2));

  it.each(plateaus)("$name gives the rates of the reference", (each) => {
    const convention = each.name.endsWith("torch") ? "torch" : "keras";
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
    const got = metrics.map((_, epoch) => schedule.rateAfter(metrics.slice(0, epoch + 1)));
    expectClose(got, each.lr, fixture.tolerance.f64, "rate after epoch");
    const negated = metrics.map((value) => 10 - value);
    if (convention === "keras") expect(schedule.rateAfter(negated, "higher")).toBeCloseTo(each.lr.at(-1) ?? 0, 12);
  });
});
