// The tests in a real VS Code with the packaged extension: the suite inside its extension host, then the journeys of a user.
// `--vscode 1.100` takes the oldest version that is supported; `--only suite` or `--only user` does one of the two.

import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { runSuite } from "./host/extensionHostSuite.mts";
import { setUpChromium } from "./host/setUpChromium.mts";
import { parseVscodeVersion, setUpHost } from "./host/setUpHost.mts";
import { buildFolder, rootFolder, vsixFile } from "./paths.mts";
import { PlainError, readFlags, runProgram, runScript, runTool } from "./run.mts";
import {
  addReport,
  countResults,
  countSecondTry,
  failedGroups,
  noTests,
  reportLine,
  type TestReport,
  type TestResult,
  vitestResults,
} from "./testReport.mts";

const flags = readFlags({ vscode: { type: "string", default: "1.139" }, only: { type: "string" } });

await runScript(async () => {
  const version = parseVscodeVersion(flags.vscode);
  if (flags.only !== undefined && flags.only !== "suite" && flags.only !== "user") {
    throw new PlainError(`--only: expected suite or user, got "${flags.only}".`);
  }
  if (!existsSync(vsixFile)) await script("package.mts");
  await setUpChromium();
  const host = await setUpHost(version);
  const reportFile = path.join(buildFolder, "host", `report-${version}.json`);
  const parts: RunGroups[] = [];
  if (flags.only !== "user") {
    await script("build.mts", "--suite");
    parts.push((chapters) => runSuite(host, chapters));
  }
  if (flags.only !== "suite") parts.push((files) => runJourneys(version, files));
  let total = noTests;
  for (const run of parts) total = addReport(total, await trySecond(await run([]), run));
  await mkdir(path.dirname(reportFile), { recursive: true });
  await writeFile(reportFile, JSON.stringify(total));
  console.log(`\nVS Code ${version}: ${reportLine(total)}`);
  if (total.failed > 0) process.exitCode = 1;
});

/** Runs the groups of these names, or all where none is named. */
type RunGroups = (groups: readonly string[]) => Promise<readonly TestResult[]>;

/** What failed is tried once more, in a window of its own; the report names what only then passed. */
async function trySecond(first: readonly TestResult[], run: RunGroups): Promise<TestReport> {
  const groups = failedGroups(first);
  if (groups.length === 0) return countResults(first);
  console.log(`\nOnce more, for something failed in it: ${groups.join(", ")}`);
  return countSecondTry(first, await run(groups));
}

/** A group is a file. */
async function runJourneys(version: string, names: readonly string[]): Promise<readonly TestResult[]> {
  console.log(`\nThe journeys of a user in VS Code ${version}`);
  const file = path.join(buildFolder, "host", `user-${version}.json`);
  await rm(file, { force: true });
  const args = ["run", "--config", "test/host/user/vitest.config.ts", ...names.map((name) => `/${name}.test.ts`)];
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${file}`];
  await runTool("vitest/vitest.mjs", [...args, ...reporters], {
    show: true,
    env: { ...process.env, NNBOOK_VSCODE: version, VITE_CONFIG_NATIVE_IGNORE_WARNING: "true" },
  });
  if (!existsSync(file)) throw new PlainError("The journeys ended without a report; see above.");
  return vitestResults(await readFile(file, "utf8"));
}

async function script(name: string, ...args: readonly string[]): Promise<void> {
  const file = path.join(rootFolder, "scripts", name);
  const result = await runProgram(process.execPath, [file, ...args], { show: true });
  if (result.exitCode !== 0) throw new PlainError(`scripts/${name} failed; see above.`);
}
