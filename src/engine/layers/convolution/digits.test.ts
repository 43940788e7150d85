// A small convolutional network learns to read the bundled digits, on the plain backend.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backend, setBackend } from "../../backend/current.ts";
import { plainBackend } from "../../backend/plain.ts";
import { engineHost, setEngineHost } from "../../host.ts";
import { datasets, layers, optimizers, sequential } from "../../index.ts";

const { readDataFile } = engineHost();
const usualBackend = backend();
beforeAll(() => {
  setBackend(plainBackend);
  setEngineHost({
    readDataFile: (name) => readFileSync(new URL(`../../../../media/data/${name}`, import.meta.url), "utf8"),
  });
});
afterAll(() => {
  setBackend(usualBackend);
  setEngineHost({ readDataFile });
});

it("reads nine of ten digits it has not seen, after four times through the others", async () => {
  const { train, validation } = datasets.digits().split({ validation: 0.25, seed: 1 });
  const pictures = (data: typeof train) => ({ x: data.x.div(16).reshape([-1, 8, 8, 1]), y: data.y });
  const model = sequential([
    layers.conv2d(8, 3, { padding: "same", activation: "relu" }),
    layers.maxPooling2d(2),
    layers.separableConv2d(16, 3, { padding: "same", activation: "relu" }),
    layers.conv2d(16, 3, { activation: "relu" }),
    layers.flatten(),
    layers.dense(10, { activation: "softmax" }),
  ]);
  model.compile({
    loss: "categoricalCrossentropy",
    optimizer: optimizers.adam({ learningRate: 0.004 }),
    metrics: ["accuracy"],
  });
  model.build([8, 8, 1], { seed: 1 });
  const before = model.evaluate(pictures(validation));
  const run = await model.fit(pictures(train), { epochs: 4, batchSize: 16, seed: 1 });
  const after = model.evaluate(pictures(validation));

  // Ten digits: a network that has learned nothing is right once in ten times.
  expect(before.accuracy).toBeLessThan(0.3);
  expect(after.loss).toBeLessThan((before.loss ?? 0) / 5);
  expect(after.accuracy).toBeGreaterThan(0.9);
  const losses = run.history.find(({ name }) => name === "loss")?.train ?? [];
  expect(losses).toHaveLength(4);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(run.layers.map(({ type, parameters }) => [type, parameters])).toEqual([
    ["conv2d", 80],
    ["maxPooling2d", 0],
    ["separableConv2d", 9 * 8 + 8 * 16 + 16],
    ["conv2d", 9 * 16 * 16 + 16],
    ["flatten", 0],
    ["dense", 650],
  ]);
});
