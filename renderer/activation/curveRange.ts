// Which stretch of z the activation view shows: all that is known, or what the reader zoomed into. No DOM.

import type { ViewNumber } from "../../src/shared/json.ts";
import { type Range, type ZoomStep, zoomed } from "../time/timeZoom.ts";
import type { Choices } from "./choices.ts";
import { rangeOf, valueAt } from "./readCurve.ts";

/** Curves are sampled: closer than this there is nothing more to see. */
const shortest = 0.5;

/** The range of z that the chosen functions and the layer's values take together. */
export function wholeRange(choices: Choices): Range {
  const [from, to] = rangeOf(choices.chosen.map(({ variant }) => variant));
  const edges = choices.layer?.edges ?? [];
  return [Math.min(from, edges[0] ?? from), Math.max(to, edges.at(-1) ?? to)];
}

/** What all drawings show of it. */
export function shownRange(choices: Choices): Range {
  const [low, high] = wholeRange(choices);
  const [from, to] = choices.range ?? [low, high];
  return from >= high || to <= low ? [low, high] : [Math.max(low, from), Math.min(high, to)];
}

/** Zooms or moves what is shown; around the reading line, or another z. */
export function zoomRange(choices: Choices, step: ZoomStep, around = choices.z): void {
  const shown = choices.range === null ? null : shownRange(choices);
  choices.range = zoomed(shown, wholeRange(choices), step, { around, shortest });
}

/** A zoomed range follows the reading line out of it; whether it had to. */
export function followLine(choices: Choices): boolean {
  if (choices.range === null) return false;
  const [from, to] = shownRange(choices);
  const moved = choices.z < from ? choices.z - from : Math.max(0, choices.z - to);
  choices.range = [from + moved, to + moved];
  return moved !== 0;
}

/** The part of a sampled series that is shown, its ends read between samples. */
export function shownPart(
  { z, series }: { readonly z: readonly number[]; readonly series: readonly ViewNumber[] },
  [from, to]: Range,
): { readonly z: readonly number[]; readonly series: readonly ViewNumber[] } {
  const inside = z.flatMap((at, index) => (at > from && at < to ? [index] : []));
  const ends = (at: number) => (at >= (z[0] ?? at) && at <= (z.at(-1) ?? at) ? [at] : []);
  const places = [...ends(from), ...inside.map((index) => z[index] ?? 0), ...ends(to)];
  const values = [
    ...ends(from).map((at) => valueAt(z, series, at)),
    ...inside.map((index) => series[index] ?? null),
    ...ends(to).map((at) => valueAt(z, series, at)),
  ];
  return { z: places, series: values };
}
