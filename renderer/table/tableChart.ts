// The table view: a line a column with its histogram or its words, then the first rows.

import { formatCount, formatNumber, formatShort, formatWhole } from "../../src/shared/numbers.ts";
import type { TableColumn, TableView } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { createDataTable, type TableCell, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { tableWords } from "../words/tableWords.ts";
import { unbroken } from "../words/unbroken.ts";
import { columnWordsText } from "./columnWords.ts";

/** So wide and under, the means are left out. */
const narrowPx = 520;

const rules = `
.dataColumns { max-width: 760px; }
.dataColumns .name { font-family: var(--nn-code-font); white-space: pre; max-width: 180px; overflow: hidden; text-overflow: ellipsis; }
.dataColumns .role { margin-left: 6px; font: 11px/16px var(--nn-font); color: var(--nn-muted); }
.dataColumns td { height: 28px; }
.dataColumns .words { overflow-wrap: anywhere; }
.bars { display: flex; gap: 1px; align-items: flex-end; width: 100px; height: 20px; border-bottom: 1px solid var(--nn-axis); }
.bars i { flex: 1 1 0; min-width: 0; background: var(--nn-neutral); }
.bars i.none { background: none; }
/* Many bars in little room: without gaps, or two that stand apart would look like the edges of a box. */
@container view (max-width: ${narrowPx}px) { .bars:has(> :nth-child(13)) { gap: 0; border-bottom-color: var(--nn-hairline); } }
.rowsTable { margin-top: 16px; max-width: 100%; }
.rowsTable .table { width: auto; }
.rowsTable td { white-space: nowrap; }
@container view (max-width: ${narrowPx}px) { .dataColumns .wide { display: none; } .dataColumns .bars { width: 72px; } .dataColumns .name { max-width: 110px; } }
@container view (max-width: 340px) { .dataColumns .bars { width: 48px; } .dataColumns .name { max-width: 96px; } .dataColumns :is(th, td) { padding-right: 8px; } }
`;

export function createTableChart(host: ViewHost, first: TableView): Chart<TableView> {
  addStyles(host.root, rules);
  let shown = first;
  const numbers = createDataTable(host, () => statistics(host, shown));
  const tools = createViewTools(host, {
    table: numbers,
    fileName: `table-${first.name}`,
    tableIsShown: true,
    furtherNumbers: {
      label: host.wordIn(tableWords, "rowsLabel"),
      suffix: "rows",
      read: () => rowNumbers(host, shown),
    },
  });
  const sentence = createSentence(host, first.sentence, tools.node);
  const body = element("div");
  host.root.append(sentence.node, body);
  // Words stand under the numbers' heads: one that is hidden must not count, or it would make a column of its own.
  const spanWords = () => {
    for (const cell of body.querySelectorAll<HTMLTableCellElement>("td.words"))
      cell.colSpan = host.widthPx > narrowPx ? 3 : 2;
  };
  const update = (view: TableView) => {
    shown = view;
    sentence.update(view.sentence);
    const isCut = view.columnCount > view.columns.length;
    const cut = { shown: counted(view.columns.length), columns: counted(view.columnCount) };
    body.replaceChildren(
      columnsTable(host, view),
      ...(isCut ? [element("p", { class: "note" }, host.wordIn(tableWords, "firstColumns", cut))] : []),
      ...(view.shownRows > 0 ? [rowsTable(host, view)] : []),
    );
    spanWords();
  };
  update(first);
  host.onWidth(spanWords);
  return { update, dispose: () => body.remove() };
}

const counted = (value: number) => ({ kind: "count", value }) as const;

/** A part of the page that may be wider than its place: it scrolls, by keys too. */
function scrolling(label: string, className: string, child: Node): HTMLElement {
  return element("div", { class: `scroll ${className}`, tabindex: 0, role: "region", "aria-label": label }, child);
}

function columnsTable(host: ViewHost, view: TableView): HTMLElement {
  const word = (id: Parameters<typeof host.wordIn<keyof (typeof tableWords)["en"]>>[1]) => host.wordIn(tableWords, id);
  const hasMissing = view.columns.some(({ missing }) => missing > 0);
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, word("column")),
    element("th", { scope: "col" }, word("spread")),
    element("th", { scope: "col", class: "right" }, word("lowest")),
    element("th", { scope: "col", class: "right wide" }, word("mean")),
    element("th", { scope: "col", class: "right" }, word("highest")),
    hasMissing ? element("th", { scope: "col", class: "right" }, word("missing")) : null,
  );
  const rows = view.columns.map((column) => columnRow(host, column, hasMissing));
  const label = host.word("numbersOf", { caption: view.name });
  const table = element("table", { class: "table" }, element("thead", {}, head), element("tbody", {}, ...rows));
  return scrolling(label, "dataColumns", table);
}

