// The network view as text: its sentence, and a row a layer with what it takes and its newest gradient.

import { formatCount, formatNumber } from "../../shared/numbers.ts";
import type { NetworkView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function networkText(view: NetworkView, locale: Locale): string {
  const { nodes, run } = view;
  const step = run?.steps.at(-1);
  const columns = [
    left(word("layer", locale)),
    left(word("type", locale)),
    left(word("outputShape", locale)),
    right(word("weights", locale)),
    left(word("takes", locale)),
    ...(step === undefined ? [] : [right(word("meanAbsAt", locale, { step: formatCount(step, locale) }))]),
  ];
  const rows = nodes.map(({ name, type, activation, outputShape, parameters, takes }) => [
    name,
    activation === null || activation === type ? type : `${type}, ${activation}`,
    outputShape.length === 0 ? "–" : `[${outputShape.map((size) => size ?? "batch").join(", ")}]`,
    formatCount(parameters, locale),
    takes.map((place) => nodes[place]?.name ?? "").join(", "),
    ...(step === undefined
      ? []
      : [formatNumber(run?.layers.find((layer) => layer.name === name)?.series.meanAbs.at(-1) ?? null, { locale })]),
  ]);
  return paragraphs([`${view.name}\n${sentenceText(view.sentence, locale)}`, textTable(columns, rows)]);
}
