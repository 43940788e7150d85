// The suite of test/host/suite in a desktop VS Code that @vscode/test-electron downloads. Needs a screen (or xvfb-run).

import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { cacheFolder } from "./host/setUpHost.mts";
import { buildFolder, rootFolder, samplesFolder } from "./paths.mts";
import { PlainError, runProgram, runScript } from "./run.mts";

await runScript(async () => {
  for (const args of [[], ["--suite"]]) {
    const build = await runProgram(process.execPath, [path.join(rootFolder, "scripts/build.mts"), ...args], {
      show: true,
    });
    if (build.exitCode !== 0) throw new PlainError("The build failed; see above.");
  }
  const workspace = await mkdtemp(path.join(os.tmpdir(), "nnbook-suite-"));
  try {
    await cp(samplesFolder, workspace, { recursive: true });
    await runTests({
      cachePath: path.join(cacheFolder(), "vscode-desktop"),
      extensionDevelopmentPath: rootFolder,
      extensionTestsPath: path.join(buildFolder, "host", "suite", "index"),
      launchArgs: ["--disable-extensions", "--disable-workspace-trust", "--skip-welcome", workspace],
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});
