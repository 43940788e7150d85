// Runs made by hand for tests of what insights say: gradients of each layer as functions of the step.

import type { LayerTrace, RunRecord, TraceMeasure } from "../../src/engine/index.ts";

/** A dense layer whose mean |g| at each recorded step is given. */
export function syntheticLayer(
  name: string,
  gradients: readonly number[],
  changes: Partial<LayerTrace> = {},
): LayerTrace {
  const constant = (value: number | null) => gradients.map(() => value);
  const series: Record<TraceMeasure, (number | null)[]> = {
    meanAbs: [...gradients],
    mean: constant(0),
    std: [...gradients],
    l2: gradients.map((value) => value * 16),
    max: gradients.map((value) => value * 4),
    zeroShare: constant(0),
    signalMeanAbs: gradients.map((value) => value / 2),
    signalMean: constant(0),
    signalStd: gradients.map((value) => value / 2),
    signalL2: gradients.map((value) => value * 8),
    signalMax: gradients.map((value) => value * 2),
    signalZeroShare: constant(0),
    updateRatio: gradients.map((value) => value / 10),
    updateNorm: gradients.map((value) => (value * 4) / 10),
    weightNorm: constant(4),
    weightMean: constant(0),
    weightStd: constant(0.25),
    activationMean: constant(0.5),
    activationStd: constant(0.1),
    saturatedShare: constant(0),
    deadShare: constant(null),
  };
  return {
    name,
    type: "dense",
    activation: "sigmoid",
    inputShape: [null, 16],
    outputShape: [null, 16],
    parameters: 272,
    trainableParameters: 272,
    place: { cellId: "cell:1", line: 2, column: 10 },
    series,
    histograms: null,
    epochGradient: gradients.at(-1) ?? null,
    preActivations: null,
    ...changes,
  };
}

/** A finished run over these layers. */
export function syntheticRun(layers: readonly LayerTrace[], changes: Partial<RunRecord> = {}): RunRecord {
  const count = layers[0]?.series.meanAbs.length ?? 0;
  return {
    name: "sigmoid",
    state: "finished",
    seed: 1,
    batchSize: 32,
    earlyEnd: null,
    epochs: { done: 4, planned: 4 },
    steps: { done: count, perEpoch: Math.ceil(count / 4) },
    history: [{ name: "loss", measure: "mse", better: "lower", train: [4, 3, 2, 1], validation: null }],
    layers,
    trace: { steps: Array.from({ length: count }, (_, index) => index + 1), stride: 1 },
    divergence: null,
    loss: Array.from({ length: count }, (_, index) => 4 - (3 * index) / count),
    lossName: "mse",
    optimizerName: "sgd",
    learningRate: 0.05,
    learningRates: Array.from({ length: count }, () => 0.05),
    momenta: null,
    guessLoss: 4.5,
    notes: [],
    dataSummary: { examples: 128, inputs: [], classCounts: null, targets: null, isWeighted: false },
    ...changes,
  };
}

/** Layers whose gradients shrink by `factor` per layer towards the input, the last having 0.01. */
export function shrinkingLayers(count: number, factor: number, steps = 8): LayerTrace[] {
  return Array.from({ length: count }, (_, index) => {
    const size = 0.01 / factor ** (count - 1 - index);
    return syntheticLayer(
      `dense_${index + 1}`,
      Array.from({ length: steps }, (_each, step) => size * (1 + (step % 3) / 10)),
    );
  });
}
