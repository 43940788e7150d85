// What is said of trainings with layers of every kind: convolutions, recurrent layers, attention, embeddings, branches.

import { expect, it } from "vitest";
import { shrinkingLayers, syntheticLayer, syntheticRun } from "../../../test/support/syntheticRun.ts";
import {
  input,
  layers,
  type Model,
  model,
  Random,
  type Run,
  sequential,
  type Tensor,
  tensor,
} from "../../engine/index.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import { gradientsView, gradientVerdict } from "../index.ts";
import { sharedSlopeBound } from "./gradientVerdict.ts";
import { layerDepths } from "./layerDepth.ts";

const random = new Random(1);
const images = tensor(random.normalFloats(32 * 6 * 6 * 2), { shape: [32, 6, 6, 2] });
const series = tensor(random.normalFloats(32 * 7 * 3), { shape: [32, 7, 3] });
const classes = tensor(Array.from({ length: 32 }, (_, index) => index % 3));
const softmax = () => layers.dense(3, { activation: "softmax" });

async function train(net: Model, xs: Tensor): Promise<Run> {
  net.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
  return net.fit(xs, classes, { epochs: 2, batchSize: 16, seed: 1 });
}

/** What is said of each layer with weights. */
const sentences = (run: Run) =>
  Object.fromEntries(
    (gradientsView([{ run, runId: "run" }]).runs[0]?.layers ?? []).map((layer) => [
      layer.name,
      `${layer.sentence.tone}: ${sentenceText(layer.sentence, "en")}`,
    ]),
  );

it("a frozen layer is called held, and nothing is said to block its gradient", async () => {
  const run = await train(sequential([layers.flatten(), layers.dense(8, { trainable: false }), softmax()]), series);
  const said = sentences(run);
  expect(said.dense_1).toBe("info: Held: no step moves its weights. It is frozen, or the learning rate is 0.");
  expect(said.dense_2).toMatch(/^good: Gradient healthy: .* One step moves the weights by/);
});

it("dead units of a convolution are its filters", async () => {
  const conv = layers.conv2d(4, 3, { activation: "relu" });
  const net = sequential([conv, layers.flatten(), softmax()]);
  net.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
  net.predict(images);
  // Half of the filters can only give 0.
  conv.weights.find(({ name }) => name === "bias")?.assign([0, -1000, 0, -1000]);
  const run = await train(net, images);
  expect(sentences(run).conv2d_1).toMatch(
    /^warning: 2 of 4 filters are dead: they gave 0 everywhere, for a whole batch\. Gradient healthy/,
  );
});

it("recurrent and attention layers are never called dead or saturated by the slope of their inner activation", async () => {
  const run = await train(
    sequential([
      layers.bidirectional(layers.lstm(4, { activation: "sigmoid", returnSequences: true })),
      layers.multiHeadAttention({ numHeads: 1, keyDim: 4 }),
      layers.gru(4, { activation: "sigmoid" }),
      softmax(),
    ]),
    series,
  );
  for (const said of Object.values(sentences(run))) expect(said).not.toMatch(/dead|Saturated|Held/);
  expect(Object.keys(sentences(run))).toHaveLength(4);
  expect(sharedSlopeBound(run)).toBeNull();
});

it("an embedding is judged by the rows that were looked up", () => {
  const table = syntheticLayer("embedding_1", [1e-5, 1e-5], { type: "embedding" });
  const sparse = { ...table, series: { ...table.series, zeroShare: [0.999, 0.999] } };
  const others = [syntheticLayer("lstm_1", [0.02, 0.02]), syntheticLayer("dense_1", [0.03, 0.03])];
  expect(gradientVerdict(syntheticRun([table, ...others])).kind).toBe("vanishing");
  expect(gradientVerdict(syntheticRun([sparse, ...others])).kind).toBe("healthy");
});

/** Two branches side by side, three layers long and one, joined at the end. */
function branched(): Model {
  const x = input({ shape: 4, name: "x" });
  const long = [1, 2, 3].reduce((before, index) => layers.dense(4, { name: `long_${index}` }).apply(before), x);
  const short = layers.dense(4, { name: "short" }).apply(x);
  return model({ inputs: x, outputs: layers.dense(1, { name: "out" }).apply(layers.add().apply([long, short])) });
}

it("layers side by side are equally deep, whatever their order in the list", () => {
  const net = branched();
  const names = net.layers.filter(({ type }) => type === "dense").map(({ name }) => name);
  const run = { ...syntheticRun(names.map((name) => syntheticLayer(name, [0.1]))), model: net };
  const depths = Object.fromEntries([...layerDepths(run)].map(([{ name }, depth]) => [name, depth]));
  expect(depths).toEqual({ long_1: 0, long_2: 1, long_3: 2, short: 0, out: 3 });
  expect(sharedSlopeBound(run)).toBeNull();
});

it("a trend is one over depth: two layers far apart side by side make none", () => {
  const x = input({ shape: 4, name: "x" });
  const sides = ["a", "b", "c"].map((name) => layers.dense(4, { name }).apply(x));
  const net = model({ inputs: x, outputs: layers.dense(1, { name: "out" }).apply(layers.add().apply(sides)) });
  const sizes: Readonly<Record<string, number>> = { a: 1e-4, b: 1e-3, c: 1e-2, out: 1e-1 };
  const traces = Object.entries(sizes).map(([name, size]) => syntheticLayer(name, [size, size]));
  // In a row the same numbers are a clear trend.
  expect(gradientVerdict(syntheticRun(traces)).kind).toBe("vanishing");
  expect(gradientVerdict({ ...syntheticRun(traces), model: net })).toMatchObject({
    kind: "unknown",
    shrinkPerLayer: null,
  });
});

it("a layer that is applied to its own output has a depth, and a row of layers keeps its order", () => {
  const x = input({ shape: 4, name: "x" });
  const twice = layers.dense(4, { name: "twice" });
  const again = twice.apply(layers.dense(4, { name: "between" }).apply(twice.apply(x)));
  const net = model({ inputs: x, outputs: layers.dense(1, { name: "out" }).apply(again) });
  const run = { ...syntheticRun(["twice", "between", "out"].map((name) => syntheticLayer(name, [1]))), model: net };
  expect([...layerDepths(run).values()].every((depth) => Number.isInteger(depth) && depth >= 0)).toBe(true);
  const row = syntheticRun(shrinkingLayers(4, 2));
  expect([...layerDepths(row).values()]).toEqual([0, 1, 2, 3]);
});
