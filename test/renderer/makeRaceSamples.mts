// Runs small races with the engine and writes the sample views of them: `node test/renderer/makeRaceSamples.mts`. Seeded; times are made up.

import { writeFile } from "node:fs/promises";
import { setEngineHost } from "../../src/engine/host.ts";
import {
  type CompareOptions,
  compare,
  datasets,
  layers,
  optimizers,
  type Race,
  sequential,
} from "../../src/engine/index.ts";
import { optimizersView } from "../../src/insights/index.ts";
import type { OptimizersView } from "../../src/shared/views.ts";

const data = datasets.moons({ samples: 240, noise: 0.15, seed: 7 }).split({ validation: 0.2, seed: 1 });

function race(options: Partial<CompareOptions>): Promise<Race> {
  return compare({
    model: () => sequential([layers.dense(16, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]),
    data,
    loss: "binaryCrossentropy",
    ...{ seeds: 5, epochs: 30, batchSize: 16, workers: 0, trace: "off" as const },
    ...options,
  });
}

/** Times differ from run to run. */
function timed(view: OptimizersView): OptimizersView {
  return { ...view, racers: view.racers.map((racer, index) => ({ ...racer, msPerStep: 0.04 + 0.01 * index })) };
}

async function save(name: string, view: OptimizersView): Promise<void> {
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(timed(view))}\n`);
}

const rate = { learningRate: 0.1 };
const many = {
  SGD: optimizers.sgd(rate),
  momentum: "momentum",
  NAG: "nesterov",
  Adagrad: optimizers.adagrad(rate),
  RMSprop: optimizers.rmsprop({ learningRate: 0.01 }),
  Adadelta: optimizers.adadelta({ learningRate: 1 }),
  Adam: optimizers.adam({ learningRate: 0.01 }),
  AdamW: optimizers.adamW({ learningRate: 0.01 }),
  Adamax: optimizers.adamax({ learningRate: 0.02 }),
  Nadam: optimizers.nadam({ learningRate: 0.01 }),
  RAdam: optimizers.rAdam({ learningRate: 0.01 }),
  Lion: optimizers.lion({ learningRate: 0.003 }),
};
const { SGD, momentum, Adagrad, Adam } = many;
await save(
  "optimizersFive",
  optimizersView(
    await race({ optimizers: { SGD, momentum, Adagrad, RMSprop: many.RMSprop, Adam }, target: 0.2 }),
    "fit-0a1b2c3d-1",
  ),
);
await save("optimizersMany", optimizersView(await race({ optimizers: many, seeds: 3 }), "fit-0a1b2c3d-2"));
const wild = optimizers.sgd({ learningRate: 1e30 });
await save(
  "optimizersOneSeed",
  optimizersView(
    await race({ optimizers: { SGD, Adam, "much too fast": wild }, seeds: 1, epochs: 4 }),
    "fit-0a1b2c3d-3",
  ),
);
await save(
  "optimizersTuned",
  optimizersView(await race({ optimizers: { SGD, Adam }, tune: true, epochs: 10 }), "fit-0a1b2c3d-4"),
);
let running: OptimizersView | null = null;
setEngineHost({
  raceObserver: {
    started: () => undefined,
    ended: () => undefined,
    progressed(live) {
      const ended = live.variants.flatMap(({ laps }) => laps).filter(({ state }) => state === "finished").length;
      if (ended === 5) running ??= optimizersView(live, "fit-0a1b2c3d-5");
    },
  },
});
await race({ optimizers: { SGD, Adam, Adagrad } });
if (running !== null) await save("optimizersRunning", running);
