// A model as text: its layers, shapes and weights.

import { formatCount } from "../../shared/numbers.ts";
import type { SummaryLayer, SummaryView } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function summaryText(view: SummaryView, locale: Locale): string {
  const isGraph = view.layers.some(({ takes }) => takes !== undefined);
  const columns = [
    left(word("layer", locale)),
    left(word("type", locale)),
    left(word("outputShape", locale)),
    right(word("weights", locale)),
    ...(isGraph ? [left(word("takes", locale))] : []),
  ];
  const rows = view.layers.map(({ name, type, activation, outputShape, takes = [], ...counts }) => [
    name,
    activation === null || activation === "linear" || activation === type ? type : `${type}, ${activation}`,
    outputShape.length === 0 ? "?" : `[${outputShape.map((size) => size ?? "batch").join(", ")}]`,
    outputShape.length === 0 ? "?" : weightsText(counts, locale),
    ...(isGraph ? [takes.join(", ")] : []),
  ]);
  const isKnown = view.layers.every(({ outputShape }) => outputShape.length > 0);
  const total = isKnown
    ? word("totalWeights", locale, {
        total: { kind: "count", value: view.totalParameters },
        trainable: { kind: "count", value: view.trainableParameters },
      })
    : word("shapesUnknown", locale);
  const compiled =
    view.loss === null || view.optimizer === null
      ? word("notCompiled", locale)
      : word("compiledWith", locale, { loss: view.loss, optimizer: view.optimizer });
  return paragraphs([`${word("model", locale)} "${view.name}"`, textTable(columns, rows), `${total}\n${compiled}`]);
}

/** "16 (8 trainable)"; one number where training changes all. */
function weightsText(
  { parameters, trainable }: Pick<SummaryLayer, "parameters" | "trainable">,
  locale: Locale,
): string {
  if (trainable === undefined) return formatCount(parameters, locale);
  return word("someTrainable", locale, {
    count: { kind: "count", value: parameters },
    trainable: { kind: "count", value: trainable },
  });
}