function columnRow(host: ViewHost, column: TableColumn, hasMissing: boolean): HTMLElement {
  const { name, role, numbers, words, missing } = column;
  const number = (value: Parameters<typeof formatNumber>[0]) => formatNumber(value, { locale: host.locale });
  const end = (value: Parameters<typeof formatNumber>[0]) =>
    numbers?.whole ? formatWhole(value, host.locale) : number(value);
  const right = (text: string, className = "") => element("td", { class: `right number ${className}` }, text);
  const target = role === "target" ? element("span", { class: "role" }, host.wordIn(tableWords, "target")) : null;
  return element(
    "tr",
    {},
    element("th", { scope: "row", class: "name", title: name }, name, target),
    element("td", {}, bars(host, column)),
    ...(numbers === null
      ? [element("td", { class: "words" }, wordsText(host, words))]
      : [
          right(end(numbers.min)),
          right(numbers.mean === null ? "–" : `${number(numbers.mean)} ± ${number(numbers.std)}`, "wide"),
          right(end(numbers.max)),
        ]),
    hasMissing ? right(missing === 0 ? "" : formatCount(missing, host.locale)) : null,
  );
}

function wordsText(host: ViewHost, words: TableColumn["words"]): string {
  return words === null ? "" : unbroken(columnWordsText(words, host.locale));
}

/** The column's spread as bars; what they say is also their label. */
function bars(host: ViewHost, { numbers, words }: TableColumn): HTMLElement {
  const counts = numbers?.histogram ?? words?.most.map(({ count }) => count) ?? [];
  const most = Math.max(1, ...counts);
  const marks = counts.map((count) =>
    element("i", { class: count === 0 ? "none" : null, style: `height: ${Math.max(5, (count / most) * 100)}%` }),
  );
  return element("div", { class: "bars", role: "img", "aria-label": barsLabel(host, numbers, words) }, ...marks);
}

function barsLabel(host: ViewHost, numbers: TableColumn["numbers"], words: TableColumn["words"]): string {
  if (numbers === null) return wordsText(host, words);
  const { min, max, histogram, whole } = numbers;
  const bin = histogram.indexOf(Math.max(...histogram));
  const peak =
    typeof min === "number" && typeof max === "number" ? min + ((bin + 0.5) / histogram.length) * (max - min) : null;
  const text = (value: typeof min) => formatNumber(value, { locale: host.locale });
  const end = (value: typeof min) => (whole ? formatWhole(value, host.locale) : text(value));
  return host.wordIn(tableWords, "histogram", { min: end(min), max: end(max), peak: text(peak) });
}

function rowsTable(host: ViewHost, view: TableView): HTMLElement {
  const caption = host.wordIn(tableWords, view.shownRows < view.rowCount ? "rows" : "allRows", {
    shown: counted(view.shownRows),
    rows: counted(view.rowCount),
  });
  const columns = view.columns.map(({ name, numbers }) =>
    element("th", { scope: "col", class: numbers === null ? null : "right" }, name),
  );
  const head = element("tr", {}, element("th", { scope: "col" }, host.wordIn(tableWords, "row")), ...columns);
  const rows = Array.from({ length: view.shownRows }, (_, row) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", class: "number" }, String(row)),
      ...view.columns.map(({ cells, numbers }) =>
        element(
          "td",
          { class: numbers === null ? null : "right number" },
          cellText(cells[row], numbers?.whole === true, host.locale),
        ),
      ),
    ),
  );
  const parts = [element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...rows)];
  return scrolling(caption, "rowsTable keepsNames", element("table", { class: "table" }, ...parts));
}

function cellText(cell: TableColumn["cells"][number] | undefined, isWhole: boolean, locale: string): string {
  if (typeof cell === "object" && cell !== null) return cell.word;
  return isWhole ? formatWhole(cell, locale) : formatShort(cell, locale);
}

/** The rows that are shown, as they stand in the data. */
function rowNumbers(host: ViewHost, { columns, shownRows }: TableView): TableData {
  return {
    caption: host.wordIn(tableWords, "rowsLabel"),
    columns: [host.wordIn(tableWords, "row"), ...columns.map(({ name }) => name)],
    rows: Array.from({ length: shownRows }, (_, row) => [
      String(row),
      ...columns.map(({ cells }): TableCell => {
        const cell = cells[row] ?? null;
        return typeof cell === "object" && cell !== null ? cell.word : { number: cell };
      }),
    ]),
  };
}

/** What is copied as numbers: the statistics of the columns. */
function statistics(host: ViewHost, view: TableView): TableData {
  const ids = ["column", "lowest", "mean", "std", "highest", "missing", "distinct"] as const;
  return {
    caption: host.word("numbersOf", { caption: view.name }),
    columns: ids.map((id) => host.wordIn(tableWords, id)),
    rows: view.columns.map(({ name, numbers, words, missing }) => [
      name,
      { number: numbers?.min ?? null },
      { number: numbers?.mean ?? null },
      { number: numbers?.std ?? null },
      { number: numbers?.max ?? null },
      { count: missing },
      words === null ? { number: null } : { count: words.distinct },
    ]),
  };
}
