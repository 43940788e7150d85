// A transformer built as a graph and of residual blocks, trained through the public API, against reference values of other frameworks.

import { describe, expect, it } from "vitest";
import { input, type Layer, layers, type Model, model, optimizers, sequential } from "../src/engine/index.ts";
import { expectClose } from "./support/expectClose.ts";
import { type FixtureTensor, readFixture, type Tolerance, tensorOf } from "./support/fixtures.ts";

interface TransformerCase {
  readonly name: string;
  readonly optimizer: { readonly lr: number; readonly momentum: number };
  readonly x: FixtureTensor;
  readonly y: FixtureTensor;
  readonly initial_weights: Record<string, FixtureTensor>;
  readonly loss: readonly number[];
  readonly final_weights: Record<string, FixtureTensor>;
  readonly final_predictions: FixtureTensor;
  readonly final_loss: number;
  readonly tolerance_f32: Tolerance;
}

const { cases } = readFixture<{ cases: TransformerCase[] }>("training.json");
const transformer = cases.find(({ name }) => name === "transformer_block") ?? expect.fail("no transformer_block");

/** The weights of the file in the order of the layers below. */
const names = [
  "embedding_0/table",
  ...["ln1_gamma", "ln1_beta", "wq", "bq", "wk", "bk", "wv", "bv", "wo", "bo"].map((name) => `block_0/${name}`),
  ...["ln2_gamma", "ln2_beta", "w1", "b1", "w2", "b2"].map((name) => `block_0/${name}`),
  ...["dense_0/kernel", "dense_0/bias"],
];

const norm = () => layers.layerNorm({ epsilon: 1e-5 });
const attention = () => layers.multiHeadAttention(2, { keyDim: 2 });
const wide = () => layers.dense(6, { activation: "gelu" });

/** Of residual blocks in a row. */
function ofBlocks(): Model {
  const block = [layers.residual([norm(), attention()]), layers.residual([norm(), wide(), layers.dense(4)])];
  const end: Layer[] = [layers.globalAveragePooling1d(), layers.dense(2, { activation: "softmax" })];
  return sequential([layers.embedding(6, 4), ...block, ...end]);
}

/** As a graph with its skips written out. */
function asGraph(): Model {
  const tokens = input({ shape: 4, name: "tokens" });
  const embedded = layers.embedding(6, 4).apply(tokens);
  const attended = layers.add().apply([embedded, attention().apply(norm().apply(embedded))]);
  const widened = layers.dense(4).apply(wide().apply(norm().apply(attended)));
  const pooled = layers.globalAveragePooling1d().apply(layers.add().apply([attended, widened]));
  return model({ inputs: tokens, outputs: layers.dense(2, { activation: "softmax" }).apply(pooled) });
}

describe("a transformer", () => {
  it.each([
    ["of residual blocks", ofBlocks],
    ["as a graph", asGraph],
  ])("%s trains as the reference", (_, make) => {
    const net = make();
    const { lr, momentum } = transformer.optimizer;
    net.compile({
      loss: "sparseCategoricalCrossentropy",
      optimizer: optimizers.sgd({ learningRate: lr, momentum }),
    });
    net.build(4);
    const weightOf = (from: Record<string, FixtureTensor>, name: string) => tensorOf(from[name] ?? expect.fail(name));
    net.setWeights(names.map((name) => weightOf(transformer.initial_weights, name)));
    const [x, y] = [tensorOf(transformer.x), tensorOf(transformer.y)];
    transformer.loss.forEach((wanted, step) => {
      expectClose([net.trainOnBatch(x, y).loss ?? 0], [wanted], transformer.tolerance_f32, `loss of step ${step}`);
    });
    net.getWeights().forEach((weight, index) => {
      const name = names[index] ?? "";
      expectClose(weight.data, weightOf(transformer.final_weights, name).data, transformer.tolerance_f32, name);
    });
    const predictions = net.predict(x);
    expectClose(predictions.data, transformer.final_predictions.data, transformer.tolerance_f32, "predictions");
    expectClose([net.evaluate(x, y).loss ?? 0], [transformer.final_loss], transformer.tolerance_f32, "final loss");
  });
});
