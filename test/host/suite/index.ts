// The suite that runs inside VS Code's extension host: the same for the server host and for @vscode/test-electron.
// `run` is what both call. Where NNBOOK_TEST_REPORT names a file, the results are written there as they come: what a window that goes down did not
// reach stands there as failed.

import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import type { TestResult } from "../../../scripts/testReport.mts";
import { describeAssistant } from "./assistant.ts";
import { describeChanging } from "./changing.ts";
import { describeCodeFeatures } from "./codeFeatures.ts";
import { describeConverting } from "./converting.ts";
import { describeDebugging } from "./debugging.ts";
import { describeEditing } from "./editing.ts";
import { describeFiles } from "./files.ts";
import { describeImporting } from "./importing.ts";
import { describeLogging } from "./logging.ts";
import { describeModelProblems } from "./modelProblems.ts";
import { describeNumbersInCode } from "./numbersInCode.ts";
import { describeQueueing } from "./queueing.ts";
import { describeRunning } from "./running.ts";
import { describeStarting } from "./starting.ts";
import { describeStopping } from "./stopping.ts";
import { describeSupporting } from "./supporting.ts";

export function run(): Promise<void> {
  // In VS Code 1.100 a notebook closed while its outputs' webview still loads makes the next one wait (setUpHost.mts shortens that): its service
  // worker answers the requests left behind only then. Readers meet this as well, with any notebook; 1.139 no longer does it.
  const mocha = new Mocha({ ui: "bdd", timeout: 120_000, color: false, reporter: "spec" });
  if (process.env.NNBOOK_TEST_GREP) mocha.grep(process.env.NNBOOK_TEST_GREP);
  // Sets `describe` and `it`; the tests are bundled with this file, so no file of their own is loaded.
  mocha.suite.emit("pre-require", globalThis, "nnbook", mocha);
  // First: it looks whether the extension sleeps until it is needed.
  describeStarting();
  describeFiles();
  describeRunning();
  describeQueueing();
  describeStopping();
  describeDebugging();
  describeEditing();
  describeCodeFeatures();
  describeImporting();
  describeNumbersInCode();
  describeModelProblems();
  describeChanging();
  describeConverting();
  describeAssistant();
  describeSupporting();
  describeLogging();
  // A JSON list of names, when some chapters are to run alone.
  const chapters = process.env.NNBOOK_TEST_CHAPTERS;
  if (chapters) mocha.suite.suites = mocha.suite.suites.filter(({ title }) => JSON.parse(chapters).includes(title));
  return new Promise((resolve, reject) => {
    const results = new Map<string, TestResult>();
    const keep = (state: TestResult["state"]) => (test: Mocha.Runnable) => {
      const [chapter = "", ...within] = test.titlePath();
      results.set(test.fullTitle(), { group: chapter, name: within.join(" › "), state });
    };
    const write = () => {
      if (process.env.NNBOOK_TEST_REPORT)
        writeFileSync(process.env.NNBOOK_TEST_REPORT, JSON.stringify([...results.values()]));
    };
    const { grep } = mocha.options;
    mocha.suite.eachTest((test: Mocha.Test) => {
      if (!(grep instanceof RegExp) || grep.test(test.fullTitle())) keep("failed")(test);
    });
    write();
    const runner = mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} tests failed.`));
      else if (![...results.values()].some(({ state }) => state === "passed")) reject(new Error("No test ran."));
      else resolve();
    });
    // A hook that fails is told as a test that fails.
    runner.on("pass", keep("passed")).on("fail", keep("failed")).on("pending", keep("skipped"));
    for (const event of ["pass", "fail", "pending"]) runner.on(event, write);
  });
}
