// The backpropagation view as text: the steps with their formulas, then each weight with its gradient and update.

import { formulaText } from "../../shared/formulaText.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { BackpropView } from "../../shared/views.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, sentenceText, word } from "../text/writing.ts";

export function backpropText(view: BackpropView, locale: Locale): string {
  const number = (value: Parameters<typeof formatNumber>[0]) => formatNumber(value, { locale });
  const steps = view.steps.map(({ title, lines }) => {
    const formulas = lines.map(({ symbols, numbers, result }) => {
      const parts = [formulaText(symbols, locale), formulaText(numbers, locale), number(result)];
      return `  ${parts.filter((part) => part !== "").join(" = ")}`;
    });
    return [plainMessage(insightWords, title, locale), ...formulas].join("\n");
  });
  const columns = [
    left(word("weight", locale)),
    right(word("value", locale)),
    right(word("gradient", locale)),
    right(word("finiteDifference", locale)),
    right(word("batchMean", locale)),
    right(word("afterUpdate", locale)),
  ];
  const rows = view.weights.map(({ symbol, value, gradient, check, batchGradient, update }) => [
    formulaText([symbol], locale),
    ...[value, gradient, check.value, batchGradient, update?.after ?? null].map(number),
  ]);
  return paragraphs([sentenceText(view.sentence, locale), steps.join("\n"), textTable(columns, rows)]);
}
