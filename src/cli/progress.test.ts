// The progress of a training in a terminal, and where there is none.

import { expect, test } from "vitest";
import type { TrainingFrame } from "../shared/rendererProtocol.ts";
import type { TrainingView } from "../shared/views.ts";
import { Progress } from "./progress.ts";

function viewAt(done: number): TrainingView {
  return {
    kind: "training",
    version: 1,
    runId: "fit-1",
    state: "running",
    epochs: { done, planned: 40 },
    steps: { done, perEpoch: 1 },
    metrics: [{ name: "loss", measure: "mse", better: "lower", train: [0.5], validation: [0.25] }],
    layers: [],
    sentence: null,
    divergence: null,
  };
}

const frame: TrainingFrame = {
  runId: "fit-1",
  sequence: 1,
  epochsDone: 1,
  stepsDone: 1,
  stepsPerSecond: 1234,
  secondsLeft: 2.4,
  appended: [],
  layers: [],
  sentence: null,
};

function written(columns: number | null, epochs: readonly number[]): string {
  let text = "";
  const progress = new Progress({
    columns,
    write: (more) => {
      text += more;
    },
  });
  progress.startTraining();
  for (const done of epochs) progress.showTraining(viewAt(done), frame);
  progress.say("end");
  return text;
}

test("in a terminal the line of a training is written over, and gone at the end", () => {
  const line = (done: number) =>
    `\r\u001B[2K  epoch ${done}/40 · loss 0.500 (validation 0.250) · 1,234 steps/s · 3 s left`;
  expect(written(100, [1, 2])).toBe(`${line(1)}${line(2)}\r\u001B[2Kend\n`);
});

test("a line longer than the terminal is cut: one that wraps could not be written over", () => {
  expect(written(12, [1])).toBe("\r\u001B[2K  epoch 1/4\r\u001B[2Kend\n");
});

test("elsewhere a training is told of ten times at most", () => {
  const lines = written(
    null,
    Array.from({ length: 40 }, (_, index) => index + 1),
  ).split("\n");
  expect(lines).toHaveLength(10 + 2);
  expect(lines[0]).toContain("epoch 4/40");
});
