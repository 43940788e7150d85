// A race in a notebook: told to whoever shows it, kept in its output while it runs and when its kernel goes.

import { expect, test, vi } from "vitest";
import { raceView } from "../../../test/support/runReports.ts";
import { raceFrame } from "../../shared/raceFrames.ts";
import { type OptimizersView, viewMimeTypes } from "../../shared/views.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { setUpNotebook, settle } = await import("../../../test/support/liveNotebooks.ts");
const { raceStatus } = await import("./raceStatus.ts");

const outputOf = (view: OptimizersView) => ({
  items: { [viewMimeTypes.optimizers]: view as never, "text/plain": "race" },
});
const start = raceView({ racers: raceView().racers.map((racer) => ({ ...racer, steps: [], mean: [], ended: 0 })) });

/** The frames that a kernel sends, from the race's start on. */
function frames() {
  let [told, sequence] = [start, 0];
  return (view: OptimizersView) => {
    const frame = raceFrame(told, view, ++sequence);
    told = view;
    return { kind: "raceProgressed", execution: 1, frame } as const;
  };
}

/** A notebook whose first cell runs a race. */
async function setUpRace() {
  const notebook = setUpNotebook(2);
  void notebook.run(0);
  await settle();
  notebook.emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  notebook.emit({ kind: "displayed", execution: 1, displayId: "d", output: outputOf(start) });
  await settle();
  return { ...notebook, progressed: frames() };
}

test("an editor that begins to show a race finds it as it stands, also when it has just ended", async () => {
  const { live, emit, progressed } = await setUpRace();
  expect(live.races.get(start.raceId)?.view).toEqual(start);
  const view = raceView();
  emit(progressed(view));
  expect(live.races.get(view.raceId)).toMatchObject({ view, sequence: 1 });
  emit({ kind: "displayUpdated", execution: 1, displayId: "d", output: outputOf({ ...view, state: "finished" }) });
  expect(live.races.get(view.raceId)?.view.state).toBe("finished");
  expect(live.races.get("fit-00000000-1")).toBeUndefined();
});

test("a race is known by its cell, and in a few words", async () => {
  const { live, emit, progressed } = await setUpRace();
  const words = () =>
    [live.races.ofCell("cell:c0").at(-1), live.races.running].map((view) => view && raceStatus(view, "en"));
  expect(words()).toEqual(["race: 0/6 runs", "race: 0/6 runs"]);
  emit(progressed(raceView()));
  expect(words()).toEqual(["race: 2/6 runs", "race: 2/6 runs"]);
  const end = { ...raceView(), state: "stopped" } as const;
  emit({ kind: "displayUpdated", execution: 1, displayId: "d", output: outputOf(end) });
  expect(words()).toEqual(["race: 2/6 runs · stopped", undefined]);
  expect(live.races.ofCell("cell:c1")).toEqual([]);
});

test("a race is written into its output soon and now and then, and no more once it has ended", async () => {
  vi.useFakeTimers();
  try {
    const { texts, emit, live, progressed } = await setUpRace();
    emit(progressed(raceView()));
    await vi.advanceTimersByTimeAsync(2_100);
    const [view, text] = texts().slice(-2);
    expect(JSON.parse(view ?? "")).toEqual(raceView());
    expect(text).toBe("A race still ran when this was saved: 2 of 6 runs had ended.");
    const written = texts().length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(texts(), "nothing is written again that did not change").toHaveLength(written);
    emit(progressed(raceView({ plannedSteps: 20 })));
    await vi.advanceTimersByTimeAsync(12_100);
    expect(texts()).toHaveLength(written + 2);
    const end = { ...raceView(), state: "finished" } as const;
    emit({ kind: "displayUpdated", execution: 1, displayId: "d", output: outputOf(end) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
    live.dispose();
  } finally {
    vi.useRealTimers();
  }
});

test("a race whose first steps take their time is written into its output soon after them", async () => {
  vi.useFakeTimers();
  try {
    const { texts, emit, live, progressed } = await setUpRace();
    const written = texts().length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(texts()).toHaveLength(written);
    emit(progressed(raceView()));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(texts()).toHaveLength(written + 2);
    emit(progressed(raceView({ plannedSteps: 20 })));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(texts(), "an editor needs a while without changes to back up").toHaveLength(written + 2);
    live.dispose();
  } finally {
    vi.useRealTimers();
  }
});

test("a notebook that was saved stays as it was saved for a while, though its race goes on", async () => {
  vi.useFakeTimers();
  try {
    const { texts, emit, live, progressed } = await setUpRace();
    emit(progressed(raceView()));
    await vi.advanceTimersByTimeAsync(1_900);
    await live.keepRuns();
    const written = texts().length;
    emit(progressed(raceView({ plannedSteps: 20 })));
    await vi.advanceTimersByTimeAsync(11_000);
    expect(texts()).toHaveLength(written);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(texts()).toHaveLength(written + 2);
    live.dispose();
  } finally {
    vi.useRealTimers();
  }
});

test("a kernel that dies in a race: its lines stay, and it no longer says that it runs", async () => {
  const { live, texts, emit, news, progressed } = await setUpRace();
  emit(progressed(raceView()));
  emit({ kind: "kernelDied", death: { kind: "signal", signal: "SIGKILL" } });
  await settle();
  const [view, text] = texts().slice(-2);
  expect(JSON.parse(view ?? "")).toMatchObject({ state: "failed", racers: raceView().racers });
  expect(text).toBe("A race ended early: 2 of 6 runs had ended.");
  expect(live.races.get(start.raceId)?.view.sentence.messages).toEqual([
    { id: "raceFailed", args: { ended: { kind: "count", value: 2 }, all: { kind: "count", value: 6 } } },
  ]);
  expect(news.filter((told) => told.kind === "raceChanged").at(-1)).toMatchObject({ view: { state: "failed" } });
});

test("a race of which nothing more is told has ended where its cell was stopped in the middle of its code", async () => {
  const { live, texts, emit, answer, progressed } = await setUpRace();
  emit(progressed(raceView()));
  await answer({ kind: "interrupted", how: "terminated" });
  expect(texts()).toContain("A race ended early: 2 of 6 runs had ended.");
  expect(live.races.get(start.raceId)?.view.state).toBe("stopped");
});

test("a cell that runs again makes its earlier races unknown", async () => {
  const { live, run, emit, answer } = await setUpRace();
  await answer({ kind: "succeeded" });
  void run(0);
  await settle();
  emit({ kind: "cellStarted", execution: 2, cellId: "cell:c0" });
  const next = raceView({ raceId: "fit-0a1b2c3d-10" });
  emit({ kind: "displayed", execution: 2, displayId: "e", output: outputOf(next) });
  expect([live.races.get(start.raceId), live.races.get(next.raceId)?.view]).toEqual([undefined, next]);
});

test("a race that has ended is outdated once its cell has another text", async () => {
  const { live, emit } = await setUpRace();
  const outdated = (text: string) => live.races.outdated(() => text);
  const text = live.textOf("cell:c0") ?? "";
  expect(outdated("edited"), "one that runs is not").toEqual([]);
  emit({
    kind: "displayUpdated",
    execution: 1,
    displayId: "d",
    output: outputOf({ ...raceView(), state: "finished" }),
  });
  expect([outdated(text), outdated("edited")]).toEqual([[], [start.raceId]]);
});
