// A race in a kernel: its picture from the start on, frames while it runs, the last word at its end, and the stop button.

import { afterEach, expect, test } from "vitest";
import { setEngineHost } from "../../engine/host.ts";
import { compare, datasets, layers, newestRace, sequential } from "../../engine/index.ts";
import { optimizersView } from "../../insights/index.ts";
import { foldRace } from "../../shared/raceFrames.ts";
import type { OptimizersView } from "../../shared/views.ts";
import { CellStopped } from "../errors/cellErrors.ts";
import { raceOf } from "../show/display.ts";
import { show } from "../show/show.ts";
import { type FromWorker, stopReasons } from "../workerProtocol.ts";
import { LiveRaces } from "./liveRaces.ts";

afterEach(() => setEngineHost({ raceObserver: null, now: null, shouldStop: () => false }));

const race = () =>
  compare({
    model: () => sequential([layers.dense(1, { activation: "sigmoid" })]),
    data: datasets.moons({ samples: 40, seed: 1 }),
    ...{ loss: "binaryCrossentropy", optimizers: ["sgd", "adam"], seeds: 2, epochs: 30, workers: 0 },
  });

function kernel(looksAt: (view: OptimizersView) => void = () => undefined) {
  const sent: FromWorker[] = [];
  const stopFlag = new Int32Array(1);
  let time = 0;
  const races = new LiveRaces({
    send: (message) => sent.push(message),
    stopFlag,
    nextId: () => "fit-1",
    now: () => ++time * 10,
    outputOf(view) {
      looksAt(view);
      return { items: { state: view.state, view: view as never } };
    },
    execution: () => 7,
  });
  setEngineHost({ raceObserver: races, now: () => ++time * 10, shouldStop: () => Atomics.load(stopFlag, 0) !== 0 });
  return { sent, stopFlag, races };
}

test("a race is shown from its start to its end, and once in its cell", async () => {
  const { sent, races } = kernel();
  const ended = await race();
  const kinds = sent.map(({ kind }) => kind);
  expect([...new Set(kinds)]).toEqual(["fitStarted", "displayed", "raceProgressed", "displayUpdated", "fitEnded"]);
  expect(kinds.filter((kind) => kind === "raceProgressed").length).toBeGreaterThan(2);
  const states = sent.flatMap((message) => ("output" in message ? [message.output.items.state] : []));
  expect(states).toEqual(["running", "finished"]);
  const frames = sent.flatMap((message) => (message.kind === "raceProgressed" ? [message.frame] : []));
  expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, index) => index + 1));
  expect(frames.every(({ racers }) => racers.every(({ changed }) => changed.rank == null))).toBe(true);
  const [begun] = sent.flatMap((message) => ("output" in message ? [message.output.items.view] : []));
  const told = frames.reduce(foldRace, begun as unknown as OptimizersView);
  const end = optimizersView(ended, "fit-1");
  expect(told.racers.map(({ steps }) => steps.at(-1) ?? 0).every((step) => step > 1 && step <= 30 * 2)).toBe(true);
  // What was told last is a beginning of what came of it.
  for (const [at, { mean, steps }] of told.racers.entries())
    if (steps.length === steps.at(-1)) expect(end.racers[at]?.mean.length).toBeGreaterThanOrEqual(mean.length);
  const shown = [ended, show.optimizers(ended), show.optimizers, 3, null].map(raceOf);
  expect(shown.map((each) => each === ended)).toEqual([true, true, false, false, false]);
  expect([races.isShown(ended, 7), races.isShown(ended, 8), races.raceId(ended)]).toEqual([true, false, "fit-1"]);
});

test("a race that is ended from outside while its last picture is made is shown as it ended", async () => {
  const { sent, races } = kernel((view) => {
    if (view.state === "finished" && isCut) throw new Error("ended from outside");
  });
  let isCut = true;
  await expect(race()).rejects.toThrow("ended from outside");
  isCut = false;
  for (let time = 0; time < 2; time++) races.abandonAll();
  expect(sent.slice(-2)).toMatchObject([
    { kind: "displayUpdated", output: { items: { state: "finished" } } },
    { kind: "fitEnded" },
  ]);
  expect(sent.filter(({ kind }) => kind === "displayUpdated")).toHaveLength(1);
});

test("the stop button ends the race and its cell, or the race alone; both can go on", async () => {
  const { sent, stopFlag } = kernel();
  const whole = (await race()).variants.map(({ runs }) => runs.map(({ loss }) => loss));
  const stopBy = (reason: number) => {
    let told = 0;
    const races = kernel();
    setEngineHost({
      shouldStop() {
        if (++told > 5) Atomics.store(races.stopFlag, 0, reason);
        return told > 5;
      },
    });
    return races;
  };
  stopBy(stopReasons.interrupt);
  await expect(race()).rejects.toThrow(CellStopped);
  expect(newestRace()?.state).toBe("stopped");
  stopBy(stopReasons.stopTraining);
  const stopped = await race();
  expect(stopped.state).toBe("stopped");
  setEngineHost({ shouldStop: () => false });
  expect((await stopped.resume()).variants.map(({ runs }) => runs.map(({ loss }) => loss))).toEqual(whole);
  expect(sent.at(-1)?.kind).toBe("fitEnded");
  expect(stopFlag[0]).toBe(stopReasons.none);
});
