// The outputs of one execution: their order, what is gathered, what happens when it is over.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type * as vscode from "vscode";
import { trainingView } from "../../../test/support/runReports.ts";
import { errorMimeType } from "../../notebook/notebookFile.ts";
import { viewMimeTypes } from "../../shared/views.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { CellRun } = await import("./cellRun.ts");
const { unfinishedTrainingOutput } = await import("./outputs.ts");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Records what the editor is asked to do, and keeps the outputs as it would. */
function fakeEditor() {
  const calls: string[] = [];
  const outputs: vscode.NotebookCellOutput[] = [];
  const executions: { ended: boolean }[] = [];
  const controller = {
    createNotebookCellExecution() {
      const state = { ended: false };
      executions.push(state);
      const alive = (name: string) => {
        if (state.ended) throw new Error(`${name} after end`);
        calls.push(name);
      };
      return {
        executionOrder: 0,
        token: { onCancellationRequested: () => ({ dispose() {} }) },
        start: () => alive("start"),
        end: (success: boolean | undefined) => {
          alive(`end ${success}`);
          state.ended = true;
        },
        clearOutput: async () => {
          alive("clear");
          outputs.length = 0;
        },
        appendOutput: async (output: vscode.NotebookCellOutput) => {
          alive("append");
          outputs.push(output);
        },
        appendOutputItems: async (items: vscode.NotebookCellOutputItem[], output: vscode.NotebookCellOutput) => {
          alive("appendItems");
          output.items.push(...items);
        },
        replaceOutputItems: async (items: vscode.NotebookCellOutputItem[], output: vscode.NotebookCellOutput) => {
          alive("replace");
          output.items = items;
        },
        replaceOutput: async (left: readonly vscode.NotebookCellOutput[]) => {
          alive("replaceAll");
          outputs.splice(0, outputs.length, ...left);
        },
      };
    },
  };
  const problems: unknown[] = [];
  const cell = { document: { getText: () => "x" }, outputs } as unknown as vscode.NotebookCell;
  const newRun = (isAgain: boolean) =>
    new CellRun(cell, {
      isAgain,
      isDebugged: false,
      controller: controller as unknown as vscode.NotebookController,
      log: (problem) => problems.push(problem),
    });
  const run = newRun(false);
  const texts = () =>
    outputs.map((output) => output.items.map((item) => new TextDecoder().decode(item.data)).join("+"));
  return { run, again: () => newRun(true), calls, outputs, texts, executions, problems };
}

/** The error of the first output, as files hold it. */
function errorIn([output]: readonly vscode.NotebookCellOutput[]): { name: string; message: string; stack: string } {
  const item = output?.items.find(({ mime }) => mime === errorMimeType);
  return JSON.parse(new TextDecoder().decode(item?.data));
}

const plain = (text: string) => ({ items: { "text/plain": text } });

test("text printed close together is one output, and what is shown between keeps its place", async () => {
  const { run, calls, texts } = fakeEditor();
  run.start(1);
  for (let line = 0; line < 100; line++) run.print("stdout", `${line} `);
  run.display("1", plain("shown"));
  run.print("stdout", "after");
  run.print("stderr", "oops");
  await run.end(true);
  expect(texts()).toEqual([[...Array(100).keys()].map((line) => `${line} `).join(""), "shown", "after", "oops"]);
  expect(calls).toEqual(["start", "clear", "append", "append", "append", "append", "end true"]);
});

test("text goes out while the cell still runs, as more of the same output", async () => {
  const { run, texts, calls } = fakeEditor();
  run.start(1);
  run.print("stdout", "a");
  await vi.advanceTimersByTimeAsync(100);
  run.print("stdout", "b");
  await vi.advanceTimersByTimeAsync(100);
  expect(texts()).toEqual(["a+b"]);
  expect(calls).toContain("appendItems");
});

test("an endless printer is cut, and says so once", async () => {
  const { run, outputs } = fakeEditor();
  run.start(1);
  for (let round = 0; round < 30; round++) run.print("stdout", "x".repeat(100_000));
  await run.end(true);
  const length = outputs.flatMap((output) => output.items).reduce((sum, item) => sum + item.data.length, 0);
  expect(length).toBeLessThan(1_000_200);
  expect(outputs).toHaveLength(2);
});

test("an updated display changes in place, also after the cell ended", async () => {
  const { run, texts, executions, problems } = fakeEditor();
  run.start(1);
  run.display("1", plain("running"));
  run.updateDisplay("1", plain("done"));
  await run.end(true);
  expect(texts()).toEqual(["done"]);
  run.updateDisplay("1", plain("later"));
  await vi.advanceTimersByTimeAsync(1500);
  expect(texts()).toEqual(["later"]);
  expect(executions).toHaveLength(2);
  expect(executions.every((execution) => execution.ended)).toBe(true);
  expect(problems).toEqual([]);
});

test("what fails again and again after the end of its cell shows at once, and makes the cell blink once a second", async () => {
  const { run, texts, executions, problems } = fakeEditor();
  run.start(1);
  await run.end(true);
  for (let round = 0; round < 30; round++) {
    run.showNote(`late ${round}`);
    await vi.advanceTimersByTimeAsync(100);
    // As Markdown and as plain text.
    if (round === 0) expect(texts()).toEqual(["late 0+late 0"]);
  }
  expect(executions.length - 1).toBeLessThanOrEqual(4);
  await vi.advanceTimersByTimeAsync(1500);
  expect(texts()).toHaveLength(30);
  expect(problems).toEqual([]);
});

