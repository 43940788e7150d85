// Schedules: settings that are refused, and edges. Their values are checked against references in test/fixturesSchedules.test.ts.

import { describe, expect, it } from "vitest";
import { schedules } from "./schedules.ts";

const initialLearningRate = 1;
const wave = { minLearningRate: 0.1, maxLearningRate: 1, risingSteps: 3 };

describe("schedules", () => {
  it("a wrong name answers with the right one", () => {
    const wrong = schedules as unknown as Record<string, () => void>;
    expect(() => wrong.cosin?.()).toThrow('Unknown schedule "cosin". Did you mean "cosine"?');
    expect(() => wrong.reduceLROnPlateau?.()).toThrow('Did you mean "reduceOnPlateau"?');
    expect(() => wrong.piecewiseConstant?.()).toThrow('Did you mean "piecewise"?');
  });

  it.each(Object.entries(schedules))("%s refuses unknown options, and what is no object", (name, make) => {
    const loose = make as (options: unknown) => unknown;
    expect(() => loose({ wobble: 1 })).toThrow(`Unknown option of schedules.${name} "wobble".`);
    expect(() => loose(0.1)).toThrow(`schedules.${name}: expected options as an object`);
    expect(() => loose({})).toThrow(`schedules.${name}: expected`);
  });

  it.each([
    ["decaySteps 0", () => schedules.cosine({ initialLearningRate, decaySteps: 0 })],
    ["alpha 2", () => schedules.cosine({ initialLearningRate, decaySteps: 9, alpha: 2 })],
    ["a rate of 0", () => schedules.step({ initialLearningRate: 0, stepSize: 1 })],
    ["waves upside down", () => schedules.cyclic({ minLearningRate: 2, maxLearningRate: 1, risingSteps: 3 })],
    ["a mode there is not", () => schedules.cyclic({ ...wave, mode: "square" as "triangular" })],
    ["falling boundaries", () => schedules.piecewise({ boundaries: [5, 3], values: [3, 2, 1] })],
    ["too few values", () => schedules.piecewise({ boundaries: [5], values: [1] })],
    ["ways that shrink", () => schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 8, tMul: 0.5 })],
    ["NaN ways", () => schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 8, tMul: Number.NaN })],
    ["factor 2", () => schedules.reduceOnPlateau({ initialLearningRate, factor: 2 })],
    ["a convention of its own", () => schedules.reduceOnPlateau({ initialLearningRate, convention: "jax" as "keras" })],
    [
      "three phases of two thirds",
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, riseShare: 0.6, threePhase: true }),
    ],
    [
      "an annealing of its own",
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, annealing: "cos" as "cosine" }),
    ],
    [
      "momentum upside down",
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, momentum: { min: 0.9, max: 0.8 } }),
    ],
    ["momentum 1", () => schedules.cyclic({ ...wave, momentum: { max: 1 } })],
    ["momentum as a number", () => schedules.cyclic({ ...wave, momentum: 0.9 as unknown as object })],
    ["nothing after the warm-up", () => schedules.warmUp({ steps: 3, after: "adam" as unknown as number })],
  ])("%s is refused", (_, make) => {
    expect(make).toThrow(/expected|Unknown/);
  });

  it("every rate is a number of 0 or more, far beyond the end too", () => {
    const all = [
      schedules.step({ initialLearningRate, stepSize: 7 }),
      schedules.piecewise({ boundaries: [], values: [0.5] }),
      schedules.exponential({ initialLearningRate, decayRate: 0.9 }),
      schedules.inverseTime({ initialLearningRate, decayRate: 0.9 }),
      schedules.polynomial({ initialLearningRate, decaySteps: 7, power: 0.5, cycle: true }),
      schedules.cosine({ initialLearningRate, decaySteps: 7 }),
      schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 7, tMul: 1 }),
      schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 1, tMul: 1.5 }),
      schedules.warmUp({ steps: 3, after: 1 }),
      schedules.oneCycle({ maxLearningRate: 1, totalSteps: 2 }),
      schedules.oneCycle({ maxLearningRate: 1, totalSteps: 20, riseShare: 0 }),
      schedules.oneCycle({ maxLearningRate: 1, totalSteps: 20, riseShare: 1 }),
      schedules.oneCycle({ maxLearningRate: 1, totalSteps: 20, riseShare: 0.5, threePhase: true }),
      schedules.cyclic({ ...wave, mode: "triangular2" }),
      schedules.noam({ modelSize: 1, warmUpSteps: 1 }),
    ];
    for (const schedule of all)
      for (const step of [0, 1, 2, 6, 7, 8, 19, 20, 1e7]) {
        expect(schedule(step)).toBeGreaterThanOrEqual(0);
        expect(schedule(step)).toBeLessThanOrEqual(1);
      }
  });

  it("a plateau stops at its least rate, and rests after a reduction", () => {
    const schedule = schedules.reduceOnPlateau({
      initialLearningRate,
      factor: 0.1,
      patience: 1,
      minLearningRate: 0.05,
    });
    expect([1, 2, 3, 4].map((epochs) => schedule.rateAfter(new Array(epochs).fill(3)))).toEqual([1, 0.1, 0.05, 0.05]);
    const resting = schedules.reduceOnPlateau({ initialLearningRate, factor: 0.5, patience: 1, cooldown: 2 });
    expect([1, 2, 3, 4, 5].map((epochs) => resting.rateAfter(new Array(epochs).fill(3)))).toEqual([
      1, 0.5, 0.5, 0.25, 0.25,
    ]);
    const accuracies = [0.5, 0.6, 0.7];
    expect([schedule.rateAfter(accuracies, "higher"), schedule.rateAfter(accuracies)]).toEqual([1, 0.05]);
  });

  it("momentum moves against the rate where it is asked for, and not else", () => {
    expect(schedules.cyclic(wave).momentum).toBeUndefined();
    const { momentum = () => Number.NaN } = schedules.cyclic({ ...wave, momentum: {}, mode: "triangular2" });
    expect([0, 3, 6, 9].map((step) => Number(momentum(step).toFixed(6)))).toEqual([0.9, 0.8, 0.9, 0.85]);
  });

  it("a warm-up keeps the first momentum of what comes after it", () => {
    const after = schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, momentum: {} });
    const { momentum = () => Number.NaN } = schedules.warmUp({ steps: 4, after });
    expect([0, 3, 4].map(momentum)).toEqual([0.95, 0.95, 0.95]);
    expect(momentum(7)).toBe(after.momentum?.(3));
    expect(schedules.warmUp({ steps: 4, after: 0.1 }).momentum).toBeUndefined();
  });
});
