// A small run as the kernel reports it, for tests of what shows it.

import type { LayerReport, RunReport } from "../../src/shared/layerReport.ts";
import type { OptimizersView, Racer, TrainingView } from "../../src/shared/views.ts";

export function layerReport(changes: Partial<LayerReport> = {}): LayerReport {
  return {
    layer: {
      name: "dense_3",
      type: "dense",
      activation: "sigmoid",
      inputShape: [null, 16],
      outputShape: [null, 16],
      parameters: 272,
    },
    place: { cellId: "cell:a", line: 2, column: 10 },
    sentence: {
      tone: "warning",
      messages: [
        {
          id: "layerVanishes",
          args: {
            size: { kind: "number", value: 5.67e-8 },
            times: { kind: "times", value: 2.7 },
            next: "dense_4",
          },
        },
      ],
    },
    firstStep: 1,
    lastStep: 396,
    rows: [
      { measure: "meanAbs", first: 9.85e-7, last: 5.67e-8 },
      { measure: "updateRatio", first: 3.1e-7, last: 2.7e-7 },
      { measure: "activation", first: 0.48, last: 0.48, firstStd: 0.15, lastStd: 0.15 },
    ],
    sparkline: [9.85e-7, 3e-7, 5.67e-8],
    ...changes,
  };
}

export function runReport(changes: Partial<RunReport> = {}): RunReport {
  return {
    runId: "fit-1",
    name: "run",
    state: "finished",
    epochs: { done: 40, planned: 40 },
    loss: Math.LN2,
    verdict: { kind: "vanishing", shrinkPerLayer: 4.1, range: 1e5 },
    layers: [layerReport()],
    findings: [],
    ...changes,
  };
}

export function trainingView(changes: Partial<TrainingView> = {}): TrainingView {
  return {
    kind: "training",
    version: 1,
    runId: "fit-1",
    state: "running",
    epochs: { done: 0, planned: 40 },
    steps: { done: 0, perEpoch: 10 },
    metrics: [{ name: "loss", measure: "mse", better: "lower", train: [], validation: null }],
    layers: [],
    sentence: null,
    divergence: null,
    ...changes,
  };
}

/** A race of sgd and adam over 3 seeds that runs: two of sgd's have ended. */
export function raceView(changes: Partial<OptimizersView> = {}): OptimizersView {
  const racer = (name: string, ended: number): Racer => ({
    ...{ name, optimizer: name, learningRate: 0.1, rank: null, isShared: false },
    ...{ steps: [1, 2], mean: [1, 0.5], low: [0.9, 0.4], high: [1.1, 0.6] },
    ...{ final: null, best: null, validation: null, target: null, reached: 0, msPerStep: null, ended, diverged: 0 },
  });
  return {
    ...{ kind: "optimizers", version: 1, raceId: "fit-0a1b2c3d-9", state: "running" },
    sentence: { tone: "info", messages: [] },
    ...{ notes: [], seeds: 3, lossName: "mse", hasValidation: false, target: null, plannedSteps: 10 },
    racers: [racer("sgd", 2), racer("adam", 0)],
    ...changes,
  };
}
