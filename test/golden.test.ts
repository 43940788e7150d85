// Golden views: small seeded runs, from the data set to the JSON that files keep and the text beside it.
// `UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts` writes them anew; then read `git diff` like any other change.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { setEngineHost } from "../src/engine/host.ts";
import {
  compare,
  datasets,
  layers,
  type Model,
  optimizers,
  type Run,
  sequential,
  tensor,
  useBackend,
} from "../src/engine/index.ts";
import {
  activationView,
  backpropView,
  boundaryView,
  confusionView,
  diagnosisView,
  filtersView,
  gradientsView,
  graphView,
  imagesView,
  landscapeView,
  networkView,
  optimizersView,
  runReport,
  summaryView,
  surfaceView,
  tableView,
  tensorView,
  trainingView,
  viewText,
  weightsView,
} from "../src/insights/index.ts";
import { type ControlView, type View, viewMimeTypes } from "../src/shared/views.ts";

const folder = new URL("golden/views/", import.meta.url);
const isUpdating = process.env.UPDATE_GOLDEN === "1";

beforeAll(() => {
  // Other backends round otherwise, each in its way.
  useBackend("plain");
  setEngineHost({ readDataFile: (name) => readFileSync(new URL(`../media/data/${name}`, import.meta.url), "utf8") });
});

/** The library of mathematical functions may differ in the last bits between machines: four digits must agree. */
const agreedDigits = 4;

function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(agreedDigits));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)]));
}

function expectGolden(name: string, content: unknown): void {
  const file = new URL(`${name}.json`, folder);
  const text = `${JSON.stringify(rounded(content), null, 1)}\n`;
  if (isUpdating) writeFileSync(file, text);
  if (!existsSync(file)) expect.fail(`There is no golden ${name}.json; write it with UPDATE_GOLDEN=1.`);
  expect(rounded(content)).toEqual(JSON.parse(readFileSync(file, "utf8")));
}

/** A view with its text in both languages. */
function expectGoldenView(name: string, view: View): void {
  const texts = { en: viewText(view, "en").split("\n"), ko: viewText(view, "ko").split("\n") };
  expectGolden(name, { ...texts, view });
}

function deep(activation: "sigmoid" | "relu", depth: number): Model {
  const kernelInitializer = activation === "relu" ? "heNormal" : "glorotUniform";
  const hidden = Array.from({ length: depth }, () => layers.dense(8, { activation, kernelInitializer }));
  const model = sequential([...hidden, layers.dense(3, { activation: "softmax" })]);
  model.compile({
    loss: "categoricalCrossentropy",
    optimizer: optimizers.sgd({ learningRate: 0.02, momentum: 0.9 }),
    metrics: ["acc"],
  });
  return model;
}

function train(model: Model, epochs = 4): Promise<Run> {
  const data = datasets.iris().standardize().split({ validation: 0.2, seed: 1 });
  return model.fit(data, { epochs, batchSize: 60, seed: 1 });
}

