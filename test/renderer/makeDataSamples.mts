// Writes the sample views of data sets and tensors: `node test/renderer/makeDataSamples.mts`. Seeded.

import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { setEngineHost } from "../../src/engine/host.ts";
import { datasets, layers, optimizers, sequential, tensor } from "../../src/engine/index.ts";
import {
  boundaryView,
  confusionView,
  filtersView,
  imagesView,
  tableView,
  tensorView,
} from "../../src/insights/index.ts";
import type { View } from "../../src/shared/views.ts";

setEngineHost({ readDataFile: (name) => readFileSync(new URL(`../../media/data/${name}`, import.meta.url), "utf8") });

async function write(name: string, view: View): Promise<void> {
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(view)}\n`);
}

const losses = [
  { optimizer: "adam", loss: 0.0213, epochs: 40, note: "fastest" },
  { optimizer: "sgd", loss: 0.311, epochs: 40 },
  { optimizer: "<b>lion</b>", loss: Number.NaN, epochs: 12, note: "diverged" },
];
await write("tableWine", tableView(datasets.wine()));
await write("tableRows", tableView(losses));
const model = sequential([layers.dense(32, { inputShape: [64] })], { seed: 1 });
await write(
  "tensorSmall",
  tensorView(
    tensor([
      [1, -2.5, 0],
      [0.001, Number.NaN, 40_000],
    ]),
  ),
);
await write("tensorKernel", tensorView(model.layers[0]?.weights[0] ?? tensor(0)));
const places = Array.from({ length: 3 * 3 * 2 * 4 }, (_, index) => Math.sin(index * 0.7));
await write("tensorFilters", tensorView(tensor(places, [3, 3, 2, 4])));

const digits = datasets.digits().split({ validation: 0.3, seed: 1 });
const reader = sequential([layers.dense(16, { activation: "relu" }), layers.dense(10, { activation: "softmax" })]);
reader.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
await reader.fit(digits, { epochs: 3, seed: 1, trace: "off" });
await write("confusionDigits", confusionView(reader, digits));
const iris = datasets.iris().standardize().split({ validation: 0.4, seed: 2 });
const flowers = sequential([layers.dense(3, { activation: "softmax" })]);
flowers.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });
await flowers.fit(iris, { epochs: 2, seed: 1, trace: "off" });
await write("confusionIris", confusionView(flowers, iris));

const moons = datasets.moons({ samples: 200, noise: 0.15, seed: 7 }).split({ validation: 0.2, seed: 1 });
const net = sequential([
  layers.dense(6, { activation: "tanh" }),
  layers.dense(4, { activation: "tanh" }),
  layers.dense(1, { activation: "sigmoid" }),
]);
net.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.03 }) });
const run = await net.fit(moons, { epochs: 60, seed: 1, snapshots: 5 });
await write("boundaryMoons", boundaryView({ model: net, run, runId: "fit-moons" }, moons));
const blobs = datasets.blobs({ samples: 150, classes: 4, seed: 3 });
const straight = sequential([layers.dense(4, { activation: "softmax" })]);
straight.compile({ loss: "categoricalCrossentropy", optimizer: optimizers.adam({ learningRate: 0.1 }) });
await straight.fit(blobs, { epochs: 20, seed: 1, snapshots: false });
await write("boundaryBlobs", boundaryView({ model: straight, run: null, runId: null }, blobs));
await write("imagesDigits", imagesView(digits, { model: reader, count: 30 }));
const looker = sequential([layers.conv2d(8, 3, { inputShape: [8, 8, 1] })], { seed: 1 });
await write("imagesFilters", filtersView(looker));
await write("imagesUnits", filtersView(reader));
const square = digits.train.x.reshape([-1, 8, 8, 1]);
const eyes = sequential([
  layers.conv2d(6, 3, { activation: "relu", padding: "same" }),
  layers.maxPooling2d(2),
  layers.conv2d(8, 3, { activation: "relu", padding: "same" }),
  layers.flatten(),
  layers.dense(10, { activation: "softmax" }),
]);
eyes.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam" });
const truth = { x: square, y: tensor(digits.train.labels, [digits.train.labels.length, 1]) };
await eyes.fit(truth, { epochs: 2, seed: 1, trace: "off" });
await write("imagesMaps", imagesView(truth, { model: eyes, example: 3 }));
