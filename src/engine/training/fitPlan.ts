// What `fit` is asked: its options, their defaults and checks.

import { checkedNumber, checkOptions, describeValue, ValueError } from "../errors.ts";
import { engineHost } from "../host.ts";
import { maths } from "../intrinsics.ts";
import { isRecord } from "../plainObjects.ts";
import { type Callback, callbackNames } from "./callbacks/callbacks.ts";
import { type ExampleWeightOptions, exampleWeightNames, withSampleWeights } from "./data/exampleWeights.ts";
import {
  countOf,
  type ExampleSet,
  type Examples,
  isTensorSet,
  readExamples,
  readTrainingData,
  splitOffEnd,
  type TensorSet,
  type TrainingData,
} from "./data/trainingData.ts";
import type { Graph } from "./model/graph.ts";
import { readSnapshots } from "./snapshots.ts";
import type { TraceLevel } from "./trace/trace.ts";

/** How to train. */
export interface FitOptions extends ExampleWeightOptions {
  /** Passes over the data. Default 1. */
  readonly epochs?: number;
  /** Examples a step. Default 32. */
  readonly batchSize?: number;
  /** Chooses the order of the batches, dropout, and the initial weights of a model without a seed of its own. Default 1. */
  readonly seed?: number;
  /** Whether every epoch has another order. Default true. */
  readonly shuffle?: boolean;
  /** What to watch without learning from it. Default: the validation part of a split data set. */
  readonly validationData?: Examples;
  /** Watch this share (0–1) from the end of the data instead. */
  readonly validationSplit?: number;
  /** What to do between epochs and steps. */
  readonly callbacks?: readonly Callback[];
  /** How charts call this run. Default: the model's name. */
  readonly name?: string;
  /**
   * What to record of the layers: "summary" sizes of gradients, signals, weights, updates and activations; "full"
   * their distributions too; "off" nothing. `true` and `false` mean "summary" and "off". Default: "summary"; in the editor, what
   * the setting `nnbook.traceDetail` says.
   *
   * A recorded step takes longer by this share, "summary" and "full" (one thread of an AMD EPYC, Node 24, WebAssembly SIMD, best
   * samples of interleaved runs): twenty dense layers of 64 units, batch 64: 5 %, 25 %; 784-128-64-10, batch 128: 5 %, 24 %; a
   * small convolution net for 28×28 pictures: 6 %, 49 %; 2-16-16-1, batch 32, whose step takes 4.2 µs: 8 %, 109 %. Of a long
   * training few steps are recorded unless `every` says so: of the last, 10,000 steps then take 3 ms (7 %) longer.
   *
   * @example await model.fit(data, { epochs: 20, trace: "full" }); model.run?.layers[0]?.histograms?.gradient
   */
  readonly trace?: TraceLevel | boolean;
  /**
   * Record each n-th step, from the first on. Default: all of them up to 240, then every second one, and so on. However long a
   * training takes, 240 steps at most are kept, spread over all of it; those that stand out stay, and besides them the step at
   * which each layer's gradient was largest (at most 40 more). A step that is not recorded cannot be kept: `every: 1` misses none.
   *
   * @throws ValueError for anything but a whole number from 1.
   */
  readonly every?: number;
  /**
   * How many snapshots of the weights `run.snapshots` keeps, start and end among them, evenly spread: 2 to 60. They take 4 bytes a
   * weight each. Default: up to 60, as many as fit into 8 MB (none of a model of more than a million weights). `false` for none.
   *
   * @throws ValueError for any other number.
   */
  readonly snapshots?: number | boolean;
}

/** What `fit` was asked, settled. */
export interface FitPlan {
  readonly train: ExampleSet;
  readonly validation: ExampleSet | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly callbacks: readonly Callback[];
  readonly name: string | null;
  readonly trace: TraceLevel;
  /** `null` for as many as there is room for. */
  readonly every: number | null;
  /** `null` for as many as fit. */
  readonly snapshots: number | null;
  readonly classWeight: ExampleWeightOptions["classWeight"];
}

const optionNames = [
  "epochs",
  "batchSize",
  "seed",
  "shuffle",
  "validationData",
  "validationSplit",
  "callbacks",
  "name",
  "trace",
  "every",
  "snapshots",
  ...exampleWeightNames,
];

