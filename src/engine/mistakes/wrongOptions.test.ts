// Every option of everything in the catalogues, given what it should not be: refused by an error that names it, or listed here as taken.

import { describe, expect, it } from "vitest";
import {
  callbacks,
  constraints,
  DomainError,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
  ShapeError,
  schedules,
  UnknownNameError,
  ValueError,
} from "../index.ts";

/** As if without types: a cell runs although the editor marks it. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what types would refuse.
type Untyped = any;
type Make = (options: object) => unknown;

const catalogues: Readonly<Record<string, Untyped>> = {
  callbacks,
  constraints,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
  schedules,
};

/** Calls that need more than options. */
const calls: Readonly<Record<string, Make>> = {
  "layers.activation": (options) => layers.activation("leakyRelu", options),
  "layers.bidirectional": (options) => layers.bidirectional(layers.gru(2), options),
  "layers.conv1d": (options) => layers.conv1d({ filters: 2, kernelSize: 2, ...options }),
  "layers.conv2d": (options) => layers.conv2d({ filters: 2, kernelSize: 2, ...options }),
  "layers.conv2dTranspose": (options) => layers.conv2dTranspose({ filters: 2, kernelSize: 2, ...options }),
  "layers.custom": (options) => layers.custom({ forward: (x) => x, ...options }),
  "layers.dense": (options) => layers.dense({ units: 2, ...options }),
  "layers.depthwiseConv2d": (options) => layers.depthwiseConv2d({ kernelSize: 2, ...options }),
  "layers.dropout": (options) => layers.dropout({ rate: 0.5, ...options }),
  "layers.embedding": (options) => layers.embedding({ inputDim: 5, outputDim: 2, ...options }),
  "layers.gaussianNoise": (options) => layers.gaussianNoise({ stddev: 0.5, ...options }),
  "layers.gru": (options) => layers.gru({ units: 2, ...options }),
  "layers.lstm": (options) => layers.lstm({ units: 2, ...options }),
  "layers.multiHeadAttention": (options) => layers.multiHeadAttention({ numHeads: 2, keyDim: 2, ...options }),
  "layers.permute": (options) => layers.permute({ order: [2, 1], ...options }),
  "layers.repeatVector": (options) => layers.repeatVector({ count: 2, ...options }),
  "layers.reshape": (options) => layers.reshape({ targetShape: [4, 1], ...options }),
  "layers.residual": (options) => layers.residual([layers.dense(2)], options),
  "layers.separableConv2d": (options) => layers.separableConv2d({ filters: 2, kernelSize: 2, ...options }),
  "layers.spatialDropout1d": (options) => layers.spatialDropout1d({ rate: 0.5, ...options }),
  "layers.spatialDropout2d": (options) => layers.spatialDropout2d({ rate: 0.5, ...options }),
  "layers.simpleRnn": (options) => layers.simpleRnn({ units: 2, ...options }),
  "losses.custom": (options) => losses.custom((x) => x, options),
  "metrics.custom": (options) => metrics.custom(() => 1, options),
  "schedules.cosine": (options) => schedules.cosine({ initialLearningRate: 0.1, decaySteps: 9, ...options }),
  "schedules.cosineRestarts": (options) =>
    schedules.cosineRestarts({ initialLearningRate: 0.1, firstDecaySteps: 9, ...options }),
  "schedules.cyclic": (options) =>
    schedules.cyclic({ minLearningRate: 0.1, maxLearningRate: 0.2, risingSteps: 9, ...options }),
  "schedules.exponential": (options) =>
    schedules.exponential({ initialLearningRate: 0.1, decaySteps: 9, decayRate: 0.5, ...options }),
  "schedules.inverseTime": (options) =>
    schedules.inverseTime({ initialLearningRate: 0.1, decaySteps: 9, decayRate: 0.5, ...options }),
  "schedules.noam": (options) => schedules.noam({ modelSize: 8, warmUpSteps: 9, ...options }),
  "schedules.oneCycle": (options) => schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 9, ...options }),
  "schedules.piecewise": (options) => schedules.piecewise({ boundaries: [9], values: [0.1, 0.05], ...options }),
  "schedules.polynomial": (options) => schedules.polynomial({ initialLearningRate: 0.1, decaySteps: 9, ...options }),
  "schedules.reduceOnPlateau": (options) => schedules.reduceOnPlateau({ initialLearningRate: 0.1, ...options }),
  "schedules.step": (options) => schedules.step({ initialLearningRate: 0.1, stepSize: 9, ...options }),
  "schedules.warmUp": (options) => schedules.warmUp({ steps: 9, after: 0.1, ...options } as Untyped),
};

const values: Readonly<Record<string, unknown>> = {
  '"5"': "5",
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-1": -1,
  "0": 0,
  "1.5": 1.5,
  null: null,
  "{}": {},
  "[]": [],
  true: true,
  "()=>1": () => 1,
  "5n": 5n,
};

