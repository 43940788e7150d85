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
  const [opened, atStart]: [Activation[], Activation[]] = [[], []];
  try {
    await writeFile(path.join(folder, notebook), notebookText);
    await writeFile(path.join(folder, "other.ts"), "export const two = 1 + 1;\n");
    for (let index = 0; index < windows; index++) {
      const [first, second] = await measureWindow(server, folder);
      opened.push(first);
      atStart.push(second);
      console.error(`window ${index + 1}: ${totalOf(first)} ms, at a window's start ${totalOf(second)} ms`);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`VS Code ${host.version}, ${os.cpus().length} cores, ${windows} windows; ms, median and worst`);
  console.log("A window with a TypeScript file in it did not start the extension.\n");
  console.log("| the notebook is | load code | call activate | finish | together |\n|---|--:|--:|--:|--:|");
  for (const [name, all] of [["opened", opened] as const, ["there at the start", atStart] as const]) {
    const parts = columns.map((column) => summary(all.map((each) => each[column])));
    console.log(`| ${[name, ...parts, summary(all.map(totalOf))].join(" | ")} |`);
  }
});

async function measureWindow(server: Server, folder: string): Promise<[Activation, Activation]> {
  const browser = await launchBrowser();
  try {
    const { page, context } = await openPage(browser);
    // What VS Code found is read as a user would copy it.
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
    const workbench = new Workbench(page, server);
    await workbench.openFolder(folder);
    await workbench.openFromExplorer("other.ts");
    await page.waitForTimeout(restMs);
    if ((await readActivation(workbench)) !== null) {
      throw new PlainError("The extension started in a window that shows nothing of it.");
    }
    await workbench.openNotebook(notebook);
    const opened = await readActivation(workbench);
    await page.goto(addressOpening(server, folder));
    await workbench.waitForNotebook();
    await page.waitForTimeout(restMs);
    const atStart = await readActivation(workbench);
    if (opened === null || atStart === null)
      throw new PlainError("A notebook is shown, but the extension is not among those that started.");
    return [opened, atStart];
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

/** Our line in VS Code's table of extensions that have started; null without one. */
async function readActivation(workbench: Workbench): Promise<Activation | null> {
  const { page } = workbench;
  await workbench.runCommand("Developer: Startup Performance");
  const lines = page.locator(".editor-instance .view-lines:visible").last();
  await lines.filter({ hasText: "System Info" }).waitFor({ timeout: 60_000 });
  // The report is written once everything has started, and again when asked anew.
  let text = "";
  for (let tries = 0; !text.includes("| Load Code |"); tries++) {
    if (tries === 60) throw new PlainError(`VS Code's report holds no table of extensions:\n${text.slice(0, 500)}`);
    await page.waitForTimeout(1000);
    text = await copyAll(page);
  }
  await workbench.runCommand("View: Close Editor");
  const row = text.split("\n").find((line) => line.startsWith("| nnbook.nnbook "));
  if (row === undefined) return null;
  const [load = NaN, call = NaN, finish = NaN] = row.split("|").slice(3, 6).map(Number);
  return { load, call, finish };
}

async function copyAll(page: Page): Promise<string> {
  await page.locator(".editor-instance .view-lines:visible").last().click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+C");
  return page.evaluate(() => navigator.clipboard.readText());
}

function totalOf({ load, call, finish }: Activation): number {
  return load + call + finish;
}

function summary(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[(sorted.length - 1) >> 1]} (${sorted.at(-1)})`;
}
