// A race as text: who is ahead, the table of standings, and what to know of it.

import { formatChosen } from "../../shared/numbers.ts";
import { estimateText, rankText, rateText, standingsOrder, stepsText } from "../../shared/raceStandings.ts";
import type { OptimizersView } from "../../shared/views.ts";
import { insightTexts, sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { raceColumns } from "../../shared/words/raceColumns.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, wordsOf } from "../text/writing.ts";

const word = wordsOf(raceColumns);

export function optimizersText(view: OptimizersView, locale: Locale): string {
  const target =
    view.target === null ? [] : [right(word("stepsTo", locale, { target: formatChosen(view.target, locale) }))];
  const columns = [
    right(word("rank", locale)),
    left(word("variant", locale)),
    right(word("rate", locale)),
    ...target,
    right(word("finalLoss", locale)),
    right(word("bestLoss", locale)),
    ...(view.hasValidation ? [right(word("validationLoss", locale))] : []),
  ];
  const rows = standingsOrder(view).map((racer) => [
    rankText(racer),
    racer.name,
    rateText(racer, locale) ?? word("schedule", locale),
    ...(view.target === null ? [] : [stepsText(racer, locale)]),
    estimateText(racer.final, locale),
    estimateText(racer.best, locale),
    ...(view.hasValidation ? [estimateText(racer.validation, locale)] : []),
  ]);
  const notes = insightTexts(view.notes, locale);
  return paragraphs([sentenceText(view.sentence, locale), textTable(columns, rows), notes]);
}
