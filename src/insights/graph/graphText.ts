// An expression as text: the steps with their formulas, then each value with its gradient.

import { digitsOf, formulaText } from "../../shared/formulaText.ts";
import type { ViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { GraphView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function graphText({ sentence, steps, nodes }: GraphView, locale: Locale): string {
  const list = (values: readonly ViewNumber[], size: number) => {
    if (values.length === 0) return "–";
    const shown = values.slice(0, 4).map((value) => formatNumber(value, { locale }));
    return size === 1 ? (shown[0] ?? "–") : `[${shown.join(", ")}${size > shown.length ? ", …" : ""}]`;
  };
  const told = steps.map(({ title, lines }) => {
    const formulas = lines.map((line) => {
      const result = line.result === null ? "" : formatNumber(line.result, { locale, ...digitsOf(line) });
      const parts = [formulaText(line.symbols, locale), formulaText(line.numbers, locale), result];
      return `  ${parts.filter((part) => part !== "").join(" = ")}`;
    });
    return [plainMessage(insightWords, title, locale), ...formulas].join("\n");
  });
  const columns = [
    left(word("graphValue", locale)),
    left(word("operation", locale)),
    right(word("value", locale)),
    right(word("gradient", locale)),
    right(word("finiteDifference", locale)),
  ];
  const rows = nodes
    .filter(({ symbol }) => symbol.kind === "symbol")
    .map(({ symbol, name, operation, values, gradients, checks, size }) => {
      const letter = formulaText([symbol], locale);
      return [
        name === null || name === letter ? letter : `${letter} (${name})`,
        operation ?? "",
        list(values, size),
        list(gradients, size),
        list(
          checks.map(({ value }) => value),
          size,
        ),
      ];
    });
  return paragraphs([sentenceText(sentence, locale), told.join("\n"), textTable(columns, rows)]);
}
