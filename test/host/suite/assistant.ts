// What the editor's assistant can read: the notebook's cells, a training's numbers, its diagnosis. Asked as any extension asks.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, openCells, openNotebook, runCell, runSucceeding, startCells, waitFor } from "./notebooks.ts";

const tools = {
  structure: "nnbook_notebookStructure",
  statistics: "nnbook_layerStatistics",
  diagnosis: "nnbook_diagnosis",
} as const;

const training = [
  'import { datasets, layers, sequential } from "nnbook";',
  'const model = sequential([...Array.from({ length: 6 }, () => layers.dense(8, { activation: "sigmoid" })), layers.dense(3, { activation: "softmax" })]);',
  'model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });',
  'const run = await model.fit(datasets.iris().standardize(), { epochs: 10, seed: 1, name: "deep" });',
].join("\n");

/** What a tool answers, read as JSON. */
async function ask<Answer>(name: string, input: object): Promise<Answer> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart, `got ${JSON.stringify(part)}`);
  return JSON.parse(part.value) as Answer;
}

interface Structure {
  readonly notebook: string;
  readonly kernel: string;
  readonly cells: readonly { readonly cell: number; readonly state?: string; readonly [name: string]: unknown }[];
  readonly runs: readonly { readonly run: string; readonly name: string; readonly status: string }[];
}

export function describeAssistant(): void {
  describe("the assistant's tools", () => {
    afterEach(closeAll);

    it("are listed with what they read and what they take", async () => {
      await openCells("listed.nnbook", ["1"]);
      const known = await waitFor("the tools", () => {
        const found = vscode.lm.tools.filter(({ name }) => name.startsWith("nnbook_"));
        return found.length === Object.keys(tools).length ? found : null;
      });
      assert.deepEqual(known.map(({ name }) => name).sort(), Object.values(tools).sort());
      for (const { description, inputSchema } of known) {
        assert.match(description, /Reads only; runs nothing/);
        assert.ok(inputSchema);
      }
    });

    it("tell the cells: what each declares and uses, which ran, failed, or was changed since", async () => {
      const document = await openCells("structure.nnbook", [
        "const a = 1;",
        "const b = a + 1;\nb",
        "null.length;",
        "a",
      ]);
      await runSucceeding(document, 0);
      await runSucceeding(document, 1);
      await runCell(document, 2);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.cellAt(1).document.uri, new vscode.Position(0, 0), "// changed\n");
      await vscode.workspace.applyEdit(edit);
      const { notebook, cells, kernel, runs } = await ask<Structure>(tools.structure, {});
      assert.equal(notebook, "structure.nnbook");
      assert.equal(kernel, "idle");
      assert.deepEqual(
        cells.map(({ state }) => state),
        ["succeeded", "changedSinceItRan", "failed", "notRun"],
      );
      assert.deepEqual([cells[0]?.declares, cells[1]?.declares, cells[1]?.uses], [["a"], ["b"], ["a"]]);
      assert.match(String(cells[2]?.error), /TypeError.*Cell 3:1/);
      assert.deepEqual(runs, []);
    });

    it("say what to do where there is nothing to read", async () => {
      await openCells("untrained.nnbook", ["1"]);
      await assert.rejects(ask(tools.diagnosis, {}), /Nothing was trained in untrained\.nnbook.*run the cell/s);
      await assert.rejects(ask(tools.structure, { notebook: "none.nnbook" }), /none\.nnbook.*untrained\.nnbook/s);
    });

    it("tell a training's numbers at a step, and why it does not learn", async () => {
      const document = await openCells("asked.nnbook", [training]);
      await runSucceeding(document, 0);
      const { runs } = await ask<Structure>(tools.structure, {});
      assert.deepEqual([runs.length, runs[0]?.name], [1, "deep"]);
      assert.match(runs[0]?.status ?? "", /epoch 10\/10.*gradients vanish/);
      interface Statistics {
        readonly step: number;
        readonly layers: readonly { readonly name: string; readonly measures: { readonly meanAbs: number } }[];
      }
      const early = await ask<Statistics>(tools.statistics, { run: "deep", step: 2 });
      assert.equal(early.step, 2);
      const sizes = early.layers.map(({ measures }) => measures.meanAbs);
      assert.equal(sizes.length, 7);
      assert.ok((sizes[0] ?? 1) * 100 < (sizes[6] ?? 0), `got ${sizes}`);
      const newest = await ask<Statistics>(tools.statistics, {});
      assert.ok(newest.step > 2);
      await assert.rejects(ask(tools.statistics, { run: "other" }), /There is no run other.*deep/s);
      interface Diagnosis {
        readonly findings: readonly {
          readonly kind: string;
          readonly layer: string | null;
          readonly remedies: object[];
        }[];
        readonly cellsChangedSince: boolean;
      }
      const { findings, cellsChangedSince } = await ask<Diagnosis>(tools.diagnosis, { notebook: "asked.nnbook" });
      const vanishing = findings.find(({ kind }) => kind === "vanishing");
      assert.ok(vanishing && vanishing.remedies.length > 0, JSON.stringify(findings));
      assert.equal(cellsChangedSince, false);

      // What outputs show is left when the kernel is gone, and in the file.
      const fromOutputs = async () => {
        const told = await ask<Statistics & { readonly note?: string }>(tools.statistics, { step: 2 });
        assert.match(told.note ?? "", /no kernel holds this run/);
        assert.equal(told.step, 2);
        assert.deepEqual(
          told.layers.map(({ measures }) => measures.meanAbs.toPrecision(2)),
          sizes.map((size) => size.toPrecision(2)),
        );
      };
      await vscode.commands.executeCommand("nnbook.restartKernel");
      await fromOutputs();
      await document.save();
      await closeAll();
      await openNotebook("asked.nnbook");
      const reopened = await ask<Structure & { readonly runsInOutputs: readonly { readonly status: string }[] }>(
        tools.structure,
        {},
      );
      assert.deepEqual([reopened.runs.length, reopened.runsInOutputs.length], [0, 1]);
      assert.match(reopened.runsInOutputs[0]?.status ?? "", /epoch 10\/10/);
      await fromOutputs();
      await assert.rejects(ask(tools.diagnosis, {}), /no output in the notebook shows them/);
    });

    it("answer while a training runs, from its numbers so far", async () => {
      const document = await openCells("busy.nnbook", [training.replace("epochs: 10", "epochs: 10_000_000")]);
      startCells(document, 0);
      const told = await waitFor("the training to be told", async () => {
        const structure = await ask<Structure>(tools.structure, {});
        return structure.runs.length > 0 ? structure : null;
      });
      assert.deepEqual([told.kernel, told.cells[0]?.state], ["busy", "running"]);
      assert.match(told.runs[0]?.status ?? "", /epoch \d/);
      const stepNow = () =>
        ask<{ readonly step: number }>(tools.statistics, { run: "deep" }).then(
          ({ step }) => step,
          () => null, // Nothing is recorded yet, or the kernel is in the middle of something.
        );
      const first = await waitFor("a recorded step", stepNow);
      await waitFor("a later step", async () => ((await stepNow()) ?? 0) > first);
      await vscode.commands.executeCommand("notebook.cancelExecution");
      await waitFor("the training to end", () => document.cellAt(0).executionSummary?.timing?.endTime);
    });
  });
}
