// The words of a column in one line, on the page and in a still picture.

import { formatCount } from "../../src/shared/numbers.ts";
import type { ColumnWords } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { tableWords } from "../words/tableWords.ts";

/** Of words that all differ (dates, names) a few say what they are like. */
const fewWords = 3;

/** "setosa: 50 · virginica: 50 · and 1 more". */
export function columnWordsText({ most, distinct }: ColumnWords, locale: Locale): string {
  const allDiffer = distinct > fewWords && most[0]?.count === 1;
  const shown = allDiffer ? most.slice(0, fewWords) : most;
  const rest = distinct - shown.length;
  return [
    ...shown.map(({ word, count }) => (allDiffer ? word : `${word}: ${formatCount(count, locale)}`)),
    ...(rest > 0
      ? [plainMessage(tableWords, { id: "more", args: { count: { kind: "count", value: rest } } }, locale)]
      : []),
  ].join(" · ");
}
