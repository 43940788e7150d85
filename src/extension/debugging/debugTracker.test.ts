// What passes between the editor and a debugger of JavaScript: cells on one side, files on the other.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as fake from "../../../test/support/fakeVscode.ts";
import { debugFileOf } from "./debugFiles.ts";
import { DebugTracker } from "./debugTracker.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const address = "vscode-notebook-cell:/books/book.nnbook#W2sZmlsZQ%3D%3D";
const notebook = {
  notebookType: "nnbook",
  uri: {
    scheme: "file",
    fsPath: "/books/book.nnbook",
    path: "/books/book.nnbook",
    toString: () => "file:///books/book.nnbook",
  },
  getCells: () => [cell],
};
const cell = { index: 2, notebook, document: { uri: { fragment: "W2sZmlsZQ==", toString: () => address } } };
const file = debugFileOf(cell as never);

let readyCount: number;
let steps: unknown[];
let restartCount: number;
let tracker: DebugTracker;
beforeEach(() => {
  fake.workspace.notebookDocuments = [notebook];
  readyCount = 0;
  steps = [];
  restartCount = 0;
  tracker = new DebugTracker({
    declaredNames: () => new Set(["model", "rate"]),
    distFolder: "/nnbook/dist",
    stepped: (threadId) => steps.push(threadId),
    ready: () => readyCount++,
    restart: () => restartCount++,
  });
});
afterEach(() => {
  fake.workspace.notebookDocuments = [];
});

test("a cell is a file beside its notebook, the same one every time", () => {
  expect(file).toMatch(/^[/\\]books[/\\]book\.nnbook\.cell-\d+\.ts$/);
  expect(debugFileOf(cell as never)).toBe(file);
});

test("a breakpoint in a cell becomes one in its file; other files stay", () => {
  const inCell = { type: "request", seq: 1, command: "setBreakpoints", arguments: { source: { path: address } } };
  tracker.onWillReceiveMessage(inCell);
  expect(inCell.arguments.source.path).toBe(file);
  const inModule = {
    type: "request",
    seq: 2,
    command: "setBreakpoints",
    arguments: { source: { path: "/books/a.ts" } },
  };
  tracker.onWillReceiveMessage(inModule);
  expect(inModule.arguments.source.path).toBe("/books/a.ts");
});

test("frames, breakpoints and events speak of the cell by its address and label", () => {
  const source = () => ({ path: file, name: "book.nnbook.cell-1.ts", sourceReference: 7 });
  const message = {
    type: "response",
    command: "stackTrace",
    body: {
      stackFrames: [
        { id: 1, source: source() },
        { id: 2, source: { path: "/books/a.ts", sourceReference: 0 } },
      ],
    },
  };
  tracker.onDidSendMessage(message);
  expect(message.body.stackFrames.map((frame) => frame.source)).toEqual([
    { path: address, name: "Cell 3" },
    { path: "/books/a.ts", sourceReference: 0 },
  ]);
  const event = { type: "event", event: "breakpoint", body: { breakpoint: { source: source() } } };
  tracker.onDidSendMessage(event);
  expect(event.body.breakpoint.source).toEqual({ path: address, name: "Cell 3" });
});

test("of the globals only the cells' own names are shown, in sight, and locals are left alone", () => {
  const scopes = {
    ...{ type: "response", command: "scopes" },
    body: {
      scopes: [
        { name: "Local", expensive: false, variablesReference: 4 },
        { name: "Global", expensive: true, variablesReference: 5 },
      ],
    },
  };
  tracker.onDidSendMessage(scopes);
  expect(scopes.body.scopes[1]).toEqual({ name: "Cells", expensive: false, variablesReference: 5 });
  const answer = (reference: number, seq: number) => {
    tracker.onWillReceiveMessage({
      type: "request",
      seq,
      command: "variables",
      arguments: { variablesReference: reference },
    });
    const variables = ["atob", "model", "rate"].map((name) => ({ name }));
    const message = { type: "response", request_seq: seq, command: "variables", body: { variables } };
    tracker.onDidSendMessage(message);
    return message.body.variables.map(({ name }) => name);
  };
  expect(answer(5, 10)).toEqual(["model", "rate"]);
  expect(answer(4, 11)).toEqual(["atob", "model", "rate"]);
});

test("what the debugger says of our own bundles is not shown, what cells print is", () => {
  const category = (output: string) => {
    const message = { type: "event", event: "output", body: { category: "stderr", output } };
    tracker.onDidSendMessage(message);
    return message.body.category;
  };
  expect(category("Could not read source map for file:///nnbook/dist/kernel.cjs")).toBe("telemetry");
  expect(category("a warning of a cell")).toBe("stderr");
});

test("it is ready when the debugger has taken the breakpoints", () => {
  tracker.onDidSendMessage({ type: "event", event: "initialized" });
  tracker.onDidSendMessage({ type: "response", command: "setBreakpoints", body: { breakpoints: [] } });
  expect(readyCount).toBe(0);
  tracker.onDidSendMessage({ type: "response", command: "configurationDone", success: true });
  expect(readyCount).toBe(1);
});

test("the end of a step is told, other stops are not", () => {
  for (const reason of ["breakpoint", "step"]) {
    tracker.onDidSendMessage({ type: "event", event: "stopped", body: { reason, threadId: 4 } });
  }
  expect(steps).toEqual([4]);
});

test("what the compiler of cells adds is not among their variables", () => {
  const variables = ["$nn0", "x"].map((name) => ({ name }));
  const message = { type: "response", request_seq: 3, command: "variables", body: { variables } };
  tracker.onDidSendMessage(message);
  expect(message.body.variables).toEqual([{ name: "x" }]);
});

test("a restart is told, and does not reach the debugger, which would look for a port that is gone", () => {
  const message = { type: "request", seq: 4, command: "restart" };
  tracker.onWillReceiveMessage(message);
  expect(restartCount).toBe(1);
  expect(message.command).toBe("threads");
});

test("messages of any other shape pass as they are", () => {
  for (const message of [null, "text", 3, {}, { arguments: 1 }, { command: "scopes", body: { scopes: "none" } }]) {
    const before = JSON.stringify(message);
    tracker.onWillReceiveMessage(message);
    tracker.onDidSendMessage(message);
    expect(JSON.stringify(message)).toBe(before);
  }
});
