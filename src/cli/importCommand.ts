// `nnbook import FILE`: makes a .nnbook file of a notebook of another tool. Runs no cell.

import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { printNotebook } from "../notebook/printNotebook.ts";
import { nearestLocale } from "../shared/words/message.ts";
import type { ImportOptions } from "./commandLine.ts";
import { loadConverter } from "./converter.ts";
import { exitCodes } from "./exitCodes.ts";
import { fileProblem, outProblem } from "./files.ts";

/** Imports and gives the exit code. `distFolder` holds the bundles. */
export async function importCommand({ file, out }: ImportOptions, distFolder: string): Promise<number> {
  const target = out ?? path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.nnbook`);
  // Nobody named it, so it may be a notebook that someone works on.
  if (out === null && existsSync(target))
    return fail(`${target} is there already. Name it with --out to write over it.`);
  const problem = await outProblem(target);
  if (problem !== null) return fail(problem);
  try {
    const bytes = await readFile(file);
    const locale = nearestLocale(process.env.LC_ALL ?? process.env.LANG);
    const imported = loadConverter(distFolder).importNotebook({ bytes, fileName: path.basename(file), locale });
    if (imported.kind === "failed") return fail(`${file}: ${imported.message}`);
    await writeFile(target, printNotebook(imported.notebook));
    for (const note of imported.notes) process.stderr.write(`${note}\n`);
  } catch (error) {
    return fail(`${file}: ${fileProblem(error)}`);
  }
  process.stderr.write(`Wrote ${target}.\n`);
  return exitCodes.ok;
}

function fail(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return exitCodes.usage;
}
