// Following live runs: snapshot, frames, gaps, and runs nobody knows.

import { expect, test } from "vitest";
import type { FromRenderer, TrainingFrame } from "../src/shared/rendererProtocol.ts";
import type { TrainingView } from "../src/shared/views.ts";
import { raceView } from "../test/support/runReports.ts";
import type { Schedule } from "./drawPace.ts";
import { LiveRuns, type LiveState } from "./liveRuns.ts";

const runId = "fit-00000000-1";
const view: TrainingView = {
  kind: "training",
  version: 1,
  runId,
  state: "running",
  epochs: { done: 1, planned: 5 },
  steps: { done: 10, perEpoch: 10 },
  metrics: [{ name: "loss", measure: "mse", better: "lower", train: [1], validation: null }],
  layers: [],
  sentence: null,
  divergence: null,
};
const frame = (sequence: number): TrainingFrame => ({
  runId,
  sequence,
  epochsDone: sequence + 1,
  stepsDone: 10 * (sequence + 1),
  stepsPerSecond: 62,
  secondsLeft: 3,
  appended: [{ train: [1 / (sequence + 1)], validation: null }],
  layers: [],
  sentence: null,
});

function followed(schedule: Schedule = (draw) => draw()) {
  const posted: FromRenderer[] = [];
  const states: LiveState[] = [];
  const runs = new LiveRuns((message) => posted.push(message), schedule);
  const end = runs.follow(runId, true, (state) => states.push(state));
  const snapshot = (sequence: number) =>
    runs.receive({ kind: "trainingSnapshot", view, sequence, stepsPerSecond: 0, secondsLeft: null });
  const progress = (sequence: number) => runs.receive({ kind: "trainingProgressed", frame: frame(sequence) });
  return { posted, states, runs, end, snapshot, progress };
}

test("a running output asks for its run, and frames after the snapshot are folded in", () => {
  const { posted, states, snapshot, progress } = followed();
  expect(posted).toEqual([{ kind: "followRun", runId }]);
  snapshot(0);
  progress(1);
  progress(2);
  const last = states.at(-1);
  expect(last?.kind === "progressed" && last.view.metrics[0]?.train).toEqual([1, 1 / 2, 1 / 3]);
  expect(last).toMatchObject({
    kind: "progressed",
    stepsPerSecond: 62,
    secondsLeft: 3,
    view: { epochs: { done: 3 }, steps: { done: 30 } },
  });
});

test("frames that come faster than they can be drawn are drawn as one, and none is drawn over the end", () => {
  const waiting: (() => void)[] = [];
  const { states, snapshot, progress } = followed((draw) => waiting.push(draw));
  snapshot(0);
  for (const sequence of [1, 2, 3]) progress(sequence);
  expect([states.length, waiting.length]).toEqual([1, 1]);
  waiting.shift()?.();
  expect(states).toHaveLength(2);
  expect(states.at(-1)).toMatchObject({ view: { epochs: { done: 4 } } });
  progress(4);
  snapshot(5);
  waiting.shift()?.();
  expect(states).toHaveLength(3);
});

test("frames before the snapshot, and frames the snapshot holds already, are left out", () => {
  const { states, snapshot, progress } = followed();
  progress(3);
  expect(states).toEqual([]);
  snapshot(3);
  progress(3);
  progress(2);
  expect(states).toHaveLength(1);
});

test("a missing frame asks for a new snapshot once, and draws nothing wrong until it comes", () => {
  const { posted, states, snapshot, progress } = followed();
  snapshot(0);
  progress(2);
  progress(3);
  expect(posted).toHaveLength(2);
  expect(states).toHaveLength(1);
  snapshot(3);
  progress(4);
  expect(states).toHaveLength(3);
});

test("of a race that is told faster than it can be drawn, the newest is drawn", () => {
  const waiting: (() => void)[] = [];
  const { runs, posted } = followed((draw) => waiting.push(draw));
  const states: LiveState[] = [];
  const { raceId } = raceView();
  runs.follow(raceId, true, (state) => states.push(state));
  runs.receive({ kind: "raceSnapshot", view: raceView({ plannedSteps: 1 }), sequence: 4 });
  const progress = (sequence: number, plannedSteps: number, id = raceId) =>
    runs.receive({ kind: "raceProgressed", frame: { raceId: id, sequence, changed: { plannedSteps }, racers: [] } });
  progress(5, 2);
  progress(6, 3);
  progress(6, 9);
  progress(7, 9, "fit-11111111-1");
  expect([states.length, waiting.length]).toEqual([0, 1]);
  waiting.shift()?.();
  expect(states).toEqual([{ kind: "raceProgressed", view: raceView({ plannedSteps: 3 }) }]);
  progress(7, 4);
  runs.receive({ kind: "runUnknown", runId: raceId });
  waiting.shift()?.();
  expect(states.slice(1)).toEqual([{ kind: "unknown" }]);
  posted.length = 0;
  progress(9, 5);
  progress(10, 5);
  expect(posted, "after a gap it asks how the race stands").toEqual([{ kind: "followRun", runId: raceId }]);
});

test("a run the extension does not know is told to its output; without an extension at once", () => {
  const { states, runs } = followed();
  runs.receive({ kind: "runUnknown", runId });
  expect(states).toEqual([{ kind: "unknown" }]);
  const alone: LiveState[] = [];
  new LiveRuns(null, (draw) => draw()).follow(runId, true, (state) => alone.push(state));
  expect(alone).toEqual([{ kind: "unknown" }]);
});

test("an output hears when its cell changes and when it is as it was again, also when it appears later", () => {
  const { states, runs } = followed();
  runs.receive({ kind: "runsOutdated", runIds: [runId] });
  runs.receive({ kind: "runsOutdated", runIds: [] });
  expect(states).toEqual([
    { kind: "outdated", outdated: true },
    { kind: "outdated", outdated: false },
  ]);
  runs.receive({ kind: "runsOutdated", runIds: ["fit-11111111-1"] });
  const later: LiveState[] = [];
  runs.follow("fit-11111111-1", false, (state) => later.push(state));
  expect(later).toEqual([{ kind: "outdated", outdated: true }]);
});

test("after the end of following nothing is told", () => {
  const { states, end, snapshot } = followed();
  end();
  snapshot(0);
  expect(states).toEqual([]);
});
