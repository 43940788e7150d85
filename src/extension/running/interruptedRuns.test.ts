// Runs that ended with their window: told afterwards by the cells whose outputs do not say it themselves.

import { expect, test, vi } from "vitest";
import * as fake from "../../../test/support/fakeVscode.ts";
import { viewMimeTypes } from "../../shared/views.ts";
import { InterruptedRuns } from "./interruptedRuns.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

interface Item {
  readonly mime: string;
  readonly data: Uint8Array;
}

const item = (mime: string, value: unknown): Item => ({
  mime,
  data: new TextEncoder().encode(JSON.stringify(value)),
});

/** What the workspace remembers lasts; a notebook and what is known of it are made anew by every window. */
function openWindow(
  memory: Map<string, unknown>,
  texts: readonly string[],
  outputs: readonly (readonly Item[])[] = [],
) {
  const notebook = { uri: { toString: () => "file:///a.nnbook" }, getCells: () => cells };
  const cells = texts.map((_, index) => ({
    ...{ index, notebook, kind: fake.NotebookCellKind.Code },
    outputs: outputs[index] === undefined ? [] : [{ items: outputs[index] }],
    document: { uri: { fragment: `${index}` }, languageId: "nnbook-ts", getText: () => texts[index] ?? "" },
  }));
  let listen: (news: unknown) => void = () => undefined;
  const onNews = (listener: typeof listen) => {
    listen = listener;
  };
  const memento = {
    get: (key: string) => memory.get(key),
    update: async (key: string, value: unknown) =>
      void (value === undefined ? memory.delete(key) : memory.set(key, value)),
  };
  const runs = new InterruptedRuns({ onNews } as never, memento as never, (problem) => {
    throw problem;
  });
  const tell = (kind: "cellStarted" | "cellEnded", index: number) =>
    listen({ notebook: { document: notebook }, news: { kind, cellId: `cell:${index}` } });
  return {
    start: (index: number) => tell("cellStarted", index),
    end: (index: number) => tell("cellEnded", index),
    told: () => cells.map((cell) => runs.of(cell as never)),
  };
}

const texts = ["const data = load();", "await model.fit(data);", "await compare({});"];

test("a cell that ran when its window ended says so in the next one, until it has run again", () => {
  const memory = new Map<string, unknown>();
  const first = openWindow(memory, texts);
  first.start(0);
  first.end(0);
  first.start(1);
  expect(first.told(), "it runs").toEqual([null, null, null]);
  expect(JSON.stringify([...memory.values()]), "no code of anybody's is remembered").not.toContain("model");
  expect(openWindow(memory, texts).told()).toEqual([null, "nothingKept", null]);
  const second = openWindow(memory, texts);
  second.start(0);
  expect(second.told(), "another cell runs").toEqual([null, "nothingKept", null]);
  expect(openWindow(memory, texts).told(), "both were interrupted").toEqual(["nothingKept", "nothingKept", null]);
  second.end(0);
  second.start(1);
  expect(second.told()).toEqual([null, null, null]);
  second.end(1);
  expect(memory.size).toBe(0);
  expect(openWindow(memory, texts).told()).toEqual([null, null, null]);
});

test("it is found where it stands now, and not where its text is another", () => {
  const memory = new Map<string, unknown>();
  const same = ["1", "run()", "2", "run()"];
  openWindow(memory, same).start(3);
  expect(openWindow(memory, same).told()).toEqual([null, null, null, "nothingKept"]);
  expect(openWindow(memory, ["run()", "1"]).told()).toEqual(["nothingKept", null]);
  const edited = openWindow(memory, ["run(2)", "1"]);
  expect(edited.told()).toEqual([null, null]);
  edited.start(1);
  edited.end(1);
  expect(memory.size, "a cell that is gone is forgotten").toBe(0);
});

test("an unfinished training or race says itself that it was interrupted; other outputs may be older", () => {
  const memory = new Map<string, unknown>();
  const window = openWindow(memory, texts);
  window.start(2);
  const told = (...items: Item[]) => openWindow(memory, texts, [[], [], items]).told()[2];
  expect(told(item(viewMimeTypes.optimizers, { raceId: "r", state: "running" }))).toBe(null);
  expect(told(item(viewMimeTypes.training, { runId: "r", state: "running" }))).toBe(null);
  expect(told(item(viewMimeTypes.training, { runId: "r", state: "finished" }))).toBe("someOutputs");
  expect(told(item("text/plain", "2"))).toBe("someOutputs");
});

test("what another version of ours left is no reason to fail", () => {
  const memory = new Map<string, unknown>([["running:file:///a.nnbook", { cells: [1] }]]);
  expect(openWindow(memory, texts).told()).toEqual([null, null, null]);
  memory.set("running:file:///a.nnbook", [null, 3, { digest: 4 }]);
  expect(openWindow(memory, texts).told()).toEqual([null, null, null]);
});
