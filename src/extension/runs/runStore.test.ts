// What is known of a notebook's trainings, and when it is out of date.

import { expect, test } from "vitest";
import { runReport, trainingView } from "../../../test/support/runReports.ts";
import type { TrainingFrame } from "../../shared/rendererProtocol.ts";
import { cellsToRunAgain, isOutdated, RunStore } from "./runStore.ts";

const sources = new Map([
  ["cell:a", "model"],
  ["cell:b", "fit"],
]);

const frame: TrainingFrame = {
  runId: "fit-1",
  sequence: 1,
  epochsDone: 1,
  stepsDone: 10,
  stepsPerSecond: 100,
  secondsLeft: 3,
  appended: [{ train: [0.5], validation: null }],
  layers: [],
  sentence: null,
};

function started(): RunStore {
  const store = new RunStore();
  store.start("cell:b", 1, trainingView(), sources);
  return store;
}

test("frames add up to the view", () => {
  const store = started();
  store.progress(frame);
  store.progress({ ...frame, sequence: 2, epochsDone: 2, appended: [{ train: [0.25], validation: null }] });
  const run = store.get("fit-1");
  expect(run?.view?.metrics[0]?.train).toEqual([0.5, 0.25]);
  expect(run?.view?.epochs.done).toBe(2);
  expect(run?.sequence).toBe(2);
});

test("a frame of an unknown run is nothing", () => {
  expect(new RunStore().progress(frame)).toBeNull();
});

test("the runs of a cell's earlier execution make way for those of the next", () => {
  const store = started();
  store.start("cell:b", 1, trainingView({ runId: "fit-2" }), sources);
  expect(store.newestFirst().map((run) => run.runId)).toEqual(["fit-2", "fit-1"]);
  store.start("cell:b", 2, trainingView({ runId: "fit-3" }), sources);
  expect(store.newestFirst().map((run) => run.runId)).toEqual(["fit-3"]);
});

test("when the kernel is gone, running trainings have failed and ended ones stay as they are", () => {
  const store = started();
  store.start("cell:c", 2, trainingView({ runId: "fit-9", state: "finished" }), sources);
  expect(store.endLive("failed").map((run) => run.runId)).toEqual(["fit-1"]);
  expect(store.get("fit-1")?.view?.state).toBe("failed");
  expect(store.get("fit-9")?.view?.state).toBe("finished");
});

test("a run is outdated when its own cell or a cell of its layers has another text", () => {
  const store = started();
  store.report("cell:b", 1, runReport(), sources);
  const run = store.get("fit-1");
  if (!run) throw new Error("no run");
  const texts = new Map(sources);
  expect(isOutdated(run, (id) => texts.get(id))).toBe(false);
  expect(cellsToRunAgain(run, (id) => texts.get(id))).toEqual(["cell:b"]);
  texts.set("cell:a", "another model");
  expect(isOutdated(run, (id) => texts.get(id))).toBe(true);
  expect(cellsToRunAgain(run, (id) => texts.get(id))).toEqual(["cell:a", "cell:b"]);
  expect(store.outdated((id) => texts.get(id))).toEqual(["fit-1"]);
  texts.set("cell:a", "model").delete("cell:b");
  expect(isOutdated(run, (id) => texts.get(id))).toBe(true);
});

test("what ran later does not change what a run was made of", () => {
  const texts = new Map(sources);
  const store = new RunStore();
  store.start("cell:b", 1, trainingView(), texts);
  texts.set("cell:b", "another fit");
  expect(store.get("fit-1")?.sources.get("cell:b")).toBe("fit");
});
