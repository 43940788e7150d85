// The net's numbers in the code: hints and hovers before and after a run, old after an edit; what cannot work, and its quick fixes.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, openCells, runSucceeding, waitFor } from "./notebooks.ts";

const deepModel = [
  "const model = sequential([",
  ...Array.from({ length: 6 }, () => '  layers.dense(16, { activation: "sigmoid" }),'),
  '  layers.dense(3, { activation: "softmax" }),',
  "]);",
  'model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });',
].join("\n");
const deepBook = [
  'import { datasets, layers, sequential } from "nnbook";\nconst data = datasets.iris().standardize();',
  deepModel,
  "const run = await model.fit(data, { epochs: 3, seed: 1 });",
];

export function describeNumbersInCode(): void {
  describe("the net's numbers in the code", () => {
    afterEach(async () => {
      await configuration().update("health", undefined, vscode.ConfigurationTarget.Global);
      await closeAll();
    });

    it("shows each layer's shape and size before a run, how its gradient fared after, and that this is old after an edit", async () => {
      const document = await openCells("hints.nnbook", deepBook);
      const shapes = ["→ [batch, 16] · 80", ...Array(5).fill("→ [batch, 16] · 272"), "→ [batch, 3] · 51"];
      await hintsBecome(document, (hints) => hints.join("\n") === shapes.join("\n"));
      const before = await hoverText(document, "const mod");
      assert.match(before, /\*\*7 layers\*\* · 1,491 parameters/);
      assert.doesNotMatch(before, /epoch/);
      assert.match(
        await hoverText(document, "  layers.den"),
        /\*\*dense, sigmoid\*\* · `\[batch, 4\] → \[batch, 16\]` · 80 parameters/,
      );

      await runSucceeding(document, 0);
      await runSucceeding(document, 1);
      await runSucceeding(document, 2);
      const isMarked = (hint: string) => /^[✓⚠] [▁-█]{2,6}/.test(hint);
      const after = await hintsBecome(document, (hints) => hints.filter(isMarked).length === 7);
      assert.ok(!after.some((hint) => hint.includes("old")), after.join("\n"));
      assert.match(await hoverText(document, "const mod"), /epoch 3\/3 · loss/);
      assert.match(await hoverText(document, "  layers.den"), /\*\*dense\\_1\*\*.*80 parameters/);
      assert.match(await hoverText(document, 'activation: "sig'), /\*\*dense\\_1\*\*/);
      assert.match(await hoverText(document, 'loss: "cat'), /after the first epoch/);
      assert.match(await hoverText(document, "const ru", 2), /epoch 3\/3 · loss/);

      const areOld = (count: number) => (hints: readonly string[]) =>
        hints.filter((hint) => hint.endsWith(" · old")).length === count;
      await replace(document, 0, ".standardize()", ".scaleBy({ means: [1, 1, 1, 1] })");
      await hintsBecome(document, areOld(7));
      await replace(document, 0, ".scaleBy({ means: [1, 1, 1, 1] })", ".standardize()");
      await hintsBecome(document, areOld(0));

      await replace(document, 1, "const model", "// edited\nconst model");
      await hintsBecome(document, areOld(7));
      assert.match(await hoverText(document, "const mod"), /· old/);

      await configuration().update("health", false, vscode.ConfigurationTarget.Global);
      await hintsBecome(document, (hints) => hints.join("\n") === shapes.join("\n"));
    });

    it("underlines what cannot work before it runs, and a quick fix mends it", async () => {
      const document = await openCells("cannot.nnbook", [
        'import { datasets, layers, sequential } from "nnbook";\nconst data = datasets.digits().standardize();',
        'const model = sequential([\n  layers.conv2d(4, 3),\n  layers.flatten(),\n  layers.dense(10, { activation: "softmax" }),\n]);',
        'model.compile({ loss: "categoricalCrossentropy" });\nawait model.fit(data, { epochs: 1 });',
      ]);
      const problem = await problemOf(document, 1, "layer-input");
      assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
      assert.match(problem.message, /expected input \[batch, height, width, channels\], got \[batch, 64\]/);
      const page = typeof problem.code === "object" ? problem.code.target : undefined;
      assert.match(page?.toString() ?? "", /docs\/problems\.md#L\d+$/);
      await applyFix(document, 1, problem.range, "Add layers.reshape([8, 8, 1]) before it");
      assert.match(
        document.cellAt(1).document.getText(),
        /\[\n {2}layers\.reshape\(\[8, 8, 1\]\),\n {2}layers\.conv2d/,
      );
      await waitFor("no problem", () => problemsOf(document, 1).length === 0);
      await hintsBecome(document, (hints) => hints.includes("→ [batch, 144]"));
    });

    it("marks what a run's diagnosis found at its layer, with the same remedies, until the code changes", async () => {
      const document = await openCells("found.nnbook", deepBook);
      assert.match((await problemOf(document, 1, "deep-sigmoid")).message, /^6 layers with sigmoid/);
      for (const cell of [0, 1, 2]) await runSucceeding(document, cell);
      const found = await problemOf(document, 1, "vanishing");
      assert.deepEqual(
        problemsOf(document, 1).map(({ code }) => (typeof code === "object" ? code.value : code)),
        ["vanishing"],
      );
      const page = typeof found.code === "object" ? found.code.target : undefined;
      assert.match(page?.toString() ?? "", /docs\/problems\.md#L\d+$/);
      await applyFix(document, 1, found.range, /ReLU/i);
      assert.equal(
        document
          .cellAt(1)
          .document.getText()
          .match(/activation: "relu"/g)?.length,
        6,
      );
      await waitFor("the mark to go", () => problemsOf(document, 1).length === 0);
    });
  });
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("nnbook.inlayHints");
}

async function hintsBecome(
  document: vscode.NotebookDocument,
  isRight: (hints: readonly string[]) => boolean,
): Promise<readonly string[]> {
  let last: readonly string[] = [];
  try {
    return await waitFor("the hints", async () => {
      const text = document.cellAt(1).document;
      const all = new vscode.Range(0, 0, text.lineCount, 0);
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        text.uri,
        all,
      );
      last = hints.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
      return isRight(last) ? last : null;
    });
  } catch (error) {
    throw new Error(`${String(error)} They were:\n${last.join("\n")}`);
  }
}

async function hoverText(document: vscode.NotebookDocument, before: string, cell = 1): Promise<string> {
  const text = document.cellAt(cell).document;
  const position = text.positionAt(text.getText().indexOf(before) + before.length);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    text.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

function problemsOf(document: vscode.NotebookDocument, cell: number): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.cellAt(cell).document.uri);
}

function problemOf(document: vscode.NotebookDocument, cell: number, code: string): Promise<vscode.Diagnostic> {
  const codeOf = ({ code: own }: vscode.Diagnostic) => (typeof own === "object" ? own.value : own);
  return waitFor(`the problem ${code}`, () => problemsOf(document, cell).find((each) => codeOf(each) === code));
}

async function applyFix(
  document: vscode.NotebookDocument,
  cell: number,
  range: vscode.Range,
  title: string | RegExp,
): Promise<void> {
  const { uri } = document.cellAt(cell).document;
  const fix = await waitFor(`the fix ${title}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
    );
    return actions.find((each) => (typeof title === "string" ? each.title === title : title.test(each.title)));
  });
  assert.ok(fix.edit, `${fix.title} has no edit`);
  assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
}

async function replace(document: vscode.NotebookDocument, cell: number, from: string, to: string): Promise<void> {
  const text = document.cellAt(cell).document;
  const start = text.getText().indexOf(from);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(text.uri, new vscode.Range(text.positionAt(start), text.positionAt(start + from.length)), to);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}
