// The backpropagation view as text: the steps with their formulas, then each weight with its gradient and update.

import { digitsOf, formulaText } from "../../shared/formulaText.ts";
import { digitsBeside, formatNumber } from "../../shared/numbers.ts";
import type { BackpropView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function backpropText(view: BackpropView, locale: Locale): string {
  const number = (value: Parameters<typeof formatNumber>[0]) => formatNumber(value, { locale });
  const steps = view.steps.map(({ title, lines }) => {
    const formulas = lines.map((line) => {
      const result = formatNumber(line.result, { locale, ...digitsOf(line) });
      const parts = [formulaText(line.symbols, locale), formulaText(line.numbers, locale), result];
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
  const rows = view.weights.map(({ symbol, value, gradient, check, batchGradient, update }) => {
    const after = update?.after ?? null;
    const digits = digitsBeside(Number(after), Number(after) - Number(value));
    const fine = (each: typeof value) => formatNumber(each, { locale, ...digitsOf({ digits }) });
    return [
      formulaText([symbol], locale),
      fine(value),
      ...[gradient, check.value, batchGradient].map(number),
      fine(after),
    ];
  });
  return paragraphs([sentenceText(view.sentence, locale), steps.join("\n"), textTable(columns, rows)]);
}
