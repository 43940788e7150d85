// Files: what is opened is what is saved, and a broken file is an error.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closeAll,
  delay,
  openCells,
  openNotebook,
  openUntitled,
  readText,
  startCells,
  waitFor,
  workspaceFile,
  writeNotebook,
} from "./notebooks.ts";

export function describeFiles(): void {
  describe("files", () => {
    afterEach(closeAll);

    it("the extension is there and opening a notebook starts it", async () => {
      const extension = vscode.extensions.getExtension("nnbook.nnbook");
      assert.ok(extension, "nnbook.nnbook is not installed");
      const document = await openNotebook("05-vanishing-gradients.nnbook");
      assert.equal(document.notebookType, "nnbook");
      assert.equal(extension.isActive, true);
      assert.ok(document.cellCount > 5);
      assert.deepEqual([...new Set(document.getCells().map((cell) => cell.document.languageId))].sort(), [
        "markdown",
        "nnbook-ts",
      ]);
    });

    it("saving an edit changes the edited line alone", async () => {
      const before = await readText("00-first-network.nnbook");
      const document = await openNotebook("00-first-network.nnbook");
      const cell = document.getCells().find((candidate) => candidate.kind === vscode.NotebookCellKind.Code);
      assert.ok(cell);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(cell.document.uri, new vscode.Position(0, 0), "/* edited */ ");
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      assert.equal(await document.save(), true);
      const after = await readText("00-first-network.nnbook");
      const changed = after.split("\n").filter((line) => !before.split("\n").includes(line));
      assert.equal(changed.length, 1, changed.join("\n"));
      assert.match(changed[0] ?? "", /\/\* edited \*\/ /);
    });

    it("saving keeps fields that we do not know", async () => {
      const content = {
        nnbook: 1,
        metadata: { course: "A", tags: ["x"] },
        cells: [
          {
            kind: "code",
            language: "typescript",
            source: ["1 + 1"],
            outputs: [{ items: { "text/plain": "2", "application/x-unknown+json": { deep: [1] } }, note: "kept" }],
            metadata: { hint: true },
            later: { field: 1 },
          },
        ],
        author: { name: "someone" },
      };
      await writeNotebook("unknown-fields.nnbook", content);
      const document = await openNotebook("unknown-fields.nnbook");
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.cellAt(0).document.uri, new vscode.Position(0, 5), "2");
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      assert.equal(await document.save(), true);
      const [cell] = content.cells;
      assert.deepEqual(JSON.parse(await readText("unknown-fields.nnbook")), {
        ...content,
        cells: [{ ...cell, source: ["1 + 12"] }],
      });
    });

    it("saving in the middle of a training saves its curves so far", async () => {
      const document = await openCells("midway.nnbook", [
        [
          'import { datasets, layers, sequential } from "nnbook";',
          'const model = sequential([layers.dense(1, { activation: "sigmoid" })]);',
          'model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });',
          "await model.fit(datasets.xor(), { epochs: 10_000_000, seed: 1 });",
        ].join("\n"),
      ]);
      startCells(document, 0);
      await waitFor("the training to be shown", () => document.cellAt(0).outputs.length > 0);
      await delay(1500);
      assert.equal(await document.save(), true);
      await vscode.commands.executeCommand("notebook.cancelExecution", { ranges: [{ start: 0, end: 1 }] });
      await waitFor("the training to end", () => document.cellAt(0).executionSummary?.timing?.endTime);
      const file = JSON.parse(await readText("midway.nnbook"));
      const view = file.cells[0].outputs[0].items["application/vnd.nnbook.training.v1+json"];
      assert.equal(view.state, "running");
      assert.ok(view.epochs.done > 0, "the file holds no epoch");
      // A very long training is saved by the epochs that draw its lines, the newest among them.
      assert.equal((view.keptEpochs ?? []).at(-1) ?? view.metrics[0].train.length, view.epochs.done);
      assert.equal(view.metrics[0].train.length, view.keptEpochs?.length ?? view.epochs.done);
    });

    it("a broken file is an error with line and column, not an empty notebook", async () => {
      await writeFile(workspaceFile("broken.nnbook"), '{\n  "nnbook": 1,\n  "cells": [ oops ]\n}\n');
      const opening = vscode.workspace.openNotebookDocument(vscode.Uri.file(workspaceFile("broken.nnbook")));
      await assert.rejects(Promise.resolve(opening), /line 3, column 14/i);
    });

    it("a file of a newer format is refused with a sentence", async () => {
      await writeNotebook("newer.nnbook", { nnbook: 99, cells: [] });
      const opening = vscode.workspace.openNotebookDocument(vscode.Uri.file(workspaceFile("newer.nnbook")));
      await assert.rejects(Promise.resolve(opening), /99/);
    });

    it("an untitled notebook can be made and holds code in the cell language", async () => {
      await vscode.commands.executeCommand("nnbook.newNotebook");
      const made = vscode.window.activeNotebookEditor?.notebook;
      assert.ok(made, "no notebook is shown");
      assert.equal(made.isUntitled, true);
      assert.equal(made.notebookType, "nnbook");
      const ours = await openUntitled(["1 + 1"]);
      assert.equal(ours.cellAt(0).document.languageId, "nnbook-ts");
    });
  });
}
