// Debugging a cell through VS Code's own JavaScript debugger, as its views ask it: breakpoints, variables, steps, and the ways out.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closeAll,
  openCells,
  openUntitled,
  plainText,
  runSucceeding,
  startCells,
  textOf,
  waitFor,
  workspaceFile,
} from "./notebooks.ts";

interface Frame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  readonly source?: { readonly path?: string; readonly name?: string };
}

interface Stop {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
  readonly frames: readonly Frame[];
}

/** The sessions that have not ended. (The one that VS Code calls active can be one that has.) */
const sessions = new Set<vscode.DebugSession>();

/**
 * The thread in which each session stopped last, by what the debugger says itself: the stack item that VS Code calls active may stay behind
 * (VS Code 1.100 drops it, "cannot find session", when it comes before its session).
 */
const stoppedThreads = new Map<vscode.DebugSession, number>();

interface DebuggerMessage {
  readonly type: string;
  readonly event?: string;
  readonly body?: { readonly threadId?: number };
}

const noteStops: vscode.DebugAdapterTrackerFactory = {
  createDebugAdapterTracker: (session) => ({
    onDidSendMessage({ type, event, body }: DebuggerMessage) {
      if (type !== "event") return;
      if (event === "stopped" && body?.threadId !== undefined) stoppedThreads.set(session, body.threadId);
      else if (event === "continued" || event === "terminated") stoppedThreads.delete(session);
    },
  }),
};

export function describeDebugging(): void {
  describe("debugging", () => {
    const watching: vscode.Disposable[] = [];
    before(() => {
      watching.push(
        vscode.debug.onDidStartDebugSession((session) => sessions.add(session)),
        vscode.debug.onDidTerminateDebugSession((session) => {
          sessions.delete(session);
          stoppedThreads.delete(session);
        }),
        vscode.debug.registerDebugAdapterTrackerFactory("*", noteStops),
      );
    });
    after(() => {
      for (const each of watching) each.dispose();
    });
    afterEach(async () => {
      vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
      await vscode.debug.stopDebugging();
      await noDebugging();
      await closeAll();
    });

    it("a cell stops at its breakpoint, shows its variables, steps, goes on, and keeps them", async () => {
      const document = await openCells("stops.nnbook", [
        "interface Point { x: number }\nfunction twice(point: Point): number {\n  const x2 = point.x * 2;\n  return x2;\n}",
        "const start: Point = { x: 20 };\nconst answer = twice(start) + 2;\nconst last = answer;",
        "answer",
      ]);
      await runSucceeding(document, 0);
      breakAt(document.cellAt(0), 3);
      breakAt(document.cellAt(1), 2);
      const ended = debug(document, 1);
      const top = await nextStop(document.cellAt(1), 2);
      assert.equal(top.frames[0]?.source?.name, "Cell 2");
      assert.equal(top.session.name, "Cell 2 · stops.nnbook");
      const cells = await scopeVariables(top, "Cells");
      assert.deepEqual([...cells.keys()].sort(), ["answer", "last", "start", "twice"]);
      assert.equal(cells.get("start"), "{x: 20}");
      await top.session.customRequest("continue", { threadId: top.threadId });
      const entered = await nextStop(document.cellAt(0), 3);
      await entered.session.customRequest("next", { threadId: entered.threadId });
      const inside = await nextStop(document.cellAt(0), 4);
      assert.deepEqual(
        inside.frames.slice(0, 2).map((frame) => [frame.source?.path, frame.line]),
        [
          [document.cellAt(0).document.uri.toString(), 4],
          [document.cellAt(1).document.uri.toString(), 2],
        ],
      );
      assert.equal((await scopeVariables(inside, "Local")).get("x2"), "40");
      const hover = await inside.session.customRequest("evaluate", {
        ...{ expression: "point.x * 2", context: "hover", frameId: inside.frames[0]?.id },
      });
      assert.equal(hover.result, "40");
      await inside.session.customRequest("next", { threadId: inside.threadId });
      const back = await nextStop(document.cellAt(1), 3);
      // A step over the end of the cell ends it.
      await back.session.customRequest("next", { threadId: back.threadId });
      await ended;
      assert.equal(document.cellAt(1).executionSummary?.success, true);
      await noDebugging();
      // Without the debugger the same cell runs through.
      await runSucceeding(document, 1);
      assert.equal(textOf(await runSucceeding(document, 2), plainText), "42");
    });

    it("breakpoints stay with a cell that moves, and hit in local modules too", async () => {
      await writeFile(
        workspaceFile("area.ts"),
        "interface A {}\nexport function area(side: number) {\n  return side * side;\n}\n",
      );
      const document = await openCells("moves.nnbook", [
        '"nothing"',
        'import { area } from "./area.ts";\nconst nine = area(3);\nnine',
      ]);
      const cell = document.cellAt(1);
      breakAt(cell, 2);
      const module = vscode.Uri.file(workspaceFile("area.ts"));
      vscode.debug.addBreakpoints([
        new vscode.SourceBreakpoint(new vscode.Location(module, new vscode.Position(2, 0))),
      ]);
      const editor = vscode.window.activeNotebookEditor;
      assert.ok(editor, "the notebook is not shown");
      editor.selection = new vscode.NotebookRange(1, 2);
      await vscode.commands.executeCommand("notebook.cell.moveUp");
      await waitFor("the cell to move", () => document.cellAt(0).document === cell.document);
      const ended = debug(document, 0);
      const stop = await nextStop(document.cellAt(0), 2);
      await stop.session.customRequest("continue", { threadId: stop.threadId });
      const inside = await waitForStop((frames) => frames[0]?.source?.path?.endsWith("/area.ts") === true);
      assert.equal(inside.frames[0]?.line, 3);
      await inside.session.customRequest("continue", { threadId: inside.threadId });
      await ended;
      assert.equal(textOf(document.cellAt(0), plainText), "9");
    });

    it("the stop button ends a cell at a breakpoint, before what follows", async () => {
      const document = await openUntitled(["let reached = 'before';\ndebugger;\nreached = 'after';", "reached"]);
      void vscode.commands.executeCommand("nnbook.debugCell", document.cellAt(0));
      await nextStop(document.cellAt(0), 2);
      await vscode.commands.executeCommand("notebook.cancelExecution");
      await noDebugging();
      assert.equal(document.cellAt(0).executionSummary?.success, undefined);
      assert.equal(textOf(await runSucceeding(document, 1), plainText), "'before'");
    });

    it("a cell that waits behind another is debugged when its turn comes, and begins anew by the button that restarts", async () => {
      const document = await openCells("waits.nnbook", [
        "await new Promise((resolve) => setTimeout(resolve, 1000));",
        "let turns = 0;\nturns++;\nturns",
      ]);
      breakAt(document.cellAt(1), 2);
      startCells(document, 0);
      await waitFor("the first cell to run", () => document.cellAt(0).executionSummary?.executionOrder !== undefined);
      const ended = debug(document, 1);
      const first = await nextStop(document.cellAt(1), 2);
      assert.equal(document.cellAt(0).executionSummary?.success, true);
      await first.session.customRequest("next", { threadId: first.threadId });
      await nextStop(document.cellAt(1), 3);
      await vscode.commands.executeCommand("workbench.action.debug.restart");
      const stop = await nextStop(document.cellAt(1), 2);
      assert.notEqual(stop.session.id, first.session.id);
      await stop.session.customRequest("continue", { threadId: stop.threadId });
      await ended;
      assert.equal(textOf(document.cellAt(1), plainText), "1");
    });

    it("whoever ends the debugging lets the cell run on", async () => {
      const document = await openCells("leaves.nnbook", [
        "let turns = 0;\nwhile (turns < 1000) {\n  turns++;\n}\nturns",
      ]);
      breakAt(document.cellAt(0), 3);
      const ended = debug(document, 0);
      await nextStop(document.cellAt(0), 3);
      await vscode.debug.stopDebugging();
      await ended;
      assert.equal(textOf(document.cellAt(0), plainText), "1000");
      await noDebugging();
    });
  });
}

