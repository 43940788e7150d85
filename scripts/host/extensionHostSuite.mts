// Runs the Mocha suite of test/host/suite inside the extension host of the VS Code server, with our extension installed from its .vsix.

import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { format } from "node:util";
import type { Page } from "playwright-core";
import { buildFolder, outFolder, samplesFolder, vsixFile } from "../paths.mts";
import { PlainError } from "../run.mts";
import { parseReport, type TestReport } from "../testReport.mts";
import { launchBrowser, openPage } from "./browser.mts";
import { type Server, startServer } from "./server.mts";
import type { Host } from "./setUpHost.mts";

const suiteFolder = path.join(buildFolder, "host");
const timeoutMs = 300_000;

/** Lines of the workbench's own log, which comes through the same channel as the tests' console. */
const hostNoise =
  /^(%c|Creating a socket|Resolv(ing|ed) connection|\[(reconnection|AgentHost|AccountPolicy|Service Worker)|Updating additional|getaddrinfo|Ignoring fetching additional|Started local extension host|ChatSessionStore|Creation of workbench|No search provider|Canceled$)|browser\/workbench\/workbench\.js/;

export async function runSuite(host: Host): Promise<TestReport> {
  const workspace = await mkdtemp(path.join(os.tmpdir(), "nnbook-suite-"));
  const reportFile = path.join(suiteFolder, `suite-${host.version}.json`);
  await rm(reportFile, { force: true });
  await cp(samplesFolder, workspace, { recursive: true });
  await writeTestExtension();
  const env = { NNBOOK_TEST_REPORT: reportFile };
  const server = await startServer({ host, vsixFiles: [vsixFile], env, runsTests: true });
  try {
    const browser = await launchBrowser();
    try {
      const { page } = await openPage(browser);
      const exitCode = await runInPage(page, server, workspace);
      if (!existsSync(reportFile)) {
        await mkdir(outFolder, { recursive: true });
        await page.screenshot({ path: path.join(outFolder, "suite-failed.png") });
        throw new PlainError(`The suite gave no report (exit code ${exitCode}). Picture: out/suite-failed.png`);
      }
      const report = parseReport(await readFile(reportFile, "utf8"));
      if (exitCode !== 0 && report.failed === 0) throw new PlainError(`The suite ended with exit code ${exitCode}.`);
      return report;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    await rm(workspace, { recursive: true, force: true });
  }
}

/** VS Code runs tests only for an extension under development: an empty one beside the suite. Ours is the installed one. */
async function writeTestExtension(): Promise<void> {
  const manifest = {
    name: "nnbook-suite",
    publisher: "nnbook-tests",
    version: "1.0.0",
    engines: { vscode: "^1.100.0" },
  };
  await mkdir(suiteFolder, { recursive: true });
  await writeFile(path.join(suiteFolder, "package.json"), JSON.stringify(manifest));
}

async function runInPage(page: Page, server: Server, workspace: string): Promise<number | string> {
  const ended = new Promise<number | string>((resolve) => {
    void page.exposeFunction("codeAutomationExit", resolve);
  });
  await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
    const line = format(...args);
    if (!hostNoise.test(line)) console.log(line);
  });
  // The server's own authority: with another one the files load too, but not in the extension host that they belong to.
  const remote = (file: string) => `vscode-remote://127.0.0.1:${server.port}${file}`;
  const address = new URL(server.origin);
  address.searchParams.set("folder", workspace);
  const payload = [
    ["extensionDevelopmentPath", remote(suiteFolder)],
    ["extensionTestsPath", remote(path.join(suiteFolder, "suite", "index"))],
    ["skipWelcome", "true"],
  ];
  address.searchParams.set("payload", JSON.stringify(payload));
  await page.goto(address.href);
  return Promise.race([ended, wait(timeoutMs, `none within ${timeoutMs / 1000} s`, { ref: false })]);
}
