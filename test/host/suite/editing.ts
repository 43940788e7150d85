// What the editor offers while typing: completion, signatures, hovers, problems, definitions, across all cells of a notebook.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { askAt } from "./askAt.ts";
import { closeAll, openCells, openUntitled, runSucceeding, waitFor } from "./notebooks.ts";

export function describeEditing(): void {
  describe("editing", () => {
    afterEach(closeAll);

    it("completes names of earlier cells with their members", async () => {
      const document = await openCells("complete.nnbook", ["const point = { across: 1, up: 2 };", "point."]);
      const labels = await completionsAt(document, 1, "point.");
      assert.ok(labels.includes("across") && labels.includes("up"), `got ${labels.slice(0, 20).join(", ")}`);
    });

    it("tells what a suggestion is and does, with its import where it needs one", async () => {
      const document = await openCells("documented.nnbook", ['import { layers } from "nnbook";\nlayers.den', "sequen"]);
      const resolved = async (cell: number, before: string, wanted: string) => {
        const text = document.cellAt(cell).document;
        const at = text.positionAt(text.getText().indexOf(before) + before.length);
        const command = "vscode.executeCompletionItemProvider";
        const offered = (count: number) =>
          vscode.commands.executeCommand<vscode.CompletionList>(command, text.uri, at, undefined, count);
        const isWanted = ({ label }: vscode.CompletionItem) =>
          (typeof label === "string" ? label : label.label) === wanted;
        // Only so many from the first are told more of.
        const index = (await offered(0)).items.findIndex(isWanted);
        const item = (await offered(index + 1)).items[index];
        const { documentation, detail = "", additionalTextEdits = [] } = item ?? {};
        const told = typeof documentation === "string" ? documentation : documentation?.value;
        return { told: told ?? "", detail, edits: additionalTextEdits.map(({ newText }) => newText.trim()) };
      };
      const dense = await resolved(0, "layers.den", "dense");
      assert.match(dense.told, /Fully connected/);
      assert.match(dense.detail, /units: number/);
      const sequential = await resolved(1, "sequen", "sequential");
      assert.match(sequential.told, /layers/i);
      // The import goes to the cell that has one of nnbook already, or here.
      assert.deepEqual(sequential.edits, ['import { sequential } from "nnbook";']);
    });

    it("offers the names that an option takes, in its quotes", async () => {
      const document = await openCells("options.nnbook", [
        'import { layers, sequential } from "nnbook";\nconst model = sequential([layers.dense(1, { activation: "" })]);',
        'model.compile({ loss: "", optimizer: "", metrics: [""] });',
      ]);
      for (const [cell, before, names] of [
        [0, 'activation: "', ["relu", "sigmoid", "softmax"]],
        [1, 'loss: "', ["mse", "categoricalCrossentropy"]],
        [1, 'optimizer: "', ["adam", "sgd"]],
        [1, 'metrics: ["', ["accuracy"]],
      ] as const) {
        const labels = await completionsAt(document, cell, before);
        for (const name of names) assert.ok(labels.includes(name), `${before}: ${labels.join(", ")}`);
        // Names of the code have no business in quotes.
        assert.ok(!labels.includes("model"), before);
      }
    });

    it("knows a name that is declared again by its newest type, and above by the one it has there", async () => {
      const document = await openCells("again.nnbook", [
        "let value = 1;",
        "value.toFixed();",
        'const value = "text";',
        "value.trim();",
        "value.toFixed();",
      ]);
      assert.match(await waitFor("the hover", () => hoverText(document, 1, "val")), /value: number/);
      assert.match(await hoverText(document, 3, "val"), /value: "text"/);
      const labels = await completionsAt(document, 4, "value.");
      assert.ok(labels.includes("trim") && !labels.includes("toFixed"));
      const problems = (cell: number) => vscode.languages.getDiagnostics(document.cellAt(cell).document.uri);
      await waitFor("the mark of what the newest lacks", () => problems(4).length > 0);
      assert.deepEqual(
        [0, 1, 2, 3].map((cell) => problems(cell).length),
        [0, 0, 0, 0],
      );
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
        askAt<vscode.SignatureHelp>("vscode.executeSignatureHelpProvider", document, 1, "layers.dense(32, "),
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
        const found = await askAt<(vscode.Location | vscode.LocationLink)[]>(
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

async function completionsAt(
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
): Promise<readonly string[]> {
  const list = await askAt<vscode.CompletionList>("vscode.executeCompletionItemProvider", document, cell, before);
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

async function hoverText(document: vscode.NotebookDocument, cell: number, before: string): Promise<string> {
  const hovers = await askAt<vscode.Hover[]>("vscode.executeHoverProvider", document, cell, before);
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
