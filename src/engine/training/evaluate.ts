// Measuring a model without changing it: loss and metrics over examples, and predictions, batch by batch.

import { rowsOf } from "../datasets/dataset.ts";
import { Floats, maths } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import { Random } from "../random.ts";
import { withoutRecording } from "../tape.ts";
import { Tensor } from "../tensor.ts";
import { type Compiled, metricBatch } from "./compile.ts";
import { inferencePass, lossOf } from "./step.ts";
import type { ExamplePair } from "./trainingData.ts";

/** How many examples go through at once; no result depends on it beyond rounding. */
export const inferenceBatchSize = 256;

/** The loss, averaged over the examples, and each metric. */
export function measure(
  layers: readonly Layer[],
  compiled: Compiled,
  pair: ExamplePair,
  batchSize = inferenceBatchSize,
): number[] {
  const totals = compiled.metrics.map((metric) => metric.start());
  const count = pair.x.shape[0] ?? 0;
  let lossSum = 0;
  for (const rows of batchesOf(count, batchSize)) {
    const y = rowsOf(pair.y, rows);
    const pass = inferencePass(layers, rowsOf(pair.x, rows), unused);
    const loss = withoutRecording(() => lossOf(layers, compiled.loss, pass, y));
    lossSum += (loss.data[0] ?? Number.NaN) * rows.length;
    for (const total of totals) total.add(metricBatch(y, pass.output));
  }
  return [lossSum / maths.max(1, count), ...totals.map((total) => total.result())];
}

/** The model's output for each example. */
export function predictAll(layers: readonly Layer[], x: Tensor, batchSize = inferenceBatchSize): Tensor {
  const count = x.shape[0] ?? 0;
  const outputs = batchesOf(count, batchSize).map((rows) => inferencePass(layers, rowsOf(x, rows), unused).output);
  const sampleShape = outputs[0]?.shape.slice(1) ?? layers.at(-1)?.outputShape ?? [];
  const data = new Floats(outputs.reduce((size, output) => size + output.size, 0));
  let start = 0;
  for (const output of outputs) {
    data.set(output.data, start);
    start += output.size;
  }
  return new Tensor([count, ...sampleShape], data);
}

/** Nothing is random while `training` is false; layers want a source all the same. */
const unused = new Random(0);

function batchesOf(count: number, size: number): number[][] {
  return Array.from({ length: maths.ceil(count / size) }, (_, batch) =>
    Array.from({ length: maths.min(size, count - batch * size) }, (_each, row) => batch * size + row),
  );
}
