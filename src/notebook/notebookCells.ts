// What readers of a notebook ask of it: its title, and what its cells are written in.

import type { ScriptCell } from "../shared/languageProtocol.ts";
import { fileLanguage, type NotebookFile, type NotebookFileCell } from "./notebookFile.ts";
import { fromLines } from "./printNotebook.ts";

/** The first heading of the first Markdown cells, without its marks; `null` when there is none. */
export function notebookTitle({ cells }: NotebookFile): string | null {
  for (const { kind, source } of cells) {
    if (kind !== "markdown") continue;
    const heading = source.map((line) => /^#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]).find((text) => text !== undefined);
    if (heading !== undefined) return heading.replace(/[*_`]/g, "");
  }
  return null;
}

/** The language of a code cell. */
export function codeLanguage({ language }: NotebookFileCell): string {
  return language ?? fileLanguage;
}

/** The cells as the language worker takes them to write a script. */
export function scriptCells({ cells }: NotebookFile): readonly ScriptCell[] {
  return cells.map((cell) => {
    const kind = cell.kind === "markdown" ? "markdown" : codeLanguage(cell) === fileLanguage ? "code" : "other";
    return { kind, text: fromLines(cell.source) };
  });
}
