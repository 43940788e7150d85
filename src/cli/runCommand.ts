// `nnbook run FILE`: reads the notebook, runs it, writes what was asked for, answers with the exit code.

import { access, constants, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { errorMimeType, type NotebookFile } from "../notebook/notebookFile.ts";
import { describeFileError, parseNotebookBytes } from "../notebook/parseNotebook.ts";
import { printNotebook, withOutputs } from "../notebook/printNotebook.ts";
import { LanguageClient } from "../session/languageClient.ts";
import { NotebookSession } from "../session/notebookSession.ts";
import { type Locale, nearestLocale } from "../shared/words/message.ts";
import type { RunOptions } from "./commandLine.ts";
import { type CellResult, codeCells, NotebookRun } from "./notebookRun.ts";
import { Progress } from "./progress.ts";

export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Runs the command and gives the exit code. `distFolder` holds the bundles. */
export async function runCommand(options: RunOptions, distFolder: string): Promise<number> {
  const progress = new Progress({
    write: (text) => process.stderr.write(text),
    columns: process.stderr.isTTY === true ? process.stderr.columns : null,
  });
  // Who reads the output may go before the end (`nnbook run … | head`): the notebook still runs, and is written.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const notebook = await readNotebook(options.file);
  // Asked before the work, so that it is not lost at its end.
  const problem = typeof notebook === "string" ? notebook : await outProblem(options.out);
  if (typeof notebook === "string" || problem !== null) {
    progress.say(problem ?? "");
    const error = { name: "FileError", message: problem };
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, error, cells: [] })}\n`);
    return exitCodes.usage;
  }
  const { cells, skipped } = codeCells(notebook);
  for (const { label } of skipped) progress.say(`${label} is not TypeScript: not run.`);
  const run = new NotebookRun({
    cells,
    progress,
    print: (stream, text) => {
      if (!options.json) process[stream].write(text);
    },
  });
  const { results, wasInterrupted } = await runInSession(run, options, notebook, distFolder);
  const isOk = results.every((result) => result.isOk);
  if (options.json) process.stdout.write(`${JSON.stringify(jsonReport(results, isOk))}\n`);
  if (options.out !== null) {
    const problem = await writeOutputs(options.out, notebook, results);
    if (problem !== null) {
      progress.say(problem);
      return exitCodes.usage;
    }
  }
  if (wasInterrupted) return exitCodes.interrupted;
  return isOk ? exitCodes.ok : exitCodes.failed;
}

async function runInSession(
  run: NotebookRun,
  { file, timeoutSeconds }: RunOptions,
  notebook: NotebookFile,
  distFolder: string,
): Promise<{ readonly results: readonly CellResult[]; readonly wasInterrupted: boolean }> {
  const language = new LanguageClient({ distFolder, locale: notebookLocale(notebook) });
  const session = new NotebookSession({
    distFolder,
    folder: path.dirname(path.resolve(file)),
    language,
    locale: notebookLocale(notebook),
    onEvent: (event) => run.handle(event),
  });
  const timer =
    timeoutSeconds === null
      ? null
      : setTimeout(
          () => run.stop(`All cells together took longer than ${timeoutSeconds} s (--timeout).`),
          timeoutSeconds * 1000,
        );
  let wasInterrupted = false;
  const onCtrlC = () => {
    // The second time there is no patience left.
    if (wasInterrupted) session.dispose();
    wasInterrupted = true;
    run.stop("Stopped by Ctrl+C.");
  };
  process.on("SIGINT", onCtrlC);
  process.on("SIGTERM", onCtrlC);
  try {
    return { results: await run.run(session), wasInterrupted };
  } finally {
    if (timer !== null) clearTimeout(timer);
    process.off("SIGINT", onCtrlC);
    process.off("SIGTERM", onCtrlC);
    session.dispose();
    language.dispose();
  }
}

/** The notebook, or a sentence that says what is wrong with the file. */
async function readNotebook(file: string): Promise<NotebookFile | string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return `${file}: ${fileProblem(error)}`;
  }
  const parsed = parseNotebookBytes(bytes);
  return parsed.kind === "parsed" ? parsed.notebook : `${file}: ${describeFileError(parsed.error)}`;
}

/** Why the outputs could not be written; `null` when nothing stands in the way. */
async function outProblem(out: string | null): Promise<string | null> {
  if (out === null) return null;
  const folder = path.dirname(path.resolve(out));
  try {
    if (!(await stat(folder)).isDirectory()) return `${out}: ${folder} is not a folder.`;
  } catch {
    return `${out}: there is no folder ${folder} to write to. Create it first, or give another --out.`;
  }
  try {
    if ((await stat(out)).isDirectory()) return `${out}: ${fileProblem({ code: "EISDIR" })}`;
    await access(out, constants.W_OK);
    return null;
  } catch (error) {
    // A new file: then the folder must let one be made.
    if (!hasCode(error, "ENOENT")) return `${out}: ${fileProblem(error)}`;
  }
  try {
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    return `${out}: ${fileProblem(error)}`;
  }
}

function ignoreClosedPipe(error: Error): void {
  if (!hasCode(error, "EPIPE")) throw error;
}

async function writeOutputs(
  out: string,
  notebook: NotebookFile,
  results: readonly CellResult[],
): Promise<string | null> {
  const outputs = new Map(results.map((result) => [result.cell.index, result.outputs]));
  const cells = notebook.cells.map((cell, index) => {
    const made = outputs.get(index);
    return made === undefined || made === null ? cell : withOutputs(cell, made);
  });
  try {
    await writeFile(out, printNotebook({ ...notebook, cells }));
    return null;
  } catch (error) {
    return `${out}: ${fileProblem(error)}`;
  }
}

function jsonReport(results: readonly CellResult[], isOk: boolean): object {
  return {
    ok: isOk,
    cells: results.map(({ cell, isOk: cellIsOk, error, outputs }) => ({
      index: cell.index,
      ok: cellIsOk,
      ...(error === null ? {} : { error: jsonError(error) }),
      // The error stands beside them, in its own field.
      outputs: (outputs ?? []).map(({ items }) => items).filter((items) => !Object.hasOwn(items, errorMimeType)),
    })),
  };
}

function jsonError({ name, message, stack, place }: NonNullable<CellResult["error"]>): object {
  const at =
    place === null ? {} : { line: place.line, column: place.column, cell: Number(place.cellId.replace("cell:", "")) };
  return { name, message, ...at, ...(stack === "" ? {} : { stack }) };
}

function fileProblem(error: unknown): string {
  if (hasCode(error, "ENOENT")) return "file not found. Check the path.";
  if (hasCode(error, "EISDIR")) return "this is a folder. Give a .nnbook file.";
  if (hasCode(error, "EACCES") || hasCode(error, "EPERM")) return "no permission for this file.";
  return error instanceof Error ? error.message : String(error);
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** The notebook's own language where it says one, so that outputs in a file do not depend on the machine. */
function notebookLocale({ metadata }: NotebookFile): Locale {
  const language = metadata?.language;
  return nearestLocale(typeof language === "string" ? language : (process.env.LC_ALL ?? process.env.LANG));
}
