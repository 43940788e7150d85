// Weights as text: the verdict, and a line for each weight with where it began and where it is.

import type { ViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { WeightsView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function weightsText({ sentence, layers, layerCount, steps }: WeightsView, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const isTrained = steps.length > 1;
  const spread = (mean: ViewNumber | undefined, std: ViewNumber | undefined) =>
    mean === undefined || mean === null ? "–" : `${number(mean)} ± ${number(std)}`;
  const columns = [
    left(word("weight", locale)),
    left(word("shape", locale)),
    ...(isTrained ? [right(word("weightsAtStart", locale))] : []),
    right(word(isTrained ? "weightsAtEnd" : "weightsNow", locale)),
    right(word("smallest", locale)),
    right(word("largest", locale)),
    ...(isTrained ? [right(word("moved", locale))] : []),
  ];
  const rows = layers.flatMap((layer) =>
    layer.weights.map(({ name, shape, mean, std, min, max, moved }) => [
      `${layer.name} ${name}`.trimEnd(),
      shape.join(" × ") || "1",
      ...(isTrained ? [spread(mean[0], std[0])] : []),
      spread(mean.at(-1), std.at(-1)),
      number(min.at(-1)),
      number(max.at(-1)),
      ...(isTrained ? [number(moved.at(-1))] : []),
    ]),
  );
  const rest =
    layerCount > layers.length
      ? word("furtherLayers", locale, { count: { kind: "count", value: layerCount - layers.length } })
      : "";
  return paragraphs([sentenceText(sentence, locale), textTable(columns, rows), rest]);
}
