// The queue of a notebook: order, failure, stop, restart, and a kernel that dies.

import { beforeEach, expect, test, vi } from "vitest";
import * as fake from "../../../test/support/fakeVscode.ts";
import { runReport, trainingView } from "../../../test/support/runReports.ts";
import type { CellRunOutcome } from "../../session/sessionEvents.ts";
import { viewMimeTypes } from "../../shared/views.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { setUpNotebook, settle } = await import("../../../test/support/liveNotebooks.ts");
const { noteOutput } = await import("./runNotes.ts");

beforeEach(() => {
  fake.window.said.length = 0;
  fake.window.answer = undefined;
});

const failure: CellRunOutcome = {
  kind: "failed",
  error: { name: "Error", message: "no", stack: "", place: { cellId: "cell:c0", line: 1, column: 1 } },
};

test("cells run one after the other", async () => {
  const { run, answer, log } = setUpNotebook(2);
  const done = run(0, 1);
  await settle();
  expect(log).toEqual(["start 0"]);
  await answer({ kind: "succeeded" });
  expect(log).toEqual(["start 0", "end 0 true", "start 1"]);
  await answer({ kind: "succeeded" });
  await done;
  expect(log.at(-1)).toBe("end 1 true");
});

test("an error ends the rest without starting it, and is told with its place", async () => {
  const { run, answer, log, news } = setUpNotebook(3);
  const done = run(0, 1, 2);
  await answer(failure);
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "end 2 undefined", "end 0 false"]);
  expect(news.filter((told) => told.kind === "cellFailed")).toHaveLength(1);
});

test("a cell that waited tells why it did not run, until it runs", async () => {
  const { run, answer, live } = setUpNotebook(3);
  const done = run(0, 1, 2);
  expect(live.isUnderWay("cell:c2")).toBe(true);
  expect(live.waitingCount).toBe(2);
  await answer(failure);
  await done;
  expect([...live.ran.skipped]).toEqual([
    ["cell:c1", { kind: "failed", label: "Cell 1" }],
    ["cell:c2", { kind: "failed", label: "Cell 1" }],
  ]);
  expect(live.isUnderWay("cell:c2")).toBe(false);
  const again = run(1, 2);
  await live.interrupt();
  await answer({ kind: "interrupted", how: "terminated" });
  await again;
  expect([...live.ran.skipped]).toEqual([["cell:c2", { kind: "stopped" }]]);
  expect(live.ran.last.get("cell:c0")).toMatchObject({ text: "cell 0", outcome: "failed", kernel: 1 });
  expect(live.ran.last.get("cell:c1")).toMatchObject({ outcome: "stopped" });
});

test("an error in the background shows in the cell it belongs to, or is told where that cell is gone", async () => {
  const { run, answer, emit, live, news, texts, cells, log } = setUpNotebook(2);
  const done = run(0, 1);
  await settle();
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  await answer({ kind: "succeeded" });
  await settle();
  const error = { name: "Error", message: "late", stack: "", place: null };
  emit({ kind: "failedInBackground", execution: 1, error });
  await answer({ kind: "succeeded" });
  await done;
  await vi.waitFor(() => expect(texts()).toContain("late"));
  expect(news).toContainEqual({ kind: "failedInBackground", cellId: "cell:c0", error });
  cells.shift();
  emit({ kind: "failedInBackground", execution: 1, error });
  await settle();
  expect(fake.window.said).toEqual(["Code of a cell that is not there any more failed: Error: late"]);
  expect(log).toContainEqual(expect.stringContaining("late"));
  expect(live.isBusy).toBe(false);
});

test("stopping the running cell interrupts it and abandons what waits", async () => {
  const { run, answer, log, cancel } = setUpNotebook(2);
  const done = run(0, 1);
  cancel.get(0)?.();
  await answer({ kind: "interrupted", how: "terminated" });
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "interrupt", "end 0 undefined"]);
});

test("stopping a waiting cell takes only that one out", async () => {
  const { run, answer, log, cancel } = setUpNotebook(3);
  const done = run(0, 1, 2);
  cancel.get(1)?.();
  await answer({ kind: "succeeded" });
  await answer({ kind: "succeeded" });
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "end 0 true", "start 2", "end 2 true"]);
});

test("a kernel that dies in a training: its last state stays in the output, the user is told why", async () => {
  const { run, answer, log, texts, emit, live } = setUpNotebook(2);
  const done = run(0, 1);
  await settle();
  const view = trainingView({ epochs: { done: 3, planned: 40 } });
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  const output = { items: { [viewMimeTypes.training]: view as never, "text/plain": "running" } };
  emit({ kind: "displayed", execution: 1, displayId: "d", output });
  emit({ kind: "trainingStarted", execution: 1, view });
  const death = { kind: "signal", signal: "SIGTERM" } as const;
  emit({ kind: "kernelDied", death });
  await answer({ kind: "lost", loss: { kind: "died", death } });
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "end 0 false"]);
  expect(live.runs.get("fit-1")?.view?.state).toBe("failed");
  expect(texts()).toContain("Training ended early, after epoch 3 of 40.");
  expect(texts().at(-1)).toBe(
    "The kernel is gone: it was ended by SIGTERM. Cells and outputs are kept, variables are lost; the next run starts a new kernel.",
  );
  expect(fake.window.said).toEqual([
    "The kernel of this notebook is gone: it was ended by SIGTERM. Cells and outputs are kept, variables are lost.",
  ]);
});

