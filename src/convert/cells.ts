// What every form of export asks of a notebook: its title, and what its cells are written in.

import { fileLanguage, type NotebookFile, type NotebookFileCell } from "../notebook/notebookFile.ts";

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
