// `npm start`: builds the extension and opens the sample notebooks in VS Code: the desktop one where there is one,
// otherwise (or with --web) the npm-shipped VS Code server on loopback. `--check` does it headless, runs the notebook and looks.

import { randomUUID } from "node:crypto";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { findDesktopCode, openDesktopCode } from "./host/desktopCode.mts";
import { openWindow } from "./host/openWindow.mts";
import { packageOpener, parsePort, startServer } from "./host/server.mts";
import { setUpChromium } from "./host/setUpChromium.mts";
import { type Host, parseVscodeVersion, setUpHost } from "./host/setUpHost.mts";
import { firstSample, outFolder, rootFolder, samplesFolder, vsixFile } from "./paths.mts";
import { PlainError, readFlags, runProgram, runScript } from "./run.mts";

const flags = readFlags({
  web: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  vscode: { type: "string", default: "1.139" },
  port: { type: "string" },
});

/** The cell of the first sample that compares two networks. */
const comparisonCell = 10;

await runScript(async () => {
  const version = parseVscodeVersion(flags.vscode);
  const port = flags.port === undefined ? null : await parsePort(flags.port);
  if (flags.check) {
    await setUpChromium();
    await runBuild("scripts/package.mts");
    return checkSample(await setUpHost(version));
  }
  const desktop = flags.web ? null : await findDesktopCode();
  if (desktop) {
    await runBuild("scripts/build.mts");
    return openDesktopCode(desktop);
  }
  await runBuild("scripts/package.mts");
  await serveSamples(await setUpHost(version), port);
});

async function runBuild(script: string): Promise<void> {
  console.log("Building ...");
  const result = await runProgram(process.execPath, [path.join(rootFolder, script)], { show: true });
  if (result.exitCode !== 0) throw new PlainError("The build failed; see above.");
}

/** Serves the samples until Ctrl+C. */
async function serveSamples(host: Host, port: number | null): Promise<void> {
  console.log("Starting VS Code ...");
  // A window of VS Code has a terminal: nobody else on this machine, and no page in the browser, may open one.
  const token = randomUUID();
  const server = await startServer({
    host,
    token,
    vsixFiles: [vsixFile, await packageOpener()],
    env: { NNBOOK_OPEN: path.join(samplesFolder, firstSample) },
    ...(port === null ? {} : { port }),
  });
  const address = new URL(server.origin);
  address.searchParams.set("tkn", token);
  address.searchParams.set("folder", samplesFolder);
  console.log(`\nOpen this address in a browser (Ctrl+C ends it):\n\n  ${address.href}\n`);
  // Ctrl+C is the usual end: not a failure.
  process.exitCode = 0;
  await server.ended;
  throw new PlainError("The VS Code server has ended by itself.");
}

/** Opens the first sample as a user would find it, runs all of it, and takes a picture in each theme. */
async function checkSample(host: Host): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "nnbook-samples-"));
  await cp(samplesFolder, folder, { recursive: true });
  const pictures = path.join(outFolder, "screenshots");
  await mkdir(pictures, { recursive: true });
  console.log(`Opening ${firstSample} in VS Code ${host.version} ...`);
  const window = await openWindow({ host, folder, height: 1400 });
  try {
    const { workbench, page, problems } = window;
    await workbench.openNotebook(firstSample);
    console.log("Running all cells ...");
    await workbench.pressRunAll();
    await workbench.waitUntilIdle();
    console.log("Taking pictures ...");
    for (const theme of ["light", "dark"] as const) {
      await workbench.switchTheme(theme);
      await workbench.scrollTo(0);
      await page.screenshot({ path: path.join(pictures, `${theme}-top.png`) });
      await workbench.scrollToCell(comparisonCell);
      // The last gradients view near that cell compares the two networks.
      const frame = await workbench.outputFrame(".plot.dots");
      const views = frame.locator(".view", { has: frame.locator(".plot.dots") });
      await workbench.bringIntoView(views.last());
      await page.screenshot({ path: path.join(pictures, `${theme}-gradients.png`) });
      await views.last().screenshot({ path: path.join(pictures, `${theme}-gradients-view.png`) });
    }
    const statuses = await workbench.allStatuses();
    const failed = [...statuses].filter(([, status]) => status !== "success");
    for (const [index, status] of statuses) console.log(`  cell ${index}: ${status}`);
    for (const problem of problems) console.log(`  console: ${problem}`);
    console.log(`Pictures: ${path.relative(rootFolder, pictures)}`);
    if (statuses.size === 0) throw new PlainError(`${firstSample} shows no code cell.`);
    if (failed.length > 0) throw new PlainError(`${failed.length} of ${statuses.size} cells did not succeed.`);
    if (problems.length > 0) throw new PlainError("The page reported errors; see above.");
    console.log(`All ${statuses.size} cells of ${firstSample} succeeded.`);
  } finally {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  }
}
