// Measuring a model without changing it: loss and metrics over examples, and predictions, batch by batch.

import { Floats, maths } from "../intrinsics.ts";
import { Tensor } from "../tensor.ts";
import { type Compiled, MeasureTotals } from "./compile.ts";
import type { ExampleWeightOptions } from "./data/exampleWeights.ts";
import { countOf } from "./data/trainingData.ts";
import { type Graph, outputLayers } from "./model/graph.ts";
import type { StepPlans } from "./plans/stepPlans.ts";
import type { Batch, WeightedLoss } from "./step.ts";

/** How many examples go through at once; no result depends on it beyond rounding. */
export const inferenceBatchSize = 256;

/** How to measure. */
export interface EvaluateOptions extends ExampleWeightOptions {
  /** Examples that go through at once. Default 256; no result depends on it beyond rounding. */
  readonly batchSize?: number;
}

/** The losses, averaged over the examples, and each metric, in the order of `measureNames`. */
export function measure(
  steps: StepPlans,
  compiled: Compiled,
  examples: Batch,
  batchSize = inferenceBatchSize,
): readonly number[] {
  const totals = new MeasureTotals(compiled);
  for (const rows of batchesOf(countOf(examples), batchSize)) {
    const found = steps.infer({ losses: compiled.losses, examples, rows });
    totals.add(found, found.outputs, found.ys);
  }
  return totals.results();
}

/** What the model gives for each example: a tensor for each output. */
export function predictAll(
  steps: StepPlans,
  graph: Graph,
  xs: readonly Tensor[],
  batchSize = inferenceBatchSize,
): readonly Tensor[] {
  const count = countOf({ xs });
  // Copies: the next batch is written over these numbers.
  const batches = batchesOf(count, batchSize).map((rows) =>
    steps
      .infer({ losses: noLosses, examples: { xs, ys: [] }, rows })
      .outputs.map(({ shape, numbers }) => ({ shape, numbers: new Floats(numbers) })),
  );
  return graph.outputs.map((_, index) => {
    const parts = batches.flatMap((outputs) => outputs[index] ?? []);
    const [first] = parts;
    const sampleShape = first?.shape.slice(1) ?? outputLayers(graph)[index]?.outputShape ?? [];
    if (first !== undefined && parts.length === 1) return new Tensor(first.shape, first.numbers);
    const data = new Floats(parts.reduce((size, { numbers }) => size + numbers.length, 0));
    let start = 0;
    for (const { numbers } of parts) {
      data.set(numbers, start);
      start += numbers.length;
    }
    return new Tensor([count, ...sampleShape], data);
  });
}

const noLosses: readonly WeightedLoss[] = [];

function batchesOf(count: number, size: number): number[][] {
  return Array.from({ length: maths.ceil(count / size) }, (_, batch) =>
    Array.from({ length: maths.min(size, count - batch * size) }, (_each, row) => batch * size + row),
  );
}
