// Lets optimizers walk down surfaces and the losses of nets, and writes the sample views of them: `node test/renderer/makeSurfaceSamples.mts`. Seeded.

import { writeFile } from "node:fs/promises";
import { datasets, layers, type Optimizer, optimizers, sequential } from "../../src/engine/index.ts";
import { landscapeView, surfaceView } from "../../src/insights/index.ts";
import type { View } from "../../src/shared/views.ts";

async function save(name: string, view: View): Promise<void> {
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(view)}\n`);
}

await save("surfaceBeale", surfaceView("beale", { steps: 200 }));
await save("surfaceHimmelblau", surfaceView("himmelblau", { optimizers: ["sgd", "momentum", "adam"], steps: 80 }));
await save(
  "surfaceSaddle",
  surfaceView("saddle", { optimizers: { "SGD with a rather long name": "sgd", momentum: "momentum" }, steps: 300 }),
);

const moons = datasets.moons({ samples: 400, noise: 0.15, seed: 7 }).split({ validation: 0.2, seed: 1 });

async function trainedWith(name: string, optimizer: Optimizer) {
  const model = sequential([layers.dense(8, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })], {
    seed: 1,
  });
  model.compile({ loss: "binaryCrossentropy", optimizer });
  return { run: await model.fit(moons, { epochs: 40, batchSize: 32, seed: 1, name }), runId: `fit-${name}` };
}

const trained = [
  await trainedWith("SGD", optimizers.sgd({ learningRate: 0.3 })),
  await trainedWith("momentum", optimizers.sgd({ learningRate: 0.05, momentum: 0.9 })),
  await trainedWith("Adam", optimizers.adam({ learningRate: 0.02 })),
];
await save("surfaceLandscape", landscapeView(trained, moons));
await save("surfaceRandom", landscapeView(trained, moons, { plane: "random" }));
