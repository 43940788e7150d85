// The suite that runs inside VS Code's extension host: the same for the server host and for @vscode/test-electron.
// `run` is what both call. Where NNBOOK_TEST_REPORT names a file, the counts are written there.

import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { describeAssistant } from "./assistant.ts";
import { describeChanging } from "./changing.ts";
import { describeCodeFeatures } from "./codeFeatures.ts";
import { describeConverting } from "./converting.ts";
import { describeDebugging } from "./debugging.ts";
import { describeEditing } from "./editing.ts";
import { describeFiles } from "./files.ts";
import { describeNumbersInCode } from "./numbersInCode.ts";
import { describeQueueing } from "./queueing.ts";
import { describeRunning } from "./running.ts";
import { describeStarting } from "./starting.ts";
import { describeStopping } from "./stopping.ts";
import { describeSupporting } from "./supporting.ts";

export function run(): Promise<void> {
  // In VS Code 1.100 a notebook closed while its outputs' webview still loads makes the next one wait half a minute: its service worker
  // answers the requests left behind only then. Readers meet this as well, with any notebook; 1.139 no longer does it.
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
  describeNumbersInCode();
  describeChanging();
  describeConverting();
  describeAssistant();
  describeSupporting();
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      const report = { passed: passes, failed: failures, skipped: pending };
      if (process.env.NNBOOK_TEST_REPORT) writeFileSync(process.env.NNBOOK_TEST_REPORT, JSON.stringify(report));
      if (failures > 0) reject(new Error(`${failures} tests failed.`));
      else if (passes === 0) reject(new Error("No test ran."));
      else resolve();
    });
  });
}
