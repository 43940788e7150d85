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
  stdout,
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

/** The files in which the debugger has set breakpoints. */
const filesWithBreakpoints = new Set<string>();

/** What the debugger writes into the Debug Console, as far as that shows it. */
const inConsole: string[] = [];

interface DebuggerMessage {
  readonly type: string;
  readonly event?: string;
  readonly body?: {
    readonly threadId?: number;
    readonly category?: string;
    readonly output?: string;
    readonly breakpoints?: readonly SetBreakpoint[];
    readonly breakpoint?: SetBreakpoint;
  };
}

interface SetBreakpoint {
  readonly verified: boolean;
  readonly source?: { readonly path?: string };
}

const noteStops: vscode.DebugAdapterTrackerFactory = {
  createDebugAdapterTracker: (session) => ({
    onDidSendMessage({ type, event, body }: DebuggerMessage) {
      for (const { verified, source } of [body?.breakpoints ?? [], body?.breakpoint ?? []].flat())
        if (verified && source?.path !== undefined) filesWithBreakpoints.add(source.path);
      if (type !== "event") return;
      if (event === "output" && body?.category !== "telemetry") inConsole.push(body?.output ?? "");
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
    beforeEach(() => {
      inConsole.length = 0;
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
      assert.deepEqual(inConsole, []);
      // Without the debugger the same cell runs through.
      await runSucceeding(document, 1);
      assert.equal(textOf(await runSucceeding(document, 2), plainText), "42");
    });

    it("a condition holds a breakpoint back, a logpoint writes its line and stops nothing, a watch sees all cells", async () => {
      const document = await openCells("conditions.nnbook", [
        "const half = 0.5;",
        "let sum = 0;\nfor (let turn = 0; turn < 6; turn++) {\n  sum += turn * half;\n}\nsum",
      ]);
      await runSucceeding(document, 0);
      const cell = document.cellAt(1);
      breakAt(cell, 3, { condition: "turn === 4" });
      breakAt(cell, 5, { logMessage: "the sum is {sum}" });
      const ended = debug(document, 1);
      const stop = await nextStop(cell, 3);
      const evaluated = async (expression: string, context: "watch" | "hover" | "repl") => {
        const question = { expression, context, frameId: stop.frames[0]?.id };
        return (await stop.session.customRequest("evaluate", question)).result;
      };
      assert.deepEqual(
        [await evaluated("turn", "watch"), await evaluated("sum", "hover"), await evaluated("turn * half", "repl")],
        ["4", "3", "2"],
      );
      await stop.session.customRequest("continue", { threadId: stop.threadId });
      await ended;
      assert.equal(textOf(cell, plainText), "7.5");
      // Where cells print.
      assert.match(textOf(cell, stdout), /^the sum is 7\.5$/m);
    });

    it("breakpoints stay with a cell that moves; a step goes into a local module, where they hit too", async () => {
      await writeFile(
        workspaceFile("area.ts"),
        "interface A {}\nexport function area(side: number) {\n  return side * side;\n}\n",
      );
      const document = await openCells("moves.nnbook", [
        '"nothing"',
        'import { area } from "./area.ts";\nconst nine = area(3);\nconst four = area(2);\nnine + four',
      ]);
      const cell = document.cellAt(1);
      breakAt(cell, 2);
      const editor = vscode.window.activeNotebookEditor;
      assert.ok(editor, "the notebook is not shown");
      editor.selection = new vscode.NotebookRange(1, 2);
      await vscode.commands.executeCommand("notebook.cell.moveUp");
      await waitFor("the cell to move", () => document.cellAt(0).document === cell.document);
      const ended = debug(document, 0);
      const stop = await nextStop(document.cellAt(0), 2);
      await stop.session.customRequest("stepIn", { threadId: stop.threadId });
      const isInside = (frames: readonly Frame[]) => frames[0]?.source?.path?.endsWith("/area.ts") === true;
      const stepped = await waitForStop(isInside);
      assert.deepEqual([stepped.frames[0]?.line, stepped.frames[1]?.source?.name], [3, "Cell 1"]);
      const module = vscode.Uri.file(workspaceFile("area.ts"));
      vscode.debug.addBreakpoints([
        new vscode.SourceBreakpoint(new vscode.Location(module, new vscode.Position(2, 0))),
      ]);
      // The debugger sets it in its own time; a cell that goes on before that comes to its end.
      await waitFor("the breakpoint to be set", () => filesWithBreakpoints.has(module.fsPath));
      await stepped.session.customRequest("continue", { threadId: stepped.threadId });
      const inside = await waitForStop((frames) => isInside(frames) && frames[1]?.line === 3);
      await inside.session.customRequest("continue", { threadId: inside.threadId });
      await ended;
      assert.equal(textOf(document.cellAt(0), plainText), "13");
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
function breakAt(
  cell: vscode.NotebookCell,
  line: number,
  { condition, logMessage }: { readonly condition?: string; readonly logMessage?: string } = {},
): void {
  const place = new vscode.Location(cell.document.uri, new vscode.Position(line - 1, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place, true, condition, undefined, logMessage)]);
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
