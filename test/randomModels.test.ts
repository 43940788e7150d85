// Random models of all layers, losses and optimizers: however they are trained, they come to the same numbers.

import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../scripts/run.mts";
import { lossNames, useBackend, useThreads } from "../src/engine/index.ts";
import { gather, lendHelpers, takeHelpersBack, takenByHelpers } from "./support/computeHelpers.ts";
import { lossForms, randomTraining } from "./support/randomModels/randomTrainings.ts";
import {
  difference,
  distance,
  disturbed,
  firstPass,
  type Outcome,
  trainByFit,
  trainEagerly,
  trainOnBatches,
} from "./support/randomModels/waysToTrain.ts";

/** More and others by hand: `MODELS=1000 FIRST_MODEL=400 npx vitest run randomModels --testTimeout 900000`. */
const count = Number(process.env.MODELS ?? 12);
const first = Number(process.env.FIRST_MODEL ?? 0);
const trainings = Array.from({ length: count }, (_, index) => randomTraining(first + index));

beforeAll(lendHelpers);
afterEach(() => void useThreads(1));
afterAll(takeHelpersBack);

it("they have all losses among them", () => {
  expect(Object.keys(lossForms).sort()).toEqual([...lossNames, "custom"].sort());
});

describe.each(["plain", "simd", "simdBaseline"] as const)("on %s", (backend) => {
  beforeAll(() => void useBackend(backend));
  const alone = new Map<string, Outcome>();

  it(`${count} models train the same by plans and without, by batches and by fit, however much is recorded`, async () => {
    for (const training of trainings) {
      const eager = trainEagerly(training, "batch");
      const planned = trainOnBatches(training);
      alone.set(training.name, planned);
      expect(difference(planned, eager), training.name).toBeNull();
      const wanted = trainEagerly(training, "step");
      // A run that diverges has stopped.
      if (!wanted.weights.flat().every(Number.isFinite)) continue;
      for (const level of ["off", "summary", "full"] as const)
        expect(difference(await trainByFit(training, level), wanted), `${training.name}, trace ${level}`).toBeNull();
    }
  });

  if (backend === "plain") return;
  it("two threads come to the same numbers", async () => {
    await gather(2);
    for (const training of trainings) {
      const wanted = alone.get(training.name) ?? expect.fail("It was not trained by one thread.");
      expect(difference(trainOnBatches(training), wanted), training.name).toBeNull();
    }
    expect(takenByHelpers()).toBeGreaterThan(100);
  });
});

describe.each(["simd", "simdBaseline"] as const)("%s", (build) => {
  it("differs from plain by roundings", () => {
    for (const training of trainings) {
      useBackend("plain");
      const plain = firstPass(training);
      const other = firstPass(training, disturbed);
      useBackend(build);
      // Single numbers, and what a model makes of a change in the last two bits of its weights and inputs.
      // One in some thousands differs by more: where numbers are equal by rounding alone, a bend or a largest number is decided by it.
      const limit = 2e-5 + 8 * distance(other, plain);
      expect(distance(firstPass(training), plain), training.name).toBeLessThanOrEqual(limit);
    }
  });
});

it("other processes, in which other models were trained before, come to the same bits", async () => {
  const program = path.join(import.meta.dirname, "support", "randomModels", "printBits.ts");
  const bits = (...args: readonly string[]) =>
    runProgram(process.execPath, ["--no-warnings", program, "simd", ...args], { timeoutMs: 60_000 });
  const [one, others] = [await bits("3"), await bits("1", "2", "3")];
  expect(one.text).toMatch(/^[0-9a-f]{64}\n$/);
  const lines = others.text.trim().split("\n");
  expect(lines.at(-1)).toBe(one.text.trim());
  expect(new Set(lines).size).toBe(3);
});
