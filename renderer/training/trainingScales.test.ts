// Ranges, ticks and marks of the training charts.

import { expect, test } from "vitest";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import {
  axisEpochs,
  bestValidation,
  breakPoint,
  currentEpoch,
  epochTicks,
  plotted,
  progressShare,
  valueScale,
} from "./trainingScales.ts";

const metric = (changes: Partial<TrainingMetric>): TrainingMetric => ({
  name: "loss",
  measure: "mse",
  better: "lower",
  train: [],
  validation: null,
  ...changes,
});
const view = (changes: Partial<TrainingView>): TrainingView => ({
  kind: "training",
  version: 1,
  runId: "fit-00000000-1",
  state: "running",
  epochs: { done: 23, planned: 50 },
  steps: { done: 235, perEpoch: 10 },
  metrics: [],
  layers: [],
  sentence: null,
  divergence: null,
  ...changes,
});

test("a positive loss stands on a log axis in whole decades", () => {
  expect(valueScale(metric({ train: [0.42, 0.0365], validation: [0.43, 0.143] }), true)).toEqual({
    log: true,
    min: 0.01,
    max: 1,
  });
});

test("a loss that hardly changes stands on a linear axis around what it is, once it had time to change", () => {
  const flat = metric({ train: [0.7231, 0.7232, 0.723, 0.7231] });
  expect(valueScale(flat, true).log).toBe(false);
  expect(valueScale(flat, true).max).toBeLessThan(0.9);
  expect(valueScale(flat, true, { wanted: true })).toEqual({ log: true, min: 0.1, max: 1 });
  const two = metric({ train: [0.7231, 0.7232] });
  expect(valueScale(two, true).log).toBe(true);
  expect(valueScale(two, true, { epochs: 50 }).log).toBe(true);
  expect(valueScale(two, true, { epochs: 2 }).log).toBe(false);
  expect(valueScale(metric({ train: [0.7231], validation: [0.6] }), true, { epochs: 1 })).toMatchObject({ log: false });
});

test("a loss that is zero or negative somewhere stands on a linear axis that holds all of it", () => {
  const scale = valueScale(metric({ train: [2, -1] }), true);
  expect(scale.log).toBe(false);
  expect(scale.min).toBeLessThanOrEqual(-1);
  expect(scale.max).toBeGreaterThanOrEqual(2);
});

test("numbers that are not finite do not stretch the axis", () => {
  expect(valueScale(metric({ train: [0.5, "Infinity", "NaN"] }), true)).toEqual({ log: true, min: 0.1, max: 1 });
});

test("accuracy ends at 1 and starts at a fifth below its lowest value", () => {
  expect(valueScale(metric({ measure: "binaryAccuracy", train: [0.787, 0.99] }), false)).toEqual({
    log: false,
    min: 0.6,
    max: 1,
  });
  expect(valueScale(metric({ measure: "binaryAccuracy", train: [1, 1] }), false)).toEqual({
    log: false,
    min: 0.8,
    max: 1,
  });
});

test("another metric starts at 0 where 0 is near, and holds its largest value", () => {
  const scale = valueScale(metric({ measure: "mae", train: [3.7, 0.4] }), false);
  expect(scale).toEqual({ log: false, min: 0, max: 4 });
});

test("an error that spans more than two decades stands on a log axis", () => {
  expect(valueScale(metric({ measure: "mae", train: [6.4e10, 2.8e18] }), false)).toEqual({
    log: true,
    min: 1e10,
    max: 1e19,
  });
});

test("a metric that never changes still has an axis with a height", () => {
  const { min, max } = valueScale(metric({ measure: "r2", train: [-3, -3] }), false);
  expect(max).toBeGreaterThan(min);
});

test("epoch ticks are the first, round ones and the last, as many as fit", () => {
  expect(epochTicks(50, 7)).toEqual([1, 10, 20, 30, 40, 50]);
  expect(epochTicks(50, 4)).toEqual([1, 20, 50]);
  expect(epochTicks(1, 7)).toEqual([1]);
  expect(epochTicks(2, 7)).toEqual([1, 2]);
  expect(epochTicks(1234, 7).at(-1)).toBe(1234);
  for (const planned of [3, 7, 12, 20, 33, 100, 365, 1000, 9999]) {
    const ticks = epochTicks(planned, 8);
    expect(ticks.length, `${planned} epochs`).toBeLessThanOrEqual(9);
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
    expect(new Set(ticks).size).toBe(ticks.length);
  }
});

test("the best validation value is the first of the lowest, or of the highest where higher is better", () => {
  expect(bestValidation(metric({ validation: [0.5, "NaN", 0.2, 0.2] }))).toEqual({ epoch: 3, value: 0.2 });
  expect(bestValidation(metric({ better: "higher", validation: [0.5, 0.9, 0.2] }))).toEqual({ epoch: 2, value: 0.9 });
  expect(bestValidation(metric({}))).toBeNull();
});

test("a training that stopped short breaks at the step it reached, one that went through does not", () => {
  expect(breakPoint(view({ state: "stopped" }))).toEqual({ epoch: 23.5, kind: "stopped" });
  const divergence = { step: 53, epoch: 6, layer: null, where: "loss" } as const;
  expect(breakPoint(view({ state: "diverged", divergence }))).toEqual({ epoch: 5.3, kind: "diverged" });
  expect(breakPoint(view({ state: "finished" }))).toBeNull();
  expect(breakPoint(view({}))).toBeNull();
});

test("the headline counts the epoch that is running", () => {
  expect(currentEpoch(view({}))).toBe(24);
  expect(currentEpoch(view({ epochs: { done: 50, planned: 50 } }))).toBe(50);
  expect(currentEpoch(view({ state: "finished", epochs: { done: 12, planned: 50 } }))).toBe(12);
});

test("progress counts steps", () => {
  expect(progressShare(view({}))).toBeCloseTo(235 / 500);
  expect(progressShare(view({ steps: { done: 0, perEpoch: 0 } }))).toBe(0);
});

test("what cannot be drawn leaves a gap", () => {
  expect([0.5, "NaN", "Infinity", null, 0, -1].map((value) => plotted(value as number, true))).toEqual([
    0.5,
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(plotted(-1, false)).toBe(-1);
});

test("a run of very many epochs has a scale", () => {
  const train = Array.from({ length: 200_000 }, (_, index) => 1 / (index + 1));
  const metric: TrainingMetric = { name: "loss", measure: "mse", better: "lower", train, validation: train };
  const { log, min, max } = valueScale(metric, true);
  expect([log, max]).toEqual([true, 1]);
  expect(min).toBeCloseTo(1e-6, 12);
});

test("the axis holds all epochs that are planned, and no empty ones after a training that ended early by itself", () => {
  const epochs = { done: 12, planned: 50 };
  expect(axisEpochs({ state: "running", epochs })).toBe(50);
  expect(axisEpochs({ state: "stopped", epochs })).toBe(50);
  expect(axisEpochs({ state: "finished", epochs })).toBe(12);
  expect(axisEpochs({ state: "finished", epochs: { done: 0, planned: 50 } })).toBe(50);
});
