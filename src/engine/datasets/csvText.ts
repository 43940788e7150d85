// The text of a CSV file as rows of cells: quotes, line ends and separators as spreadsheets write them (RFC 4180, and what Excel makes of it).
//
// Own code (3 kB) where there are good libraries, for two reasons: errors name the line that a row begins in, and the engine imports nothing and runs in
// browsers. Papa Parse 5.7 (21 kB) knows no lines, splits `1, "a, b"` within the quotes, and takes two rows for one where line ends are mixed, without a word.
// csv-parse 7 (30 kB, which needs Node's Buffer; 51 kB with its own) knows the line that a row ends in.

import { counted, ValueError } from "../errors.ts";

export interface CsvRow {
  /** Where it begins, counted from 1, as an editor does. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  /** The names of the columns. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly separator: string;
}

export interface CsvForm {
  /** What stands between two cells; `null`: the one of `,`, `;` and tab that the first line has most of. */
  readonly separator: string | null;
  /** Whether the first line holds names. */
  readonly hasHeader: boolean;
}

const op = "datasets.csv";

/** @throws ValueError for text that is no table with equally long rows. */
export function readCsv(path: string, text: string, { separator: given, hasHeader }: CsvForm): CsvTable {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const separator = given ?? separatorIn(plain);
  const lines = readRows(path, plain, separator);
  const [first] = lines;
  if (first === undefined) throw new ValueError({ op, expected: `examples in ${path}`, got: "an empty file" });
  if (hasHeader) checkHeader(path, first.cells);
  const columns = first.cells.map((name, index) => (hasHeader && name !== "" ? name : `column ${index + 1}`));
  const twice = columns.find((name, index) => columns.indexOf(name) < index);
  if (twice !== undefined)
    throw new ValueError({ op, expected: `each column of ${path} with a name of its own`, got: `"${twice}" twice` });
  const rows = hasHeader ? lines.slice(1) : lines;
  for (const { line, cells } of rows)
    if (cells.length !== columns.length)
      throw new ValueError({
        op,
        expected: `${counted(columns.length, "value")} in each line of ${path}, as in the first`,
        got: `${cells.length} in line ${line}`,
        hint: `A value that holds "${separator}" itself stands in double quotes.`,
      });
  return { columns, rows, separator };
}

function separatorIn(text: string): string {
  const line = /^[^\r\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, "") ?? "";
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: line.split(separator).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}

function readRows(path: string, text: string, separator: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const cells: string[] = [];
    const begins = line;
    for (let isOpen = true; isOpen; ) {
      while (text[at] === " ") at++;
      if (text[at] === '"') {
        const cell = quotedCell(path, text, { at, line, separator });
        cells.push(cell.text);
        line += cell.lines;
        at = cell.end;
      } else {
        const start = at;
        while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at++;
        cells.push(text.slice(start, at).trim());
      }
      isOpen = text[at] === separator;
      if (isOpen) at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    // An empty line says nothing.
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: begins, cells });
  }
  return rows;
}

/** A cell in quotes may hold separators, line ends, and quotes written twice. */
function quotedCell(
  path: string,
  text: string,
  { at, line, separator }: { readonly at: number; readonly line: number; readonly separator: string },
): { readonly text: string; readonly lines: number; readonly end: number } {
  let cell = "";
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1)
      throw new ValueError({
        op,
        expected: `a closing quote in ${path}`,
        got: `none for the quote that opens in line ${line}`,
      });
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const lines = cell.split("\n").length - 1;
      let end = quote + 1;
      while (text[end] === " ") end++;
      if (end === text.length || [separator, "\r", "\n"].includes(text[end] ?? "")) return { text: cell, lines, end };
      throw new ValueError({
        op,
        expected: `"${separator}" or the line's end behind a closing quote in ${path}`,
        got: `"${text[end]}" in line ${line + lines}`,
        hint: "A quote within quotes is written twice.",
      });
    }
    cell += '"';
    from = quote + 2;
  }
}

function checkHeader(path: string, cells: readonly string[]): void {
  if (!cells.every((cell) => cell !== "" && Number.isFinite(Number(cell)))) return;
  throw new ValueError({
    op,
    expected: `the names of the columns in the first line of ${path}`,
    got: `numbers: ${cells.slice(0, 3).join(", ")}${cells.length > 3 ? " …" : ""}`,
    hint: "Say { header: false } when the first line is an example already.",
  });
}
