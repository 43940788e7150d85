// The numbers of the layer card as rows of words: one column a run. No DOM, so that the same rows can be copied as text.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber, formatShare } from "../../src/shared/numbers.ts";
import type { GradientsLayer, LayerMeasure } from "../../src/shared/views.ts";
import type { Locale } from "../../src/shared/words/message.ts";

/** A layer of one run, at one of its recorded steps. */
export interface CardColumn {
  readonly layer: GradientsLayer | null;
  /** Index into the layer's series; -1 when nothing was recorded yet. */
  readonly index: number;
}

export type CardRowId =
  | "meanAbs"
  | "mean"
  | "size"
  | "zeroShare"
  | "signal"
  | "weights"
  | "updateRatio"
  | "activation"
  | "lost";

export interface CardRow {
  readonly id: CardRowId;
  readonly cells: readonly string[];
}

const rowIds: readonly CardRowId[] = [
  "meanAbs",
  "mean",
  "size",
  "zeroShare",
  "signal",
  "updateRatio",
  "weights",
  "activation",
  "lost",
];

/** Every row, each with one cell a column; a number that was not recorded is "–". */
export function cardRows(columns: readonly CardColumn[], locale: Locale): readonly CardRow[] {
  return rowIds.map((id) => ({ id, cells: columns.map((column) => cell(id, column, locale)) }));
}

function cell(id: CardRowId, column: CardColumn, locale: Locale): string {
  const read = (measure: LayerMeasure): ViewNumber => column.layer?.series[measure][column.index] ?? null;
  const short = (measure: LayerMeasure) => formatNumber(read(measure), { digits: 2, locale });
  switch (id) {
    case "meanAbs":
      return formatNumber(read("meanAbs"), { locale });
    case "mean":
      return pair(short("mean"), " ± ", short("std"));
    case "size":
      return pair(short("l2"), ", ", short("max"));
    case "zeroShare":
      return pair(formatShare(read("zeroShare")), ", ", formatShare(read("nearZeroShare")));
    case "signal":
      return short("signalMeanAbs");
    case "weights":
      return pair(short("weightMean"), " ± ", short("weightStd"));
    case "updateRatio":
      return short("updateRatio");
    case "activation":
      return pair(short("activationMean"), " ± ", short("activationStd"));
    case "lost":
      return pair(formatShare(read("saturatedShare")), ", ", formatShare(read("deadShare")));
  }
}

/** Two numbers in one cell; one dash when neither is known. */
function pair(first: string, between: string, second: string): string {
  return first === "–" && second === "–" ? "–" : `${first}${between}${second}`;
}

/** The table as text with tabs, ready for a spreadsheet. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => row.join("\t")).join("\n");
}
