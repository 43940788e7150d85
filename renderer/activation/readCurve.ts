// Reading a sampled curve: the value at any z, which function's zones are shaded, and what a stack of layers leaves of a gradient. No DOM.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import type { ActivationCurve, ActivationVariant, ActivationView, PreActivations } from "../../src/shared/views.ts";

/** The variant of a curve at the slider's place; curves without alpha have one. */
export function variantAt(curve: ActivationCurve, index: number | undefined): ActivationVariant | null {
  return curve.variants[index ?? curve.initial] ?? curve.variants[curve.initial] ?? curve.variants[0] ?? null;
}

/**
 * The value of a sampled series at `at`, straight between neighbours; `null` outside the drawn range.
 * At a kink or jump (the same z three times: left of it, at it, right of it) the middle one is read.
 */
export function valueAt(z: readonly number[], series: readonly ViewNumber[], at: number): ViewNumber {
  const first = z[0];
  const last = z.at(-1);
  if (first === undefined || last === undefined || at < first || at > last) return null;
  let right = z.findIndex((sample) => sample > at);
  if (right === -1) right = z.length;
  const left = right - 1;
  if (z[left] === at) {
    const firstThere = z.indexOf(at);
    return series[firstThere + ((right - firstThere) >> 1)] ?? null;
  }
  const from = series[left] ?? null;
  if (right === z.length) return from;
  const to = series[right] ?? null;
  const [low, high] = [fromViewNumber(from), fromViewNumber(to)];
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return from;
  const [start, end] = [z[left] ?? at, z[right] ?? at];
  return low + ((high - low) * (at - start)) / (end - start);
}

/** The drawn range of z over all chosen curves. */
export function rangeOf(variants: readonly ActivationVariant[]): readonly [from: number, to: number] {
  const starts = variants.flatMap((variant) => variant.z.slice(0, 1));
  const ends = variants.flatMap((variant) => variant.z.slice(-1));
  return starts.length === 0 ? [-6, 6] : [Math.min(...starts), Math.max(...ends)];
}

/** Whose saturation is shaded: the trained layer's function, else that of every chosen one that saturates. */
export interface Zones {
  /** "tanh", "sigmoid, tanh". */
  readonly label: string;
  /** Where all of them saturate: the whole height is shaded. */
  readonly intervals: readonly Interval[];
  /** Of several, where each does: a strip in its colour. */
  readonly strips: readonly { readonly slot: number; readonly intervals: readonly Interval[] }[];
}

export type Interval = readonly [from: number, to: number];

export function shadedZones(
  view: ActivationView,
  chosen: readonly { readonly curve: ActivationCurve; readonly slot: number }[],
  layer: PreActivations | null,
  variantOf: (curve: ActivationCurve) => ActivationVariant | null,
): Zones | null {
  const intervalsOf = (curve: ActivationCurve) => variantOf(curve)?.saturated ?? [];
  if (layer !== null) {
    const curve = view.functions.find((candidate) => candidate.name === layer.activation);
    const intervals = curve === undefined ? [] : intervalsOf(curve);
    return curve === undefined || intervals.length === 0 ? null : { label: curve.label, intervals, strips: [] };
  }
  const all = chosen
    .map(({ curve, slot }) => ({ label: curve.label, slot, intervals: intervalsOf(curve) }))
    .filter(({ intervals }) => intervals.length > 0);
  const [first, ...others] = all;
  if (first === undefined) return null;
  return {
    // More names have no room in the drawing; the strips have the colours of all.
    label: [...all.slice(0, 2).map(({ label }) => label), ...(all.length > 2 ? ["…"] : [])].join(", "),
    intervals: others.reduce((common, { intervals }) => overlap(common, intervals), first.intervals),
    strips: others.length === 0 ? [] : all.map(({ slot, intervals }) => ({ slot, intervals })),
  };
}

/** The intervals that lie in both lists. */
function overlap(some: readonly Interval[], others: readonly Interval[]): readonly Interval[] {
  return some.flatMap(([from, to]) =>
    others.flatMap(([start, end]): Interval[] => {
      const common: Interval = [Math.max(from, start), Math.min(to, end)];
      return common[0] < common[1] ? [common] : [];
    }),
  );
}

/** Is the middle of a bin inside a saturated interval? */
export function isSaturated(zones: Zones | null, from: number, to: number): boolean {
  const middle = (from + to) / 2;
  return zones?.intervals.some(([start, end]) => middle >= start && middle <= end) ?? false;
}

/** What ten layers leave of a gradient at best: the largest slope to the tenth power; `null` when there is no limit. */
export function throughTenLayers(largestSlope: number | null): number | null {
  return largestSlope === null ? null : largestSlope ** 10;
}

/** Near z = 0 a function is worth seeing whole, so long as it is no steeper than this. */
const steepest = 4;

/**
 * Where steep functions are cut: at `span`, or as far beyond as functions go between z = −1 and 1, for which a slope of −3 that
 * nobody sees would be missed.
 */
export function cutFor(
  series: readonly { readonly z: readonly number[]; readonly series: readonly ViewNumber[] }[],
  [floor, ceiling]: readonly [number, number],
): readonly [floor: number, ceiling: number] {
  const near = series.flatMap(({ z, series: values }) =>
    values.filter((value, at): value is number => typeof value === "number" && Math.abs(z[at] ?? 2) <= 1),
  );
  const within = near.filter((value) => Math.abs(value) <= steepest);
  return [Math.min(floor, ...within), Math.max(ceiling, ...within)];
}

/**
 * A span for the y axis that shows `series` without letting one steep curve flatten the others:
 * all values inside [`floor`, `ceiling`], with a little air, widened to hold zero.
 */
export function spanOf(
  series: readonly (readonly ViewNumber[])[],
  [floor, ceiling]: readonly [number, number],
): readonly [min: number, max: number] {
  const inside = series
    .flat()
    .filter((value): value is number => typeof value === "number")
    .map((value) => Math.min(ceiling, Math.max(floor, value)));
  const low = Math.min(0, ...inside);
  const high = Math.max(0, ...inside);
  const air = (high - low || 1) * 0.08;
  return [low - air, high + air];
}