/** `line` counts from 1. */
function breakAt(cell: vscode.NotebookCell, line: number): void {
  const place = new vscode.Location(cell.document.uri, new vscode.Position(line - 1, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
}

/** Starts debugging a cell; resolves when it came to its end. VS Code keeps no times of a cell that stood at a breakpoint. */
function debug(document: vscode.NotebookDocument, index: number): Promise<unknown> {
  const cell = document.cellAt(index);
  void vscode.commands.executeCommand("nnbook.debugCell", cell);
  return waitFor(`cell ${index} to end`, () => cell.executionSummary?.success !== undefined);
}

function nextStop(cell: vscode.NotebookCell, line: number): Promise<Stop> {
  const path = cell.document.uri.toString();
  return waitForStop((frames) => frames[0]?.source?.path === path && frames[0].line === line);
}

async function waitForStop(isMeant: (frames: readonly Frame[]) => boolean): Promise<Stop> {
  let seen = "nothing";
  try {
    return await waitFor("a stop", async () => {
      for (const [session, threadId] of stoppedThreads) {
        try {
          const { stackFrames } = await session.customRequest("stackTrace", { threadId, startFrame: 0, levels: 20 });
          seen = JSON.stringify(stackFrames);
          if (isMeant(stackFrames)) return { session, threadId, frames: stackFrames as readonly Frame[] };
        } catch (problem) {
          seen = String(problem); // It runs.
        }
      }
      return null;
    });
  } catch (problem) {
    throw new Error(`${problem} Last seen: ${seen}`);
  }
}

/** The variables of a scope of the innermost frame, each with its value as it is shown. */
async function scopeVariables({ session, frames }: Stop, name: string): Promise<ReadonlyMap<string, string>> {
  const { scopes } = await session.customRequest("scopes", { frameId: frames[0]?.id });
  const scope = scopes.find((each: { name: string }) => each.name.startsWith(name));
  assert.ok(scope, `no scope ${name} in ${JSON.stringify(scopes)}`);
  const { variables } = await session.customRequest("variables", { variablesReference: scope.variablesReference });
  return new Map(variables.map((each: { name: string; value: string }) => [each.name, each.value]));
}

async function noDebugging(): Promise<void> {
  await waitFor("the debugging to end", () => sessions.size === 0);
}
