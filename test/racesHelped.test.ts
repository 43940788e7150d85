// A worker of a race that others help, since they have nothing left to do: the same bits, and the time that its own thread would have taken.

import { afterEach, beforeEach, expect, it } from "vitest";
import { mostThreads } from "../src/engine/backend/threads.ts";
import { type Job, type JobResult, shareExamples } from "../src/engine/experiments/job.ts";
import { type FromJobWorker, serveJobs, type ToJobWorker } from "../src/engine/experiments/jobWorker.ts";
import { setEngineHost } from "../src/engine/host.ts";
import { layers, Random, sequential, tensor, useBackend } from "../src/engine/index.ts";
import { packModel } from "../src/engine/training/model/modelRecipe.ts";
import {
  lendHelpers,
  startCounted,
  takeHelpersBack,
  takenByHelpers,
  waitForHelpers,
} from "./support/computeHelpers.ts";

beforeEach(lendHelpers);
afterEach(() => {
  takeHelpersBack();
  setEngineHost({ now: null, shouldStop: () => false });
});

const random = new Random(3);
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const x = tensor(numbers(320 * 64), { shape: [320, 64] });
const y = tensor(numbers(320 * 10), { shape: [320, 10] });
const examples = shareExamples({ xs: [x], ys: [y], featureNames: [] }, null);

function jobOf(budget: Job["settings"]["budget"]): Job {
  const model = sequential([layers.dense(96, { activation: "tanh" }), layers.dense(10)], { seed: 5 });
  model.build([64]);
  model.compile({ loss: "mse", optimizer: "adam" });
  const packing = packModel(model);
  if (packing.kind !== "packed") expect.fail("the model cannot be sent");
  const settings = {
    name: "a",
    seed: 1,
    epochs: 8,
    batchSize: 32,
    shuffle: true,
    trace: "off",
    snapshots: false,
  } as const;
  return { id: 1, model: packing.packed, settings: { ...settings, classWeight: null, budget, closeUps: [] } };
}

/** What comes of a training while so many others have nothing to do, and how many of them it wanted. */
async function train(others: number, budget: Job["settings"]["budget"] = { steps: null, ms: null }) {
  const offered = new Int32Array(new SharedArrayBuffer(4)).fill(others);
  let wanted = 0;
  const result = await new Promise<JobResult>((resolve, reject) => {
    const serve = serveJobs((message: FromJobWorker) => {
      if (message.kind === "done") resolve(message.result);
      else if (message.kind === "failed") reject(new Error(JSON.stringify(message.error)));
      else if (message.kind === "helperWanted") {
        wanted++;
        startCounted(message.work);
        waitForHelpers(wanted);
      }
    });
    const tell = (message: ToJobWorker) => serve(message);
    tell({ kind: "begin", backend: "simd", examples, stop: null, offered });
    tell({ kind: "run", job: jobOf(budget), isOneOfMany: false });
  });
  return { wanted, result };
}

const bitsOf = ({ record, model }: JobResult) => [record.loss, model?.weights];

it("comes to the same bits as alone, and lets its helpers go", async () => {
  useBackend("simd");
  const alone = await train(0);
  expect(alone.wanted).toBe(0);
  let helped = await train(1);
  // On a busy machine a helper may get its turn too late to take anything.
  for (let tries = 0; takenByHelpers() === 0 && tries < 20; tries++) helped = await train(1);
  expect(helped.wanted).toBe(1);
  expect(takenByHelpers()).toBeGreaterThan(0);
  expect(bitsOf(helped.result)).toEqual(bitsOf(alone.result));
  expect(mostThreads()).toBe(1);
});

it("says how long it would have taken alone, on a clock that others made faster", async () => {
  let [time, looks] = [0, 0];
  // 5 ms for each of the first steps, which one thread makes alone, and next to nothing for those that are shared.
  setEngineHost({
    now: () => {
      time += looks++ < 26 ? 5 : 0.1;
      return time;
    },
  });
  const { result, wanted } = await train(1);
  expect(wanted).toBe(1);
  expect(result.record.steps.done).toBe(80);
  expect(result.ms).toBe(80 * 5);
});

it("keeps to one thread where time ends it: nobody is to come further because others had nothing to do", async () => {
  let time = 0;
  setEngineHost({ now: () => (time += 1) });
  const { wanted } = await train(1, { steps: null, ms: 1e9 });
  expect(wanted).toBe(0);
});
