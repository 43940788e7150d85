// Learning-rate schedules against reference values of other frameworks, step by step.

import { describe, expect, it } from "vitest";
import { schedules } from "../src/engine/index.ts";
import { expectCases } from "./support/expectCases.ts";
import { checkSchedules, type SchedulesFile } from "./support/fixtureChecks/schedules.ts";
import { readFixture } from "./support/fixtures.ts";

const file = readFixture<SchedulesFile>("optimizers.json");

describe("schedules", () => {
  expectCases(checkSchedules(file), []);

  it("momentum is compared wherever the reference moves it", () => {
    const withMomentum = file.lr_schedules.cases.filter(({ momentum }) => momentum !== undefined);
    expect(withMomentum.length).toBeGreaterThanOrEqual(3);
    for (const each of withMomentum) {
      const momentum = each.momentum?.map((value, step) => (step === 20 ? value + 1e-4 : value)) ?? [];
      const cases = [{ ...each, momentum }];
      const [wrong] = checkSchedules({ lr_schedules: { ...file.lr_schedules, cases } });
      expect(wrong?.worst).toBeGreaterThan(1);
    }
  });

  it("a plateau of something that should grow gives the same rates", () => {
    const falling = file.lr_schedules.cases.flatMap(({ metrics }) => metrics ?? []);
    expect(falling.length).toBeGreaterThan(0);
    const schedule = schedules.reduceOnPlateau({ initialLearningRate: 0.1, patience: 3, convention: "keras" });
    const rising = falling.map((value) => 10 - value);
    for (const epochs of [1, 10, falling.length])
      expect(schedule.rateAfter(rising.slice(0, epochs), "higher")).toBe(schedule.rateAfter(falling.slice(0, epochs)));
  });
});
