// `nnbook export FILE`: writes a notebook as it is, outputs included, in another form. Runs no cell.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { Exported } from "../convert/exported.ts";
import { notebookTitle, scriptCells } from "../notebook/notebookCells.ts";
import type { NotebookFile } from "../notebook/notebookFile.ts";
import { LanguageClient } from "../session/languageClient.ts";
import type { ExportOptions } from "./commandLine.ts";
import { loadConverter } from "./converter.ts";
import { exitCodes } from "./exitCodes.ts";
import { fileProblem, notebookLocale, outProblem, readNotebook, takenProblem } from "./files.ts";
import { whileAlive } from "./whileAlive.ts";

/** Exports and gives the exit code. `distFolder` holds the bundles. */
export async function exportCommand({ file, form, out }: ExportOptions, distFolder: string): Promise<number> {
  const target = out ?? path.join(path.dirname(file), `${nameOf(file)}.${form}`);
  const notebook = await readNotebook(file);
  if (typeof notebook === "string") return fail(notebook);
  if (path.resolve(target) === path.resolve(file)) return fail(`${target} is the notebook itself. Give another --out.`);
  const problem = (out === null ? takenProblem(target) : null) ?? (await outProblem(target));
  if (problem !== null) return fail(problem);
  const { exported, notes } = await convert(notebook, { file, form, target }, distFolder);
  for (const note of notes) process.stderr.write(`${note}\n`);
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
  const beside =
    files.length === 0
      ? ""
      : `, and ${files.length} ${files.length === 1 ? "picture" : "pictures"} in ${path.dirname(files[0]?.path ?? "")}`;
  process.stderr.write(`Wrote ${target}${beside}.\n`);
  return exitCodes.ok;
}

interface Converted {
  readonly exported: Exported;
  /** Sentences on what must be done by hand. */
  readonly notes: readonly string[];
}

async function convert(
  notebook: NotebookFile,
  { file, form, target }: { readonly file: string; readonly form: ExportOptions["form"]; readonly target: string },
  distFolder: string,
): Promise<Converted> {
  const locale = notebookLocale(notebook);
  const name = nameOf(target);
  if (form === "ts") {
    const folders = { script: folderOf(target), notebook: folderOf(file), workspace: process.cwd() };
    return await convertToScript(notebook, { name, folders }, new LanguageClient({ distFolder, locale }));
  }
  const folder = folderOf(file);
  return { exported: loadConverter(distFolder).exportNotebook({ notebook, form, name, locale, folder }), notes: [] };
}

async function convertToScript(
  notebook: NotebookFile,
  {
    name,
    folders,
  }: {
    readonly name: string;
    readonly folders: { readonly script: string; readonly notebook: string; readonly workspace: string };
  },
  language: LanguageClient,
): Promise<Converted> {
  try {
    const title = notebookTitle(notebook) ?? name;
    const asked = language.request({ kind: "writeScript", cells: scriptCells(notebook), title, folders });
    const script = await whileAlive(asked);
    const notes = script.leftOver.map(
      (each) =>
        `Cell ${each.cell + 1} uses what ${each.name} gives, which only notebooks have: change the script there.`,
    );
    return { exported: { text: script.text, files: [] }, notes };
  } finally {
    language.dispose();
  }
}

function folderOf(file: string): string {
  return path.dirname(path.resolve(file));
}

function nameOf(file: string): string {
  return path.basename(file, path.extname(file));
}

function fail(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return exitCodes.usage;
}
