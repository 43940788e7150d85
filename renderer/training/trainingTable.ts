// The numbers of a training as a table: a row an epoch, each metric on both parts of the data.

import { epochAt } from "../../src/shared/keptEpochs.ts";
import type { TrainingView } from "../../src/shared/views.ts";
import type { TableCell, TableData } from "../parts/dataTable.ts";
import type { ViewHost } from "../viewHost.ts";
import { trainingWords } from "./trainingWords.ts";

export function trainingTable(host: ViewHost, view: TrainingView): TableData {
  const role = (id: "train" | "validation") => host.wordIn(trainingWords, id);
  const epochs = view.metrics.reduce((most, metric) => Math.max(most, metric.train.length), 0);
  return {
    caption: host.word("numbersOf", { caption: host.wordIn(trainingWords, "table") }),
    columns: [
      host.wordIn(trainingWords, "epoch"),
      ...view.metrics.flatMap(({ name, validation }) => [
        `${name}, ${role("train")}`,
        ...(validation === null ? [] : [`${name}, ${role("validation")}`]),
      ]),
    ],
    rows: Array.from({ length: epochs }, (_, at): readonly TableCell[] => [
      { count: epochAt(view, at) },
      ...view.metrics.flatMap(({ train, validation }): TableCell[] => [
        { number: train[at] ?? null },
        ...(validation === null ? [] : [{ number: validation[at] ?? null }]),
      ]),
    ]),
  };
}
