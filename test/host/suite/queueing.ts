// Many cells at once: their order, what waits when one fails, is edited or removed, and what runs above, below, or because a cell needs it.
// Cells that move while they run or wait are in changing.ts; the words below those that did not run are in test/host/user/kernel.test.ts. Units alone
// show: a run that is asked for while a stop or a restart is under way (liveNotebook.test.ts), since no command waits for just that moment.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closeAll,
  openCells,
  plainText,
  runSucceeding,
  startCells,
  stdout,
  textOf,
  waitFor,
  workspaceFile,
} from "./notebooks.ts";

export function describeQueueing(): void {
  describe("many cells", () => {
    afterEach(closeAll);

    const hasEnded = (cell: vscode.NotebookCell) => cell.executionSummary?.timing?.endTime !== undefined;
    const texts = (document: vscode.NotebookDocument) => document.getCells().map((cell) => textOf(cell, plainText));
    const atCell = (index: number) => ({ ranges: [{ start: index, end: index + 1 }] });

    it("run above leaves out the cell and those below; run below begins with it", async () => {
      const document = await openCells("parts.nnbook", ["'a'", "'b'", "'c'", "'d'"]);
      await vscode.commands.executeCommand("notebook.cell.executeCellsAbove", { ...atCell(2), document: document.uri });
      await waitFor("the cells above to end", () => hasEnded(document.cellAt(1)));
      assert.deepEqual(texts(document), ["'a'", "'b'", "", ""]);
      await vscode.commands.executeCommand("notebook.cell.executeCellAndBelow", {
        ...atCell(2),
        document: document.uri,
      });
      await waitFor("the cells below to end", () => hasEnded(document.cellAt(3)));
      assert.deepEqual(texts(document), ["'a'", "'b'", "'c'", "'d'"]);
      assert.equal(document.cellAt(0).executionSummary?.executionOrder, 1);
      assert.equal(document.cellAt(3).executionSummary?.executionOrder, 4);
    });

    it("restart and run all begins with nothing and ends with everything", async () => {
      const document = await openCells("anew.nnbook", ["typeof later", "const later = 1;\n'made'"]);
      await runSucceeding(document, 1);
      await vscode.commands.executeCommand("nnbook.restartAndRunAll");
      await waitFor("all cells to end", () => document.cellAt(1).executionSummary?.executionOrder === 2);
      await waitFor("the last cell's output", () => texts(document).join() === "'undefined','made'");
    });

    it("a cell runs with what it needs, in order, and nothing else runs", async () => {
      const document = await openCells("needs.nnbook", [
        "const rate = 20;\nconsole.log('rate');",
        "throw new Error('nobody needs this');",
        "const twice = 2 * rate;\nconsole.log('twice');",
        "twice + 2",
      ]);
      await vscode.commands.executeCommand("nnbook.runWithNeeds", document.cellAt(3).document.uri.toString());
      await waitFor("the cell to end", () => textOf(document.cellAt(3), plainText) === "42");
      const orders = () => document.getCells().map((cell) => cell.executionSummary?.executionOrder);
      assert.deepEqual(orders(), [1, undefined, 2, 3]);
      // What ran as it stands does not run again.
      await vscode.commands.executeCommand("nnbook.runWithNeeds", document.cellAt(3).document.uri.toString());
      await waitFor("the cell to run again", () => orders()[3] === 4);
      assert.deepEqual(orders(), [1, undefined, 2, 4]);
    });

    it("a waiting cell that is removed does not run, and one that is edited runs as it was asked", async () => {
      const document = await openCells("waiting.nnbook", [
        'import { existsSync } from "node:fs";\nlet ran: string[] = [];\nwhile (!existsSync("edited")) await new Promise((next) => setTimeout(next, 20));',
        "ran.push('removed');",
        "ran.push('asked');",
        "ran.join()",
      ]);
      startCells(document, 0, 4);
      await waitFor("the first cell to start", () => document.cellAt(0).executionSummary?.executionOrder === 1);
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(1, 2))]);
      edit.replace(document.cellAt(2).document.uri, new vscode.Range(0, 0, 0, 100), "ran.push('edited');");
      assert.ok(await vscode.workspace.applyEdit(edit));
      await writeFile(workspaceFile("edited"), "");
      await waitFor("the last cell to end", () => hasEnded(document.cellAt(2)));
      assert.equal(textOf(document.cellAt(2), plainText), "'asked'");
    });

    it("a running cell that is removed is stopped, and the kernel goes on", async () => {
      const document = await openCells("removed.nnbook", ["while (true);", "console.log('alive');"]);
      startCells(document, 0);
      await waitFor("the loop to start", () => document.cellAt(0).executionSummary?.executionOrder === 1);
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1))]);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await runSucceeding(document, 0);
      assert.match(textOf(document.cellAt(0), stdout), /alive/);
    });
  });
}
