// The `nnbook` command. Bundled as cli.cjs, beside the bundles of kernel and language worker.

import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { helpText, parseCommandLine } from "./commandLine.ts";
import { exitCodes } from "./exitCodes.ts";
import { exportCommand } from "./exportCommand.ts";
import { importCommand } from "./importCommand.ts";
import { jsonRefusal, runCommand } from "./runCommand.ts";

async function main(): Promise<number> {
  const command = parseCommandLine(process.argv.slice(2));
  switch (command.kind) {
    case "help":
      process.stdout.write(helpText);
      return exitCodes.ok;
    case "version":
      process.stdout.write(`${version()}\n`);
      return exitCodes.ok;
    case "wrong":
      process.stderr.write(`${command.message}\nSee nnbook --help.\n`);
      if (command.json) process.stdout.write(jsonRefusal("UsageError", command.message));
      return exitCodes.usage;
    case "run":
      return await runCommand(command.options, __dirname);
    case "export":
      return await exportCommand(command.options, __dirname);
    case "import":
      return await importCommand(command.options, __dirname);
  }
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, "..", "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}

main().then(
  (exitCode) => {
    // Not exit(): what was written to a pipe must get out first.
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`nnbook failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = exitCodes.failed;
  },
);
