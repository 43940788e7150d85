// The net's numbers in the code: hints and hovers before and after a run, old after an edit. What is wrong with models: modelProblems.ts.
// How a hint is worded for each verdict (dead units, NaN, held) needs runs of many kinds: layerHints.test.ts and layerHover.test.ts.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { replace } from "./marks.ts";
import { closeAll, openCells, runSucceeding, waitFor } from "./notebooks.ts";

const deepModel = [
  "const model = sequential([",
  ...Array.from({ length: 6 }, () => '  layers.dense(16, { activation: "sigmoid" }),'),
  '  layers.dense(3, { activation: "softmax" }),',
  "]);",
  'model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });',
].join("\n");
const deepBook = [
  'import { compare, datasets, layers, sequential } from "nnbook";\nconst data = datasets.iris().standardize();',
  deepModel,
  "const run = await model.fit(data, { epochs: 3, seed: 1 });",
];
const shapes = ["→ [batch, 16] · 80", ...Array(5).fill("→ [batch, 16] · 272"), "→ [batch, 3] · 51"];
const sparkline = /!\[[^\]]+\]\(data:image\/svg\+xml/;

export function describeNumbersInCode(): void {
  describe("the net's numbers in the code", () => {
    afterEach(async () => {
      for (const name of ["health", "shapes"])
        await configuration().update(name, undefined, vscode.ConfigurationTarget.Global);
      await closeAll();
    });

    it("shows each layer's shape and size before a run, how its gradient fared after, and that this is old after an edit", async () => {
      const document = await openCells("hints.nnbook", deepBook);
      await hintsBecome(document, (hints) => hints.join("\n") === shapes.join("\n"));
      for (const cell of [0, 1, 2]) await runSucceeding(document, cell);
      const isMarked = (hint: string) => /^[✓⚠] [▁-█]{2,6}/.test(hint);
      const after = await hintsBecome(document, (hints) => hints.filter(isMarked).length === 7);
      assert.ok(!after.some((hint) => hint.includes("old")), after.join("\n"));
      assert.match(after.find(isMarked) ?? "", /^⚠ [▁-█]{2,6} g \d/);

      const areOld = (count: number) => (hints: readonly string[]) =>
        hints.filter((hint) => hint.endsWith(" · old")).length === count;
      await replace(document, 0, ".standardize()", ".scaleBy({ means: [1, 1, 1, 1] })");
      await hintsBecome(document, areOld(7));
      await replace(document, 0, ".scaleBy({ means: [1, 1, 1, 1] })", ".standardize()");
      await hintsBecome(document, areOld(0));
      await replace(document, 1, "const model", "// edited\nconst model");
      await hintsBecome(document, areOld(7));
      for (const [cell, before] of [
        [1, "const mod"],
        [1, "  layers.den"],
        [1, 'activation: "sig'],
        [1, 'loss: "cat'],
        [1, "optimi"],
        [2, "const ru"],
      ] as const)
        assert.match(await hoverText(document, before, cell), /· old/, `${before} in cell ${cell}`);

      await configuration().update("health", false, vscode.ConfigurationTarget.Global);
      await hintsBecome(document, (hints) => hints.join("\n") === shapes.join("\n"));
      await configuration().update("health", undefined, vscode.ConfigurationTarget.Global);
      await configuration().update("shapes", false, vscode.ConfigurationTarget.Global);
      await hintsBecome(document, (hints) => hints.length === 7 && hints.every(isMarked));
      await configuration().update("health", false, vscode.ConfigurationTarget.Global);
      await hintsBecome(document, (hints) => hints.length === 0);
    });

    it("tells in hovers over a layer, a model, an activation, a loss, an optimizer and a run what they are, and after a run how they fared", async () => {
      const document = await openCells("hovers.nnbook", deepBook);
      await hintsBecome(document, (hints) => hints.length === 7);
      const hover = (before: string, cell = 1) => hoverText(document, before, cell);
      const isLayer = /`\[batch, 4\] → \[batch, 16\]` · 80 parameters/;
      await says(hover("  layers.den"), [/y = f\(x · W \+ b\)/, /\*\*dense, sigmoid\*\*/, isLayer], [/step \d/]);
      await says(hover('activation: "sig'), [/1 \/ \(1 \+ e⁻ˣ\)/, isLayer]);
      await says(hover('loss: "cat'), [/−mean over samples\(Σ t·log p\)/], [/epoch/]);
      await says(hover('optimizer: "sg'), [/p −= η·g/], [/epoch/]);
      const rows = /\| dense \| `\[batch, 16\]` \| 272 \|/;
      await says(hover("const mod"), [/\*\*7 layers\*\* · 1,491 parameters/, rows], [/epoch/]);
      await says(hover("= sequen"), [/\*\*7 layers\*\*/]);
      await says(hover("const ru", 2), [/const run: Run/], [/epoch/]);

      for (const cell of [0, 1, 2]) await runSucceeding(document, cell);
      const verdict = /\$\(warning\) \*\*Gradient vanishes:\*\* \d/;
      const statistics = [/mean \\\|g\\\| \|/, /update : weight \|/, /activation \| [\d.]+ ± [\d.]+ \|/];
      const ofLayer = [/\*\*dense\\_1\*\*/, isLayer, verdict, sparkline, ...statistics];
      await waitFor("the statistics", async () => (ofLayer[0] as RegExp).test(await hover("  layers.den")));
      await says(hover("  layers.den"), [/y = f\(x · W \+ b\)/, ...ofLayer], [/old/]);
      await says(hover('activation: "sig'), [/1 \/ \(1 \+ e⁻ˣ\)/, ...ofLayer]);
      const status = /epoch 3\/3 · loss [\d.]+ · ⚠ gradients vanish\. \[Show gradients\]\(command:nnbook\.showRun/;
      await says(hover('loss: "cat'), [/Σ t·log p/, status, /loss [\d.]+ after the first epoch/, sparkline]);
      await says(hover('optimizer: "sg'), [/p −= η·g/, status, /A step moved the weights by [\d.]+/, sparkline]);
      const row = /\| dense\\_1 \| `\[batch, 16\]` \| 80 \| ⚠ [▁-█]{2,6} g \d/;
      for (const spot of ["const mod", "= sequen"]) await says(hover(spot), [/1,491 parameters/, status, row]);
      for (const spot of ["const ru", "await model.fi"]) await says(hover(spot, 2), [status, row]);
    });

    it("tells in hovers over what compare gave, its rows and its variants who is ahead, with intervals", async () => {
      const options =
        'model: () => sequential([layers.dense(3, { activation: "softmax" })]), data, loss: "categoricalCrossentropy", optimizers: ["sgd", "adam"], seeds: 2, epochs: 2';
      const document = await openCells("race.nnbook", [
        deepBook[0] ?? "",
        `const race = await compare({ ${options} });`,
        "race.standings.length",
      ]);
      const hover = (before: string, cell = 1) => hoverText(document, before, cell);
      await waitFor("the types", async () => /const race: Race/.test(await hover("const ra")));
      await says(hover("const ra"), [/Race/], [/rank/]);
      for (const cell of [0, 1, 2]) await runSucceeding(document, cell);
      const heads = /\| rank \| variant \| rate \| final loss \| best loss \|/;
      const ofSgd =
        /\| [12]=? \| sgd \| &emsp;0\.01 \| &emsp;[\d.]+ \([\d.]+–[\d.]+\) \| &emsp;[\d.]+ \([\d.]+–[\d.]+\) \|/;
      await waitFor("the standings", async () => heads.test(await hover("const ra")));
      const spots = [
        ["const ra", 1],
        ["await comp", 1],
        ["ra", 2],
        ["race.stand", 2],
      ] as const;
      for (const [spot, cell] of spots)
        await says(hover(spot, cell), [heads, ofSgd, /\| adam \|/, /2 seeds|loss of \*\*/], [/· old/]);
      await says(hover('["sg'), [/p −= η·g/, ofSgd], [/\| adam \|/]);
      await replace(document, 1, "epochs: 2", "epochs: 3");
      await waitFor("the standings to be old", async () => /· old/.test(await hover("const ra")));
    });
  });
}

/** Looks for all of some patterns in a hover, and for none of others. */
async function says(hover: Promise<string>, yes: readonly RegExp[], no: readonly RegExp[] = []): Promise<void> {
  const text = await hover;
  for (const pattern of yes) assert.match(text, pattern);
  for (const pattern of no) assert.doesNotMatch(text, pattern);
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
