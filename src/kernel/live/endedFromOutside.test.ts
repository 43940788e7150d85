// A training whose code is ended from outside, at whatever point: its picture gets a last state, and it may be resumed.

import { afterEach, expect, test } from "vitest";
import { setEngineHost } from "../../engine/host.ts";
import { datasets, layers, type Run, sequential } from "../../engine/index.ts";
import type { TrainingView } from "../../shared/views.ts";
import { type FromWorker, stopReasons } from "../workerProtocol.ts";
import { LiveTraining } from "./liveTraining.ts";

afterEach(() => setEngineHost({ fitObserver: null, shouldStop: () => false }));

function compiled() {
  const model = sequential([layers.dense(1, { activation: "sigmoid" })], { seed: 1 });
  model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
  return model;
}

/** What a kernel tells of a fit; `looksAt` may throw where the code is ended as a view is made. */
function kernel(looksAt: (view: TrainingView) => void) {
  const sent: FromWorker[] = [];
  const stopFlag = new Int32Array(1);
  const training = new LiveTraining({
    send: (message) => sent.push(message),
    now: () => 0,
    outputOf(view) {
      looksAt(view);
      return { items: { state: view.state } };
    },
    tellTooMany: () => undefined,
    stopFlag,
    cell: () => ({ execution: 1, cellId: "cell:a", source: "" }),
  });
  setEngineHost({ fitObserver: training, shouldStop: () => Atomics.load(stopFlag, 0) !== stopReasons.none });
  return { sent, stopFlag, training };
}

test.each([
  ["stopped", 1000],
  ["finished", 2],
] as const)("a training that had %s is shown so though its last picture was cut short", async (state, epochs) => {
  let isCut = true;
  const { sent, stopFlag, training } = kernel((view) => {
    if (view.state !== "running" && isCut) throw new Error("ended from outside");
  });
  const model = compiled();
  const data = datasets.moons({ samples: 20, seed: 1 });
  const onEpochEnd = (epoch: number) =>
    void (state === "stopped" && epoch === 2 && Atomics.store(stopFlag, 0, stopReasons.interrupt));
  await expect(model.fit(data, { epochs, seed: 1, callbacks: [{ onEpochEnd }] })).rejects.toThrow("ended from outside");
  expect(sent.map(({ kind }) => kind)).not.toContain("displayUpdated");
  isCut = false;
  for (let time = 0; time < 2; time++) training.abandonAll();
  expect(sent.filter(({ kind }) => kind === "displayUpdated")).toMatchObject([{ output: { items: { state } } }]);
  expect(sent.filter(({ kind }) => kind === "runReported").at(-1)).toMatchObject({ report: { state } });
  expect(sent.at(-1)?.kind).toBe("fitEnded");
  Atomics.store(stopFlag, 0, stopReasons.none);
  const run = model.run as Run;
  expect((await run.resume({ epochs: run.epochs.done + 1 })).state).toBe("finished");
});
