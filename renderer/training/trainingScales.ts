// Ranges, ticks and marks of the training charts. Pure: numbers in, numbers out.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import { calmRange, isCalm, niceStep } from "../charts/calmRange.ts";
import { logRange } from "../charts/logTicks.ts";
import { isShare } from "../words/measureWords.ts";
import { summaryOf } from "./seriesSummary.ts";

export interface ValueScale {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
  /** There is no value yet: the ends mean nothing. */
  readonly isEmpty?: true;
}

/** Before so many epochs a loss that hardly changes has only begun, unless there are no more. */
const epochsToTell = 3;

export interface ScaleChoice {
  /** A logarithmic axis or a linear one, as far as the values allow; `null` where the reader chose neither. */
  readonly wanted?: boolean | null;
  /** How many epochs there are to be in all. */
  readonly epochs?: number;
}

/**
 * The value axis of a metric. The loss is logarithmic as long as it is positive, in whole decades, so the axis seldom moves while
 * lines grow, and so is an error that spans more than two decades; a loss that hardly changes for some epochs is linear around
 * what it is. Shares end at 1; the rest is linear, from 0 where 0 is near.
 */
export function valueScale(
  metric: TrainingMetric,
  isLoss: boolean,
  { wanted = null, epochs = epochsToTell }: ScaleChoice = {},
): ValueScale {
  const { lowest, highest } = extremesOf(metric);
  const hardlyChanges =
    isCalm(lowest, highest) && summaryOf(metric.train).finiteCount >= Math.min(epochsToTell, epochs);
  if (wanted === null && isLoss && hardlyChanges) return { log: false, ...calmRange(lowest, highest) };
  const isEmpty = lowest > highest;
  const isWideError = metric.better === "lower" && lowest > 0 && highest / lowest > 100;
  const canBeLog = isEmpty || lowest > 0;
  if (wanted === null ? (isLoss && canBeLog) || isWideError : wanted && canBeLog) {
    if (isEmpty) return { log: true, min: 0.1, max: 1, isEmpty };
    const range = logRange([lowest, highest]) ?? { min: 0.1, max: 1 };
    return { log: true, ...range };
  }
  if (isEmpty) return { log: false, min: 0, max: 1, isEmpty };
  if (isShare(metric.measure) && lowest >= 0 && highest <= 1) {
    // Fifths: few enough that the axis seldom moves, and 1 is a tick.
    return { log: false, min: Math.min(0.8, Math.floor(lowest * 5 + 1e-9) / 5), max: 1 };
  }
  const min = lowest >= 0 && lowest < highest / 2 ? 0 : lowest;
  const step = niceStep(Math.max(highest - min, Math.abs(highest) * 1e-3, 1e-12) / 4);
  return {
    log: false,
    min: Math.floor(min / step) * step,
    max: Math.max(1, Math.ceil(highest / step - Math.floor(min / step))) * step + Math.floor(min / step) * step,
  };
}

function extremesOf({ train, validation }: TrainingMetric): { readonly lowest: number; readonly highest: number } {
  const series = [summaryOf(train), summaryOf(validation ?? [])];
  return {
    lowest: Math.min(...series.map(({ lowest }) => lowest)),
    highest: Math.max(...series.map(({ highest }) => highest)),
  };
}

/** How many epochs an axis holds: all that are planned, or those that were trained where a training ended early by itself. */
export function axisEpochs({ state, epochs }: Pick<TrainingView, "state" | "epochs">): number {
  return state === "finished" && epochs.done > 0 ? Math.min(epochs.done, epochs.planned) : epochs.planned;
}

/** Epochs that get a tick: the first, round ones, and the last where it stands free. At most `room`, but always the first. */
export function epochTicks(planned: number, room: number): readonly number[] {
  if (planned <= 1) return [1];
  const step = Math.max(1, niceStep(planned / Math.max(1, Math.floor(room) - 1)));
  const ticks = [1];
  for (let epoch = step; epoch < planned; epoch += step) if (epoch - 1 >= step * 0.7) ticks.push(epoch);
  const last = ticks.at(-1) ?? 1;
  // The last epoch is named always; its neighbour only where both have room.
  if (planned - last < Math.min(step * 0.7, planned / Math.max(1, room)) && last > 1) ticks.pop();
  return [...ticks, planned];
}

/** Ticks of a stretch of the epochs: round ones inside it. */
export function stretchTicks([from, to]: readonly [number, number], room: number): readonly number[] {
  const step = Math.max(1, niceStep((to - from) / Math.max(1, Math.floor(room) - 1)));
  const first = Math.max(1, Math.ceil(from / step) * step);
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

/** The epochs the x axis spans: all planned ones from the start; half a step of room around a single one. */
export function epochRange(planned: number): { readonly min: number; readonly max: number } {
  return planned <= 1 ? { min: 0.5, max: 1.5 } : { min: 1, max: planned };
}

/** The best validation value and its epoch (from 1); the first of equals. `null` without a finite one. */
export function bestValidation({
  better,
  validation,
}: TrainingMetric): { readonly epoch: number; readonly value: number } | null {
  const { lowest, lowestAt, highest, highestAt } = summaryOf(validation ?? []);
  const [at, value] = better === "lower" ? [lowestAt, lowest] : [highestAt, highest];
  return at < 0 ? null : { epoch: at + 1, value };
}

/** Where on the epoch axis a training stopped short, and how; `null` while it runs or when it went through. */
export function breakPoint(
  view: TrainingView,
): { readonly epoch: number; readonly kind: "stopped" | "diverged" | "failed" } | null {
  if (view.state === "running" || view.state === "finished") return null;
  const steps = view.divergence?.step ?? view.steps.done;
  const epoch = Math.max(1, view.steps.perEpoch > 0 ? steps / view.steps.perEpoch : view.epochs.done);
  return { epoch: Math.min(epoch, view.epochs.planned), kind: view.state };
}

/** The epoch that is running, or in which the training ended; counted from 1. */
export function currentEpoch(view: TrainingView): number {
  if (view.divergence !== null) return view.divergence.epoch;
  return view.state === "finished" ? view.epochs.done : Math.min(view.epochs.done + 1, view.epochs.planned);
}

/** The share (0–1) of all planned steps that is done. */
export function progressShare(view: TrainingView): number {
  const planned = view.epochs.planned * view.steps.perEpoch;
  return planned > 0 ? Math.min(1, view.steps.done / planned) : 0;
}

/** A chart's y of a value: `null` leaves a gap for what is not recorded or not finite, and on a log axis for what is not positive. */
export function plotted(value: ViewNumber, log: boolean): number | null {
  const number = fromViewNumber(value);
  return number === null || !Number.isFinite(number) || (log && number <= 0) ? null : number;
}
