// Which steps of the walkthrough a reader has done: gradients come back only where they had vanished.

import { expect, test, vi } from "vitest";
import type { CellNews } from "../running/notebookNews.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { stepsDone } = await import("./progress.ts");

type News = CellNews;
const ended = (verdict: string, state = "finished") =>
  ({
    kind: "runChanged",
    frame: null,
    run: { view: { state }, report: { verdict: { kind: verdict } } },
  }) as unknown as News;

function follow(...news: readonly News[]): readonly string[] {
  const done = new Set<string>();
  for (const each of news) for (const step of stepsDone(each, done)) done.add(step);
  return [...done].map((step) => step.replace("nnbook.", ""));
}

test("cells run, gradients vanish, gradients come back", () => {
  expect(follow({ kind: "cellStarted", cellId: "cell:1" })).toEqual(["hasRunCell"]);
  expect(follow(ended("vanishing"), ended("healthy"))).toEqual(["hasSeenVanishing", "hasSeenHealthy"]);
});

test("a healthy net alone brings nothing back", () => {
  expect(follow(ended("healthy"), ended("exploding"))).toEqual([]);
  expect(follow(ended("healthy"), ended("vanishing"))).toEqual(["hasSeenVanishing"]);
});

test("a training that still runs, or was stopped, shows nothing yet", () => {
  expect(follow(ended("vanishing", "running"), ended("vanishing", "stopped"))).toEqual([]);
});

test("a step is done once", () => {
  expect(stepsDone(ended("vanishing"), new Set(["nnbook.hasSeenVanishing"]))).toEqual([]);
});
