// `nnbook export FILE`: writes a notebook as it is, outputs included, in another form. Runs no cell.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { ExportOptions } from "./commandLine.ts";
import { loadConverter } from "./converter.ts";
import { exitCodes } from "./exitCodes.ts";
import { fileProblem, notebookLocale, outProblem, readNotebook } from "./files.ts";

/** Exports and gives the exit code. `distFolder` holds the bundles. */
export async function exportCommand({ file, form, out }: ExportOptions, distFolder: string): Promise<number> {
  const target = out ?? path.join(path.dirname(file), `${nameOf(file)}.${form}`);
  const notebook = await readNotebook(file);
  const problem = typeof notebook === "string" ? notebook : await outProblem(target);
  if (typeof notebook === "string" || problem !== null) return fail(problem ?? "");
  if (path.resolve(target) === path.resolve(file)) return fail(`${target} is the notebook itself. Give another --out.`);
  const exported = loadConverter(distFolder).exportNotebook({
    notebook,
    form,
    name: nameOf(target),
    locale: notebookLocale(notebook),
    folder: path.dirname(path.resolve(file)),
  });
  // The text that names the others comes last.
  const files = exported.files.map((each) => ({ ...each, path: path.join(path.dirname(target), each.path) }));
  for (const { path: at, content } of [...files, { path: target, content: exported.text }]) {
    try {
      await mkdir(path.dirname(at), { recursive: true });
      await writeFile(at, content);
    } catch (error) {
      return fail(`${at}: ${fileProblem(error)}`);
    }
  }
  const beside = files.length === 0 ? "" : `, and ${files.length} pictures in ${path.dirname(files[0]?.path ?? "")}`;
  process.stderr.write(`Wrote ${target}${beside}.\n`);
  return exitCodes.ok;
}

function nameOf(file: string): string {
  return path.basename(file, path.extname(file));
}

function fail(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return exitCodes.usage;
}
