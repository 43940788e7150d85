// Stopping, restarting, and a kernel that dies: nothing is lost that need not be. The last step, a restart that the user chooses, is in
// test/host/user/kernel.test.ts: a suite cannot press a notification's button.
// Units alone show: the further kinds of endless code, each on both Nodes (interrupt.test.ts), for a window adds nothing to them but seconds; how
// often and how long a stop is tried (interruptLadder.test.ts), for no window has its clock; and memory that runs out (outOfMemory.test.ts), for
// here the system would end the editor first.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  allText,
  closeAll,
  openCells,
  plainText,
  runCell,
  runSucceeding,
  startCells,
  stdout,
  textOf,
  waitFor,
} from "./notebooks.ts";

export function describeStopping(): void {
  describe("stopping", () => {
    afterEach(closeAll);

    it("an endless loop stops, and variables are still there", async () => {
      const document = await openCells("endless.nnbook", [
        "let counter = 41;",
        "console.log('on');\nwhile (true) counter += 0;",
        "counter + 1",
      ]);
      await runSucceeding(document, 0);
      startCells(document, 1);
      const loop = document.cellAt(1);
      // The loop must be under way in the kernel, not only marked as started.
      await waitFor("the loop to start", () => textOf(loop, stdout).includes("on"));
      const stoppedAt = performance.now();
      await vscode.commands.executeCommand("notebook.cancelExecution");
      await waitFor("the loop to end", () => loop.executionSummary?.timing?.endTime);
      // For whoever reads the log: no time decides a test.
      console.log(`      stopped in ${(performance.now() - stoppedAt).toFixed(0)} ms`);
      assert.equal(textOf(await runSucceeding(document, 2), plainText), "42");
    });

    it("a stop abandons the cells that wait", async () => {
      const document = await openCells("queue.nnbook", ["while (true);", "globalThis.ran = 1", "typeof ran"]);
      startCells(document, 0, 2);
      await waitFor("the loop to start", () => document.cellAt(0).executionSummary?.executionOrder === 1);
      await vscode.commands.executeCommand("nnbook.interruptKernel");
      await waitFor("the loop to end", () => document.cellAt(0).executionSummary?.timing?.endTime);
      assert.equal(textOf(await runSucceeding(document, 2), plainText), "'undefined'");
      assert.equal(document.cellAt(1).outputs.length, 0);
      assert.equal(document.cellAt(1).executionSummary?.success, undefined);
    });

    it("whatever a cell does is stopped, keeps variables and models, and the cell says how it ended", async () => {
      const ended = /^Stopped\. Variables and models are kept\.$/;
      const endless: readonly (readonly [code: string, how: RegExp])[] = [
        ["for (;;) large.matmul(large);", ended],
        ["for (;;) model.predict(x);", ended],
        ["setInterval(() => { for (;;); }, 1);\nawait new Promise(() => {});", ended],
        ["await new Promise(() => {});", /^Stopped while it waited\. Variables and models are kept\.$/],
      ];
      const document = await openCells("whatever.nnbook", [
        'import { layers, sequential, tensor } from "nnbook";\nconst x = tensor([[1, 2]]);\nconst large = tensor(Array.from({ length: 300 }, () => new Array(300).fill(0.1)));\nconst model = sequential([layers.dense(3, { inputShape: 2 })]);\nconst first = model.predict(x);',
        ...endless.map(([code]) => `console.log("on");\n${code}`),
        "String(first.toArray()) === String(model.predict(x).toArray())",
      ]);
      await runSucceeding(document, 0);
      for (const [index, [code, how]] of endless.entries()) {
        const cell = document.cellAt(index + 1);
        startCells(document, index + 1);
        await waitFor(`"${code}" to start`, () => textOf(cell, stdout).includes("on"));
        // Who is impatient presses again.
        void vscode.commands.executeCommand("notebook.cancelExecution");
        await vscode.commands.executeCommand("nnbook.interruptKernel");
        await waitFor(`"${code}" to end`, () => cell.executionSummary?.timing?.endTime);
        assert.match(textOf(cell, plainText), how, code);
        assert.equal(textOf(await runSucceeding(document, endless.length + 1), plainText), "true", code);
      }
    });

    it("a model whose training is stopped keeps its weights, and its run goes on where it was", async () => {
      const document = await openCells("stopped.nnbook", [
        'import { layers, sequential, tensor } from "nnbook";\nconst x = tensor([[0], [1], [2], [3]]);\nconst y = tensor([[1], [3], [5], [7]]);\nconst model = sequential([layers.dense(1)]);\nmodel.compile({ loss: "mse", optimizer: "sgd" });',
        "const begun = { onEpochEnd: (epoch: number) => void (epoch === 100 && console.log('on')) };\nawait model.fit({ x, y }, { epochs: 1_000_000, seed: 1, callbacks: [begun] });",
        "const stoppedAt = model.run?.epochs.done ?? 0;\nconst losses = model.run?.history[0]?.train ?? [];\n[stoppedAt > 0, losses.length > 1, model.run?.state]",
        "model.evaluate({ x, y }).loss < 0.9 * (losses[0] ?? 0)",
        "const run = await model.run?.resume({ epochs: stoppedAt + 5 });\n(run?.epochs.done ?? 0) - stoppedAt",
      ]);
      await runSucceeding(document, 0);
      startCells(document, 1);
      const training = document.cellAt(1);
      await waitFor("the training to be under way", () => textOf(training, stdout).includes("on"));
      await vscode.commands.executeCommand("notebook.cancelExecution");
      await waitFor("the training to end", () => training.executionSummary?.timing?.endTime);
      assert.match(textOf(training, plainText), /Stopped between two steps.*keeps its weights and its run/s);
      // The editor wraps Markdown, and cuts plain text at the end of a narrow cell.
      assert.match(
        textOf(training, "text/markdown"),
        /Stopped between two steps.*`await model\.run\?\.resume\(\)` goes on/s,
      );
      const state = textOf(await runSucceeding(document, 2), plainText);
      assert.equal(state, "[ true, true, 'stopped' ]");
      assert.equal(textOf(await runSucceeding(document, 3), plainText), "true");
      assert.match(textOf(await runSucceeding(document, 4), plainText), /\D5$/);
    });

    it("a restart forgets variables and keeps outputs", async () => {
      const document = await openCells("restart.nnbook", ["const kept = 7;\nkept", "typeof kept"]);
      await runSucceeding(document, 0);
      await vscode.commands.executeCommand("nnbook.restartKernel");
      assert.equal(textOf(document.cellAt(0), plainText), "7");
      assert.match(textOf(await runSucceeding(document, 1), plainText), /undefined/);
    });

    it("a killed kernel is told with its reason, and the next cell runs in a new one", async () => {
      const document = await openCells("killed.nnbook", ["process.pid", "while (true);", "1 + 1"]);
      const pid = Number(textOf(await runSucceeding(document, 0), plainText));
      assert.ok(pid > 1 && pid !== process.pid, `the kernel is no process of its own: ${pid}`);
      startCells(document, 1);
      await waitFor("the loop to start", () => document.cellAt(1).executionSummary?.executionOrder === 2);
      process.kill(pid, "SIGKILL");
      const loop = document.cellAt(1);
      await waitFor("the cell to fail", () => loop.executionSummary?.success === false);
      assert.match(allText(loop), /kernel/i);
      assert.match(allText(loop), /SIGKILL/);
      assert.equal(textOf(document.cellAt(0), plainText), String(pid));
      assert.equal(textOf(await runSucceeding(document, 2), plainText), "2");
    });

    it("process.exit in a cell is told as what it is", async () => {
      const document = await openCells("exit.nnbook", ["process.exit(3)", "1 + 1"]);
      const cell = await runCell(document, 0);
      assert.equal(cell.executionSummary?.success, false);
      assert.match(allText(cell), /process\.exit\(3\)/);
      assert.equal(textOf(await runSucceeding(document, 1), plainText), "2");
    });
  });
}
