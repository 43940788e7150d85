// What the editor offers while typing: completion, signatures, hovers, problems, definitions, across all cells of a notebook.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, openCells, openUntitled, runSucceeding, waitFor } from "./notebooks.ts";

export function describeEditing(): void {
  describe("editing", () => {
    afterEach(closeAll);

    it("completes names of earlier cells with their members", async () => {
      const document = await openCells("complete.nnbook", ["const point = { across: 1, up: 2 };", "point."]);
      const labels = await completionsAt(document, 1, "point.");
      assert.ok(labels.includes("across") && labels.includes("up"), `got ${labels.slice(0, 20).join(", ")}`);
    });

    it("completes the engine's names in an untitled notebook", async () => {
      const document = await openUntitled(['import { layers } from "nnbook";', "layers."]);
      const labels = await completionsAt(document, 1, "layers.");
      assert.ok(labels.includes("dense") && labels.includes("dropout"), `got ${labels.slice(0, 20).join(", ")}`);
    });

    it("notebooks do not leak into each other", async () => {
      await openCells("leaks.nnbook", ["const leakedName = 1;"]);
      const document = await openCells("other.nnbook", ["leaked"]);
      const labels = await completionsAt(document, 0, "leaked");
      assert.ok(!labels.includes("leakedName"), "a name of another notebook is offered");
    });

    it("shows the signature of the call under the cursor", async () => {
      const document = await openCells("signature.nnbook", ['import { layers } from "nnbook";', "layers.dense(32, )"]);
      const help = await waitFor("signature help", () =>
        ask<vscode.SignatureHelp>("vscode.executeSignatureHelpProvider", document, 1, "layers.dense(32, "),
      );
      assert.match(help.signatures[0]?.label ?? "", /units/);
      assert.equal(help.activeParameter, 1);
    });

    it("hovers a layer with its documentation, and after a run with its statistics", async () => {
      const document = await openCells("hover.nnbook", [
        'import { datasets, layers, sequential } from "nnbook";',
        'const model = sequential([\n  layers.dense(4, { activation: "sigmoid" }),\n  layers.dense(1, { activation: "sigmoid" }),\n]);',
        'model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });\nawait model.fit(datasets.xor({ samples: 64, seed: 1 }), { epochs: 3, seed: 1 });',
      ]);
      const hover = () => hoverText(document, 1, "layers.de");
      assert.match(
        await waitFor("the documentation", async () => matching(await hover(), /layer/i)),
        /Fully connected/,
      );
      assert.doesNotMatch(await hover(), /dense_1/);
      for (const index of [0, 1, 2]) await runSucceeding(document, index);
      const after = await waitFor("the statistics", async () => matching(await hover(), /dense_1/));
      assert.match(after, /\|g\|/);
    });

    it("marks type errors, and takes the mark away when they are gone", async () => {
      const document = await openCells("problems.nnbook", ["const count = 1;", "const text: string = count;"]);
      const cell = document.cellAt(1).document;
      const errors = () => vscode.languages.getDiagnostics(cell.uri).filter((each) => each.severity === 0);
      const [error] = await waitFor("the type error", () => (errors().length > 0 ? errors() : null));
      assert.match(error?.message ?? "", /'number' is not assignable to type 'string'/);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(cell.uri, new vscode.Range(0, 0, 0, cell.lineAt(0).text.length), "const text: number = count;");
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      await waitFor("the mark to go", () => errors().length === 0);
    });

    it("goes to a definition in another cell", async () => {
      const document = await openCells("definition.nnbook", ["const there = 1;", "there + 1"]);
      const places = await waitFor("the definition", async () => {
        const found = await ask<(vscode.Location | vscode.LocationLink)[]>(
          "vscode.executeDefinitionProvider",
          document,
          1,
          "the",
        );
        return found.length > 0 ? found : null;
      });
      const uris = places.map((place) => ("targetUri" in place ? place.targetUri : place.uri).toString());
      assert.deepEqual(uris, [document.cellAt(0).document.uri.toString()]);
    });
  });
}

/** Calls a provider command at the end of a text in a cell. */
async function ask<Answer>(
  command: string,
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
): Promise<Answer> {
  const text = document.cellAt(cell).document;
  const offset = text.getText().indexOf(before);
  assert.ok(offset >= 0, `cell ${cell} holds no "${before}"`);
  return vscode.commands.executeCommand<Answer>(command, text.uri, text.positionAt(offset + before.length));
}

async function completionsAt(
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
): Promise<readonly string[]> {
  const list = await ask<vscode.CompletionList>("vscode.executeCompletionItemProvider", document, cell, before);
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

async function hoverText(document: vscode.NotebookDocument, cell: number, before: string): Promise<string> {
  const hovers = await ask<vscode.Hover[]>("vscode.executeHoverProvider", document, cell, before);
  return (
    hovers
      .flatMap((hover) => hover.contents)
      .map((content) => (typeof content === "string" ? content : content.value))
      .join("\n")
      // Markdown's escapes: "dense\\_1".
      .replaceAll("\\", "")
  );
}

function matching(text: string, pattern: RegExp): string | null {
  return pattern.test(text) ? text : null;
}
