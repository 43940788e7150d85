// Writes the sample views of data sets and tensors: `node test/renderer/makeDataSamples.mts`. Seeded.

import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { setEngineHost } from "../../src/engine/host.ts";
import { datasets, layers, sequential, tensor } from "../../src/engine/index.ts";
import { confusionView, tableView, tensorView } from "../../src/insights/index.ts";
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
