// A training as text: how it stands, a row for each epoch, the outcome.

import type { ViewNumber } from "../../shared/json.ts";
import { epochAt } from "../../shared/keptEpochs.ts";
import { formatCount, formatNumber } from "../../shared/numbers.ts";
import type { TrainingView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { paragraphs, right, word } from "../text/writing.ts";

/** Of many epochs only this many rows at the start and at the end are written. */
const epochRows = 3;

export function trainingText(view: TrainingView, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const columns = [right(word("epoch", locale))];
  for (const { name: measured, validation } of view.metrics) {
    const name = measured === "loss" || measured === "accuracy" ? word(measured, locale) : measured;
    columns.push(right(name));
    if (validation !== null) columns.push(right(word("validation", locale, { name })));
  }
  const rowOf = (epoch: number) => [
    formatCount(epochAt(view, epoch), locale),
    ...view.metrics.flatMap(({ train, validation }) => [
      number(train[epoch]),
      ...(validation === null ? [] : [number(validation[epoch])]),
    ]),
  ];
  const epochs = view.metrics[0]?.train.map((_, epoch) => epoch) ?? [];
  const isLong = epochs.length > 2 * epochRows + 1;
  const rows = isLong
    ? [...epochs.slice(0, epochRows).map(rowOf), columns.map(() => "…"), ...epochs.slice(-epochRows).map(rowOf)]
    : epochs.map(rowOf);
  const head = word(view.state, locale, {
    done: { kind: "count", value: view.epochs.done },
    planned: { kind: "count", value: view.epochs.planned },
  });
  return paragraphs([head, rows.length === 0 ? "" : textTable(columns, rows), sentenceText(view.sentence, locale)]);
}
