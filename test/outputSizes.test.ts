// No output grows with what it shows: every view at its largest, as it is written into a file with its text, stays below a megabyte.

import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type MutableLap, Race, RaceVariant } from "../src/engine/experiments/race.ts";
import { setEngineHost } from "../src/engine/host.ts";
import { datasets, layers, type Model, Random, type Run, sequential, tensor } from "../src/engine/index.ts";
import {
  activationView,
  boundaryView,
  confusionView,
  diagnosisView,
  filtersView,
  gradientsView,
  graphView,
  imagesView,
  networkView,
  optimizersView,
  summaryView,
  surfaceView,
  tableView,
  tensorView,
  trainingView,
  viewText,
  weightsView,
} from "../src/insights/index.ts";
import { printNotebook } from "../src/notebook/printNotebook.ts";
import { thinEpochs } from "../src/shared/keptEpochs.ts";
import { type View, viewMimeTypes } from "../src/shared/views.ts";

const mostBytes = 1_000_000;
const manySteps = 100_000;

function fileBytes(view: View): number {
  const items = { [viewMimeTypes[view.kind]]: view as never, "text/plain": viewText(view, "ko") };
  const cells = [{ kind: "code", source: ["show()"], outputs: [{ items }] }] as const;
  return Buffer.byteLength(printNotebook({ nnbook: 1, cells }));
}

let model: Model;
/** Of a hundred layers and of as many steps as are recorded, as if it had gone on for many more. */
let run: Run;

beforeAll(async () => {
  setEngineHost({ readDataFile: (name) => readFileSync(new URL(`../media/data/${name}`, import.meta.url), "utf8") });
  const hidden = Array.from({ length: 99 }, () => layers.dense(16, { activation: "tanh" }));
  model = sequential([...hidden, layers.dense(2, { activation: "softmax" })], { seed: 1 });
  model.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam", metrics: ["acc"] });
  const data = datasets.moons({ samples: 64, seed: 1 }).split({ validation: 0.5, seed: 1 });
  run = await model.fit(data, { epochs: 200, batchSize: 16, seed: 1, trace: "full", every: 1 });
}, 120_000);

/** Pictures of 28 × 28 points in sixty classes. */
const pictures = (count: number) => {
  const random = new Random(1);
  return {
    x: tensor(random.uniformFloats(count * 784), { shape: [count, 784] }),
    y: tensor(
      Float32Array.from({ length: count }, (_, at) => at % 60),
      { shape: [count, 1] },
    ),
  };
};

const guesser = () => {
  const made = sequential([layers.dense(60, { activation: "softmax", inputShape: [784] })], { seed: 1 });
  made.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
  return made;
};

const runs = (count: number) => Array.from({ length: count }, (_, index) => ({ run, runId: `fit-0a1b2c3d-${index}` }));

test.each<[string, () => View]>([
  ["gradients of a run of a hundred layers", () => gradientsView(runs(1))],
  ["gradients of five such runs", () => gradientsView(runs(5))],
  [
    "a training of a hundred thousand epochs",
    () => thinEpochs({ ...trainingView(run, "fit-1"), metrics: longMetrics() }),
  ],
  ["a diagnosis of five runs", () => diagnosisView(runs(5))],
  ["the network of a run", () => networkView(model, { run, runId: "fit-1" })],
  ["the weights of a run", () => weightsView({ model, run, runId: "fit-1" })],
  ["a summary", () => summaryView(model)],
  [
    "the activations of a layer",
    () => activationView(["sigmoid", "tanh", "relu", "elu", "gelu"], { layer: run.layers[50] ?? "", run }),
  ],
  ["a race of twenty optimizers and ten seeds", () => optimizersView(largeRace(), "fit-1")],
  ["twenty optimizers on a surface", () => surfaceView("rosenbrock", { optimizers: twentyNamed, steps: 1_000 })],
  [
    "a tensor of a million numbers",
    () => tensorView(tensor(new Random(1).normalFloats(1_000_000), { shape: [1000, 1000] })),
  ],
  ["a confusion of sixty classes", () => confusionView(guesser(), pictures(2_000))],
  ["two thousand pictures", () => imagesView(pictures(2_000), { model: guesser(), picture: [28, 28], count: 2_000 })],
  ["the filters of a wide convolution", () => filtersView(wideConvolution())],
  [
    "a table of a thousand columns",
    () => tableView(tensor(new Random(1).normalFloats(2_000_000), { shape: [2_000, 1_000] }), { rows: 1_000 }),
  ],
  [
    "a boundary with the units of a hundred layers",
    () => boundaryView({ model, run, runId: "fit-1" }, datasets.moons({ samples: 5_000, seed: 1 })),
  ],
  ["a graph of many values", () => graphView(manyValues())],
])("%s stays below a megabyte", (_, view) => {
  const bytes = fileBytes(view());
  expect(bytes).toBeLessThan(mostBytes);
});

function longMetrics() {
  const line = (phase: number) => Array.from({ length: manySteps }, (_, at) => -1.234e-10 * Math.sin(at + phase));
  return trainingView(run, "fit-1").metrics.map((metric, at) => ({
    ...metric,
    train: line(at),
    validation: line(at + 9),
  }));
}

const twenty = Array.from({ length: 20 }, () => "adam" as const);
const twentyNamed = Object.fromEntries(twenty.map((optimizer, index) => [`${optimizer} ${index}`, optimizer]));

function largeRace(): Race {
  const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
  const random = new Random(1);
  const variants = twenty.map((optimizer, index) => {
    const name = `${optimizer} with a long name ${index}`;
    const steps = { perEpoch: 100, planned: manySteps / 10 };
    const variant = new RaceVariant({ name, optimizer, batchSize: 1, steps, learningRate: 0.001 }, seeds);
    for (const lap of variant.laps as MutableLap[])
      Object.assign(lap, { loss: [...random.uniformFloats(manySteps / 10)], state: "finished", ms: 1234 });
    return variant;
  });
  const plan = { seeds, lossName: "mse", hasValidation: true, target: 0.5, workers: 2, hasTimeBudget: true };
  const race: Race = new Race(variants, plan, () => Promise.resolve(race));
  race.state = "finished";
  return race;
}

function manyValues() {
  let sum = tensor(0.5, { requiresGrad: true });
  for (let index = 0; index < 14; index++) sum = sum.mul(tensor(1.01, { requiresGrad: true })).add(0.1);
  sum.backward();
  return sum;
}

function wideConvolution() {
  const made = sequential([layers.conv2d(64, 7, { inputShape: [28, 28, 32] })], { seed: 1 });
  made.build();
  return made;
}