/** Settles `fit(data, options)` or `fit(x, y, options)`. */
export function readFitArguments(
  graph: Graph,
  [first, second, third]: readonly [
    TrainingData | TensorSet,
    TensorSet | FitOptions | undefined,
    FitOptions | undefined,
  ],
): FitPlan {
  const y = third !== undefined || isTensorSet(second, graph) ? (second as TensorSet | undefined) : undefined;
  const { options = {} } = { options: y === undefined ? (second as FitOptions | undefined) : third };
  checkOptions("fit", options, optionNames);
  const { epochs = 1, batchSize = 32, seed = 1, shuffle = true, callbacks = [], name = null } = options;
  if (!Number.isInteger(epochs) || epochs < 1) {
    throw new ValueError({ op: "fit", expected: "epochs as a whole number, 1 or more", got: describeValue(epochs) });
  }
  if (!Array.isArray(callbacks))
    throw new ValueError({
      op: "fit",
      expected: "callbacks as a list",
      got: describeValue(callbacks),
      hint: "For example callbacks: [callbacks.earlyStopping()].",
    });
  for (const callback of callbacks) checkCallback(callback);
  checkedNumber("fit", "seed", seed);
  let { train, validation } = readTrainingData(graph, first, y);
  // Before the end is split off: Keras splits the weights too.
  train = withSampleWeights("fit", graph, train, options.sampleWeight);
  if (options.validationData !== undefined && options.validationSplit !== undefined)
    throw new ValueError({
      op: "fit",
      expected: "validationData or validationSplit",
      got: "both",
      hint: "Leave one of them out: both say which examples the training is measured by.",
    });
  if (options.validationData !== undefined)
    validation = readExamples(graph, "fit", options.validationData, "validation");
  else if (options.validationSplit !== undefined) ({ train, validation } = splitOffEnd(train, options.validationSplit));
  const { classWeight } = options;
  const size = batchSizeOf("fit", batchSize);
  const { trace, every } = readTraceOptions(options);
  const snapshots = readSnapshots(options.snapshots);
  return {
    ...{ train, validation, epochs, batchSize: size, seed, shuffle, callbacks, name },
    ...{ trace, every, snapshots, classWeight },
  };
}

/** @throws ValueError for what is no level. */
export function readTraceLevel(op: string, trace: TraceLevel | boolean): TraceLevel {
  const levels: readonly unknown[] = ["off", "summary", "full", true, false];
  if (!levels.includes(trace))
    throw new ValueError({
      op,
      expected: 'trace as "off", "summary" or "full" (or true, false)',
      got: describeValue(trace),
      hint: 'Leave it out for the usual one, "summary".',
    });
  return typeof trace === "boolean" ? (trace ? "summary" : "off") : trace;
}

function readTraceOptions({ trace = engineHost().traceLevel(), every }: FitOptions): Pick<FitPlan, "trace" | "every"> {
  const level = readTraceLevel("fit", trace);
  if (every !== undefined && !(Number.isInteger(every) && every >= 1))
    throw new ValueError({
      op: "fit",
      expected: "every as a whole number of steps, 1 or more",
      got: describeValue(every),
      hint: "every: 1 records all steps; without it nnbook chooses.",
    });
  return { trace: level, every: every ?? null };
}

/** @throws UnknownNameError or ValueError for what has no function of a callback. */
function checkCallback(callback: Callback): void {
  const isOfClass = Object(callback) === callback && !isRecord(callback);
  // What a class keeps beside its functions is its own.
  const told = isOfClass ? callbackNames.filter((name) => name in callback) : [];
  const given = told.length === 0 ? callback : Object.fromEntries(told.map((name) => [name, callback[name]]));
  checkOptions("a callback", given, callbackNames);
}

/** @throws ValueError for anything but a whole number from 1. */
export function batchSizeOf(op: string, size: number): number {
  if (Number.isInteger(size) && size >= 1) return size;
  throw new ValueError({ op, expected: "batchSize as a whole number, 1 or more", got: describeValue(size) });
}

/** How many steps an epoch has. */
export function stepsPerEpoch(plan: Pick<FitPlan, "train" | "batchSize">): number {
  return maths.ceil(countOf(plan.train) / plan.batchSize);
}
