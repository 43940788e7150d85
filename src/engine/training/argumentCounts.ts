// How many arguments the methods of models, tensors, data, runs, optimizers and generators of random numbers take.

import { type Hints, type MostArguments, refuseOn } from "../argumentCounts.ts";
import { Dataset } from "../datasets/dataset.ts";
import { SplitDataset } from "../datasets/split.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { Random } from "../random.ts";
import { Parameter, Tensor } from "../tensor.ts";
import { Model } from "./model/model.ts";
import { Run } from "./run.ts";

const ofModels: MostArguments = {
  ...{ fit: 3, evaluate: 3, predict: 2, trainOnBatch: 3, build: 2, toPyTorch: 1 },
  copyWeights: 1,
  // These tell more of what they are given.
  ...{ toKeras: Number.POSITIVE_INFINITY, toOnnx: Number.POSITIVE_INFINITY },
};

const ofTensors: MostArguments = {
  ...{ backward: 2, propagate: 2, clip: 2, clamp: 2, softmax: 1, logSoftmax: 1, applyUnary: 2 },
  ...{ sum: 2, mean: 2, max: 2, min: 2, prod: 2, norm: 2, logSumExp: 2, variance: 2, std: 2 },
  ...{ cumsum: 1, argMax: 1, argMin: 1, sort: 2, argSort: 2, topK: 2 },
  ...{ transpose: 1, expandDims: 1, squeeze: 1, pad: 2, flip: 1, split: 2, slice: 3, gather: 2 },
  at: Number.POSITIVE_INFINITY,
};

const ofData: MostArguments = { split: 1, batches: 2 };

const ofOptimizers: MostArguments = {
  ...{ update: 2, endEpoch: 2 },
  // Asked in every step, by the engine alone.
  ...{ beginPlain: Number.POSITIVE_INFINITY, beginStep: Number.POSITIVE_INFINITY },
};

const ofRandom: MostArguments = {
  ...{ uniform: 2, normal: 2, truncatedNormal: 2, uniformFloats: 3, normalFloats: 3 },
};

const hints: Hints = {
  compile: 'Give all in one object: model.compile({ loss: "mse", optimizer: "adam" }).',
  apply: "Give several inputs as a list.",
  setWeights: "Give all weights in a list.",
};

/** Teaches the classes to refuse. */
export function refuseMoreArguments(): void {
  refuseOn(Model.prototype, ofModels, "", hints);
  refuseOn(Tensor.prototype, ofTensors);
  refuseOn(Parameter.prototype, ofTensors);
  refuseOn(Dataset.prototype, ofData);
  refuseOn(SplitDataset.prototype, ofData);
  refuseOn(Run.prototype, { resume: 1 });
  refuseOn(Optimizer.prototype, ofOptimizers, "optimizer.");
  refuseOn(Random.prototype, ofRandom);
}
