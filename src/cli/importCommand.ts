// `nnbook import FILE`: makes a .nnbook file of a notebook of another tool. Runs no cell.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { printNotebook } from "../notebook/printNotebook.ts";
import { nearestLocale } from "../shared/words/message.ts";
import type { ImportOptions } from "./commandLine.ts";
import { loadConverter } from "./converter.ts";
import { exitCodes } from "./exitCodes.ts";
import { fileProblem, outProblem, takenProblem } from "./files.ts";

/** Imports and gives the exit code. `distFolder` holds the bundles. */
export async function importCommand({ file, out }: ImportOptions, distFolder: string): Promise<number> {
  const target = out ?? path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.nnbook`);
  const isItself = path.resolve(target) === path.resolve(file);
  if (isItself && out !== null) return fail(`${target} is the file to import. Give another --out.`);
  // A notebook of nnbook is told so, rather than that it is there.
  const problem = (out === null && !isItself ? takenProblem(target) : null) ?? (await outProblem(target));
  if (problem !== null) return fail(problem);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return fail(`${file}: ${fileProblem(error)}`);
  }
  const locale = nearestLocale(process.env.LC_ALL ?? process.env.LANG);
  const imported = loadConverter(distFolder).importNotebook({ bytes, fileName: path.basename(file), locale });
  if (imported.kind === "failed") return fail(`${file}: ${imported.message}`);
  try {
    await writeFile(target, printNotebook(imported.notebook));
  } catch (error) {
    return fail(`${target}: ${fileProblem(error)}`);
  }
  for (const note of imported.notes) process.stderr.write(`${note}\n`);
  process.stderr.write(`Wrote ${target}.\n`);
  return exitCodes.ok;
}

function fail(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return exitCodes.usage;
}
