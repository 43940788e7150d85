// The numbers behind the gradients view, at one step: the table and the CSV.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatCount } from "../../src/shared/numbers.ts";
import type { LayerMeasure } from "../../src/shared/views.ts";
import type { TableCell, TableData } from "../parts/dataTable.ts";
import type { ViewHost } from "../viewHost.ts";
import { type GradientWordId, gradientWords } from "../words/gradientWords.ts";
import { rowName } from "./alignLayers.ts";
import type { DotState } from "./dotPlot.ts";

/** One run has room for every measure of the card; several show the chosen one side by side, two with their ratio. */
export function gradientNumbers(host: ViewHost, state: DotState): TableData {
  const { runs, rows, measure, step } = state;
  const word = (id: GradientWordId) => host.wordIn(gradientWords, id);
  const caption = host.wordIn(gradientWords, "tableTitle", { step: formatCount(step, host.locale) });
  const read = (row: DotState["rows"][number], run: number, of: LayerMeasure): ViewNumber =>
    row.layers[run]?.series[of][state.records[run] ?? -1] ?? null;
  if (runs.length === 1)
    return {
      caption,
      columns: [word("layer"), ...single.map(([, id]) => word(id))],
      rows: rows.map((row) => [row.layer.name, ...single.map(([of]): TableCell => ({ number: read(row, 0, of) }))]),
    };
  const compared = runs.length === 2;
  return {
    caption,
    columns: [
      word("layer"),
      ...runs.map((run) => `${run.name}, ${word(measure)}`),
      ...(compared ? [word("ratio")] : []),
    ],
    rows: rows.map((row) => {
      const values = runs.map((_, run) => read(row, run, measure));
      const cells: TableCell[] = values.map((number) => ({ number }));
      return [rowName(row), ...cells, ...(compared ? [{ number: ratio(values[0] ?? null, values[1] ?? null) }] : [])];
    }),
  };
}

const single: readonly (readonly [LayerMeasure, GradientWordId])[] = [
  ["meanAbs", "meanAbs"],
  ["l2", "l2"],
  ["max", "max"],
  ["zeroShare", "zeroShare"],
  ["signalMeanAbs", "signalMeanAbs"],
  ["updateRatio", "updateRatio"],
  ["activationMean", "activationMean"],
  ["activationStd", "activationStd"],
];

/** How many times the second is the first; not computed where one is not a positive number. */
function ratio(first: ViewNumber, second: ViewNumber): ViewNumber {
  return typeof first === "number" && typeof second === "number" && first > 0 ? second / first : null;
}
