// Learning-rate schedules against reference values of other frameworks, step by step.

import { describe, expect, it } from "vitest";
import { schedules } from "../src/engine/index.ts";
import { expectCases } from "./support/expectCases.ts";
import { checkSchedules, type SchedulesFile } from "./support/fixtureChecks/schedules.ts";
import { readFixture } from "./support/fixtures.ts";

const file = readFixture<SchedulesFile>("optimizers.json");

describe("schedules", () => {
  expectCases(checkSchedules(file), []);

  it("a plateau of something that should grow gives the same rates", () => {
    const falling = file.lr_schedules.cases.flatMap(({ metrics }) => metrics ?? []);
    expect(falling.length).toBeGreaterThan(0);
    const schedule = schedules.reduceOnPlateau({ initialLearningRate: 0.1, patience: 3, convention: "keras" });
    const rising = falling.map((value) => 10 - value);
    for (const epochs of [1, 10, falling.length])
      expect(schedule.rateAfter(rising.slice(0, epochs), "higher")).toBe(schedule.rateAfter(falling.slice(0, epochs)));
  });
});