describe("golden views", () => {
  it("of optimizers on a surface", () => {
    const view = surfaceView("beale", { optimizers: ["sgd", "adam"], steps: 20 });
    // The heights follow from the formula, which is tested by itself.
    const heights = { ...view.heights, values: view.heights.values.filter((_, index) => index % 1000 === 0) };
    expectGoldenView("surface", { ...view, heights });
  });

  it("of a deep sigmoid network, whose gradients vanish, beside ReLU with He's start, whose do not", async () => {
    const sigmoid = await train(deep("sigmoid", 7));
    const relu = await train(deep("relu", 7), 12);
    const view = gradientsView([
      { run: sigmoid, runId: "fit-sigmoid" },
      { run: relu, runId: "fit-relu" },
    ]);
    expect(view.runs.map(({ verdict }) => verdict.kind)).toEqual(["vanishing", "healthy"]);
    expectGoldenView("gradientsCompared", view);
    expectGoldenView("trainingVanishing", trainingView(sigmoid, "fit-sigmoid"));
    expectGoldenView("trainingFinished", trainingView(relu, "fit-relu"));
    expectGolden("runReport", runReport(sigmoid, "fit-sigmoid"));
    const runs = [sigmoid, relu].map((run, index) => ({ run, runId: index === 0 ? "fit-sigmoid" : "fit-relu" }));
    expectGoldenView("diagnosis", diagnosisView(runs));
  });

  it("of a training that diverged", async () => {
    const model = sequential([layers.dense(8, { activation: "relu" }), layers.dense(1)]);
    model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 4 }) });
    const run = await model.fit(datasets.sine({ samples: 60 }), { epochs: 30, batchSize: 20, seed: 1 });
    expect(run.state).toBe("diverged");
    expectGoldenView("trainingDiverged", trainingView(run, "fit-diverged"));
    expectGoldenView("gradientsDiverged", gradientsView([{ run, runId: "fit-diverged" }]));
  });

  it("of a race, which names no winner where intervals overlap", async () => {
    const race = await compare({
      model: () => sequential([layers.dense(6, { activation: "tanh" }), layers.dense(3, { activation: "softmax" })]),
      data: datasets.iris().standardize().split({ validation: 0.2, seed: 1 }),
      loss: "categoricalCrossentropy",
      optimizers: { sgd: "sgd", momentum: "momentum", adam: optimizers.adam({ learningRate: 0.02 }) },
      ...{ seeds: 3, epochs: 4, batchSize: 30, workers: 0, target: 0.6, trace: "off" },
    });
    const view = optimizersView(race, "race");
    expectGoldenView("race", { ...view, racers: view.racers.map((racer) => ({ ...racer, msPerStep: null })) });
  });

  it("of a trained layer's activation, and of a summary", async () => {
    const model = deep("sigmoid", 2);
    const run = await train(model);
    const view = activationView(["sigmoid", "leakyRelu"], { layer: run.layers[1] ?? "", run });
    // The curves themselves are tested by their mathematics; here only which there are.
    const functions = view.functions.map(({ name, label, initial, variants }) => [
      name,
      label,
      initial,
      variants.length,
    ]);
    expectGolden("activationOfLayer", {
      ...view,
      functions,
      en: viewText(view, "en").split("\n"),
      ko: viewText(view, "ko").split("\n"),
    });
    expectGoldenView("summary", summaryView(model));
  });

  it("of what a classifier mistakes", async () => {
    const data = datasets.iris().standardize().split({ validation: 0.3, seed: 2 });
    const model = sequential([layers.dense(3, { activation: "softmax" })]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: optimizers.sgd({ learningRate: 0.1 }) });
    await model.fit(data, { epochs: 4, seed: 1, trace: "off" });
    expectGoldenView("confusion", confusionView(model, data));
  });

  it("of where a model of two features decides, and of the landscape that its training went down", async () => {
    const data = datasets.moons({ samples: 40, seed: 1 }).split({ validation: 0.25, seed: 1 });
    const model = sequential([layers.dense(3, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
    model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.05 }) });
    const run = await model.fit(data, { epochs: 6, batchSize: 10, seed: 1, snapshots: 3 });
    const boundary = boundaryView({ model, run, runId: "fit-boundary" }, data);
    // The fields have a test of their own; a letter of them may differ where a share lies between two.
    const frames = boundary.frames.map(({ step, loss, winners }) => ({ step, loss, points: winners.length }));
    const layersWithout = boundary.layers.map((layer) => ({
      ...layer,
      units: layer.units.map(({ outgoing, fields }) => ({ outgoing, fields: fields.length })),
    }));
    const texts = (view: View) => ({ en: viewText(view, "en").split("\n"), ko: viewText(view, "ko").split("\n") });
    expectGolden("boundary", { ...boundary, frames, layers: layersWithout, ...texts(boundary) });
    const landscape = landscapeView([{ run, runId: "fit-boundary" }], data, { resolution: 5 });
    expectGoldenView("landscape", landscape);
  });

  it("of pictures with what a model takes them for, and of the filters it looks for", () => {
    const pictures = [0, 1, 2, 3].map((at) => Array.from({ length: 16 }, (_, pixel) => (pixel % 4 === at ? 1 : 0.25)));
    const model = sequential([
      layers.reshape([4, 4, 1]),
      layers.conv2d(2, 3, { activation: "relu" }),
      layers.flatten(),
      layers.dense(2, { activation: "softmax" }),
    ]);
    model.build(16, { seed: 1 });
    const data = { x: pictures, y: [[0], [0], [1], [1]] };
    expectGoldenView("images", imagesView(data, { model, picture: [4, 4] }));
    expectGoldenView("imagesOfMaps", imagesView(data, { model, picture: [4, 4], example: 1 }));
    expectGoldenView("imagesOfFilters", filtersView(model));
  });

  it("of a data set and of a tensor", () => {
    expectGoldenView("tableIris", tableView(datasets.iris().split({ validation: 0.2, seed: 1 }), { rows: 3 }));
    const values = Array.from({ length: 24 }, (_, index) => (index - 11) / 8);
    expectGoldenView("tensorOfThreeAxes", tensorView(tensor(values, [2, 3, 4])));
  });

  it("of each kind of control", () => {
    const controls: Readonly<Record<string, ControlView["control"]>> = {
      slider: { kind: "slider", min: 0.001, max: 1, step: 0.001, value: 0.05 },
      select: { kind: "select", options: ["sgd", "adam"], chosen: 1 },
      checkbox: { kind: "checkbox", checked: true },
      button: { kind: "button", presses: 3 },
    };
    const viewOf = (label: string, control: ControlView["control"]): ControlView => ({
      ...{ kind: "control", version: 1, controlId: `control-${label}`, label, control },
    });
    const list = Object.entries(controls).map(([label, control]) => viewOf(label, control));
    expectGolden("controls", {
      kind: "control",
      views: list.map((view) => [view, viewText(view, "en"), viewText(view, "ko")]),
    });
  });

  it("of a network with a branch that skips layers", () => {
    const inner = [layers.dense(4, { activation: "relu" }), layers.batchNorm()];
    const model = sequential([layers.dense(4), layers.residual(inner), layers.dense(2, { activation: "softmax" })]);
    model.build(3, { seed: 1 });
    expectGoldenView("networkWithSkip", networkView(model, null));
  });

  it("of an expression that was differentiated", () => {
    const [x, w] = [tensor([1, 2]), tensor([0.5, -1], { requiresGrad: true })];
    const loss = w.mul(x).sum().tanh().sub(1).square();
    loss.backward();
    expectGoldenView("graph", graphView(loss, { names: { x, w } }));
  });

  it("of a small network's blocks and units, and of one step of its learning", async () => {
    const model = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(3, { activation: "softmax" })]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: optimizers.adam({ learningRate: 0.02 }) });
    const run = await train(model, 2);
    expectGoldenView("network", networkView(model, { run, runId: "fit-network" }));
    const moved = weightsView({ model, run, runId: "fit-network" });
    // Which bin a number at an edge lies in may differ between machines; the histograms have a test of their own.
    const layersWithout = moved.layers.map((layer) => ({
      ...layer,
      weights: layer.weights.map((weight) => ({ ...weight, histograms: weight.histograms.length })),
    }));
    expectGolden("weights", { ...moved, layers: layersWithout, en: viewText(moved, "en"), ko: viewText(moved, "ko") });
    const example = { x: [0.5, -1, 0.25, 1], y: [0, 0, 1] };
    const { steps, weights, ...view } = backpropView(model, example);
    const text = { en: viewText({ ...view, steps, weights }, "en"), ko: viewText({ ...view, steps, weights }, "ko") };
    // The steps stand in the texts; of the weights one tells how all are held.
    const counts = { steps: steps.length, weights: weights.length };
    expectGolden("backprop", { ...view, counts, weight: weights[0], en: text.en.split("\n"), ko: text.ko.split("\n") });
  });

  it("of every kind that there is", () => {
    const kinds = readdirSync(folder).map((name) => {
      const content = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
      return content.view?.kind ?? content.kind;
    });
    expect(kinds).toEqual(expect.arrayContaining(Object.keys(viewMimeTypes)));
  });
});
