// `npm test`: what `npm run check` does, then the extension packaged and tested in the real VS Code, newest and oldest.
// Every step runs even when one before it failed, as far as it can; the last line sums up.

import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { buildRoutines } from "./buildRoutines.mts";
import { setUpChromium } from "./host/setUpChromium.mts";
import { type VscodeVersion, vscodeVersions } from "./host/setUpHost.mts";
import { buildFolder, rootFolder } from "./paths.mts";
import { PlainError, type RunResult, readFlags, runProgram, runScript, runTool } from "./run.mts";
import {
  addReport,
  countResults,
  noTests,
  parseReport,
  reportLine,
  type TestReport,
  vitestResults,
} from "./testReport.mts";

const flags = readFlags({ "skip-oldest": { type: "boolean", default: false } });

await runScript(async () => {
  await mkdir(path.join(buildFolder, "host"), { recursive: true });
  // Types and tests read what comes of them.
  await buildRoutines();
  const steps: [name: string, run: () => Promise<TestReport>][] = [
    ["types", () => oneCheck(tool("typescript/bin/tsc", "-b"))],
    ["lint, format, import order", () => oneCheck(tool("@biomejs/biome/bin/biome", "ci", "--error-on-warnings"))],
    ["build and package", () => oneCheck(script("package.mts"))],
    // Before the unit tests: where there is none, those that draw in it would be left out.
    ["Chromium", () => oneCheck(findOrInstallChromium)],
    ["unit tests", runUnitTests],
    ...(Object.keys(vscodeVersions) as VscodeVersion[])
      .filter((version) => version !== "1.100" || !flags["skip-oldest"])
      .map((version): [string, () => Promise<TestReport>] => [`VS Code ${version}`, () => runHost(version)]),
  ];
  let total = noTests;
  const lines: string[] = [];
  for (const [name, run] of steps) {
    console.log(`\n=== ${name}`);
    const started = Date.now();
    const report = await run();
    total = addReport(total, report);
    lines.push(`${name}: ${reportLine(report)} (${Math.round((Date.now() - started) / 1000)} s)`);
  }
  console.log(`\n=== all\n${lines.join("\n")}\n${reportLine(total)}`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
});

function tool(name: string, ...args: readonly string[]): () => Promise<RunResult> {
  return () => runTool(name, args, { show: true });
}

function script(name: string, ...args: readonly string[]): () => Promise<RunResult> {
  return () => runProgram(process.execPath, [path.join(rootFolder, "scripts", name), ...args], { show: true });
}

async function findOrInstallChromium(): Promise<Pick<RunResult, "exitCode">> {
  try {
    console.log(await setUpChromium());
    return { exitCode: 0 };
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    return { exitCode: 1 };
  }
}

/** A step that only holds or does not is no test: it counts when it fails. */
async function oneCheck(run: () => Promise<Pick<RunResult, "exitCode">>): Promise<TestReport> {
  return { ...noTests, failed: (await run()).exitCode === 0 ? 0 : 1 };
}

async function runUnitTests(): Promise<TestReport> {
  const file = path.join(buildFolder, "unit.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return countReport(file, (text) => countResults(vitestResults(text)), tool("vitest/vitest.mjs", ...args));
}

async function runHost(version: VscodeVersion): Promise<TestReport> {
  const file = path.join(buildFolder, "host", `report-${version}.json`);
  return countReport(file, parseReport, script("testHost.mts", "--vscode", version));
}

/** The report that a run leaves; a run that fails without saying why in its report counts as one failure. */
async function countReport(
  file: string,
  parse: (text: string) => TestReport,
  run: () => Promise<RunResult>,
): Promise<TestReport> {
  await rm(file, { force: true });
  const { exitCode } = await run();
  if (!existsSync(file)) return { ...noTests, failed: 1 };
  const report = parse(await readFile(file, "utf8"));
  return exitCode !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report;
}
