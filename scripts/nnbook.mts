// `npm run -s nnbook -- run FILE`: the command line of this clone. Builds first where the bundles are missing or older than their sources.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { distFolder, rootFolder } from "./paths.mts";
import { PlainError, runProgram, runScript } from "./run.mts";

const commandLine = path.join(distFolder, "cli.cjs");

await runScript(async () => {
  if (isOutOfDate()) {
    console.error("Building ...");
    const build = await runProgram(process.execPath, [path.join(rootFolder, "scripts", "build.mts")]);
    // Standard output belongs to the command: whoever reads its JSON must find nothing else there.
    if (build.exitCode !== 0) throw new PlainError(`The build failed.\n${build.text}`);
  }
  process.exitCode = await runCommandLine(process.argv.slice(2));
});

/** In the folder the user stands in: npm changes to the clone's. */
function runCommandLine(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const cwd = process.env.INIT_CWD ?? process.cwd();
    const child = spawn(process.execPath, [commandLine, ...args], { stdio: "inherit", cwd });
    // Ctrl+C reaches the child as well; it stops the notebook and says so.
    const ignore = () => {};
    process.on("SIGINT", ignore);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
}

function isOutOfDate(): boolean {
  const made = [
    "cli.cjs",
    "kernel.cjs",
    "kernelWorker.cjs",
    "languageWorker.cjs",
    "typescriptLibs.json",
    "nnbookTypes.json",
  ];
  const files = made.map((name) => path.join(distFolder, name));
  if (!files.every(existsSync)) return true;
  const oldestMs = Math.min(...files.map((file) => statSync(file).mtimeMs));
  const sources = ["src", "media/data", "scripts"].flatMap((folder) =>
    readdirSync(path.join(rootFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return [...sources, path.join(rootFolder, "package-lock.json")].some((file) => statSync(file).mtimeMs > oldestMs);
}
