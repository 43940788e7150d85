// A tensor as text: shape, range, and a corner of its numbers.

import { formatNumber, formatShort } from "../../shared/numbers.ts";
import type { TensorPage, TensorView } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { tableTextWords } from "../../shared/words/views/tableSentences.ts";
import { textTable } from "../text/textTable.ts";
import { paragraphs, right, wordsOf } from "../text/writing.ts";

const word = wordsOf(tableTextWords);
const shownColumns = 8;
const shownRows = 8;
const shownPages = 2;

export function tensorText(view: TensorView, locale: Locale): string {
  const { name, shape, min, mean, std, max, zeros, notFinite, rows, columns, pages, pageCount } = view;
  const number = (value: typeof min) => formatNumber(value, { locale });
  const count = (value: number) => ({ kind: "count", value }) as const;
  const range = word("range", locale, {
    min: number(min),
    max: number(max),
    mean: number(mean),
    std: number(std),
    zeros: count(zeros),
  });
  const head = [
    `${name ?? word("tensor", locale)} [${shape.join(", ")}] ${min === null ? "" : range}`.trim(),
    ...(notFinite > 0 ? [word("someNotFinite", locale, { count: count(notFinite) })] : []),
  ].join(", ");
  const isCut =
    Math.min(rows.length, shownRows) < (shape.at(-2) ?? 1) ||
    Math.min(columns.length, shownColumns) < (shape.at(-1) ?? 1);
  const shown = {
    rows: count(Math.min(rows.length, shownRows)),
    columns: count(Math.min(columns.length, shownColumns)),
  };
  const more = pageCount - Math.min(pages.length, shownPages);
  return paragraphs([
    head + (isCut ? `\n${word("thinned", locale, shown)}` : ""),
    ...pages.slice(0, shownPages).map((page) => pageText(page, view, locale)),
    more > 0 ? word("morePages", locale, { count: count(more) }) : "",
  ]);
}

function pageText({ place, values }: TensorPage, { rows, columns }: TensorView, locale: Locale): string {
  const at = (axis: readonly number[], most: number) => {
    const step = Math.max(1, Math.ceil(axis.length / most));
    return axis.map((_, index) => index).filter((index) => index % step === 0);
  };
  const shown = at(columns, shownColumns);
  const lines = at(rows, shownRows).map((row) => [
    String(rows[row] ?? 0),
    ...shown.map((column) => formatShort(values[row * columns.length + column], locale)),
  ]);
  const table = textTable([right(""), ...shown.map((column) => right(String(columns[column] ?? 0)))], lines);
  return place.length === 0 ? table : `${word("at", locale, { place: place.join(", ") })}\n${table}`;
}
