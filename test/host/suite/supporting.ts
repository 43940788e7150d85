// Settings that change files, and what helps when something goes wrong: the report of an issue.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, openCells, readText, runSucceeding, waitFor } from "./notebooks.ts";

const saveOutputs = "nnbook.saveOutputs";

export function describeSupporting(): void {
  describe("settings and support", () => {
    afterEach(async () => {
      await setSaveOutputs(undefined);
      await closeAll();
    });

    it("outputs stay out of the file where the setting says so, and in it where the notebook says so itself", async () => {
      const document = await openCells("outputs.nnbook", ["6 * 7"]);
      const inFile = async () => JSON.stringify(JSON.parse(await readText("outputs.nnbook")).cells[0].outputs ?? null);
      await setSaveOutputs(false);
      await runSucceeding(document, 0);
      assert.equal(await document.save(), true);
      assert.equal(await inFile(), "null");
      assert.equal(document.cellAt(0).outputs.length, 1);
      await vscode.commands.executeCommand("nnbook.toggleSaveOutputs");
      await waitFor("the change", () => document.isDirty);
      assert.equal(await document.save(), true);
      assert.match(await inFile(), /"42"/);
      assert.equal(JSON.parse(await readText("outputs.nnbook")).metadata.saveOutputs, true);
      await vscode.commands.executeCommand("nnbook.toggleSaveOutputs");
      await waitFor("the change back", () => document.isDirty);
      assert.equal(await document.save(), true);
      assert.equal(await inFile(), "null");
      assert.equal(JSON.parse(await readText("outputs.nnbook")).metadata.saveOutputs, undefined);
    });

    it("a report of an issue holds versions, kernels and changed settings, and nothing of the notebook", async () => {
      await setSaveOutputs(false);
      const document = await openCells("reported.nnbook", ["'told to nobody'"]);
      await runSucceeding(document, 0);
      await vscode.commands.executeCommand("nnbook.reportIssue");
      const report = await waitFor("the report", () =>
        vscode.workspace.textDocuments.find((each) => each.isUntitled && each.languageId === "markdown"),
      );
      const text = report.getText();
      for (const part of [
        vscode.version,
        process.version,
        "running (Node",
        "1 succeeded",
        "| nnbook.saveOutputs | false |",
      ])
        assert.ok(text.includes(part), `the report does not hold "${part}":\n${text}`);
      for (const secret of ["told to nobody", "reported.nnbook"]) assert.ok(!text.includes(secret), secret);
    });
  });
}

function setSaveOutputs(value: boolean | undefined): Thenable<void> {
  return vscode.workspace.getConfiguration().update(saveOutputs, value, vscode.ConfigurationTarget.Global);
}