/** What options take of these; by their names, or where they differ by their calls. */
const taken: Readonly<Record<string, string>> = {
  after: "1.5 ()=>1",
  "losses.binaryFocalCrossentropy.alpha": "0",
  "schedules.cosine.alpha": "0",
  "schedules.cosineRestarts.alpha": "0",
  mMul: "1.5",
  tMul: "1.5",
  "layers.activation.alpha": "0 -1 1.5",
  amsgrad: "true",
  applyClassBalancing: "true",
  axis: "0 -1",
  "layers.concat.axis": "-1",
  beta: "1.5",
  beta1: "0",
  beta2: "0",
  causal: "true",
  center: "true",
  centered: "true",
  clipNorm: "1.5",
  clipValue: "1.5",
  cooldown: "0",
  cycle: "true",
  dampening: "0",
  decayRate: "1.5",
  decoupledWeightDecay: "true",
  delta: "1.5",
  divFactor: "1.5",
  dropout: "0",
  endLearningRate: "0 1.5",
  epsilon: "1.5",
  "layers.batchNorm.epsilon": "0 1.5",
  "layers.layerNorm.epsilon": "0 1.5",
  "layers.rmsNorm.epsilon": "0 1.5",
  factor: "0",
  "schedules.step.factor": "1.5",
  finalDivFactor: "1.5",
  forward: "()=>1",
  fromLogits: "true",
  gain: "0 -1 1.5",
  gamma: "0 1.5",
  globalClipNorm: "1.5",
  goBackwards: "true",
  initialAccumulatorValue: "0 1.5",
  initialLearningRate: "1.5",
  inputShape: "[]",
  l1: "0 1.5",
  l2: "0 1.5",
  labelSmoothing: "0",
  learningRate: "0 1.5 ()=>1",
  learningRateDecay: "0",
  logInput: "true",
  max: "0 1.5",
  maxLearningRate: "1.5",
  maxValue: "0 1.5",
  mean: "0 -1 1.5",
  min: "0 -1",
  minChange: "0 1.5",
  "schedules.reduceOnPlateau.minLearningRate": "0 1.5",
  minValue: "0",
  momentum: "0",
  "schedules.oneCycle.momentum": "{}",
  "schedules.cyclic.momentum": "{}",
  momentumDecay: "1.5",
  monitor: '"5"',
  name: '"5"',
  normalize: "true",
  outputShape: "[] ()=>1",
  "layers.conv1d.padding": "0",
  "layers.conv2d.padding": "0",
  "layers.depthwiseConv2d.padding": "0",
  "layers.separableConv2d.padding": "0",
  "layers.zeroPadding1d.padding": "0",
  "layers.zeroPadding2d.padding": "0",
  patience: "0",
  positiveWeight: "0 1.5",
  power: "1.5",
  projection: "true",
  rate: "0",
  recurrentDropout: "0",
  resetAfter: "true",
  restoreBest: "true",
  returnSequences: "true",
  rho: "0",
  riseShare: "0",
  scale: "true",
  "initializers.varianceScaling.scale": "1.5",
  "schedules.noam.scale": "1.5",
  seed: "0 -1 1.5",
  staircase: "true",
  standardDeviation: "0 1.5",
  startLearningRate: "0 1.5",
  stddev: "0 1.5",
  targetShape: "[]",
  threePhase: "true",
  threshold: "0 -1 1.5",
  trainable: "true",
  unitForgetBias: "true",
  useBias: "true",
  weightDecay: "0 1.5",
  weights: "{}",
};

/** The options of a call, as its error about an unknown one lists them; `null` for what takes none. */
function optionsOf(name: string, make: Make): readonly string[] | null {
  try {
    make({ nameless: 1 });
  } catch (error) {
    if (error instanceof UnknownNameError && error.unknown === "nameless") return error.known;
    if (error instanceof ValueError && /expected no options|finite number|a function of the epoch/.test(error.message))
      return null;
    throw error;
  }
  throw new Error(`${name} ignores unknown options.`);
}

const members = Object.entries(catalogues).flatMap(([catalogue, made]) =>
  Object.entries(made)
    .filter(([, member]) => typeof member === "function")
    .map(([name, member]) => {
      const call = `${catalogue}.${name}`;
      return [call, calls[call] ?? (member as Make)] as const;
    }),
);

describe("wrong options", () => {
  it.each(members)("%s refuses them by name", (call, make) => {
    for (const option of optionsOf(call, make) ?? []) {
      const isTaken = (taken[`${call}.${option}`] ?? taken[option] ?? "").split(" ");
      const found: string[] = [];
      for (const [written, value] of Object.entries(values))
        try {
          make({ [option]: value });
          found.push(written);
        } catch (error) {
          const isTyped = [ShapeError, ValueError, DomainError, UnknownNameError].some((kind) => error instanceof kind);
          expect(isTyped, `${call} ${option}: ${written} gives ${error}`).toBe(true);
          expect((error as Error).message, `${call} ${option}: ${written}`).toContain(option);
        }
      expect(found, `${call} takes as ${option}`).toEqual(isTaken.filter((each) => each !== ""));
    }
  });
});
