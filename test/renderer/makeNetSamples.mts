// Trains small nets with the engine and writes the sample views of gradients and activation functions: `node test/renderer/makeNetSamples.mts`. Seeded.

import { writeFile } from "node:fs/promises";
import {
  datasets,
  type FitOptions,
  input,
  layers,
  model,
  optimizers,
  type Run,
  sequential,
} from "../../src/engine/index.ts";
import {
  activationView,
  backpropView,
  diagnosisView,
  gradientsView,
  networkView,
  weightsView,
} from "../../src/insights/index.ts";
import type { View } from "../../src/shared/views.ts";

const data = datasets.moons({ samples: 320, noise: 0.15, seed: 7 }).split({ validation: 0.2, seed: 1 });

interface NetOptions extends FitOptions {
  readonly activation: "sigmoid" | "relu" | "tanh" | "leakyRelu" | "gelu";
  readonly hidden: number;
  readonly learningRate?: number;
}

async function train({ activation, hidden, learningRate = 0.05, ...options }: NetOptions): Promise<Run> {
  const kernelInitializer = activation === "sigmoid" || activation === "tanh" ? "glorotNormal" : "heNormal";
  const model = sequential([
    ...Array.from({ length: hidden }, () => layers.dense(16, { activation, kernelInitializer })),
    layers.dense(1, { activation: "sigmoid", name: "output" }),
  ]);
  model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.sgd({ learningRate, momentum: 0.9 }) });
  return model.fit(data, { epochs: 8, batchSize: 32, seed: 1, ...options });
}

