// Writes a `.nnbook` file: two-space indent, fields in the order they have, one source line a string, a newline at the end.

import type { NotebookFile, NotebookFileCell, NotebookFileOutput } from "./notebookFile.ts";

/**
 * The text of a notebook file. Fields keep the order of the object, so that a file that was read is written as it was;
 * those of a new cell are put into the usual order by {@link newCell}.
 */
export function printNotebook(notebook: NotebookFile): string {
  return `${JSON.stringify(notebook, null, 2)}\n`;
}

/** A cell's text as lines for the file. */
export function toLines(text: string): readonly string[] {
  return text === "" ? [] : text.split(/\r\n|\r|\n/);
}

/** The text of lines in the file. */
export function fromLines(lines: readonly string[]): string {
  return lines.join("\n");
}

/** A cell with its fields in the usual order; what is absent or empty is left out. */
export function newCell({ kind, language, source, outputs, metadata }: NotebookFileCell): NotebookFileCell {
  return {
    kind,
    ...(language === undefined ? {} : { language }),
    source,
    ...(outputs === undefined || outputs.length === 0 ? {} : { outputs }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/**
 * The cell with other outputs, its further fields as they were: no `outputs` field when there is nothing to hold,
 * unless the file had an empty one.
 */
export function withOutputs(cell: NotebookFileCell, outputs: readonly NotebookFileOutput[]): NotebookFileCell {
  if (outputs.length === 0 && !Object.hasOwn(cell, "outputs")) return cell;
  if (Object.hasOwn(cell, "outputs")) {
    if (outputs.length > 0) return { ...cell, outputs };
    const { outputs: dropped, ...rest } = cell;
    return dropped?.length === 0 ? cell : (rest as NotebookFileCell);
  }
  // New outputs follow the source, whatever else the cell holds.
  const fields = Object.entries(cell).flatMap(([key, value]) =>
    key === "source" ? [[key, value] as const, ["outputs", outputs] as const] : [[key, value] as const],
  );
  return Object.fromEntries(fields) as unknown as NotebookFileCell;
}
