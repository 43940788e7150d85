// A table as text: what is in each column, then the first rows.

import { formatCount, formatNumber, formatShort, formatWhole } from "../../shared/numbers.ts";
import type { TableColumn, TableView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { tableTextWords } from "../../shared/words/views/tableSentences.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, wordsOf } from "../text/writing.ts";

const word = wordsOf(tableTextWords);
const blocks = "▁▂▃▄▅▆▇█";
/** A terminal is not wide; the rest is in the picture. */
const shownColumns = 12;
const shownRows = 8;

export function tableText(view: TableView, locale: Locale): string {
  const head = [left(word("column", locale)), left(word("spread", locale)), left(word("values", locale))];
  const columns = view.columns.map((column) => [column.name, sparkText(column), valuesText(column, locale)]);
  const left0 = view.columnCount - view.columns.length;
  const more = left0 > 0 ? word("moreColumns", locale, { count: { kind: "count", value: left0 } }) : "";
  return paragraphs([sentenceText(view.sentence, locale), textTable(head, columns), more, rowsText(view, locale)]);
}

function valuesText({ numbers, words, missing }: TableColumn, locale: Locale): string {
  const parts: string[] = [];
  const number = (value: Parameters<typeof formatNumber>[0]) => formatNumber(value, { locale });
  const end = (value: Parameters<typeof formatNumber>[0]) =>
    numbers?.whole ? formatWhole(value, locale) : number(value);
  if (numbers !== null)
    parts.push(`${end(numbers.min)} … ${end(numbers.max)} (${number(numbers.mean)} ± ${number(numbers.std)})`);
  if (words !== null) {
    parts.push(words.most.map(({ word, count }) => `${word}: ${formatCount(count, locale)}`).join(", "));
    if (words.distinct > words.most.length) parts.push("…");
  }
  if (missing > 0) parts.push(word("missing", locale, { count: { kind: "count", value: missing } }));
  return parts.join(" ");
}

function sparkText({ numbers, words }: TableColumn): string {
  const counts = numbers?.histogram ?? words?.most.map(({ count }) => count) ?? [];
  const most = Math.max(1, ...counts);
  return counts.map((count) => (count === 0 ? " " : blocks.charAt(Math.floor((count / most) * 7.999)))).join("");
}

function rowsText(view: TableView, locale: Locale): string {
  const shown = Math.min(view.shownRows, shownRows);
  if (shown === 0) return "";
  const { columns } = view;
  const some = columns.length <= shownColumns ? columns : [...columns.slice(0, shownColumns - 1), ...columns.slice(-1)];
  const rows = Array.from({ length: shown }, (_, row) => [
    String(row),
    ...some.map(({ cells, numbers }) => {
      const cell = cells[row];
      return typeof cell === "object" && cell !== null
        ? cell.word
        : (numbers?.whole ? formatWhole : formatShort)(cell, locale);
    }),
  ]);
  return textTable([right(""), ...some.map(({ name }) => right(name))], rows);
}
