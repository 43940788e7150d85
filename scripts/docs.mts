// `npm run docs`: writes docs/reference, the pages about all that "nnbook" exports, out of the doc comments.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildRoutines } from "./buildRoutines.mts";
import { buildFolder, referenceFolder } from "./paths.mts";
import { PlainError, runScript, runTool } from "./run.mts";

await runScript(async () => {
  await buildRoutines();
  const types = await runTool("typescript/bin/tsc", ["-b"], { show: true });
  if (types.exitCode !== 0) throw new PlainError("No reference was written: the types do not compile.");
  // Imports the engine, which reads what was built just now.
  const { referenceTexts } = await import("./reference/writePages.mts");
  const texts = referenceTexts(path.join(buildFolder, "types"));
  for (const name of ["curves", "pictures"]) await mkdir(path.join(referenceFolder, name), { recursive: true });
  for (const name of await filesIn(referenceFolder)) if (!texts.has(name)) await rm(path.join(referenceFolder, name));
  let changed = 0;
  for (const [name, text] of texts) {
    const file = path.join(referenceFolder, name);
    const before = await readFile(file, "utf8").catch(() => null);
    if (before !== text) changed += 1;
    await writeFile(file, text);
  }
  console.log(`docs/reference: ${texts.size} files, ${changed} changed`);
});

/** All files below a folder, by their paths from there, with `/`. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}
