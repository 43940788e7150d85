// What a cell declares for itself must not reach the engine.

import { expect, it } from "vitest";
import { layers } from "./layers/layers.ts";
import { losses } from "./losses/losses.ts";
import { optimizers } from "./optimizers/optimizers.ts";
import { Random } from "./random.ts";
import { tensor } from "./tensor.ts";

function trainOneStep(): number[] {
  const random = new Random(1);
  const layer = layers.dense(2, { activation: "gelu", kernelInitializer: "orthogonal" });
  layer.build([3], random);
  const context = { training: true, random };
  const x = tensor([
    [0.1, -0.2, 0.3],
    [1, 2, -1],
  ]);
  losses
    .sparseCategoricalCrossentropy({ fromLogits: true })
    .compute(layer.call(x, context), tensor([0, 1]))
    .backward();
  optimizers.adam().update(layer.weights);
  return layer.weights.flatMap((weight) => [...weight.data]);
}

it("a cell's own Math and typed arrays do not change what the engine computes", () => {
  const wanted = trainOneStep();
  const own = { Math: globalThis.Math, Float32Array: globalThis.Float32Array, Float64Array: globalThis.Float64Array };
  let got: number[];
  try {
    Object.assign(globalThis, { Math: { exp: () => 0 }, Float32Array: "mine", Float64Array: undefined });
    got = trainOneStep();
  } finally {
    Object.assign(globalThis, own);
  }
  expect(got).toEqual(wanted);
});
