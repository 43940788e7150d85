// Which epochs of a very long training its saved view holds: all that draw its lines, no peak is lost, and the file stays small.

import { fromViewNumber, type ViewNumber } from "./json.ts";
import type { TrainingView } from "./views.ts";

/** A view is saved whole up to so many epochs. */
const wholeUpTo = 2_000;
/** A longer one keeps about so many numbers; of each piece of each line the first, the lowest and the highest. */
const keptNumbers = 8_000;

/** The epoch (from 1) whose values stand at `index` in the lists of the view's metrics. */
export function epochAt({ keptEpochs }: Pick<TrainingView, "keptEpochs">, index: number): number {
  return keptEpochs?.[index] ?? index + 1;
}

/** The index of the last kept epoch that is at most `epoch`; 0 before the first. */
export function indexAt({ keptEpochs }: Pick<TrainingView, "keptEpochs">, epoch: number): number {
  if (keptEpochs === undefined) return Math.max(0, epoch - 1);
  let low = 0;
  let high = keptEpochs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keptEpochs[middle] ?? Infinity) <= epoch) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The view as it is saved. One that is whole, or was thinned before, stays as it is. */
export function thinEpochs(view: TrainingView): TrainingView {
  const count = view.metrics[0]?.train.length ?? 0;
  if (count <= wholeUpTo || view.keptEpochs !== undefined) return view;
  const lines = view.metrics.flatMap(({ train, validation }) => (validation === null ? [train] : [train, validation]));
  const pieces = Math.max(1, Math.floor(keptNumbers / (lines.length * (1 + 2 * lines.length))));
  const kept = new Set([0, count - 1]);
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * count) / pieces);
    const to = Math.floor(((piece + 1) * count) / pieces);
    kept.add(from);
    for (const line of lines) for (const index of extremes(line, from, to)) kept.add(index);
  }
  const indices = [...kept].sort((left, right) => left - right);
  const pick = (values: readonly ViewNumber[]) => indices.map((index) => values[index] ?? null);
  return {
    ...view,
    keptEpochs: indices.map((index) => index + 1),
    metrics: view.metrics.map((metric) => ({
      ...metric,
      train: pick(metric.train),
      validation: metric.validation && pick(metric.validation),
    })),
  };
}

/** Where a line is lowest and highest, and where it has no number. */
function extremes(line: readonly ViewNumber[], from: number, to: number): readonly number[] {
  let [lowest, highest, gap] = [-1, -1, -1];
  let [low, high] = [Infinity, -Infinity];
  for (let index = from; index < to; index++) {
    const value = fromViewNumber(line[index] ?? null) ?? Number.NaN;
    if (!Number.isFinite(value)) gap = gap === -1 ? index : gap;
    else {
      if (value < low) [low, lowest] = [value, index];
      if (value > high) [high, highest] = [value, index];
    }
  }
  return [lowest, highest, gap].filter((index) => index >= 0);
}
