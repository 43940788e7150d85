// Optimizers step by step, and whole trainings of networks, against reference values of other frameworks.

import { describe, expect, it } from "vitest";
import { optimizerNames } from "../src/engine/index.ts";
import { expectCases } from "./support/expectCases.ts";
import { checkOptimizers, type OptimizersFile } from "./support/fixtureChecks/optimizers.ts";
import { layerMakers } from "./support/fixtureChecks/trainingLayers.ts";
import { checkTrainings, type TrainingsFile } from "./support/fixtureChecks/trainings.ts";
import { readFixture } from "./support/fixtures.ts";

const optimizersFile = readFixture<OptimizersFile>("optimizers.json");
const trainingsFile = readFixture<TrainingsFile>("training.json");
const trainings = await checkTrainings(trainingsFile);

describe("optimizers", () => {
  expectCases(checkOptimizers(optimizersFile));

  it("are all in the file", () => {
    const named = new Set(optimizersFile.cases.map(({ optimizer }) => optimizer));
    expect(named).toEqual(new Set(optimizerNames.map((name) => name.toLowerCase())));
    expect(optimizersFile.cases.length).toBeGreaterThan(70);
  });
});

describe("trainings", () => {
  expectCases(trainings);

  it("are of dense, normalized, convolutional, recurrent and attending networks", () => {
    const kinds = new Set(trainingsFile.cases.flatMap((each) => each.model.layers.map(({ type }) => type)));
    expect(kinds).toEqual(new Set(Object.keys(layerMakers)));
    expect(trainingsFile.cases).toHaveLength(14);
  });

  it("list their gradients at steps that they make", () => {
    for (const each of trainingsFile.cases) {
      expect(each.gradient_stats.length).toBeGreaterThan(0);
      for (const { step } of each.gradient_stats) expect(step).toBeLessThan(each.steps);
    }
  });
});
