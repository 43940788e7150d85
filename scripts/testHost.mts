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
import { addReport, noTests, reportLine, type TestReport, vitestReport } from "./testReport.mts";

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
  let total = noTests;
  if (flags.only !== "user") {
    console.log(`\nThe suite inside the extension host of VS Code ${version}`);
    await script("build.mts", "--suite");
    total = addReport(total, await runSuite(host));
  }
  if (flags.only !== "suite") {
    console.log(`\nThe journeys of a user in VS Code ${version}`);
    total = addReport(total, await runJourneys(version));
  }
  await mkdir(path.dirname(reportFile), { recursive: true });
  await writeFile(reportFile, JSON.stringify(total));
  console.log(`\nVS Code ${version}: ${reportLine(total)}`);
  if (total.failed > 0) process.exitCode = 1;
});

async function runJourneys(version: string): Promise<TestReport> {
  const file = path.join(buildFolder, "host", `user-${version}.json`);
  await rm(file, { force: true });
  const args = ["run", "--config", "test/host/user/vitest.config.ts"];
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${file}`];
  await runTool("vitest/vitest.mjs", [...args, ...reporters], {
    show: true,
    env: { ...process.env, NNBOOK_VSCODE: version, VITE_CONFIG_NATIVE_IGNORE_WARNING: "true" },
  });
  if (!existsSync(file)) throw new PlainError("The journeys ended without a report; see above.");
  return vitestReport(await readFile(file, "utf8"));
}

async function script(name: string, ...args: readonly string[]): Promise<void> {
  const file = path.join(rootFolder, "scripts", name);
  const result = await runProgram(process.execPath, [file, ...args], { show: true });
  if (result.exitCode !== 0) throw new PlainError(`scripts/${name} failed; see above.`);
}
