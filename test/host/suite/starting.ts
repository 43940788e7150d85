// The first five minutes: nothing runs before it is asked for, samples open as copies, a new notebook runs, an empty one gets an example.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, runSucceeding, waitFor } from "./notebooks.ts";

export function describeStarting(): void {
  describe("starting", () => {
    afterEach(closeAll);

    it("the extension sleeps until there is something of ours to show", async () => {
      const extension = vscode.extensions.getExtension("nnbook.nnbook");
      assert.ok(extension, "nnbook.nnbook is not installed");
      const other = await vscode.workspace.openTextDocument({ language: "typescript", content: "1 + 1" });
      await vscode.window.showTextDocument(other);
      assert.equal(extension.isActive, false);
      const started = performance.now();
      await extension.activate();
      // For whoever reads the log: no time decides a test. The whole holds what else the window does meanwhile.
      const whole = (performance.now() - started).toFixed(0);
      console.log(
        `      bundle read in ${sinceMark("LoadExtensionCode")} ms, activated in ${sinceMark("ActivateExtension")} ms (${whole})`,
      );
      assert.equal(extension.isActive, true);
    });

    it("a sample opens by its name as an untitled copy", async () => {
      const shown = await openedBy("nnbook.openSample", "05-vanishing-gradients");
      assert.equal(shown.isUntitled, true);
      assert.match(shown.cellAt(0).document.getText(), /^# 5 · Vanishing gradients/);
      assert.equal(shown.cellAt(1).document.languageId, "nnbook-ts");
    });

    it("a name that is no sample's asks instead of opening a file", async () => {
      const before = vscode.workspace.notebookDocuments.length;
      let isOver = false;
      const asking = vscode.commands.executeCommand("nnbook.openSample", "../templates/newNotebook");
      void asking.then(() => {
        isOver = true;
      });
      // The list appears once the samples are read; until then there is nothing to close.
      await waitFor("the list to be closed", async () => {
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
        return isOver;
      });
      assert.equal(vscode.workspace.notebookDocuments.length, before);
    });

    it("a new notebook runs as it is", async () => {
      const shown = await openedBy("nnbook.newNotebook");
      assert.equal(shown.isUntitled, true);
      await vscode.commands.executeCommand("notebook.selectKernel", {
        id: "nnbook-kernel",
        extension: "nnbook.nnbook",
      });
      const cell = await runSucceeding(shown, 1);
      const mimes = cell.outputs.flatMap((output) => output.items.map((item) => item.mime));
      assert.ok(mimes.includes("application/vnd.nnbook.gradients.v1+json"), mimes.join(", "));
    });

    it("an empty notebook gets the example, one with text keeps its text", async () => {
      const empty = await showUntitled(" ");
      await vscode.commands.executeCommand("nnbook.insertExample");
      await waitFor("the example", () => empty.cellCount > 1);
      assert.match(empty.cellAt(1).document.getText(), /sequential\(\[/);
      const own = await showUntitled("1 + 1");
      await vscode.commands.executeCommand("nnbook.insertExample");
      assert.equal(own.cellCount, 1);
      assert.equal(own.cellAt(0).document.getText(), "1 + 1");
    });

    it("the page about problems opens as a page", async () => {
      await vscode.commands.executeCommand("nnbook.showProblems");
      const isShown = () =>
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => /problems\.md/.test(label));
      await waitFor("the page", isShown);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });
  });
}

/** Milliseconds between two marks that VS Code sets around what an extension does at its start; where it sets none, that is said. */
function sinceMark(what: string): number | string {
  const { MonacoPerformanceMarks: marks } = globalThis as {
    readonly MonacoPerformanceMarks?: { getMarks(): readonly { readonly name: string; readonly startTime: number }[] };
  };
  const timeOf = (edge: string) =>
    marks?.getMarks().find(({ name }) => name === `code/extHost/${edge}${what}/nnbook.nnbook`)?.startTime;
  const [start, end] = [timeOf("will"), timeOf("did")];
  return start === undefined || end === undefined ? "unknown" : end - start;
}

/** A notebook of one cell, shown; nothing runs in it, so that it needs no kernel. */
async function showUntitled(text: string): Promise<vscode.NotebookDocument> {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "nnbook-ts");
  const notebook = await vscode.workspace.openNotebookDocument("nnbook", new vscode.NotebookData([cell]));
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

/** The notebook that a command has shown. */
async function openedBy(command: string, ...args: readonly unknown[]): Promise<vscode.NotebookDocument> {
  const before = vscode.window.activeNotebookEditor?.notebook;
  await vscode.commands.executeCommand(command, ...args);
  return waitFor(`the notebook of ${command}`, () => {
    const shown = vscode.window.activeNotebookEditor?.notebook;
    return shown === before ? null : shown;
  });
}
