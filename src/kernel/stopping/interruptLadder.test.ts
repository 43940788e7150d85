// A worker that does not answer: the user hears of it once, and the stop stays asked for.

import { expect, test } from "vitest";
import { stopReasons } from "../workerProtocol.ts";
import { climbInterruptLadder, usualTrainingGraceMs } from "./interruptLadder.ts";

/** A worker that answers nothing until `released`; each question takes a second. */
function blockedWorker() {
  const state = { nowMs: 0, asked: 0, execution: 1, isRunning: true, isReleased: false, told: 0 };
  const stopFlag = new Int32Array(new SharedArrayBuffer(4));
  const posted: unknown[] = [];
  const done = climbInterruptLadder({
    worker: {
      async evaluate() {
        state.nowMs += 1000;
        state.asked++;
        await new Promise((resolve) => setTimeout(resolve));
        return state.isReleased ? "terminated" : undefined;
      },
      answersPing: async () => state.isReleased,
      post: (message) => void posted.push(message),
    },
    stopFlag,
    execution: () => state.execution,
    isRunning: () => state.isRunning,
    isTraining: () => false,
    trainingGraceMs: usualTrainingGraceMs,
    hesitates: () => state.told++,
    now: () => state.nowMs,
  });
  return { state, stopFlag, posted, done };
}

test("what does not stop is told once, after seconds, and ends as soon as it can", async () => {
  const { state, stopFlag, posted, done } = blockedWorker();
  await expect.poll(() => state.asked).toBeGreaterThan(1);
  await expect.poll(() => state.told).toBe(1);
  expect(state.asked).toBeGreaterThanOrEqual(3);
  await expect.poll(() => state.asked).toBeGreaterThan(30);
  expect(state.told).toBe(1);
  expect(Atomics.load(stopFlag, 0)).toBe(stopReasons.interrupt);
  state.isReleased = true;
  await done;
  expect(posted).toEqual([{ kind: "endInterrupted", execution: 1, how: "terminated" }]);
  expect(Atomics.load(stopFlag, 0)).toBe(stopReasons.none);
});

test("a cell that ends by itself meanwhile, or another that begins, is not stopped", async () => {
  for (const change of [{ isRunning: false }, { execution: 2 }]) {
    const { state, posted, done } = blockedWorker();
    await expect.poll(() => state.asked).toBeGreaterThan(1);
    Object.assign(state, change);
    await done;
    expect(posted).toEqual([]);
  }
});
