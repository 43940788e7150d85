// The queue of a notebook: order, failure, stop, restart, and a kernel that dies.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as fake from "../../test/support/fakeVscode.ts";
import { runReport, trainingView } from "../../test/support/runReports.ts";
import type { CellRunOutcome, SessionEvent } from "../session/notebookSession.ts";
import type { ControlQuestion } from "../shared/languageProtocol.ts";
import { viewMimeTypes } from "../shared/views.ts";
import type { LiveNotebookContext, NotebookNews } from "./liveNotebook.ts";

vi.mock("vscode", () => import("../../test/support/fakeVscode.ts"));

const { LiveNotebook } = await import("./liveNotebook.ts");

beforeEach(() => {
  fake.window.said.length = 0;
  fake.window.answer = undefined;
});

/** A notebook of cells "0", "1", … whose executions leave a log, and a session that a test answers for. */
function setUp(cellCount: number, locale: "en" | "ko" = "en") {
  const log: string[] = [];
  /** The cells that use any control. */
  const users: string[] = [];
  const cancel = new Map<number, () => void>();
  const notebook = {
    uri: { scheme: "untitled", toString: () => "untitled:book" },
    getCells: () => cells,
  };
  const cells = Array.from({ length: cellCount }, (_, index) => ({
    ...{ index, notebook, kind: fake.NotebookCellKind.Code, outputs: [] },
    document: { uri: { fragment: `c${index}` }, languageId: "nnbook-ts", getText: () => `cell ${index}` },
  }));
  const outputs: unknown[] = [];
  const createNotebookCellExecution = (cell: { index: number }) => ({
    executionOrder: 0,
    token: { onCancellationRequested: (listener: () => void) => cancel.set(cell.index, listener) },
    start: () => log.push(`start ${cell.index}`),
    end: (success?: boolean) => log.push(`end ${cell.index} ${success}`),
    clearOutput: async () => undefined,
    appendOutput: async (output: unknown) => outputs.push(output),
    replaceOutputItems: async (items: unknown) => outputs.push({ items }),
  });
  /** The texts of all outputs, errors by their message. */
  const texts = () =>
    (outputs as { items: { data: Uint8Array; mime: string }[] }[]).flatMap(({ items }) =>
      items.map(({ data, mime }) => {
        const text = new TextDecoder().decode(data);
        return mime.endsWith("error") ? (JSON.parse(text) as Error).message : text;
      }),
    );
  const finish: ((outcome: CellRunOutcome) => void)[] = [];
  let onEvent: (event: SessionEvent) => void = () => undefined;
  const session = {
    runCell: () => new Promise<CellRunOutcome>((resolve) => finish.push(resolve)),
    interrupt: async () => void log.push("interrupt"),
    stopTraining: (runId: string) => void log.push(`stop ${runId}`),
    setControl: (id: string, value: unknown, name: string | null) => void log.push(`set ${id} ${value} ${name}`),
    restart: async () => void log.push("restart"),
    dispose: () => void log.push("dispose"),
  };
  const context = {
    controller: { createNotebookCellExecution },
    locale,
    log: {
      warn: (problem: unknown) => log.push(String(problem)),
      error: (problem: unknown) => log.push(String(problem)),
    },
    findControlUsers: async ({ cells: asked }: ControlQuestion) => {
      const ids = asked.map(({ id }) => id);
      return { name: "rate", cellIds: users.filter((cellId) => ids.includes(cellId)) };
    },
    createSession: (options: { onEvent: typeof onEvent }) => {
      onEvent = options.onEvent;
      return session;
    },
  } as unknown as LiveNotebookContext;
  const news: NotebookNews["news"][] = [];
  const live = new LiveNotebook(notebook as never, context, (told) => news.push(told.news));
  const run = (...indexes: number[]) => live.runCells(indexes.map((index) => cells[index]) as never);
  const answer = async (outcome: CellRunOutcome) => {
    finish.shift()?.(outcome);
    await settle();
  };
  return { live, run, answer, log, cancel, news, texts, cells, users, emit: (event: SessionEvent) => onEvent(event) };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

const failure: CellRunOutcome = {
  kind: "failed",
  error: { name: "Error", message: "no", stack: "", place: { cellId: "cell:c0", line: 1, column: 1 } },
};

test("cells run one after the other", async () => {
  const { run, answer, log } = setUp(2);
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
  const { run, answer, log, news } = setUp(3);
  const done = run(0, 1, 2);
  await answer(failure);
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "end 2 undefined", "end 0 false"]);
  expect(news.filter((told) => told.kind === "cellFailed")).toHaveLength(1);
});

