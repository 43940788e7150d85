// A model that was trained before is as good as new for the next training of its net: the same numbers, to the bit.

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { setEngineHost } from "../host.ts";
import { layers, type Model, type Optimizer, optimizers, sequential, tensor, useBackend } from "../index.ts";
import { packModel } from "../training/model/modelRecipe.ts";
import { numbers } from "../training/plans/twins.testing.ts";
import { type Job, type JobResult, type JobSettings, shareExamples } from "./job.ts";
import { serveJobs } from "./jobWorker.ts";
import { UsedModels } from "./usedModels.ts";

const [x, y] = [numbers([96, 12]), numbers([96, 3])];
const examples = shareExamples({ xs: [x], ys: [y], featureNames: [] }, { xs: [x], ys: [y], featureNames: [] });

let newestId = 0;

function jobOf(model: Model, optimizer: Optimizer, settings: Partial<JobSettings> = {}): Job {
  model.compile({ loss: "mse", optimizer, metrics: ["mae"] });
  const packing = packModel(model);
  if (packing.kind !== "packed") expect.fail("the model cannot be sent");
  const usual = {
    name: "a",
    seed: 1,
    epochs: 3,
    batchSize: 32,
    shuffle: true,
    trace: "summary",
    snapshots: 4,
  } as const;
  const rest = { classWeight: null, budget: { steps: null, ms: null }, closeUps: [1, 5], ...settings };
  return { id: ++newestId, model: packing.packed, settings: { ...usual, ...rest } };
}

/** What comes of trainings in one worker, one after the other. */
async function trainInTurn(jobs: readonly Job[]): Promise<readonly JobResult[]> {
  const results: JobResult[] = [];
  let told: (() => void) | null = null;
  const serve = serveJobs((message) => {
    if (message.kind === "failed") expect.fail(JSON.stringify(message.error));
    if (message.kind !== "done") return;
    results.push(structuredClone(message.result));
    told?.();
  });
  serve({ kind: "begin", backend: "simd", examples, stop: null, offered: null });
  for (const job of jobs)
    await new Promise<void>((resolve) => {
      told = resolve;
      serve({ kind: "run", job, isOneOfMany: true });
    });
  return results;
}

const plain = () => sequential([layers.dense(16, { activation: "relu" }), layers.dense(3)]);
const built = () => {
  const model = plain();
  model.build(12, { seed: 4 });
  return model;
};
const moving = () =>
  sequential([layers.dense(16, { kernelRegularizer: "l2" }), layers.batchNorm(), layers.dropout(0.3), layers.dense(3)]);
const withSeed = (seed: number) => () => sequential([layers.dense(16), layers.dropout(0.3, { seed }), layers.dense(3)]);
const seeded = withSeed(5);
const seededBelowZero = withSeed(-5);
const seededByMinusZero = withSeed(-0);

const racers = () => [optimizers.adam(), optimizers.sgd({ learningRate: 0.05, momentum: 0.9 }), optimizers.rmsprop()];

beforeAll(() => void useBackend("simd"));
afterEach(() => setEngineHost({ shouldStop: () => false }));
afterAll(() => void useBackend("plain"));

describe.each(Object.entries({ plain, built, moving, seeded, seededBelowZero, seededByMinusZero }))(
  "a net (%s)",
  (_, make) => {
    it.each(["off", "summary", "full"] as const)('trains as alone, with the trace "%s"', async (trace) => {
      const all = racers().map((optimizer, index) => jobOf(make(), optimizer, { trace, seed: 1 + (index >> 1) }));
      const together = await trainInTurn(all);
      const alone = await Promise.all(all.map(async (job) => (await trainInTurn([job]))[0]));
      expect(together).toEqual(alone);
      expect(new Set(together.map(({ record }) => record.loss.at(-1))).size).toBe(all.length);
    });
  },
);

it("takes over what differs in weights and optimizer alone, and only once it is not needed any more", () => {
  const models = new UsedModels();
  const modelFor = (job: Job) => models.modelFor(job, examples.train);
  const first = modelFor(jobOf(plain(), optimizers.sgd()));
  expect(modelFor(jobOf(plain(), optimizers.adam()))).not.toBe(first);
  models.keep(first);
  expect(modelFor(jobOf(moving(), optimizers.adam()))).not.toBe(first);
  expect(modelFor(jobOf(built(), optimizers.adam()))).not.toBe(first);
  const again = modelFor(jobOf(plain(), optimizers.adam()));
  expect(again).toBe(first);
  expect(again.compiled?.optimizer.name).toBe("adam");
  expect(modelFor(jobOf(plain(), optimizers.adam()))).not.toBe(first);
  for (const make of [seeded, seededBelowZero, seededByMinusZero]) {
    const counting = modelFor(jobOf(make(), optimizers.sgd()));
    models.keep(counting);
    expect(modelFor(jobOf(make(), optimizers.sgd()))).not.toBe(counting);
  }
});

it("takes none over for inputs of another shape", () => {
  const models = new UsedModels();
  const job = jobOf(plain(), optimizers.sgd());
  models.keep(models.modelFor(job, examples.train));
  const wide = shareExamples({ xs: [tensor([[1, 2, 3]])], ys: [tensor([[1, 2, 3]])], featureNames: [] }, null);
  expect(models.modelFor(job, wide.train).isBuilt).toBe(false);
});