test.each([
  ["was stopped in the middle of its code", "stopped", false],
  ["was stopped in the middle of its code, its outputs cleared before", "stopped", true],
  ["lost its kernel, its outputs cleared before", "failed", true],
] as const)("a training of which nothing more is told has ended where its cell %s", async (_how, state, isCleared) => {
  const { run, answer, texts, emit, live, news, cells } = setUpNotebook(1);
  const done = run(0);
  await settle();
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  const output = { items: { [viewMimeTypes.training]: trainingView() as never, "text/plain": "running" } };
  emit({ kind: "displayed", execution: 1, displayId: "d", output });
  emit({ kind: "trainingStarted", execution: 1, view: trainingView({ epochs: { done: 7, planned: 40 } }) });
  const standing = cells[0] as unknown as { outputs: unknown[] };
  standing.outputs = [output];
  await live.keepRuns();
  if (isCleared) standing.outputs = [];
  const death = { kind: "signal", signal: "SIGTERM" } as const;
  if (state === "failed") emit({ kind: "kernelDied", death });
  await answer(
    state === "failed" ? { kind: "lost", loss: { kind: "died", death } } : { kind: "interrupted", how: "terminated" },
  );
  await done;
  const all = texts();
  const at = all.lastIndexOf("Training ended early, after epoch 7 of 40.");
  expect(JSON.parse(all[at - 1] ?? "")).toMatchObject({ state, epochs: { done: 7 } });
  expect(all.slice(at + 1).every((text) => !text.includes("running"))).toBe(true);
  expect(live.runs.get("fit-1")?.view?.state).toBe(state);
  const told = news.filter(({ kind }) => kind === "runChanged").at(-1);
  expect(told, "every editor is told, with the view as a whole").toMatchObject({
    run: { view: { state } },
    frame: null,
  });
});

test("a training that its cell leaves behind goes on beside a cell that stops between two steps", async () => {
  const { run, answer, emit, live } = setUpNotebook(1);
  const done = run(0);
  await settle();
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  emit({ kind: "trainingStarted", execution: 1, view: trainingView() });
  await answer({ kind: "interrupted", how: "training" });
  await done;
  expect(live.runs.get("fit-1")?.view?.state).toBe("running");
});

test("a notebook saved in the middle of a training holds the training as far as it is", async () => {
  const { run, texts, emit, live } = setUpNotebook(1);
  void run(0);
  await settle();
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  const output = { items: { [viewMimeTypes.training]: trainingView() as never, "text/plain": "running" } };
  emit({ kind: "displayed", execution: 1, displayId: "d", output });
  emit({ kind: "trainingStarted", execution: 1, view: trainingView({ epochs: { done: 7, planned: 40 } }) });
  await live.keepRuns();
  const [view, text] = texts().slice(-2);
  expect(JSON.parse(view ?? "")).toMatchObject({ state: "running", epochs: { done: 7, planned: 40 } });
  expect(text).toBe("Training still ran when this was saved, after epoch 7 of 40.");
});