test("stopping the running cell interrupts it and abandons what waits", async () => {
  const { run, answer, log, cancel } = setUp(2);
  const done = run(0, 1);
  cancel.get(0)?.();
  await answer({ kind: "interrupted", how: "terminated" });
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "interrupt", "end 0 undefined"]);
});

test("stopping a waiting cell takes only that one out", async () => {
  const { run, answer, log, cancel } = setUp(3);
  const done = run(0, 1, 2);
  cancel.get(1)?.();
  await answer({ kind: "succeeded" });
  await answer({ kind: "succeeded" });
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "end 0 true", "start 2", "end 2 true"]);
});

test("a kernel that dies in a training: its last state stays in the output, the user is told why", async () => {
  const { run, answer, log, texts, emit, live } = setUp(2);
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

test("a notebook saved in the middle of a training holds the training as far as it is", async () => {
  const { run, texts, emit, live } = setUp(1);
  void run(0);
  await settle();
  emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  const output = { items: { [viewMimeTypes.training]: trainingView() as never, "text/plain": "running" } };
  emit({ kind: "displayed", execution: 1, displayId: "d", output });
  emit({ kind: "trainingStarted", execution: 1, view: trainingView({ epochs: { done: 7, planned: 40 } }) });
  await live.keepTrainings();
  const [view, text] = texts().slice(-2);
  expect(JSON.parse(view ?? "")).toMatchObject({ state: "running", epochs: { done: 7, planned: 40 } });
  expect(text).toBe("Training still ran when this was saved, after epoch 7 of 40.");
});

test("a long training is written into its output now and then, so that a backup holds its curves", async () => {
  vi.useFakeTimers();
  try {
    const { run, texts, emit, live } = setUp(1);
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
  const { run, answer, texts } = setUp(1, "ko");
  const done = run(0);
  await answer({ kind: "lost", loss: { kind: "died", death: { kind: "outOfMemory", limitMb: 4096 } } });
  await done;
  expect(texts().at(-1)).toMatch(/^커널이 종료되었습니다: 메모리가 부족했습니다\(.*4096 MB.*\)\. 셀과 출력은/);
});

test("a cell that was stopped while it waited says that nothing is lost", async () => {
  const { run, answer, texts } = setUp(1);
  const done = run(0);
  await answer({ kind: "interrupted", how: "abandoned" });
  await done;
  expect(texts()).toEqual(["Stopped while it waited. Variables and models are kept."]);
});

test("after a death the user may have all cells run again", async () => {
  const { emit, log, answer } = setUp(2);
  fake.window.answer = "Restart and Run All";
  emit({ kind: "kernelDied", death: { kind: "signal", signal: "SIGKILL" } });
  await settle();
  expect(log).toEqual(["restart", "start 0"]);
  await answer({ kind: "succeeded" });
  await answer({ kind: "succeeded" });
  expect(log.slice(2)).toEqual(["end 0 true", "start 1", "end 1 true"]);
});

test("a run is known by the cell that trained it and the texts that made it", async () => {
  const { run, answer, emit, live, news } = setUp(2);
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
  const { run, answer, log, live } = setUp(2);
  const done = run(0, 1);
  await settle();
  await live.restart();
  await answer(failure);
  await done;
  expect(log).toEqual(["start 0", "end 1 undefined", "restart", "end 0 false"]);
});

test("a cell that is run while a stop is under way runs after it", async () => {
  const { run, answer, log, cancel } = setUp(3);
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
  const { run, answer, log, live } = setUp(2);
  const done = run(0);
  await settle();
  await live.restart();
  await run(1);
  await answer({ kind: "lost", loss: { kind: "restarted" } });
  await answer({ kind: "succeeded" });
  await done;
  expect(log).toEqual(["start 0", "restart", "end 0 false", "start 1", "end 1 true"]);
});

test("closing a notebook leaves no cell waiting", async () => {
  const { run, log, live } = setUp(2);
  void run(0, 1);
  await settle();
  live.dispose();
  expect(log).toEqual(["start 0", "end 1 undefined", "dispose"]);
});

/** Three cells of which the first shows a control that the second uses; all ran. */
async function setUpControl() {
  const made = setUp(4);
  made.users.push("cell:c1");
  const first = made.run(0);
  await settle();
  made.emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  made.emit({ kind: "controlShown", execution: 1, controlId: "rate", place: null });
  await made.answer({ kind: "succeeded" });
  await first;
  for (const index of [1, 2]) {
    const done = made.run(index);
    await made.answer({ kind: "succeeded" });
    await done;
  }
  made.log.length = 0;
  const move = async (value: number) => {
    made.live.moveControl("rate", value);
    await vi.advanceTimersByTimeAsync(200);
    await settle();
  };
  return { ...made, move };
}

describe("a moved control", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("runs the cells that use it once it rests, and no others", async () => {
    const { live, log, move, answer } = await setUpControl();
    for (const value of [0.1, 0.2]) live.moveControl("rate", value);
    await move(0.3);
    expect(log).toEqual(["set rate 0.3 rate", "start 1"]);
    await answer({ kind: "succeeded" });
    expect(log.at(-1)).toBe("end 1 true");
  });

  test("ends a run of them that is under way, and runs them anew without a word about a stop", async () => {
    const { log, move, answer, texts } = await setUpControl();
    await move(0.1);
    await move(0.2);
    expect(log).toEqual(["set rate 0.1 rate", "start 1", "interrupt"]);
    await answer({ kind: "interrupted", how: "terminated" });
    expect(log.slice(3)).toEqual(["end 1 undefined", "set rate 0.2 rate", "start 1"]);
    expect(texts()).toEqual([]);
  });

  test("lets other cells end, and takes its own out of the queue behind them", async () => {
    const { log, run, move, answer } = await setUpControl();
    void run(2, 1);
    await settle();
    await move(0.1);
    expect(log).toEqual(["start 2", "end 1 undefined", "set rate 0.1 rate"]);
    await answer({ kind: "succeeded" });
    expect(log.slice(3)).toEqual(["end 2 true", "start 1"]);
  });

  test("does not run cells that never ran", async () => {
    const { log, users, move } = await setUpControl();
    users.push("cell:c3");
    await move(0.1);
    expect(log).toEqual(["set rate 0.1 rate", "start 1"]);
  });

  test("is known until its cell runs without it, or its kernel is gone", async () => {
    const { live, log, emit, run, answer, move, news } = await setUpControl();
    expect(live.controlIds).toEqual(["rate"]);
    const again = run(0);
    emit({ kind: "cellStarted", execution: 9, cellId: "cell:c0" });
    emit({ kind: "controlShown", execution: 9, controlId: "other", place: null });
    expect(live.controlIds, "it may come back before the cell ends").toEqual(["rate", "other"]);
    await answer({ kind: "succeeded" });
    await again;
    expect(live.controlIds).toEqual(["other"]);
    emit({ kind: "kernelDied", death: { kind: "signal", signal: "SIGKILL" } });
    expect(live.controlIds).toEqual([]);
    expect(news.at(-1)).toEqual({ kind: "controlsChanged" });
    log.length = 0;
    await move(0.5);
    expect(log).toEqual([]);
  });
});
