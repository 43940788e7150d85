// A notebook that is changed while it runs: cells edited, moved, removed, given another language, and the whole of it closed.

import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closeAll,
  errorMime,
  openCells,
  plainText,
  runSucceeding,
  startCells,
  stdout,
  textOf,
  waitFor,
  workspaceFile,
} from "./notebooks.ts";

/** A cell's text that runs until the test releases it: no clock decides what comes first. */
const untilReleased = [
  'const { existsSync } = await import("node:fs");',
  'while (!existsSync("go")) await new Promise((next) => setTimeout(next, 20));',
].join(" ");

function release(): Promise<void> {
  return writeFile(workspaceFile("go"), "");
}

export function describeChanging(): void {
  describe("changing a notebook that runs", () => {
    beforeEach(() => rm(workspaceFile("go"), { force: true }));
    afterEach(closeAll);

    it("an error in a cell edited meanwhile marks the line where it stands now, until the cell is gone", async () => {
      const document = await openCells("edited.nnbook", [`${untilReleased}\nnull.length;`]);
      const failing = document.cellAt(0);
      startCells(document, 0);
      await waitFor("the cell to run", () => failing.executionSummary?.executionOrder);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(failing.document.uri, new vscode.Position(0, 0), "// above\n\n");
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      await release();
      await waitFor("the failure", () => failing.executionSummary?.success === false);
      assert.match(textOf(failing, errorMime), /Cell 1:2/);
      const marks = () =>
        vscode.languages
          .getDiagnostics(failing.document.uri)
          .filter(({ message }) => message.startsWith("TypeError"))
          .map(({ range }) => range.start.line);
      assert.deepEqual(await waitFor("the mark", () => (marks().length > 0 ? marks() : null)), [3]);
      await replaceCells(document, 0, 1, []);
      await waitFor("the mark to go", () => marks().length === 0);
    });

    it("cells that run or wait may be moved and removed, and the others run on", async () => {
      const document = await openCells("moved.nnbook", [untilReleased, "'removed'", "'moved'"]);
      const [running, , moved] = document.getCells();
      assert.ok(running && moved);
      startCells(document, 0, 3);
      await waitFor("the cell to run", () => running.executionSummary?.executionOrder);
      await replaceCells(document, 1, 2, []);
      const editor = vscode.window.activeNotebookEditor;
      assert.ok(editor);
      editor.selection = new vscode.NotebookRange(1, 2);
      await vscode.commands.executeCommand("notebook.cell.moveUp");
      await waitFor("the move", () => moved.index === 0);
      await release();
      await waitFor("the moved cell to end", () => moved.executionSummary?.success);
      assert.equal(textOf(moved, plainText), "'moved'");
      assert.equal(running.executionSummary?.success, true);
    });

    it("removing the cell that runs stops it and keeps the variables", async () => {
      const document = await openCells("removed.nnbook", [
        "let kept = 7;",
        "kept = 42;\nconsole.log('on');\nwhile (true);",
        "kept",
      ]);
      await runSucceeding(document, 0);
      startCells(document, 1);
      await waitFor("the loop to start", () => textOf(document.cellAt(1), stdout).includes("on"));
      await replaceCells(document, 1, 2, []);
      assert.equal(textOf(await runSucceeding(document, 1), plainText), "42");
    });

    it("a cell set to TypeScript gets the TypeScript that runs here", async () => {
      const document = await openCells("language.nnbook", ["const n: number = 40;\nn + 2"]);
      await vscode.languages.setTextDocumentLanguage(document.cellAt(0).document, "typescript");
      await waitFor("the language", () => document.cellAt(0).document.languageId === "nnbook-ts");
      await replaceCells(document, 1, 1, [
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, "n + 3", "typescript"),
      ]);
      await waitFor("the new cell's language", () => document.cellAt(1).document.languageId === "nnbook-ts");
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "42");
      assert.equal(textOf(await runSucceeding(document, 1), plainText), "43");
    });

    it("closing its tab ends its kernel in the middle of a training", async () => {
      const document = await openCells("closed.nnbook", [
        "process.pid",
        [
          'import { datasets, layers, sequential } from "nnbook";',
          'const model = sequential([layers.dense(1, { activation: "sigmoid" })]);',
          'model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });',
          "await model.fit(datasets.xor(), { epochs: 10_000_000, seed: 1 });",
        ].join("\n"),
        "'waits'",
      ]);
      const pid = Number(textOf(await runSucceeding(document, 0), plainText));
      assert.ok(isAlive(pid));
      startCells(document, 1, 3);
      await waitFor("the training to be shown", () => document.cellAt(1).outputs.length > 0);
      await closeAll();
      await waitFor("the kernel to end", () => !isAlive(pid), 10_000);
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function replaceCells(
  document: vscode.NotebookDocument,
  start: number,
  end: number,
  cells: vscode.NotebookCellData[],
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(start, end), cells)]);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}
