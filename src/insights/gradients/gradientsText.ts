// Gradients as text: the verdict, and a table of the layers of each run.

import type { ViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { GradientsRun, GradientsView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function gradientsText(view: GradientsView, locale: Locale): string {
  const recorded = view.runs.filter(({ steps }) => steps.length > 0);
  const tables = recorded.map((run) => {
    const table = gradientsTable(run, locale);
    return view.runs.length === 1 ? table : `${run.name}\n${table}`;
  });
  return paragraphs([sentenceText(view.sentence, locale), ...tables]);
}

function gradientsTable(run: GradientsRun, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const at = (step: number | undefined) => word("meanAbsAt", locale, { step: { kind: "count", value: step ?? 0 } });
  const shown = run.steps.length === 1 ? [0] : [0, -1];
  const columns = [
    left(word("layer", locale)),
    left(word("shape", locale)),
    ...shown.map((place) => right(at(run.steps.at(place)))),
    right(word("updateRatio", locale)),
    right(word("activation", locale)),
  ];
  const rows = run.layers.map(({ name, inputShape, outputShape, series }) => [
    name,
    `${sampleShape(inputShape)} → ${sampleShape(outputShape)}`,
    ...shown.map((place) => number(series.meanAbs.at(place))),
    number(series.updateRatio.at(-1)),
    withDeviation(number(series.activationMean.at(-1)), number(series.activationStd.at(-1))),
  ]);
  return textTable(columns, rows);
}

function withDeviation(mean: string, deviation: string): string {
  return mean === "–" ? mean : `${mean} ± ${deviation}`;
}

/** Without the batch axis; one size stands alone. */
function sampleShape(shape: readonly (number | null)[]): string {
  return shape.slice(1).join(" × ") || "1";
}
