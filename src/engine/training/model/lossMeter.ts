// Measures the loss that other weights would have, on a copy of the model: for pictures of the loss around a net.

import { Floats, maths } from "../../intrinsics.ts";
import { batchRows, countOf, readTrainingData, type TrainingData } from "../data/trainingData.ts";
import type { Model } from "./model.ts";

export interface LossMeter {
  /** How many examples it looks at, evenly spread over all. */
  readonly examples: number;
  readonly total: number;
  /** The loss with these weights: all numbers, weight after weight in the order of `model.weights`. */
  at(numbers: Float64Array): number;
}

/** Takes at most `limit` of the training examples. `op` is who asks, for errors. */
export function lossMeter(op: string, model: Model<unknown>, data: TrainingData, limit: number): LossMeter {
  const { train } = readTrainingData(model.graph, data, undefined, op);
  const total = countOf(train);
  const examples = maths.min(limit, total);
  const rows = Array.from({ length: examples }, (_, row) => maths.floor((row * total) / examples));
  const { xs, ys } = batchRows(train, rows);
  const copy = model.clone();
  return {
    examples,
    total,
    at(numbers) {
      let start = 0;
      copy.restoreWeights(
        copy.weights.map(({ size }) => {
          start += size;
          return Floats.from(numbers.subarray(start - size, start));
        }),
      );
      return copy.evaluateFor(op, { x: xs, y: ys }, { batchSize: maths.min(examples, 1024) }).loss ?? Number.NaN;
    },
  };
}
