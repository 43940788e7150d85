// Snapshots of the weights: start and end, evenly between, never more than asked for, and no change to the training.

import { describe, expect, test } from "vitest";
import { layers, type Model, sequential } from "../index.ts";

const x = Array.from({ length: 20 }, (_, index) => [index / 20, (index % 5) / 5]);
const y = x.map(([first = 0]) => [first > 0.5 ? 1 : 0]);

function made(units = 3): Model {
  const model = sequential([layers.dense(units, { activation: "tanh" }), layers.dense(1)], { seed: 1 });
  model.compile({ loss: "mse", optimizer: "sgd" });
  return model;
}

const numbers = (model: Model) => model.getWeights().map((weight) => [...weight.data]);

describe("snapshots", () => {
  test("begin at the start, end at the end, and stand evenly between", async () => {
    const model = made();
    model.build(2);
    const before = numbers(model);
    const run = await model.fit(x, y, { epochs: 10, batchSize: 10, snapshots: 6 });
    expect(run.snapshots.map(({ step }) => step)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(run.snapshots[0]?.weights.map((weight) => [...weight])).toEqual(before);
    expect(run.snapshots.at(-1)?.weights.map((weight) => [...weight])).toEqual(numbers(model));
  });

  test("are taken within epochs where there are few, and by default", async () => {
    const run = await made().fit(x, y, { epochs: 1, batchSize: 1 });
    expect(run.snapshots).toHaveLength(21);
    const long = await made().fit(x, y, { epochs: 100, batchSize: 1 });
    expect(long.snapshots.length).toBeLessThanOrEqual(60);
    expect(new Set(long.snapshots.map(({ step }) => step % 20))).toEqual(new Set([0]));
  });

  test("of a run that goes on stay as few, with the new end", async () => {
    const run = await made().fit(x, y, { epochs: 10, batchSize: 10, snapshots: 6 });
    await run.resume({ epochs: 45 });
    expect(run.snapshots.map(({ step }) => step)).toEqual([0, 32, 64, 90]);
  });

  test("are left out when not wanted, or when they would take much memory", async () => {
    expect((await made().fit(x, y, { snapshots: false })).snapshots).toEqual([]);
    const large = made(1_100_000);
    expect((await large.fit(x, y, { batchSize: 20, trace: "off" })).snapshots).toEqual([]);
  });

  test("change nothing of the training", async () => {
    const [kept, plain] = [made(), made()];
    await kept.fit(x, y, { epochs: 5 });
    await plain.fit(x, y, { epochs: 5, snapshots: false });
    expect(numbers(kept)).toEqual(numbers(plain));
  });

  test("say what they take", async () => {
    await expect(made().fit(x, y, { snapshots: 100 })).rejects.toThrow("snapshots as a whole number from 2 to 60");
  });
});
