// Files of the command line: notebooks read, results written, and what is wrong with either in a sentence.

import { existsSync } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { NotebookFile } from "../notebook/notebookFile.ts";
import { describeFileError, parseNotebookBytes } from "../notebook/parseNotebook.ts";
import { type Locale, nearestLocale } from "../shared/words/message.ts";

/** The notebook, or a sentence that says what is wrong with the file. */
export async function readNotebook(file: string): Promise<NotebookFile | string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return `${file}: ${fileProblem(error)}`;
  }
  const parsed = parseNotebookBytes(bytes);
  return parsed.kind === "parsed" ? parsed.notebook : `${file}: ${describeFileError(parsed.error)}`;
}

/** Why nothing could be written to `out`; `null` when nothing stands in the way. */
export async function outProblem(out: string | null): Promise<string | null> {
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

/** Why a file is not written where nobody said to: it may be one that someone works on. `null` when there is none. */
export function takenProblem(target: string): string | null {
  return existsSync(target) ? `${target} is there already. Name it with --out to write over it.` : null;
}

export function fileProblem(error: unknown): string {
  if (hasCode(error, "ENOENT")) return "file not found. Check the path.";
  if (hasCode(error, "EISDIR")) return "this is a folder. Give a file.";
  if (hasCode(error, "EACCES") || hasCode(error, "EPERM")) return "no permission for this file.";
  return error instanceof Error ? error.message : String(error);
}

export function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** The notebook's own language where it says one, so that files do not depend on the machine. */
export function notebookLocale({ metadata }: NotebookFile): Locale {
  const language = metadata?.language;
  return nearestLocale(typeof language === "string" ? language : (process.env.LC_ALL ?? process.env.LANG));
}
