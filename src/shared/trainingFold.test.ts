// Frames folded one by one give the view the kernel would send whole.

import { expect, test } from "vitest";
import type { TrainingFrame } from "./rendererProtocol.ts";
import { foldTraining } from "./trainingFold.ts";
import type { Sentence, TrainingView } from "./views.ts";

const sentence: Sentence = { tone: "good", messages: [{ id: "lossNow", args: {} }] };
const start: TrainingView = {
  kind: "training",
  version: 1,
  runId: "fit-00000000-1",
  state: "running",
  epochs: { done: 0, planned: 3 },
  steps: { done: 0, perEpoch: 4 },
  metrics: [
    { name: "loss", measure: "mse", better: "lower", train: [], validation: [] },
    { name: "mae", measure: "mae", better: "lower", train: [], validation: null },
  ],
  layers: [{ name: "dense_1", type: "dense", gradient: null }],
  sentence: null,
  divergence: null,
};
const frame = (changes: Partial<TrainingFrame>): TrainingFrame => ({
  runId: start.runId,
  sequence: 1,
  epochsDone: 0,
  stepsDone: 2,
  stepsPerSecond: 10,
  secondsLeft: 1,
  appended: [
    { train: [], validation: [] },
    { train: [], validation: null },
  ],
  layers: start.layers,
  sentence: null,
  ...changes,
});

test("a frame in the middle of an epoch moves the steps and nothing else", () => {
  expect(foldTraining(start, frame({}))).toEqual({ ...start, steps: { done: 2, perEpoch: 4 } });
});

test("values of ended epochs are appended to train and validation of each metric", () => {
  const appended = [
    { train: [1, 0.5], validation: [1.1, "NaN" as const] },
    { train: [2, 3], validation: null },
  ];
  const first = foldTraining(start, frame({ epochsDone: 2, stepsDone: 8, appended, sentence }));
  const second = foldTraining(
    first,
    frame({
      epochsDone: 3,
      stepsDone: 12,
      appended: [
        { train: [0.1], validation: [0.2] },
        { train: [4], validation: null },
      ],
    }),
  );
  expect(second.metrics[0]).toMatchObject({ train: [1, 0.5, 0.1], validation: [1.1, "NaN", 0.2] });
  expect(second.metrics[1]).toMatchObject({ train: [2, 3, 4], validation: null });
  expect(second.epochs).toEqual({ done: 3, planned: 3 });
});

test("the sentence stays until there is a newer one, and the view before is not changed", () => {
  const first = foldTraining(start, frame({ sentence }));
  expect(foldTraining(first, frame({})).sentence).toEqual(sentence);
  expect(start.sentence).toBeNull();
});

test("the rate of a step is added where the view follows rates, and once", () => {
  const rates = { steps: [1], learningRates: [0.1], momenta: null };
  const rate = { step: 2, learningRate: 0.2, momentum: null };
  const after = foldTraining({ ...start, rates }, frame({ rate }));
  expect(after.rates).toEqual({ steps: [1, 2], learningRates: [0.1, 0.2], momenta: null });
  expect(foldTraining(after, frame({ rate })).rates).toEqual(after.rates);
  expect(foldTraining(start, frame({ rate }))).not.toHaveProperty("rates");
});
