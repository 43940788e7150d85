// Settings that change files, trainings and kernels, and what helps when something goes wrong: the report of an issue.
// Unit tests alone: a report in VS Code's own window for it, which opens only where a manifest names an address (issueReport.test.ts has its text).

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import {
  closeAll,
  fileCell,
  openCells,
  openNotebook,
  plainText,
  readText,
  runSucceeding,
  textOf,
  waitFor,
  workspaceFile,
  writeNotebook,
} from "./notebooks.ts";

const saveOutputs = "nnbook.saveOutputs";
const traceDetail = "nnbook.traceDetail";
const threads = "nnbook.threads";

export function describeSupporting(): void {
  describe("settings and support", () => {
    afterEach(async () => {
      await setSaveOutputs(undefined);
      await configure(traceDetail, undefined);
      await configure(threads, undefined);
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

    it("what a training records changes with the setting when a kernel starts, and not before", async () => {
      const document = await openCells("traced.nnbook", [
        'import { datasets, layers, sequential } from "nnbook";\nconst model = sequential([layers.dense(3, { activation: "softmax" })]);\nmodel.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });\nawait model.fit(datasets.iris(), { epochs: 1, seed: 1 });',
      ]);
      const statistics = async () => {
        await runSucceeding(document, 0);
        const input = { input: {}, toolInvocationToken: undefined };
        const [part] = (await vscode.lm.invokeTool("nnbook_layerStatistics", input)).content;
        assert.ok(part instanceof vscode.LanguageModelTextPart);
        return (JSON.parse(part.value) as { readonly recordedSteps: { readonly count: number } }).recordedSteps.count;
      };
      assert.ok((await statistics()) > 0);
      await configure(traceDetail, "off");
      assert.ok((await statistics()) > 0);
      await vscode.commands.executeCommand("nnbook.restartKernel");
      await assert.rejects(statistics(), /recorded nothing of its layers/);
    });

    it("as many threads compute as the setting says when a kernel starts, and results are the same to the bit", async () => {
      const document = await openCells("threads.nnbook", [
        `import { layers, Random, sequential, tensor } from "nnbook";
const random = new Random(1);
const x = tensor(random.normalFloats(128 * 300), { shape: [128, 300] });
const y = tensor(random.normalFloats(128 * 40), { shape: [128, 40] });
const model = sequential([layers.dense(300, { activation: "tanh" }), layers.dense(40)], { seed: 2 });
model.compile({ loss: "mse", optimizer: "adam" });
let loss = 0;
for (let step = 0; step < 20; step++) loss = model.trainOnBatch(x, y).loss;
loss`,
        // On Linux threads are files: the kernel's own, and one for each helper.
        'import { existsSync, readdirSync } from "node:fs";\nexistsSync("/proc/self/task") ? readdirSync("/proc/self/task").length : 0',
      ]);
      const loss = async () => textOf(await runSucceeding(document, 0), plainText);
      const threadCount = async () => Number(textOf(await runSucceeding(document, 1), plainText));
      await configure(threads, 1);
      const alone = await loss();
      assert.match(alone, /^\d+\.\d{6,}$/);
      const countAlone = await threadCount();
      const helpers = 7;
      await configure(threads, 1 + helpers);
      assert.equal(await loss(), alone);
      assert.ok((await threadCount()) < countAlone + helpers);
      await vscode.commands.executeCommand("nnbook.restartKernel");
      assert.equal(await loss(), alone);
      if (countAlone > 0) await waitFor("the helpers", async () => (await threadCount()) >= countAlone + helpers);
    });

    it("each setting says what it does where settings are looked for", () => {
      const { contributes } = vscode.extensions.getExtension("nnbook.nnbook")?.packageJSON ?? {};
      const about: Readonly<Record<string, { readonly markdownDescription: string }>> =
        contributes.configuration.properties;
      const named = ["inlayHints.shapes", "inlayHints.health", "threads", "traceDetail", "saveOutputs", "language"];
      const names = Object.keys(about).filter((name) => !name.startsWith("nnbook.experimental."));
      assert.deepEqual(names.sort(), named.map((name) => `nnbook.${name}`).sort());
      // A sentence at least, not the key of one.
      for (const [name, { markdownDescription }] of Object.entries(about))
        assert.match(markdownDescription, /^\p{Lu}.{30,}\.$/su, name);
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

    for (const [what, profile] of [
      ["finds", ""],
      // As many profiles do, and all login shells of some systems.
      ["finds, whatever PATH a profile sets,", "PATH=/usr/local/bin:/usr/bin:/bin\n"],
    ] as const) {
      it(`a terminal ${what} the command nnbook, which runs a notebook`, async function () {
        // The shell that profiles are tried with.
        if (process.platform !== "linux" || !existsSync("/bin/bash") || !canStartShells()) return this.skip();
        await writeNotebook("terminal.nnbook", { nnbook: 1, metadata: {}, cells: [fileCell("6 * 7")] });
        await openNotebook("terminal.nnbook");
        const [home, told] = [path.dirname(workspaceFile("home")), workspaceFile("told.txt")];
        await writeFile(path.join(home, ".bashrc"), profile);
        const terminal = vscode.window.createTerminal({ shellPath: "/bin/bash", env: { HOME: home }, cwd: home });
        try {
          terminal.sendText(`(nnbook run terminal.nnbook; echo "exit code $?") > ${JSON.stringify(told)} 2>&1`);
          const text = await waitFor("the command to end", async () => {
            const soFar = await readFile(told, "utf8").catch(() => "");
            return soFar.includes("exit code") ? soFar : null;
          });
          assert.match(text, /^42$/m);
          assert.match(text, /exit code 0/);
        } finally {
          terminal.dispose();
          for (const file of [told, path.join(home, ".bashrc")]) await rm(file, { force: true });
        }
      });
    }
  });
}

/** The VS Code server of 1.100 comes from npm without the binary that starts a shell: a terminal there never has a process. */
function canStartShells(): boolean {
  const terminals = path.join(vscode.env.appRoot, "node_modules", "node-pty");
  return !existsSync(terminals) || ["build", "prebuilds"].some((folder) => existsSync(path.join(terminals, folder)));
}

function setSaveOutputs(value: boolean | undefined): Thenable<void> {
  return configure(saveOutputs, value);
}

function configure(setting: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}
