// A control that a reader moves: which cells run again, when, and what becomes of those that run or wait.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { setUpNotebook, settle } = await import("../../../test/support/liveNotebooks.ts");

/** Three cells of which the first shows a control that the second uses; all ran. */
async function setUpControl() {
  const made = setUpNotebook(4);
  made.users.push("cell:c1");
  const first = made.run(0);
  await settle();
  made.emit({ kind: "cellStarted", execution: 1, cellId: "cell:c0" });
  made.emit({ kind: "controlShown", execution: 1, controlId: "rate", place: null, isPicture: false });
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
    emit({ kind: "controlShown", execution: 9, controlId: "other", place: null, isPicture: false });
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
