// Confusion as text: the counts, with recall and precision.

import { formatCount, formatShare } from "../../shared/numbers.ts";
import type { ConfusionView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { confusionTextWords } from "../../shared/words/views/confusionSentences.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, wordsOf } from "../text/writing.ts";

const word = wordsOf(confusionTextWords);

export function confusionText({ sentence, classes, counts }: ConfusionView, locale: Locale): string {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const columns = [left(word("truth", locale)), ...classes.map((name) => right(name)), right(word("recall", locale))];
  const rows = counts.map((line, truth) => [
    classes[truth] ?? "",
    ...line.map((value) => formatCount(value, locale)),
    sum(line) === 0 ? "–" : formatShare((line[truth] ?? 0) / sum(line)),
  ]);
  const precision = classes.map((_, at) => {
    const column = counts.map((line) => line[at] ?? 0);
    return sum(column) === 0 ? "–" : formatShare((column[at] ?? 0) / sum(column));
  });
  return paragraphs([
    sentenceText(sentence, locale),
    textTable(columns, [...rows, [word("precision", locale), ...precision, ""]]),
  ]);
}
