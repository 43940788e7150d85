// A race as text: who is ahead, the table of standings, and what to know of it.

import { formatChosen, formatNumber } from "../../shared/numbers.ts";
import type { OptimizersView, Racer, RacerEstimate } from "../../shared/views.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, sentenceText, word } from "../text/writing.ts";

export function optimizersText(view: OptimizersView, locale: Locale): string {
  const target =
    view.target === null ? [] : [right(word("stepsTo", locale, { target: formatChosen(view.target, locale) }))];
  const columns = [
    right(word("rank", locale)),
    left(word("optimizer", locale)),
    right(word("learningRate", locale)),
    ...target,
    right(word("finalLoss", locale)),
    right(word("bestLoss", locale)),
    ...(view.hasValidation ? [right(word("validation", locale, { name: word("loss", locale) }))] : []),
  ];
  const sorted = view.racers.toSorted(
    (a, b) => (a.final?.mean ?? Number.MAX_VALUE) - (b.final?.mean ?? Number.MAX_VALUE),
  );
  const rows = sorted.map((racer) => [
    rankText(racer),
    racer.name,
    racer.learningRate === null ? word("schedule", locale) : formatChosen(racer.learningRate, locale),
    ...(view.target === null ? [] : [stepsText(racer, locale)]),
    withInterval(racer.final, locale),
    withInterval(racer.best, locale),
    ...(view.hasValidation ? [withInterval(racer.validation, locale)] : []),
  ]);
  const notes = view.notes.map((message) => plainMessage(insightWords, message, locale)).join(" ");
  return paragraphs([sentenceText(view.sentence, locale), textTable(columns, rows), notes]);
}

function rankText({ rank, isShared }: Racer): string {
  return rank === null ? "–" : `${rank}${isShared ? "=" : ""}`;
}

/** "131 (110–156)", and how many of the runs came there where not all did. */
function stepsText({ target, reached, ended }: Racer, locale: Locale): string {
  const text = withInterval(target, locale);
  return target === null || reached === ended ? text : `${text} ${reached}/${ended}`;
}

function withInterval(given: RacerEstimate | null, locale: Locale): string {
  if (given === null) return "–";
  const text = (value: number) => formatNumber(value, { locale });
  return given.low === null || given.high === null
    ? text(given.mean)
    : `${text(given.mean)} (${text(given.low)}–${text(given.high)})`;
}
