// A race in a notebook: told to whoever shows it, kept in its output while it runs and when its kernel goes.

import { expect, test, vi } from "vitest";
import { raceView } from "../../../test/support/runReports.ts";
import { type OptimizersView, viewMimeTypes } from "../../shared/views.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { setUpNotebook, settle } = await import("../../../test/support/liveNotebooks.ts");

const outputOf = (view: OptimizersView) => ({
  items: { [viewMimeTypes.optimizers]: view as never, "text/plain": "race" },
});
const start = raceView({ racers: raceView().racers.map((racer) => ({ ...racer, steps: [], mean: [], ended: 0 })) });

/** A notebook whose first cell runs a race. */
async function setUpRace() {
  const notebook = setUpNotebook(2);
  void notebook.run(0);
  await settle();
  notebook.emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  notebook.emit({ kind: "displayed", execution: 1, displayId: "d", output: outputOf(start) });
  await settle();
  return notebook;
}

test("an editor that begins to show a race finds it as it stands, also when it has just ended", async () => {
  const { live, emit } = await setUpRace();
  expect(live.races.get(start.raceId)).toEqual(start);
  const view = raceView();
  emit({ kind: "raceProgressed", execution: 1, view });
  expect(live.races.get(view.raceId)).toEqual(view);
  emit({ kind: "displayUpdated", execution: 1, displayId: "d", output: outputOf({ ...view, state: "finished" }) });
  expect(live.races.get(view.raceId)?.state).toBe("finished");
  expect(live.races.get("fit-00000000-1")).toBeUndefined();
});

test("a race is written into its output soon and now and then, and no more once it has ended", async () => {
  vi.useFakeTimers();
  try {
    const { texts, emit, live } = await setUpRace();
    emit({ kind: "raceProgressed", execution: 1, view: raceView() });
    await vi.advanceTimersByTimeAsync(2_100);
    const [view, text] = texts().slice(-2);
    expect(JSON.parse(view ?? "")).toEqual(raceView());
    expect(text).toBe("A race still ran when this was saved: 2 of 6 runs had ended.");
    const written = texts().length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(texts(), "nothing is written again that did not change").toHaveLength(written);
    emit({ kind: "raceProgressed", execution: 1, view: raceView({ plannedSteps: 20 }) });
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

test("a notebook that was saved stays as it was saved for a while, though its race goes on", async () => {
  vi.useFakeTimers();
  try {
    const { texts, emit, live } = await setUpRace();
    emit({ kind: "raceProgressed", execution: 1, view: raceView() });
    await vi.advanceTimersByTimeAsync(1_900);
    await live.keepRuns();
    const written = texts().length;
    emit({ kind: "raceProgressed", execution: 1, view: raceView({ plannedSteps: 20 }) });
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
  const { live, texts, emit, news } = await setUpRace();
  emit({ kind: "raceProgressed", execution: 1, view: raceView() });
  emit({ kind: "kernelDied", death: { kind: "signal", signal: "SIGKILL" } });
  await settle();
  const [view, text] = texts().slice(-2);
  expect(JSON.parse(view ?? "")).toMatchObject({ state: "failed", racers: raceView().racers });
  expect(text).toBe("A race ended early: 2 of 6 runs had ended.");
  expect(live.races.get(start.raceId)?.sentence.messages).toEqual([
    { id: "raceFailed", args: { ended: { kind: "count", value: 2 }, all: { kind: "count", value: 6 } } },
  ]);
  expect(news.filter((told) => told.kind === "raceChanged").at(-1)).toMatchObject({ view: { state: "failed" } });
});

test("a cell that runs again makes its earlier races unknown", async () => {
  const { live, run, emit, answer } = await setUpRace();
  await answer({ kind: "succeeded" });
  void run(0);
  await settle();
  emit({ kind: "cellStarted", execution: 2, cellId: "cell:c0" });
  const next = raceView({ raceId: "fit-0a1b2c3d-10" });
  emit({ kind: "displayed", execution: 2, displayId: "e", output: outputOf(next) });
  expect([live.races.get(start.raceId), live.races.get(next.raceId)]).toEqual([undefined, next]);
});
