// Weights over a training: the histograms are right, and what is odd is said, what is healthy is not.

import { expect, test } from "vitest";
import { initializers, layers, optimizers, sequential } from "../../engine/index.ts";
import { unpackFineShares } from "../../shared/levels.ts";
import { weightSeries, weightState } from "./weightSeries.ts";
import { weightsView } from "./weightsView.ts";

const x = Array.from({ length: 40 }, (_, row) => [Math.sin(row), Math.cos(2 * row)]);
const y = x.map(([first = 0]) => [first > 0 ? 1 : 0]);

async function trained(options: { kernel?: "ones" | "glorotUniform"; rate?: number; snapshots?: number | false } = {}) {
  const { kernel = "glorotUniform", rate = 0.5, snapshots = 6 } = options;
  const model = sequential([
    layers.dense(4, { activation: "tanh", kernelInitializer: kernel }),
    layers.dense(1, { activation: "sigmoid", kernelInitializer: kernel }),
  ]);
  model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.sgd({ learningRate: rate }) });
  const run = await model.fit({ x, y }, { epochs: 10, batchSize: 10, seed: 1, snapshots });
  return { model, run, runId: "fit" };
}

const ids = (view: ReturnType<typeof weightsView>) => view.sentence.messages.map(({ id }) => id);

test("a histogram counts each number once, extremes in the outer bins, at every step on one scale", () => {
  const values = [
    [0, 0, 1, 2],
    [-2, 2, 2, 2],
  ];
  const states = values.map((each) => weightState(each, values[0] ?? []));
  const { range, histograms, moved } = weightSeries(values, states);
  expect(range).toEqual([-2, 2]);
  const [first, last] = histograms.map((letters) => Array.from(unpackFineShares(letters)));
  expect(first?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
  expect([last?.[0], last?.at(-1), first?.at(-1)]).toEqual([0.25, 0.75, 0.25].map((share) => expect.closeTo(share, 3)));
  expect(moved).toEqual([0, expect.closeTo(Math.sqrt((4 + 4 + 1 + 0) / 4), 3)]);
});

test("a few numbers far out stand in the outer bins, and press nothing together; a step that is all far out stays in sight", () => {
  const many = Array.from({ length: 400 }, (_, at) => Math.sin(at));
  const range = (values: readonly (readonly number[])[]) =>
    weightSeries(
      values,
      values.map((each) => weightState(each, each)),
    ).range;
  expect(range([many, many])).toEqual([expect.closeTo(-1, 4), expect.closeTo(1, 4)]);
  const [low, high] = range([many, [...many.slice(1), 1000]]);
  expect(low).toBeLessThan(-0.9999);
  expect([low, high].every((end) => Math.abs(end) < 10)).toBe(true);
  const values = [many, [...many.slice(1), 1000]];
  const states = values.map((each) => weightState(each, many));
  const last = unpackFineShares(weightSeries(values, states).histograms[1] ?? "");
  expect(last.at(-1)).toBeCloseTo(1 / 400, 3);
  const exploded = many.map((value) => 1000 * value);
  expect(range([...Array.from({ length: 99 }, () => many), exploded])[1]).toBeGreaterThan(990);
});

test("a healthy training moves all weights, and the sentence names the most and the least", async () => {
  const view = weightsView(await trained());
  expect(ids(view)).toEqual(["weightsMoved"]);
  expect(view.steps).toEqual([0, 8, 16, 24, 32, 40]);
  expect(view.layers.map(({ weights }) => weights.map(({ name, shape }) => [name, ...shape]))).toEqual([
    [
      ["kernel", 2, 4],
      ["bias", 4],
    ],
    [
      ["kernel", 4, 1],
      ["bias", 1],
    ],
  ]);
});

test("what does not move, and units that stay alike, are named", async () => {
  const still = weightsView(await trained({ rate: 1e-12 }));
  expect(ids(still)).toEqual(["weightsStill"]);
  const alike = weightsView(await trained({ kernel: "ones" }));
  expect(ids(alike)).toEqual(["weightsAlike"]);
  expect(alike.layers[0]?.weights[0]?.sentence.messages[0]?.id).toBe("weightAlike");
});

test("weights that grew many times are named with their factor", async () => {
  const model = sequential([
    layers.dense(4, {
      kernelInitializer: initializers.randomNormal({ standardDeviation: 1e-4 }),
      useBias: false,
      inputShape: 2,
    }),
  ]);
  model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.1 }) });
  const targets = x.map(([first = 0]) => [first, first, 2 * first, -first]);
  const run = await model.fit({ x, y: targets }, { epochs: 20, seed: 1 });
  const view = weightsView({ model, run, runId: "fit" });
  expect(view.sentence).toMatchObject({ tone: "warning", messages: [{ id: "weightsGrew" }] });
});

test("without snapshots mean and spread of each layer come from the trace; untrained models show what they have", async () => {
  const view = weightsView(await trained({ snapshots: false }));
  expect(view.layers[0]?.weights).toMatchObject([{ name: "", histograms: [], min: [] }]);
  expect(view.steps[0]).toBe(0);
  expect(ids(view)).toEqual(["weightsUntrained", "weightsNotKept"]);
  const model = sequential([layers.dense(3, { inputShape: 2 })], { seed: 1 });
  const now = weightsView({ model, run: null, runId: null });
  expect([now.steps, ids(now)]).toEqual([[0], ["weightsUntrained"]]);
  expect(() => weightsView({ model: sequential([layers.dense(3)]), run: null, runId: null })).toThrow("not built");
  // Its shape alone makes no weights: they are drawn with the seed of what needs them.
  const shaped = sequential([layers.dense(3, { inputShape: [2] })]);
  expect(() => weightsView({ model: shaped, run: null, runId: null })).toThrow("or make its weights: model.build(4)");
  shaped.build();
  expect(weightsView({ model: shaped, run: null, runId: null }).layers).toHaveLength(1);
});

test("a deep net's view stays small", () => {
  const deep = sequential([...Array.from({ length: 120 }, () => layers.dense(4)), layers.dense(1)], { seed: 1 });
  deep.predict([[1, 2]]);
  const shots = Array.from({ length: 60 }, (_, step) => ({
    step,
    weights: deep.weights.map(({ data }) => Float32Array.from(data)),
  }));
  const run = { name: "deep", snapshots: shots, steps: { perEpoch: 1, done: 59 } } as never;
  const view = weightsView({ model: deep, run, runId: "fit" });
  expect([view.layers.length, view.layerCount]).toEqual([100, 121]);
  expect(JSON.stringify(view).length).toBeLessThan(500_000);
});
