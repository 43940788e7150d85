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
import { failedGroups, type TestResult } from "../testReport.mts";
import { launchBrowser, openPage } from "./browser.mts";
import { type Server, startServer } from "./server.mts";
import type { Host } from "./setUpHost.mts";

const suiteFolder = path.join(buildFolder, "host");
const timeoutMs = 600_000;

/**
 * Lines of the workbench's own log, which comes through the same channel as the tests' console. It holds, with its stack, each error with which a
 * tool answers an assistant; what such an answer says is for the tests to look at.
 */
const hostNoise =
  /^(%c|Creating a socket|Resolv(ing|ed) connection|\[(reconnection|AgentHost|AccountPolicy|Service Worker|LanguageModelToolsService)|Updating additional|getaddrinfo|Ignoring fetching additional|Started local extension host|ChatSessionStore|Creation of workbench|No search provider|Canceled$)|browser\/workbench\/workbench\.js/;

/** Runs all of it, or the chapters of these names. */
export async function runSuite(host: Host, chapters: readonly string[] = []): Promise<readonly TestResult[]> {
  console.log(`\nThe suite inside the extension host of VS Code ${host.version}`);
  const workspace = await mkdtemp(path.join(os.tmpdir(), "nnbook-suite-"));
  const reportFile = path.join(suiteFolder, `suite-${host.version}.json`);
  await rm(reportFile, { force: true });
  await cp(samplesFolder, workspace, { recursive: true });
  await writeTestExtension();
  const only = chapters.length > 0 ? { NNBOOK_TEST_CHAPTERS: JSON.stringify(chapters) } : {};
  const env = { NNBOOK_TEST_REPORT: reportFile, ...only };
  const server = await startServer({ host, vsixFiles: [vsixFile], env, runsTests: true });
  try {
    const browser = await launchBrowser();
    try {
      const { page } = await openPage(browser);
      const exitCode = await runInPage(page, server, workspace);
      // The suite of this clone wrote it.
      const results = existsSync(reportFile)
        ? (JSON.parse(await readFile(reportFile, "utf8")) as readonly TestResult[])
        : [];
      const failed = failedGroups(results).length > 0;
      if (results.length === 0 || exitCode !== (failed ? 1 : 0)) {
        await mkdir(outFolder, { recursive: true });
        await page.screenshot({ path: path.join(outFolder, "suite-failed.png") });
        const lost = `The window ended with exit code ${exitCode} before the suite did. Picture: out/suite-failed.png`;
        if (!failed) throw new PlainError(lost);
        console.log(lost);
      }
      return results;
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
  return await Promise.race([ended, wait(timeoutMs, `none within ${timeoutMs / 1000} s`, { ref: false })]);
}
