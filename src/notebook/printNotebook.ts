// Writes a `.nnbook` file: two-space indent, fields in the order they have, one source line a string, what is small in a view in one line.

import type { NotebookFile, NotebookFileCell, NotebookFileOutput } from "./notebookFile.ts";

/**
 * The text of a notebook file. Fields keep the order of the object, so that a file that was read is written as it was;
 * those of a new cell are put into the usual order by {@link newCell}.
 */
export function printNotebook(notebook: NotebookFile): string {
  return `${print(notebook, "")}\n`;
}

/** In a view, what fits into so many characters stands in one line: one layer, one variant of a race. Indent would double large ones. */
const lineLength = 1200;
/** Our views; JSON of a user's own is written as they know it. */
const viewMime = "application/vnd.nnbook.";
/** Where a value stands: a view itself is a block, whatever its size. */
type Place = "file" | "view" | "inView";

/**
 * As `JSON.stringify` with two spaces would, but for lists of numbers (a chart holds thousands, and one a line is mostly indent),
 * and for the small parts of a view.
 */
function print(value: unknown, indent: string, place: Place = "file"): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inside = place === "view" ? "inView" : place;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (isNumberList(value)) return `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const items = value.map((item) => print(item, inner, inside));
    return block(["[", "]"], items, { indent, place });
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const parts = fields.map(([name, field]) => {
    const isView = place === "file" && name.startsWith(viewMime);
    return `${JSON.stringify(name)}: ${print(field, inner, isView ? "view" : inside)}`;
  });
  return block(["{", "}"], parts, { indent, place });
}

function block(
  [open, close]: readonly [open: string, close: string],
  parts: readonly string[],
  { indent, place }: { readonly indent: string; readonly place: Place },
): string {
  if (parts.length === 0) return open + close;
  if (place === "inView" && parts.length < lineLength / 4) {
    const space = open === "{" ? " " : "";
    const line = `${open}${space}${parts.join(", ")}${space}${close}`;
    if (line.length <= lineLength && !line.includes("\n")) return line;
  }
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(",\n")}\n${indent}${close}`;
}

/** Numbers as a view has them; a list of nothing but words is text. */
function isNumberList(items: readonly unknown[]): boolean {
  return items.some((item) => typeof item === "number") && items.every(isViewNumber);
}

function isViewNumber(item: unknown): boolean {
  return item === null || typeof item === "number" || item === "NaN" || item === "Infinity" || item === "-Infinity";
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
