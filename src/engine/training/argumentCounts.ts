// Arguments beyond those that a method takes: JavaScript drops them without a word, and `model.summary({ lineLength: 80 })` looks as if it meant something.

import { Dataset } from "../datasets/dataset.ts";
import { SplitDataset } from "../datasets/split.ts";
import { describeValue, ValueError } from "../errors.ts";
import { Parameter, Tensor } from "../tensor.ts";
import { Model } from "./model.ts";
import { Run } from "./run.ts";

/** How many arguments methods take at most; of all others JavaScript knows it, for none of them may be left out. */
export type MostArguments = Readonly<Record<string, number>>;

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

/** What to do, where that is not to leave the rest out. */
type Hints = Readonly<Record<string, string>>;

const hints: Hints = {
  compile: 'Give all in one object: model.compile({ loss: "mse", optimizer: "adam" }).',
  apply: "Give several inputs as a list.",
  setWeights: "Give all weights in a list.",
};

/** Teaches the classes to refuse. */
export function refuseMoreArguments(): void {
  refuseOn(Model.prototype, ofModels);
  refuseOn(Tensor.prototype, ofTensors);
  refuseOn(Parameter.prototype, ofTensors);
  refuseOn(Dataset.prototype, ofData);
  refuseOn(SplitDataset.prototype, ofData);
  refuseOn(Run.prototype, { resume: 1 });
}

/** The functions of `object` refuse more arguments than they take, called `prefix` and their name; those of classes that it stands on, too. */
export function refuseOn(object: object, most: MostArguments, prefix = "", instead: Hints = hints): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (typeof value !== "function" || name === "constructor" || refusing.has(value)) continue;
    const count: number = (Object.hasOwn(most, name) ? most[name] : undefined) ?? value.length;
    if (count === Number.POSITIVE_INFINITY) continue;
    const checked = refusingMore(value, count, name, `${prefix}${name}`, instead[name]);
    refusing.add(checked);
    Object.defineProperty(object, name, { value: checked });
  }
  const parent: unknown = Object.getPrototypeOf(object);
  if (typeof parent === "object" && parent !== null && parent !== Object.prototype)
    refuseOn(parent, most, prefix, instead);
}

type Method = (...given: unknown[]) => unknown;

/** Classes whose methods refuse already, so that what several stand on is taken once. */
const refusing = new WeakSet<object>();

function refusingMore(method: Method, most: number, name: string, op: string, hint: string | undefined): Method {
  return {
    [name](this: unknown, ...given: unknown[]): unknown {
      if (given.length > most) refuse(op, most, given, hint);
      return method.apply(this, given);
    },
  }[name] as Method;
}

/** @throws ValueError */
function refuse(op: string, most: number, given: readonly unknown[], hint: string | undefined): never {
  const expected = most === 0 ? "no arguments" : `at most ${most} argument${most === 1 ? "" : "s"}`;
  const first = describeValue(given[most]);
  const got = most === 0 && given.length === 1 ? first : `${given.length}, the next being ${first}`;
  throw new ValueError({ op, expected, got, ...(hint === undefined ? {} : { hint }) });
}