async function save(name: string, view: View): Promise<void> {
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(view)}\n`);
}

const named = (runs: readonly Run[]) => runs.map((run, index) => ({ run, runId: `fit-0a1b2c3d-${index + 1}` }));

const sigmoid = await train({ activation: "sigmoid", hidden: 9, trace: "full", name: "sigmoid" });
const relu = await train({ activation: "relu", hidden: 9, trace: "full", name: "ReLU + He" });
const diverging = await train({ activation: "leakyRelu", hidden: 4, learningRate: 3, epochs: 5, name: "diverging" });
const short = { hidden: 4, epochs: 3 } as const;
const five = [
  await train({ ...short, activation: "sigmoid", name: "sigmoid" }),
  await train({ ...short, activation: "relu", name: "ReLU + He" }),
  await train({ ...short, activation: "tanh", name: "tanh + Glorot" }),
  await train({ ...short, activation: "leakyRelu", name: "leaky ReLU" }),
  await train({ ...short, activation: "gelu", name: "GELU with a rather long name" }),
];
await save("gradientsOne", gradientsView(named([sigmoid])));
await save("gradientsTwo", gradientsView(named([sigmoid, relu])));
await save("gradientsBroken", gradientsView(named([sigmoid, diverging])));
await save("gradientsFive", gradientsView(named(five)));

await save("diagnosisTwo", diagnosisView(named([sigmoid, relu])));
await save("diagnosisBroken", diagnosisView(named([diverging])));
await save("diagnosisManyCauses", diagnosisView(named([await trainBadly()])));
await save("diagnosisHealthy", diagnosisView(named([await train({ activation: "tanh", hidden: 2, name: "tanh" })])));

/** Inputs that are not scaled, classes that are rare, and validation data that differ. */
async function trainBadly(): Promise<Run> {
  const x = Array.from({ length: 240 }, (_, row) => [300 + 120 * Math.sin(row), Math.cos(3 * row)]);
  const y = x.map(([first = 0], row) => [row % 16 === 0 && first > 200 ? 1 : 0]);
  const model = sequential([
    layers.dense(96, { activation: "relu" }),
    layers.dense(16, { activation: "tanh", name: "a_layer_with_a_long_name" }),
    layers.dense(1, { activation: "sigmoid" }),
  ]);
  model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.sgd({ learningRate: 0.02, momentum: 0.9 }) });
  return model.fit({ x, y }, { epochs: 20, batchSize: 16, seed: 1, validationSplit: 0.25, name: "raw" });
}

/** Weights that start alike, weights that stay, weights that grow: and only mean and spread of a net without snapshots. */
async function trainOdd() {
  const model = sequential([
    layers.dense(8, { activation: "tanh", name: "frozen", trainable: false }),
    layers.dense(8, { activation: "relu", kernelInitializer: "ones", name: "a_layer_with_a_long_name" }),
    layers.batchNorm(),
    layers.dense(1, { activation: "sigmoid", kernelInitializer: "ones", name: "output" }),
  ]);
  model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.sgd({ learningRate: 0.5 }) });
  const run = await model.fit(data, { epochs: 12, batchSize: 32, seed: 1, snapshots: 9 });
  return { model, run, runId: "fit-0a1b2c3d-4" };
}

const tanh = await train({ activation: "tanh", hidden: 4, learningRate: 0.3, epochs: 40 });
const layer = tanh.layers[2];
await save(
  "activationLayer",
  activationView(["tanh", "sigmoid", "leakyRelu"], { run: tanh, ...(layer ? { layer } : {}) }),
);
await save("activationPlain", activationView("sigmoid"));
await save("activationFive", activationView(["step", "exponential", "softsign", "gelu", "elu"]));

await save("networkRun", networkView(sigmoid.model, { run: sigmoid, runId: "fit-0a1b2c3d-1" }));
await save("networkBroken", networkView(diverging.model, { run: diverging, runId: "fit-0a1b2c3d-2" }));
const small = sequential([
  layers.dense(4, { activation: "tanh" }),
  layers.dense(3, { activation: "tanh" }),
  layers.dense(1, { activation: "sigmoid", name: "output" }),
]);
small.compile({ loss: "binaryCrossentropy", optimizer: optimizers.sgd({ learningRate: 0.2, momentum: 0.9 }) });
const smallRun = await small.fit(data, { epochs: 8, batchSize: 32, seed: 1 });
await save("weightsRun", weightsView({ model: small, run: smallRun, runId: "fit-0a1b2c3d-3" }));
await save("weightsOdd", weightsView(await trainOdd()));
await save("weightsNow", weightsView({ model: sigmoid.model, run: null, runId: null }));
await save("networkUnits", networkView(small, { run: smallRun, runId: "fit-0a1b2c3d-3" }));
const image = input({ shape: [28, 28, 1], name: "image" });
const age = input({ shape: 1, name: "age" });
const features = layers.conv2d(8, 3, { activation: "relu", padding: "same" }).apply(image);
const block = layers.conv2d(8, 3, { padding: "same" }).apply(features);
const pooled = layers.globalAveragePooling2d().apply(layers.add().apply([features, block]));
const ages = layers.dense(4, { activation: "relu", name: "age_features" }).apply(age);
const joined = layers.concat().apply([pooled, ages]);
const graph = model({ inputs: [image, age], outputs: layers.dense(10, { activation: "softmax" }).apply(joined) });
graph.compile({ loss: "categoricalCrossentropy" });
await save("networkGraph", networkView(graph));

const tiny = sequential(
  [layers.dense(2, { activation: "tanh", inputShape: 2 }), layers.dense(1, { activation: "sigmoid", name: "output" })],
  { seed: 4 },
);
tiny.compile({ loss: "binaryCrossentropy", optimizer: optimizers.sgd({ learningRate: 0.1 }) });
await save("backpropTiny", backpropView(tiny, { x: [1, 0.5], y: 1 }));
const wide = sequential(
  [
    layers.dense(4, { activation: "relu", inputShape: 3 }),
    layers.dense(3, { activation: "tanh" }),
    layers.dense(3, { activation: "softmax", name: "output" }),
  ],
  { seed: 2 },
);
wide.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam" });
const flowers = {
  x: [
    [1, 0.5, -1],
    [0.2, -0.4, 0.7],
  ],
  y: [2, 0],
};
for (let step = 0; step < 5; step++) wide.trainOnBatch(flowers.x, flowers.y);
await save("backpropBatch", backpropView(wide, { ...flowers, example: 1 }));