test("a long training is written into its output now and then, so that a backup holds its curves", async () => {
  vi.useFakeTimers();
  try {
    const { run, texts, emit, live } = setUpNotebook(1);
    void run(0);
    await settle();
    emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
    const output = { items: { [viewMimeTypes.training]: trainingView() as never, "text/plain": "running" } };
    emit({ kind: "displayed", execution: 1, displayId: "d", output });
    emit({ kind: "trainingStarted", execution: 1, view: trainingView({ epochs: { done: 7, planned: 40 } }) });
    await vi.advanceTimersByTimeAsync(21_000);
    expect(texts().at(-1)).toBe("Training still ran when this was saved, after epoch 7 of 40.");
    const written = texts().length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(texts(), "nothing is written again that did not change").toHaveLength(written);
    live.dispose();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a cell whose kernel is gone says why in the reader's language", async () => {
  const { run, answer, texts } = setUpNotebook(1, "ko");
  const done = run(0);
  await answer({ kind: "lost", loss: { kind: "died", death: { kind: "outOfMemory", limitMb: 4096 } } });
  await done;
  expect(texts().at(-1)).toMatch(/^커널이 종료되었습니다: 메모리가 부족했습니다\(.*4096 MB.*\)\. 셀과 출력은/);
});

test("a cell that was stopped while it waited says that nothing is lost", async () => {
  const { run, answer, texts } = setUpNotebook(1);
  const done = run(0);
  await answer({ kind: "interrupted", how: "abandoned" });
  await done;
  expect(new Set(texts())).toEqual(new Set(["Stopped while it waited. Variables and models are kept."]));
});

test("a cell whose training was stopped says how to go on, in a form that the editor wraps and in plain text", async () => {
  const { run, answer, texts } = setUpNotebook(1);
  const done = run(0);
  await answer({ kind: "interrupted", how: "training" });
  await done;
  const [wrapped = "", plain] = texts();
  expect(wrapped).toContain(": `await model.run?.resume()` goes on.");
  expect(noteOutput(wrapped).items).toEqual({ "text/markdown": wrapped, "text/plain": plain });
  expect(plain).toContain(": await model.run?.resume() goes on.");
});

test("after a death the user may have all cells run again", async () => {
  const { emit, log, answer } = setUpNotebook(2);
  fake.window.answer = "Restart and Run All";
  emit({ kind: "kernelDied", death: { kind: "signal", signal: "SIGKILL" } });
  await settle();
  expect(log).toEqual(["restart", "start 0"]);
  await answer({ kind: "succeeded" });
  await answer({ kind: "succeeded" });
  expect(log.slice(2)).toEqual(["end 0 true", "start 1", "end 1 true"]);
});

test("a restart that is chosen when nothing needs it any more leaves the kernel as it is", async () => {
  const { run, emit, log, answer } = setUpNotebook(1);
  let choose: (choice: string) => void = () => undefined;
  fake.window.answer = new Promise((resolve) => {
    choose = resolve;
  }) as never;
  const [stubborn, begun] = [run(0), emit({ kind: "interruptFailed" })];
  await answer({ kind: "interrupted", how: "terminated" });
  await Promise.all([stubborn, begun]);
  choose("Restart");
  await settle();
  expect(log).not.toContain("restart");
  expect(fake.window.said.at(-1)).toMatch(/^Nothing was restarted/);
  fake.window.answer = new Promise((resolve) => {
    choose = resolve;
  }) as never;
  emit({ kind: "kernelDied", death: { kind: "signal", signal: "SIGKILL" } });
  const again = run(0);
  await answer({ kind: "succeeded" });
  await again;
  choose("Restart");
  await settle();
  expect(log).not.toContain("restart");
});

test("a run is known by the cell that trained it and the texts that made it", async () => {
  const { run, answer, emit, live, news } = setUpNotebook(2);
  const first = run(0);
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  await answer({ kind: "succeeded" });
  await first;
  const second = run(1);
  emit({ kind: "cellStarted", execution: 2, cellId: "cell:c1" });
  emit({ kind: "trainingStarted", execution: 2, view: trainingView() });
  emit({ kind: "runReported", execution: 2, cellId: "cell:c1", report: runReport() });
  await answer({ kind: "succeeded" });
  await second;
  const known = live.runs.newestOfCell("cell:c1");
  expect([...(known?.sources ?? [])]).toEqual([
    ["cell:c0", "cell 0"],
    ["cell:c1", "cell 1"],
  ]);
  expect(known?.report?.runId).toBe("fit-1");
  expect(news.filter((told) => told.kind === "runChanged")).toHaveLength(2);
});

test("a restart abandons what waits and begins counting anew", async () => {
  const { run, answer, log, live } = setUpNotebook(2);
  const done = run(0, 1);
  await settle();
  await live.restart();
  await answer(failure);
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "restart", "end 0 false"]);
});

test("a cell that is run while a stop is under way runs after it", async () => {
  const { run, answer, log, cancel } = setUpNotebook(3);
  const done = run(0, 1);
  await settle();
  cancel.get(0)?.();
  await run(2);
  await answer({ kind: "interrupted", how: "terminated" });
  await answer({ kind: "succeeded" });
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "interrupt", "end 0 undefined", "start 2", "end 2 true"]);
});

test("cells that are run at once after a restart run, though the end of the one before is still told", async () => {
  const { run, answer, log, live } = setUpNotebook(2);
  const done = run(0);
  await settle();
  await live.restart();
  await run(1);
  await answer({ kind: "lost", loss: { kind: "restarted" } });
  await answer({ kind: "succeeded" });
  await done;
  expect(log).toEqual(["start 0", "restart", "end 0 false", "start 1", "end 1 true"]);
});

test("the cell that ran at a restart runs again once its end is told", async () => {
  const { run, answer, log, live } = setUpNotebook(2);
  const done = run(0);
  await settle();
  await live.restart();
  const again = run(0, 1);
  await settle();
  expect(log, "the editor would refuse a second execution").toEqual(["start 0", "restart"]);
  await answer({ kind: "lost", loss: { kind: "restarted" } });
  for (let cell = 0; cell < 2; cell++) await answer({ kind: "succeeded" });
  await Promise.all([done, again]);
  expect(log.slice(2)).toEqual(["end 0 false", "start 0", "end 0 true", "start 1", "end 1 true"]);
});

test("closing a notebook leaves no cell waiting", async () => {
  const { run, log, live } = setUpNotebook(2);
  void run(0, 1);
  await settle();
  live.dispose();
  expect(log).toEqual(["start 0", "end 1 undefined", "dispose"]);
});
