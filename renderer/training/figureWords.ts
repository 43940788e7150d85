// The words of a figure over epochs: its caption, what stands in an empty plot, what is read at an epoch, its label.

import type { ViewNumber } from "../../src/shared/json.ts";
import { epochAt } from "../../src/shared/keptEpochs.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import { longestNumber } from "../parts/wordsInRoom.ts";
import type { ViewHost } from "../viewHost.ts";
import { measureName } from "../words/measureWords.ts";
import { summaryOf } from "./seriesSummary.ts";
import { trainingWords } from "./trainingWords.ts";

export function captionText(host: ViewHost, { keptEpochs, epochs }: TrainingView, { measure }: TrainingMetric): string {
  const name = measureName(measure, host.locale);
  if (keptEpochs === undefined) return host.wordIn(trainingWords, "byEpoch", { measure: name });
  const every = {
    kind: "count",
    value: Math.max(2, Math.round(epochs.done / Math.max(1, keptEpochs.length))),
  } as const;
  return host.wordIn(trainingWords, "byKeptEpoch", { measure: name, every });
}

/** What stands in a plot without a point, so that a slow first epoch does not look broken; `null` once there is one. */
export function emptyPlotNote(
  host: ViewHost,
  {
    view: { steps, divergence },
    metric,
    isRunning,
  }: { readonly view: TrainingView; readonly metric: TrainingMetric; readonly isRunning: boolean },
): string | null {
  if (metric.train.length > 0 || divergence !== null) return null;
  if (!isRunning) return host.wordIn(trainingWords, "noEpochYet");
  if (steps.done === 0 || steps.perEpoch <= 1) return host.wordIn(trainingWords, "firstPointWaiting");
  return host.wordIn(trainingWords, "firstPoint", {
    step: { kind: "count", value: steps.done },
    steps: { kind: "count", value: steps.perEpoch },
  });
}

/** "epoch 17 · train 0.0223 · validation 0.0915". */
export function readout(
  host: ViewHost,
  view: TrainingView,
  { metric, at }: { readonly metric: TrainingMetric; readonly at: number },
): string {
  const parts = [
    host.wordIn(trainingWords, "firstEpoch", { epoch: { kind: "count", value: epochAt(view, at - 1) } }),
    ...roleValues(host, metric, at - 1),
  ];
  return parts.join(" · ");
}

/** What is read where the numbers are longest. */
export function longestReadout(host: ViewHost, view: TrainingView, metric: TrainingMetric): string {
  const longestOf = (values: readonly ViewNumber[]) => {
    const { lowest, highest } = summaryOf(values);
    return longestNumber([lowest, highest], { locale: host.locale, grows: view.state === "running" });
  };
  return [
    host.wordIn(trainingWords, "firstEpoch", { epoch: { kind: "count", value: view.epochs.planned } }),
    `${host.wordIn(trainingWords, "train")} ${longestOf(metric.train)}`,
    ...(metric.validation === null
      ? []
      : [`${host.wordIn(trainingWords, "validation")} ${longestOf(metric.validation)}`]),
  ].join(" · ");
}

function roleValues(host: ViewHost, metric: TrainingMetric, at: number): readonly string[] {
  const value = (role: "train" | "validation", number: ViewNumber | undefined) =>
    `${host.wordIn(trainingWords, role)} ${formatNumber(number, { locale: host.locale })}`;
  return [
    value("train", metric.train[at]),
    ...(metric.validation === null ? [] : [value("validation", metric.validation[at])]),
  ];
}

export function figureLabel(host: ViewHost, view: TrainingView, metric: TrainingMetric): string {
  const values =
    metric.train.length === 0
      ? host.wordIn(trainingWords, "noEpochYet")
      : `${roleValues(host, metric, metric.train.length - 1).join(", ")}.`;
  return host.wordIn(trainingWords, "chartLabel", {
    metric: metric.name,
    measure: measureName(metric.measure, host.locale),
    done: { kind: "count", value: metric.train.length === 0 ? 0 : epochAt(view, metric.train.length - 1) },
    planned: { kind: "count", value: view.epochs.planned },
    values,
  });
}
