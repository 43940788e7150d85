// `npm run bench:activation`: how long the packaged extension takes to start, as VS Code itself measures it ("Developer: Startup Performance").
// Each window is a new extension host; the notebook is opened in a window at rest, then another window starts with the notebook in it.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser, openPage } from "../scripts/host/browser.mts";
import { type Server, startServer } from "../scripts/host/server.mts";
import { parseVscodeVersion, setUpHost } from "../scripts/host/setUpHost.mts";
import { Workbench } from "../scripts/host/workbench.mts";
import { vsixFile } from "../scripts/paths.mts";
import { PlainError, readFlags, runScript } from "../scripts/run.mts";

/** Milliseconds, by the clock: reading and running the bundle, `activate` itself, and what it had VS Code wait for. */
interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/** What is measured; the yardstick is a small extension of VS Code's own, which tells how busy the machine was with the window's start. */
type Row = "opened" | "atStart" | "yardstick";

const [ours, yardstick] = ["nnbook.nnbook", "vscode.merge-conflict"];
const titles: Readonly<Record<Row, string>> = {
  opened: "nnbook, when a notebook is opened",
  atStart: "nnbook, in a window that starts with a notebook",
  yardstick: `${yardstick} in the same window`,
};
const rowNames = Object.keys(titles) as Row[];
const columns = ["load", "call", "finish"] as const;
const notebook = "book.nnbook";
const notebookText = `{ "nnbook": 1, "metadata": {}, "cells": [{ "kind": "code", "language": "typescript", "source": ["1 + 1"] }] }\n`;
/** Until what VS Code's own extensions do at a start is over. */
const restMs = 8_000;

const flags = readFlags({ vscode: { type: "string", default: "1.139" }, windows: { type: "string", default: "5" } });

await runScript(async () => {
  const windows = Number(flags.windows);
  if (!(windows >= 1)) throw new PlainError(`--windows: expected a number from 1, got "${flags.windows}".`);
  const host = await setUpHost(parseVscodeVersion(flags.vscode));
  const folder = await mkdtemp(path.join(os.tmpdir(), "nnbook-activation-"));
  const server = await startServer({ host, vsixFiles: [vsixFile] });
  const rows: Record<Row, Activation[]> = { opened: [], atStart: [], yardstick: [] };
  try {
    await writeFile(path.join(folder, notebook), notebookText);
    await writeFile(path.join(folder, "other.ts"), "export const two = 1 + 1;\n");
    for (let index = 0; index < windows; index++) {
      const measured = await measureWindow(server, folder);
      for (const row of rowNames) rows[row].push(measured[row]);
      console.error(`window ${index + 1}: ${rowNames.map((row) => `${row} ${totalOf(measured[row])} ms`).join(", ")}`);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(
    `VS Code ${host.version}, ${os.cpus().length} cores, ${windows} windows; ms by the clock: best, median, worst`,
  );
  console.log("A window with a TypeScript file in it did not start the extension.\n");
  console.log("| | load code | call activate | finish | together |\n|---|--:|--:|--:|--:|");
  for (const row of rowNames) {
    const parts = columns.map((column) => summary(rows[row].map((each) => each[column])));
    console.log(`| ${[titles[row], ...parts, summary(rows[row].map(totalOf))].join(" | ")} |`);
  }
});

async function measureWindow(server: Server, folder: string): Promise<Record<Row, Activation>> {
  const browser = await launchBrowser();
  try {
    const { page, context } = await openPage(browser);
    // What VS Code found is read as a user would copy it.
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
    const workbench = new Workbench(page, server);
    await workbench.openFolder(folder);
    await workbench.openFromExplorer("other.ts");
    await page.waitForTimeout(restMs);
    if (activationOf(ours, await readReport(workbench)) !== null) {
      throw new PlainError("The extension started in a window that shows nothing of it.");
    }
    await workbench.openNotebook(notebook);
    const opened = activationOf(ours, await readReport(workbench));
    await page.goto(addressOpening(server, folder));
    await workbench.waitForNotebook();
    await page.waitForTimeout(restMs);
    const report = await readReport(workbench);
    const [atStart, other] = [activationOf(ours, report), activationOf(yardstick, report)];
    if (opened === null || atStart === null || other === null) {
      throw new PlainError("A notebook is shown, but VS Code's report does not say that extensions have started.");
    }
    return { opened, atStart, yardstick: other };
  } finally {
    await browser.close();
  }
}

/** Of a window that starts with the notebook in it. */
function addressOpening(server: Server, folder: string): string {
  const address = new URL(server.origin);
  address.searchParams.set("folder", folder);
  const file = `vscode-remote://${address.host}${path.posix.join(folder, notebook)}`;
  address.searchParams.set("payload", JSON.stringify([["openFile", file]]));
  return address.href;
}

/** What VS Code tells of its start and of the extensions that have started since. */
async function readReport(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  await workbench.runCommand("Developer: Startup Performance");
  await page.locator(".tab.active", { hasText: "Startup Performance" }).waitFor({ timeout: 60_000 });
  // The report is written once everything has started.
  let text = "";
  for (let tries = 0; !text.includes("| Load Code |"); tries++) {
    if (tries === 60) throw new PlainError(`VS Code's report holds no table of extensions:\n${text.slice(0, 500)}`);
    await page.waitForTimeout(1000);
    text = await copyAll(page);
  }
  await workbench.runCommand("View: Close Editor");
  return text;
}

/** The line of an extension in VS Code's table; null if it has not started. */
function activationOf(extension: string, report: string): Activation | null {
  const line = report.split("\n").find((each) => each.startsWith(`| ${extension} `));
  const [load = NaN, call = NaN, finish = NaN] = line?.split("|").slice(3, 6).map(Number) ?? [];
  return line === undefined ? null : { load, call, finish };
}

async function copyAll(page: Page): Promise<string> {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+C");
  return page.evaluate(() => navigator.clipboard.readText());
}

function totalOf({ load, call, finish }: Activation): number {
  return load + call + finish;
}

function summary(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0], sorted[(sorted.length - 1) >> 1], sorted.at(-1)].join(", ");
}
