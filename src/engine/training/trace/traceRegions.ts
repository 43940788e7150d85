// Where an activation is flat: numbers at which its slope is next to nothing, found once for each function.

import { activationInfo, curveRoutine } from "../../activations/activationInfo.ts";
import type { FlatRegions } from "../../backend/measurements.ts";
import { type UnaryName, unaryFunctions } from "../../backend/scalarMaths.ts";
import { maths } from "../../intrinsics.ts";
import type { Layer } from "../../layers/layer.ts";

/** An output counts as saturated where its activation's slope is below this share of the largest slope. */
export const saturationShare = 0.1;

/** The activation of a layer, where it acts on each number by itself and bends; `null` for softmax, linear and none. */
export function curveOf(layer: Layer): { routine: UnaryName; alpha: number; largestSlope: number | null } | null {
  if (layer.activation === null || layer.activation === "linear") return null;
  const info = activationInfo(layer.activation);
  if (!info.isElementwise) return null;
  const alpha = layer.activationAlpha ?? info.defaultAlpha ?? 0;
  return { routine: curveRoutine(info.name), alpha, largestSlope: info.largestSlope(alpha) };
}

/** Where a layer's activation is saturated; `null` where that has no meaning. */
export interface Saturation {
  /** By what reaches the activation. */
  readonly before: FlatRegions;
  /** By what it gives, where it never falls: both then say the same but for rounding; `null` where only the first can tell. */
  readonly after: FlatRegions | null;
}

export function saturationOf(layer: Layer): Saturation | null {
  const curve = curveOf(layer);
  if (curve === null || curve.largestSlope === null) return null;
  const { routine, alpha } = curve;
  const before = flatRegions(routine, alpha, saturationShare * curve.largestSlope);
  // A slope that is learned is not known beforehand.
  return { before, after: layer.activation === "prelu" ? null : regionsOfValues(routine, alpha, before) };
}

/** The regions of what a function gives; `null` for one that falls somewhere. */
export function regionsOfValues(name: UnaryName, alpha: number, regions: FlatRegions): FlatRegions | null {
  const { value } = unaryFunctions[name];
  const key = `${name} ${alpha}`;
  const isRising = rising.get(key) ?? neverFalls(name, alpha);
  rising.set(key, isRising);
  if (!isRising) return null;
  const { below, above, low, high } = regions;
  const at = (x: number) => (Number.isFinite(x) ? maths.fround(value(x, alpha)) : x);
  return { below: at(below), above: at(above), low: at(low), high: at(high) };
}

function neverFalls(name: UnaryName, alpha: number): boolean {
  const { value } = unaryFunctions[name];
  let last = value(points[0] ?? 0, alpha);
  for (const point of points) {
    const next = value(point, alpha);
    if (!(next >= last)) return false;
    last = next;
  }
  return true;
}

const none = Number.NaN;
/** What was found out already: of each function its flat regions, and whether it never falls. */
const rising = new Map<string, boolean>();
const known = new Map<string, FlatRegions>();

/** Where `|f′(x)|` is below the limit; everywhere for a limit of 0, which no slope reaches. */
export function flatRegions(name: UnaryName, alpha: number, limit: number): FlatRegions {
  if (limit === 0) return { below: Number.POSITIVE_INFINITY, above: none, low: none, high: none };
  const key = `${name} ${alpha} ${limit}`;
  const found = known.get(key) ?? findRegions(name, alpha, limit);
  known.set(key, found);
  return found;
}

/** Points no function of the catalogue bends between unnoticed: closer together where most happens, and beyond all of it. */
const points: readonly number[] = [
  ...[-3e38, -1e30, -1e20, -1e10, -1e6, -1e4, -1000, -300, -120],
  ...Array.from({ length: 16001 }, (_, index) => (index - 8000) / 100),
  ...[120, 300, 1000, 1e4, 1e6, 1e10, 1e20, 1e30, 3e38],
];

function findRegions(name: UnaryName, alpha: number, limit: number): FlatRegions {
  const { value, slope } = unaryFunctions[name];
  const isFlat = (x: number) => maths.abs(slope(x, value(x, alpha), alpha)) < limit;
  const regions: { from: number; to: number }[] = [];
  // Just beside each point, since a slope may jump there.
  const places = points.flatMap((point) => [point - 1e-6, point, point + 1e-6]);
  places.forEach((place, index) => {
    const before = places[index - 1];
    const wasFlat = before !== undefined && isFlat(before);
    if (isFlat(place) === wasFlat) return;
    if (wasFlat) {
      const last = regions.at(-1);
      if (last !== undefined) last.to = boundary(before, place, isFlat);
    } else {
      const from = before === undefined ? Number.NEGATIVE_INFINITY : boundary(place, before, isFlat);
      regions.push({ from, to: Number.POSITIVE_INFINITY });
    }
  });
  const left = regions.find(({ from }) => from === Number.NEGATIVE_INFINITY);
  const right = regions.find((region) => region !== left && region.to === Number.POSITIVE_INFINITY);
  const middle = regions.find((region) => region !== left && region !== right);
  return {
    below: left?.to ?? none,
    above: right?.from ?? none,
    low: middle?.from ?? none,
    high: middle?.to ?? none,
  };
}

/** The last float32 number that is flat on the way from a flat place to one that is not. */
function boundary(flat: number, steep: number, isFlat: (x: number) => boolean): number {
  let [inside, outside] = [maths.fround(flat), maths.fround(steep)];
  for (;;) {
    const middle = maths.fround(inside / 2 + outside / 2);
    if (middle === inside || middle === outside) return inside;
    if (isFlat(middle)) inside = middle;
    else outside = middle;
  }
}
