// Export and import by the commands, without the questions that only a person answers.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { closeAll, openNotebook, openUntitled, waitFor, workspaceFile } from "./notebooks.ts";

export function describeConverting(): void {
  describe("converting", () => {
    afterEach(closeAll);

    for (const [to, mark] of [
      ["html", "<!doctype html>"],
      ["md", "# "],
      ["ipynb", '{\n "cells": ['],
      ["ts", "// "],
    ] as const) {
      it(`a notebook is exported as ${to}`, async () => {
        await openNotebook("00-first-network.nnbook");
        const file = workspaceFile(`exported.${to}`);
        await vscode.commands.executeCommand("nnbook.exportNotebook", { to, target: vscode.Uri.file(file) });
        const text = await readFile(file, "utf8");
        assert.ok(text.startsWith(mark), text.slice(0, 80));
        await rm(file);
      });
    }

    it("a notebook that was never saved is exported as it is now", async () => {
      const document = await openUntitled(["const unsaved = 1;"]);
      assert.equal(document.isUntitled, true);
      const file = workspaceFile("unsaved.html");
      await vscode.commands.executeCommand("nnbook.exportNotebook", { to: "html", target: vscode.Uri.file(file) });
      assert.match(await readFile(file, "utf8"), /unsaved/);
      await rm(file);
    });

    it("a Jupyter notebook opens as a new notebook of ours, and stays what it was", async () => {
      const file = workspaceFile("lesson.ipynb");
      const cell = { cell_type: "code", source: "1 + 1", outputs: [], metadata: {} };
      const metadata = { language_info: { name: "typescript" } };
      const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] });
      await writeFile(file, text);
      await vscode.commands.executeCommand("nnbook.importNotebook", vscode.Uri.file(file));
      const document = await waitFor("the imported notebook", () => vscode.window.activeNotebookEditor?.notebook);
      assert.equal(document.notebookType, "nnbook");
      assert.equal(document.isUntitled, true);
      assert.equal(document.cellAt(0).document.getText(), "1 + 1");
      assert.equal(await readFile(file, "utf8"), text);
      await rm(file);
    });
  });
}
