// Gradients as text: the verdict, and a table of the layers of each run.

import type { ViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { GradientsRun, GradientsView } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, sentenceText, word } from "../text/writing.ts";

export function gradientsText(view: GradientsView, locale: Locale): string {
  const tables = view.runs.map((run) => {
    const table = gradientsTable(run, locale);
    return view.runs.length === 1 ? table : `${run.name}\n${table}`;
  });
  return paragraphs([sentenceText(view.sentence, locale), ...tables]);
}

function gradientsTable(run: GradientsRun, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const at = (step: number | undefined) => word("meanAbsAt", locale, { step: { kind: "count", value: step ?? 0 } });
  const columns = [
    left(word("layer", locale)),
    left(word("shape", locale)),
    right(at(run.steps[0])),
    right(at(run.steps.at(-1))),
    right(word("updateRatio", locale)),
    right(word("activation", locale)),
  ];
  const rows = run.layers.map(({ name, inputShape, outputShape, series }) => [
    name,
    `${sampleShape(inputShape)} → ${sampleShape(outputShape)}`,
    number(series.meanAbs[0]),
    number(series.meanAbs.at(-1)),
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
