// The ways to train a model that must all come to the same numbers, and where two outcomes differ first.

import { Random, type Tensor, tensor } from "../../../src/engine/index.ts";
import type { Graph } from "../../../src/engine/training/model/graph.ts";
import { trainableWeights, trainingPass } from "../../../src/engine/training/step.ts";
import type { TraceLevel } from "../../../src/engine/training/trace/trace.ts";
import type { RandomTraining } from "./randomTrainings.ts";

/** What a training leaves behind. */
export interface Outcome {
  /** Of each step: the loss, and those of its parts. */
  readonly losses?: Numbers;
  /** Of the last step. */
  readonly gradients?: Numbers;
  readonly weights: Numbers;
  readonly predictions?: Numbers;
}

type Numbers = readonly (readonly number[])[];

interface BatchOf {
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  readonly weights: Tensor | null;
}

/** The examples in their order, in batches; the last may be smaller. */
function batches({ xs, ys, weights, batchSize }: RandomTraining): readonly BatchOf[] {
  const count = xs[0]?.shape[0] ?? 0;
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => {
    const part = (tensor: Tensor) => tensor.slice(index * batchSize, Math.min(count, (index + 1) * batchSize));
    return { xs: xs.map(part), ys: ys.map(part), weights: weights === null ? null : part(weights) };
  });
}

const numbersOf = (tensors: readonly (Tensor | null)[]) => tensors.map((each) => [...(each?.data ?? [])]);

type Net = ReturnType<RandomTraining["make"]>;
/** What the public types hide. */
const graphOf = (net: Net) => (net as unknown as { readonly graph: Graph }).graph;
const weightsOf = (net: Net) => numbersOf(net.getWeights());
const gradientsOf = (net: Net) => numbersOf(net.weights.map(({ grad }) => grad));

/**
 * Step by step without a plan, as `trainOnBatch` ("batch") and `fit` ("step", counted from 1) are specified: what is random
 * comes from streams of their own. Predicts without a plan too.
 */
export function trainEagerly(training: RandomTraining, stream: "batch" | "step"): Outcome {
  const net = training.make();
  const { compiled } = net;
  if (compiled === null) throw new Error("It was not compiled.");
  const random = new Random(training.modelSeed).child(stream);
  const first = stream === "step" ? 1 : 0;
  const losses = batches(training).map(({ xs, ys, weights }, step) => {
    const given = { xs, ys, ...(weights !== null && { weights: ys.map(() => weights) }) };
    const pass = trainingPass(graphOf(net), compiled.losses, given, random.child(first + step));
    compiled.optimizer.update(trainableWeights(net.layers));
    return pass.losses.length === 1 ? [pass.loss] : [pass.loss, ...pass.losses];
  });
  const gradients = gradientsOf(net);
  return { losses, gradients, weights: weightsOf(net), predictions: numbersOf(net.predict([...training.xs])) };
}

/** The same by planned steps; what is predicted a second time is planned too. */
export function trainOnBatches(training: RandomTraining): Outcome {
  const net = training.make();
  const losses = batches(training).map(({ xs, ys, weights }) => {
    const options = weights === null ? [] : [{ sampleWeight: weights }];
    const measured = net.trainOnBatch([...xs], [...ys], ...options);
    const names = new Set(["loss", ...(net.compiled?.losses ?? []).map(({ name }) => name)]);
    return [...names].map((name) => measured[name] ?? Number.NaN);
  });
  const gradients = gradientsOf(net);
  net.predict([...training.xs]);
  return { losses, gradients, weights: weightsOf(net), predictions: numbersOf(net.predict([...training.xs])) };
}

/** The same by `fit`; in another order where it shuffles. */
export async function trainByFit(training: RandomTraining, trace: TraceLevel, shuffle = false): Promise<Outcome> {
  const net = training.make();
  await net.fit([...training.xs], [...training.ys], {
    ...{ batchSize: training.batchSize, seed: training.modelSeed, shuffle, trace, every: 1 },
    ...(training.weights !== null && { sampleWeight: training.weights }),
  });
  return { weights: weightsOf(net) };
}

/** What a first pass of all examples gives, whose numbers may be compared between backends: further steps go apart. */
export function firstPass(
  training: RandomTraining,
  disturb: (numbers: Float32Array) => void = () => undefined,
): Outcome {
  const net = training.make();
  for (const { data } of net.weights) disturb(data);
  const { compiled } = net;
  if (compiled === null) throw new Error("It was not compiled.");
  const { ys, weights } = training;
  const xs = training.xs.map(({ shape, data }) => tensor(data.slice(), { shape }));
  for (const { data } of xs) disturb(data);
  const given = { xs, ys, ...(weights !== null && { weights: ys.map(() => weights) }) };
  const pass = trainingPass(graphOf(net), compiled.losses, given, new Random(training.modelSeed));
  const predictions = numbersOf(pass.outputs);
  return { losses: [[pass.loss]], gradients: gradientsOf(net), weights: weightsOf(net), predictions };
}

/** Two numbers as bits, but for the sign of a zero, which plans may lose, and the bits of a NaN. */
const isSame = (a: number | undefined, b: number | undefined) => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** Numbers with other last two bits, up, down or as they were; whole ones, which may be row numbers, stay. */
export function disturbed(numbers: Float32Array): void {
  numbers.forEach((value, index) => {
    if (!Number.isInteger(value)) numbers[index] = value * (1 + (((index * 7) % 3) - 1) * 2 ** -22);
  });
}

/** The largest difference of two outcomes, of numbers that belong together by the largest of them. */
export function distance(got: Outcome, wanted: Outcome): number {
  const parts = (["losses", "gradients", "predictions"] as const).map((what) => {
    const [found, expected] = [got[what]?.flat() ?? [], wanted[what]?.flat() ?? []];
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
    return (
      expected.reduce((most, value, index) => Math.max(most, Math.abs(value - (found[index] ?? Number.NaN))), 0) / scale
    );
  });
  return Math.max(...parts);
}

/** Where they differ first in what both have; `null` for nowhere. */
export function difference(got: Outcome, wanted: Outcome): string | null {
  for (const what of ["losses", "gradients", "weights", "predictions"] as const)
    for (const [which, list] of (wanted[what] ?? []).entries()) {
      const found = got[what]?.[which];
      if (found === undefined) continue;
      const at = list.findIndex((value, index) => !isSame(found[index], value));
      if (found.length !== list.length || at !== -1) return `${what} ${which} at ${at}: ${found[at]}, not ${list[at]}`;
    }
  return null;
}
