// Packages the extension into nnbook.vsix: one file for every platform, built anew, with nothing in it that does not belong.

import { stat } from "node:fs/promises";
import { createVSIX } from "@vscode/vsce";
import { vsixBudgetBytes } from "./bundles.mts";
import { rootFolder, vsixFile } from "./paths.mts";
import { PlainError, runProgram, runScript } from "./run.mts";

await runScript(packageExtension);

async function packageExtension(): Promise<void> {
  const build = await runProgram(process.execPath, ["scripts/build.mts"], { show: true });
  if (build.exitCode !== 0) throw new PlainError("Nothing was packaged: the build failed.");
  await createVSIX({
    cwd: rootFolder,
    packagePath: vsixFile,
    // Everything is bundled: node_modules stays out.
    dependencies: false,
    allowMissingRepository: true,
    // The pictures of the README ship beside it: there is no address to point them to.
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(vsixFile);
  console.log(`nnbook.vsix ${(size / 1_000_000).toFixed(2)} MB`);
  if (size > vsixBudgetBytes) {
    throw new PlainError(
      `nnbook.vsix has ${size} bytes, more than the ${vsixBudgetBytes} it may have. What grew? See build/meta.`,
    );
  }
}
