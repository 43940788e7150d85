// Trains small nets with the engine and writes the sample views of trainings and of a summary: `node test/renderer/makeTrainingSamples.mts`, then `npm run fix`. Seeded.

import { writeFile } from "node:fs/promises";
import { setEngineHost } from "../../src/engine/host.ts";
import {
  datasets,
  input,
  layers,
  type Model,
  model,
  type Optimizer,
  optimizers,
  type Run,
  schedules,
  sequential,
} from "../../src/engine/index.ts";
import { summaryView, trainingView } from "../../src/insights/index.ts";
import type { View } from "../../src/shared/views.ts";

const moons = datasets.moons({ samples: 400, noise: 0.25, seed: 7 }).split({ validation: 0.2, seed: 1 });
const planned = { epochs: 50, batchSize: 32, seed: 1 };

function net(
  activation: "relu" | "sigmoid",
  hidden: number,
  optimizer: Optimizer = optimizers.adam({ learningRate: 0.01 }),
): Model {
  const made = sequential([
    ...Array.from({ length: hidden }, () => layers.dense(16, { activation })),
    layers.dense(1, { activation: "sigmoid", name: "output" }),
  ]);
  made.compile({ loss: "binaryCrossentropy", optimizer, metrics: ["accuracy"] });
  return made;
}

async function save(name: string, view: View): Promise<void> {
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(view)}\n`);
}

/** Saves how a run stands whenever it has done as many steps as `samples` names. */
function saveOnTheWay(samples: Readonly<Record<number, string>>): void {
  const saveNow = (run: Run) => {
    const name = samples[run.steps.done];
    if (name !== undefined) void save(name, trainingView(run, "fit-0a1b2c3d-1"));
  };
  setEngineHost({ fitObserver: { started: saveNow, stepEnded: saveNow, epochEnded: saveNow, ended: saveNow } });
}

saveOnTheWay({ 0: "trainingWaiting", 233: "trainingRunning" });
const finished = await net("relu", 4).fit(moons, planned);
await save("trainingFinished", trainingView(finished, "fit-0a1b2c3d-1"));
setEngineHost({ fitObserver: null });

let steps = 0;
setEngineHost({ shouldStop: () => ++steps === 314 });
await save("trainingStopped", trainingView(await net("relu", 4).fit(moons, planned), "fit-0a1b2c3d-2"));
setEngineHost({ shouldStop: () => false });

const deep = net("sigmoid", 9, optimizers.sgd({ learningRate: 0.05, momentum: 0.9 }));
await save("trainingVanishing", trainingView(await deep.fit(moons, planned), "fit-5c77e001-1"));

const sine = datasets.sine({ samples: 320, noise: 0.05, seed: 3 }).split({ validation: 0.2, seed: 1 });
for (const [name, hidden, learningRate] of [
  ["trainingDiverged", 2, 2],
  ["trainingDivergedAtOnce", 4, 1],
] as const) {
  const overflowing = sequential([
    ...Array.from({ length: hidden }, () => layers.dense(16, { activation: "relu" })),
    layers.dense(1, { name: "output" }),
  ]);
  overflowing.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate }), metrics: ["mae"] });
  await save(name, trainingView(await overflowing.fit(sine, planned), `fit-77aa0012-${hidden}`));
}

const regression = sequential([layers.dense(16, { activation: "tanh" }), layers.dense(1, { name: "output" })]);
regression.compile({ loss: "mse", optimizer: optimizers.adam({ learningRate: 0.01 }) });
await save("trainingLossOnly", trainingView(await regression.fit(sine, { ...planned, epochs: 200 }), "fit-10551055-1"));

const cycle = schedules.oneCycle({ maxLearningRate: 0.5, totalSteps: 500, momentum: {} });
const scheduled = net("relu", 2, optimizers.sgd({ learningRate: cycle, momentum: 0.9 }));
await save("trainingScheduled", trainingView(await scheduled.fit(moons, planned), "fit-0c1c2e3d-1"));

const wide = sequential([
  layers.dense(16, { activation: "sigmoid" }),
  layers.dropout(0.2),
  layers.dense(1024, { activation: "leakyRelu" }),
  layers.dense(10, { activation: "softmax", name: "output" }),
]);
wide.compile({ loss: "sparseCategoricalCrossentropy", optimizer: optimizers.adam() });
await save("summaryNotBuilt", summaryView(wide));
wide.build(2);
await save("summary", summaryView(wide));

const image = input({ shape: 8, name: "image" });
const size = input({ shape: 3, name: "size" });
const still = layers.batchNorm().apply(layers.dense(16, { activation: "relu", trainable: false }).apply(image));
const sizes = layers.dense(16, { activation: "relu" }).apply(size);
const outputs = layers.dense(4, { activation: "softmax" }).apply(layers.add().apply([still, sizes]));
const graph = model({ inputs: [image, size], outputs, name: "two_inputs" });
graph.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
await save("summaryGraph", summaryView(graph));
