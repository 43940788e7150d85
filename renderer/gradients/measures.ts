// What the dot plot can measure, and the numbers a log axis needs of it.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import type { GradientsLayer } from "../../src/shared/views.ts";
import type { LayerRow } from "./alignLayers.ts";

/** The measures of the menu, in its order. */
export const measures = ["meanAbs", "l2", "max", "signalMeanAbs", "signalL2", "signalMax", "updateRatio"] as const;
export type Measure = (typeof measures)[number];

/** Only these are gradients: for them the slope's bound means something. */
export function isGradient(measure: Measure): boolean {
  return measure !== "updateRatio";
}

/** What one number can be on a log axis. */
export type Mark =
  | { readonly kind: "point"; readonly value: number }
  | { readonly kind: "zero" }
  | { readonly kind: "notFinite"; readonly word: "NaN" | "∞" }
  | { readonly kind: "none" };

export function markOf(value: ViewNumber | undefined): Mark {
  const number = value === undefined ? null : fromViewNumber(value);
  if (number === null) return { kind: "none" };
  if (Number.isNaN(number)) return { kind: "notFinite", word: "NaN" };
  if (!Number.isFinite(number)) return { kind: "notFinite", word: "∞" };
  return number > 0 ? { kind: "point", value: number } : { kind: "zero" };
}

/** The positive finite numbers of a series, ascending: all that a log axis can hold. */
function positives(values: readonly ViewNumber[]): readonly number[] {
  return values
    .filter((value): value is number => typeof value === "number" && value > 0)
    .sort((left, right) => left - right);
}

/** The value below which `share` (0–1) of an ascending list lies, between neighbours by their distance; `null` of an empty list. */
export function quantile(ascending: readonly number[], share: number): number | null {
  if (ascending.length === 0) return null;
  const at = Math.min(1, Math.max(0, share)) * (ascending.length - 1);
  const below = ascending[Math.floor(at)] ?? 0;
  const above = ascending[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** The pale bar: where 80 % of all steps lie. `null` when no step has a positive number. */
export function usualRange(values: readonly ViewNumber[]): readonly [low: number, high: number] | null {
  const known = usualRanges.get(values);
  if (known !== undefined) return known;
  const range = computeUsualRange(values);
  usualRanges.set(values, range);
  return range;
}

// Both answers are wanted again for every frame of a scrub, and the series they come from never change.
const usualRanges = new WeakMap<readonly ViewNumber[], readonly [low: number, high: number] | null>();
const axisSpans = new WeakMap<readonly LayerRow[], Map<Measure, readonly [min: number, max: number]>>();

function computeUsualRange(values: readonly ViewNumber[]): readonly [low: number, high: number] | null {
  const ascending = positives(values);
  const low = quantile(ascending, 0.1);
  const high = quantile(ascending, 0.9);
  return low === null || high === null ? null : [low, high];
}

/** The span of the log axis over all runs, layers and steps, in whole powers of ten; the rarest smallest values are let go. */
export function axisSpan(rows: readonly LayerRow[], measure: Measure): readonly [min: number, max: number] {
  const spans = axisSpans.get(rows) ?? new Map<Measure, readonly [min: number, max: number]>();
  axisSpans.set(rows, spans);
  const span = spans.get(measure) ?? computeAxisSpan(rows, measure);
  spans.set(measure, span);
  return span;
}

function computeAxisSpan(rows: readonly LayerRow[], measure: Measure): readonly [min: number, max: number] {
  const series = rows.flatMap((row) => row.layers.flatMap((layer) => (layer === null ? [] : [layer.series[measure]])));
  const ascending = positives(series.flat());
  const smallest = quantile(ascending, 0.002);
  const largest = ascending.at(-1);
  if (smallest === null || largest === undefined) return [1e-6, 1];
  const low = Math.floor(Math.log10(smallest) + 1e-9);
  // A value a hair above a power of ten does not open a whole empty decade.
  const high = Math.max(low + 2, Math.ceil(Math.log10(largest) - 0.2));
  return [10 ** low, 10 ** high];
}

/**
 * The bound's line: from the output's value, at most `slopeBound` of it per layer towards the input. One value a row; `null`
 * where the run's net has no layer.
 */
export function boundLine(
  bound: number | null,
  layers: readonly (GradientsLayer | null)[],
  outputValue: ViewNumber,
): readonly (number | null)[] {
  const mark = markOf(outputValue);
  if (bound === null || bound >= 1 || bound <= 0 || mark.kind !== "point") return [];
  let value = mark.value / bound;
  const fromOutput = layers.toReversed().map((layer) => {
    if (layer === null) return null;
    value *= bound;
    return value;
  });
  return fromOutput.reverse();
}
