// Very long trainings: what is kept of their lines, and which epoch stands where.

import { expect, test } from "vitest";
import { epochAt, indexAt, thinEpochs } from "./keptEpochs.ts";
import type { TrainingView } from "./views.ts";

function viewOf(train: readonly number[]): TrainingView {
  const metrics = [
    { name: "loss", measure: "mse", better: "lower", train, validation: train.map((v) => 2 * v) },
  ] as const;
  const epochs = { done: train.length, planned: train.length };
  const rest = { layers: [], sentence: null, divergence: null } as const;
  return {
    kind: "training",
    version: 1,
    runId: "r",
    state: "finished",
    epochs,
    steps: { done: 0, perEpoch: 1 },
    metrics,
    ...rest,
  };
}

test("a hundred thousand epochs become a few thousand numbers; peaks, the first and the last epoch stay", () => {
  const train = Array.from({ length: 100_000 }, (_, index) => 1 / (1 + index));
  train[54_321] = 9;
  train[77_777] = -3;
  const thin = thinEpochs(viewOf(train));
  expect(JSON.stringify(thin).length).toBeLessThan(200_000);
  const kept = thin.keptEpochs ?? [];
  for (const epoch of [1, 54_322, 77_778, 100_000]) {
    expect(kept).toContain(epoch);
    expect(thin.metrics[0]?.train[indexAt(thin, epoch)]).toBe(train[epoch - 1]);
    expect(thin.metrics[0]?.validation?.[indexAt(thin, epoch)]).toBe(2 * (train[epoch - 1] ?? 0));
    expect(epochAt(thin, indexAt(thin, epoch))).toBe(epoch);
  }
  expect(epochAt(thin, indexAt(thin, 50_000))).toBeLessThanOrEqual(50_000);
  expect(thinEpochs(thin)).toBe(thin);
});

test("an ordinary training is kept whole", () => {
  const view = viewOf([3, 2, 1]);
  expect(thinEpochs(view)).toBe(view);
  expect([epochAt(view, 0), epochAt(view, 2), indexAt(view, 3), indexAt(view, 0)]).toEqual([1, 3, 2, 0]);
});