test("a cell can run again while late outputs of its run before are being shown", async () => {
  const { run, again, executions } = fakeEditor();
  run.start(1);
  await run.end(true);
  run.showNote("late");
  for (let turns = 0; turns < 20 && executions.length < 2; turns++) {
    await Promise.resolve();
    vi.advanceTimersByTime(60);
  }
  expect(executions.map(({ ended }) => ended)).toEqual([true, false]);
  again();
  // The newest is its own; no other is open beside it.
  expect(executions.slice(0, -1).filter(({ ended }) => !ended)).toEqual([]);
});

test("a training whose kernel is gone is shown as it was last known", async () => {
  const { run, outputs } = fakeEditor();
  run.start(1);
  run.display("1", { items: { [viewMimeTypes.training]: { ...trainingView() } as never, "text/plain": "running" } });
  const view = trainingView({ state: "failed", epochs: { done: 3, planned: 40 } });
  await run.keepRun(view.runId, unfinishedTrainingOutput(view));
  await run.end(false);
  const [kept, text] = outputs[0]?.items.map((item) => new TextDecoder().decode(item.data)) ?? [];
  expect(JSON.parse(kept ?? "")).toMatchObject({ state: "failed", epochs: { done: 3 } });
  expect(text).toBe("Training ended early, after epoch 3 of 40.");
});

test("an error is shown with its message and its places", async () => {
  const { run, outputs } = fakeEditor();
  run.start(1);
  run.showError({ name: "TypeError", message: "no", stack: "at f (Cell 1:2:3)\nat Cell 1:5:1", place: null });
  await run.end(false);
  expect(errorIn(outputs)).toEqual({
    name: "TypeError",
    message: "no",
    stack: "TypeError: no\n    at f (Cell 1:2:3)\n    at Cell 1:5:1",
  });
});

test("a long error stands in lines that can be read whole; code in it and places stay as they are", async () => {
  const { run, outputs } = fakeEditor();
  run.start(1);
  const code = `  const ${"x".repeat(200)} = 1;`;
  const message = `Unknown activation. Known: ${"sigmoid, ".repeat(30)}relu.\n${code}`;
  run.showError({ name: "UnknownNameError", message, stack: "at Cell 1:5:1", place: null });
  await run.end(false);
  const shown = errorIn(outputs);
  const lines = shown.stack.split("\n");
  expect(shown.message).toBe(message);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.slice(0, -2).every((line) => line.length <= 96)).toBe(true);
  expect(lines.slice(-2)).toEqual([code, "    at Cell 1:5:1"]);
  expect(lines.slice(0, -2).join(" ")).toBe(`UnknownNameError: ${message.slice(0, message.indexOf("\n"))}`);
});

test("a cell that runs again writes into its outputs one by one, and takes away what is left at its end", async () => {
  const { run, again, calls, outputs, texts } = fakeEditor();
  run.start(1);
  for (const text of ["a", "b", "c"]) run.display(text, plain(text));
  await run.end(true);
  const [first] = outputs;
  const next = again();
  calls.length = 0;
  next.start(2, run);
  next.display("1", plain("A"));
  next.print("stdout", "B");
  await vi.advanceTimersByTimeAsync(100);
  expect(texts()).toEqual(["A", "B", "c"]);
  expect(outputs[0]).toBe(first);
  next.updateDisplay("1", plain("AA"));
  await next.end(true);
  expect(texts()).toEqual(["AA", "B"]);
  expect(calls).toEqual(["start", "replace", "replace", "replace", "replaceAll", "end true"]);
});

test("what still stands when it is to run again at once stays for that run", async () => {
  const { run, again, texts } = fakeEditor();
  run.start(1);
  for (const text of ["a", "b"]) run.display(text, plain(text));
  await run.end(true);
  const stopped = again();
  stopped.start(2, run);
  stopped.makesWay = true;
  await stopped.end(undefined);
  expect(texts()).toEqual(["a", "b"]);
  const next = again();
  next.start(3, stopped);
  next.display("1", plain("A"));
  next.display("2", plain("B"));
  next.display("3", plain("C"));
  await next.end(true);
  expect(texts()).toEqual(["A", "B", "C"]);
});

test("outputs that the reader cleared meanwhile are not written into", async () => {
  const { run, again, outputs, texts } = fakeEditor();
  run.start(1);
  run.display("a", plain("a"));
  await run.end(true);
  outputs.length = 0;
  const next = again();
  next.start(2, run);
  next.display("1", plain("A"));
  await next.end(true);
  expect(texts()).toEqual(["A"]);
});

test("what goes on after the reader cleared the outputs is shown again: text from there on, a display as a whole", async () => {
  const { run, outputs, texts, problems } = fakeEditor();
  run.start(1);
  run.print("stdout", "before");
  run.display("d", { items: { "text/plain": "half" } });
  await vi.runAllTimersAsync();
  run.print("stdout", "text");
  await vi.runAllTimersAsync();
  run.print("stdout", " seen");
  run.updateDisplay("d", { items: { "text/plain": "more" } });
  await vi.runAllTimersAsync();
  expect(texts()).toEqual(["before", "more", "text+ seen"]);
  outputs.length = 0;
  run.print("stdout", "after");
  await vi.runAllTimersAsync();
  run.print("stdout", "wards");
  await vi.runAllTimersAsync();
  expect(texts()).toEqual(["after+wards"]);
  outputs.length = 0;
  run.updateDisplay("d", { items: { "text/plain": "whole" } });
  await vi.runAllTimersAsync();
  expect(texts()).toEqual(["whole"]);
  expect(problems).toEqual([]);
});
