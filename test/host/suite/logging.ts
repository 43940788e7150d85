// What the output channel tells of kernels, cells and the language worker, read as whoever opens it reads it.

import assert from "node:assert/strict";
import threads from "node:worker_threads";
import * as vscode from "vscode";
import { closeAll, openCells, plainText, runCell, runSucceeding, startCells, textOf, waitFor } from "./notebooks.ts";

let languageWorker: threads.Worker | null = null;

/** Sees the language worker start. An inspector would reach it too, but the extension host of VS Code 1.100 often dies with a worker that is inspected. */
class WatchedWorker extends threads.Worker {
  constructor(file: string | URL, options?: threads.WorkerOptions) {
    super(file, options);
    if (String(file).endsWith("languageWorker.cjs")) languageWorker = this;
  }
}

export function describeLogging(): void {
  threads.Worker = WatchedWorker;
  describe("the log", () => {
    afterEach(async () => {
      await vscode.commands.executeCommand("workbench.action.closePanel");
      await closeAll();
    });

    it("tells in readable lines how kernels start, stop, die and begin anew, and the language worker too", async () => {
      const document = await openCells("logged.nnbook", ["process.pid", "while (true);", "null.length;"]);
      const pid = Number(textOf(await runSucceeding(document, 0), plainText));
      await runCell(document, 2);
      const loop = document.cellAt(1);
      startCells(document, 1);
      await waitFor("the loop to run", () => loop.executionSummary?.executionOrder !== undefined);
      await vscode.commands.executeCommand("notebook.cancelExecution");
      await waitFor("the loop to end", () => loop.executionSummary?.timing?.endTime);
      process.kill(pid, "SIGKILL");
      await logTells(/logged\.nnbook: kernel died: .*SIGKILL/);
      // Cells count anew in a new kernel.
      startCells(document, 0);
      const next = await waitFor("a new kernel", () => {
        const told = Number(textOf(document.cellAt(0), plainText));
        return told > 0 && told !== pid ? told : null;
      });
      await waitFor("the cell to end", () => document.cellAt(0).executionSummary?.success);
      await vscode.commands.executeCommand("nnbook.restartKernel");
      await endLanguageWorker();
      await waitFor("completions of a new language worker", async () => {
        const { uri } = document.cellAt(0).document;
        const place = new vscode.Position(0, "process.".length);
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          ...[uri, place, "."],
        );
        return list.items.some(({ label }) => (typeof label === "string" ? label : label.label) === "pid");
      });
      await logTells(
        /\[error\] The language worker ended with exit code 1\. It starts anew with the next question\.$/m,
      );
      const text = await logTells(/kernel ended: it is restarted/);
      const duration = String.raw`(\d+ ms|\d+\.\d s|\d+ min \d+ s)`;
      // With the time and how grave it is, as VS Code writes lines of a log.
      for (const line of [
        `logged\\.nnbook: kernel started in ${duration} \\(process ${pid}, Node v\\d+\\.\\d+\\.\\d+, simd.*\\)`,
        `logged\\.nnbook: Cell 1 succeeded after ${duration}`,
        `logged\\.nnbook: Cell 3 failed after ${duration}`,
        "logged\\.nnbook: Cell 2 is to stop",
        `logged\\.nnbook: Cell 2 was stopped after ${duration}`,
        `logged\\.nnbook: kernel started in ${duration} \\(process ${next}, .*\\)`,
      ])
        assert.match(text, new RegExp(`^\\d{4}-\\d\\d-\\d\\d[\\d:.TZ ]+ \\[(info|error)\\] ${line}$`, "m"));
    });
  });
}

/** The whole log, once a line of it is like this. */
async function logTells(line: RegExp): Promise<string> {
  await vscode.commands.executeCommand("nnbook.showLog");
  let text = "";
  try {
    return await waitFor("a line of the log", () => {
      const logs = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === "output");
      text = logs.map((log) => log.getText()).find((each) => /logged\.nnbook: /.test(each)) ?? "";
      return line.test(text) ? text : null;
    });
  } catch (error) {
    throw new Error(`${error} The log:\n${text}`);
  }
}

/** Ends the worker in this process that understands cells, as running out of memory would. */
async function endLanguageWorker(): Promise<void> {
  assert.ok(languageWorker);
  await languageWorker.terminate();
}
