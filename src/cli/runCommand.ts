// `nnbook run FILE`: reads the notebook, runs it, writes what was asked for, answers with the exit code.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { errorMimeType, type NotebookFile } from "../notebook/notebookFile.ts";
import { printNotebook, withOutputs } from "../notebook/printNotebook.ts";
import { LanguageClient } from "../session/languageClient.ts";
import { NotebookSession } from "../session/notebookSession.ts";
import type { RunOptions } from "./commandLine.ts";
import { exitCodes } from "./exitCodes.ts";
import { fileProblem, hasCode, notebookLocale, outProblem, readNotebook } from "./files.ts";
import { type CellResult, codeCells, NotebookRun } from "./notebookRun.ts";
import { withParameters } from "./parameters.ts";
import { Progress } from "./progress.ts";
import { whileAlive } from "./whileAlive.ts";

/** 24 days: what is longer, Node takes for a millisecond. */
const longestTimerMs = 2 ** 31 - 1;

/** Runs the command and gives the exit code. `distFolder` holds the bundles. */
export async function runCommand(options: RunOptions, distFolder: string): Promise<number> {
  const progress = new Progress({
    write: (text) => process.stderr.write(text),
    columns: process.stderr.isTTY === true ? process.stderr.columns : null,
  });
  // Who reads the output may go before the end (`nnbook run … | head`): the notebook still runs, and is written.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const read = await readNotebook(options.file);
  // Asked before the work, so that it is not lost at its end.
  const outside = typeof read === "string" ? read : await outProblem(options.out);
  if (typeof read === "string" || outside !== null) return refuse("FileError", outside ?? "", options, progress);
  const language = new LanguageClient({ distFolder, locale: notebookLocale(read) });
  try {
    const notebook = await whileAlive(withParameters(read, options.parameters, language));
    if (typeof notebook === "string") return refuse("ParameterError", notebook, options, progress);
    return await runNotebook(notebook, { options, progress, language, distFolder });
  } finally {
    language.dispose();
  }
}

/** Nothing has run. */
function refuse(name: string, problem: string, { json }: RunOptions, progress: Progress): number {
  progress.say(problem);
  if (json) process.stdout.write(jsonRefusal(name, problem));
  return exitCodes.usage;
}

/** What `--json` prints when nothing has run. */
export function jsonRefusal(name: string, message: string): string {
  return `${JSON.stringify({ ok: false, error: { name, message }, cells: [] })}\n`;
}

interface RunContext {
  readonly options: RunOptions;
  readonly progress: Progress;
  readonly language: LanguageClient;
  readonly distFolder: string;
}

async function runNotebook(notebook: NotebookFile, context: RunContext): Promise<number> {
  const { options, progress } = context;
  const { cells, skipped } = codeCells(notebook);
  for (const { label } of skipped) progress.say(`${label} is not TypeScript: not run.`);
  const run = new NotebookRun({
    cells,
    progress,
    print: (stream, text) => {
      if (!options.json) process[stream].write(text);
    },
  });
  const { results, wasInterrupted } = await runInSession(run, notebook, context);
  const isOk = results.every((result) => result.isOk);
  if (options.json) process.stdout.write(`${JSON.stringify(jsonReport(results, options.parameters, isOk))}\n`);
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
  notebook: NotebookFile,
  { options: { file, timeoutSeconds }, language, distFolder }: RunContext,
): Promise<{ readonly results: readonly CellResult[]; readonly wasInterrupted: boolean }> {
  const session = new NotebookSession({
    distFolder,
    folder: path.dirname(path.resolve(file)),
    workspaceFolder: process.cwd(),
    language,
    locale: notebookLocale(notebook),
    onEvent: (event) => run.handle(event),
  });
  const timer =
    timeoutSeconds === null
      ? null
      : setTimeout(
          () => run.stop(`All cells together took longer than ${timeoutSeconds} s (--timeout).`),
          Math.min(timeoutSeconds * 1000, longestTimerMs),
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

function jsonReport(results: readonly CellResult[], parameters: RunOptions["parameters"], isOk: boolean): object {
  const given = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  return {
    ok: isOk,
    ...(parameters.length === 0 ? {} : { parameters: given }),
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
