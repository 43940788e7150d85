// The numbers behind a picture as a table: for reading, for screen readers, and as CSV.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber, formatShare } from "../../src/shared/numbers.ts";
import { element, setHidden, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";

/** Columns and rows; the first column names the row. Text stands as it is, numbers are formatted (in CSV: kept exact). */
export interface TableData {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** `{ count }` is a whole number of things: 1,840, never 1.84×10³. `{ share }` lies between 0 and 1 and is read in percent. */
export type TableCell =
  | string
  | { readonly number: ViewNumber }
  | { readonly count: number }
  | { readonly share: number };

export interface DataTable {
  readonly node: HTMLElement;
  readonly open: boolean;
  setOpen(open: boolean): void;
  /** The numbers changed: an open table changes in place. */
  update(): void;
  /** The numbers as they are now. */
  readonly data: TableData;
}

/** A table that is hidden until the reader asks for it; `read` is asked only then, since a live view changes often. */
export function createDataTable(host: ViewHost, read: () => TableData): DataTable {
  const caption = element("caption");
  const head = element("thead");
  const body = element("tbody");
  const table = element("table", { class: "table" }, caption, head, body);
  const node = element("div", { class: "scroll numbers", tabindex: 0, role: "region" }, table);
  let isOpen = false;
  let columns = "";
  const draw = () => {
    setHidden(node, !isOpen);
    if (!isOpen) return;
    const data = read();
    node.setAttribute("aria-label", data.caption);
    setText(caption, data.caption);
    if (columns !== data.columns.join("\n")) {
      columns = data.columns.join("\n");
      head.replaceChildren(element("tr", {}, ...data.columns.map((name, at) => headCell(name, at))));
      body.replaceChildren();
    }
    fillRows(host, body, data.rows);
  };
  draw();
  return {
    node,
    get open() {
      return isOpen;
    },
    get data() {
      return read();
    },
    setOpen(next) {
      isOpen = next;
      draw();
    },
    update: draw,
  };
}

/** Changes cells in place, so that a selection and the place read are kept while a training goes on. */
function fillRows(host: ViewHost, body: HTMLElement, rows: TableData["rows"]): void {
  while (body.children.length > rows.length) body.lastElementChild?.remove();
  rows.forEach((row, index) => {
    const before = body.children[index];
    if (before === undefined) body.append(element("tr", {}, ...row.map((cell, at) => bodyCell(host, cell, at))));
    else
      row.forEach((cell, at) => {
        const node = before.children[at];
        if (node !== undefined) setText(node, cellText(cell, host.locale));
      });
  });
}

function headCell(name: string, at: number): HTMLElement {
  return element("th", { scope: "col", class: at > 0 ? "right" : null }, name);
}

function bodyCell(host: ViewHost, cell: TableCell, at: number): HTMLElement {
  const text = cellText(cell, host.locale);
  return at === 0 ? element("th", { scope: "row" }, text) : element("td", { class: "right" }, text);
}

function cellText(cell: TableCell, locale: string): string {
  if (typeof cell === "string") return cell;
  if ("share" in cell) return formatShare(cell.share);
  return "count" in cell ? cell.count.toLocaleString(locale) : formatNumber(cell.number, { locale });
}

/** RFC 4180, with numbers as JavaScript writes them and nothing where a number was not computed. */
export function tableCsv(data: TableData): string {
  const lines = [data.columns, ...data.rows.map((row) => row.map(exactText))];
  return lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
}

function exactText(cell: TableCell): string {
  if (typeof cell === "string") return cell;
  const value = "count" in cell ? cell.count : "share" in cell ? cell.share : cell.number;
  return value === null ? "" : String(value);
}

// A spreadsheet runs a field that starts with one of these as a formula; a name from a stranger's file must not.
function quoted(field: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.I])/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
