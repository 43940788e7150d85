// The views that the renderer's checks draw, and a training that moves: a start and the frames that lead to its end.

import { readdir, readFile } from "node:fs/promises";
import type { TrainingFrame } from "../../src/shared/rendererProtocol.ts";
import type { TrainingView, View } from "../../src/shared/views.ts";

const samplesFolder = new URL("samples/", import.meta.url);
export const sampleNames = (await readdir(samplesFolder)).flatMap((name) =>
  name.endsWith(".json") ? [name.replace(".json", "")] : [],
);

export async function sample<V extends View = View>(name: string): Promise<V> {
  return JSON.parse(await readFile(new URL(`${name}.json`, samplesFolder), "utf8")) as V;
}

export const finished = await sample<TrainingView>("trainingFinished");
/** The finished training as it stood at its start, and its frames, two epochs each. */
export const start: TrainingView = {
  ...finished,
  state: "running",
  epochs: { done: 0, planned: finished.epochs.planned },
  steps: { done: 0, perEpoch: finished.steps.perEpoch },
  metrics: finished.metrics.map((metric) => ({ ...metric, train: [], validation: metric.validation && [] })),
  layers: finished.layers.map((layer) => ({ ...layer, gradient: null })),
  sentence: null,
};

export function frame(sequence: number): TrainingFrame {
  const from = 2 * (sequence - 1);
  return {
    runId: start.runId,
    sequence,
    epochsDone: from + 2,
    stepsDone: (from + 2) * start.steps.perEpoch,
    stepsPerSecond: 62,
    secondsLeft: 5,
    appended: finished.metrics.map(({ train, validation }) => ({
      train: train.slice(from, from + 2),
      validation: validation?.slice(from, from + 2) ?? null,
    })),
    layers: finished.layers,
    sentence: sequence > 1 ? finished.sentence : null,
  };
}
