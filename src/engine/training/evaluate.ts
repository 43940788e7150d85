// Measuring a model without changing it: loss and metrics over examples, and predictions, batch by batch.

import { rowsOf } from "../datasets/dataset.ts";
import { Floats, maths } from "../intrinsics.ts";
import { Random } from "../random.ts";
import { withoutRecording } from "../tape.ts";
import { Tensor } from "../tensor.ts";
import { type Compiled, MeasureTotals } from "./compile.ts";
import { type Graph, outputLayers } from "./graph.ts";
import { type Batch, inferencePass, lossOf, lossValue } from "./step.ts";
import { batchRows, countOf } from "./trainingData.ts";

/** How many examples go through at once; no result depends on it beyond rounding. */
export const inferenceBatchSize = 256;

/** The losses, averaged over the examples, and each metric, in the order of `measureNames`. */
export function measure(
  graph: Graph,
  compiled: Compiled,
  examples: Batch,
  batchSize = inferenceBatchSize,
): readonly number[] {
  const totals = new MeasureTotals(compiled);
  for (const rows of batchesOf(countOf(examples), batchSize)) {
    const { xs, ys } = batchRows(examples, rows);
    const pass = inferencePass(graph, xs, unused);
    const { total, parts } = withoutRecording(() => lossOf(graph, compiled.losses, pass, ys));
    totals.add({ loss: lossValue(total), losses: parts.map(lossValue) }, pass.outputs, ys);
  }
  return totals.results();
}

/** What the model gives for each example: a tensor for each output. */
export function predictAll(graph: Graph, xs: readonly Tensor[], batchSize = inferenceBatchSize): readonly Tensor[] {
  const count = countOf({ xs });
  const batches = batchesOf(count, batchSize).map(
    (rows) =>
      inferencePass(
        graph,
        xs.map((x) => rowsOf(x, rows)),
        unused,
      ).outputs,
  );
  return graph.outputs.map((_, index) => {
    const parts = batches.flatMap((outputs) => outputs[index] ?? []);
    const sampleShape = parts[0]?.shape.slice(1) ?? outputLayers(graph)[index]?.outputShape ?? [];
    const data = new Floats(parts.reduce((size, part) => size + part.size, 0));
    let start = 0;
    for (const part of parts) {
      data.set(part.data, start);
      start += part.size;
    }
    return new Tensor([count, ...sampleShape], data);
  });
}

/** Nothing is random while `training` is false; layers want a source all the same. */
const unused = new Random(0);

function batchesOf(count: number, size: number): number[][] {
  return Array.from({ length: maths.ceil(count / size) }, (_, batch) =>
    Array.from({ length: maths.min(size, count - batch * size) }, (_each, row) => batch * size + row),
  );
}
