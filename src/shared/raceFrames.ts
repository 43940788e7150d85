// What changed in a live race since the frame before: kernel, extension and renderer keep a race this way, so that all show the same.

import type { ViewNumber } from "./json.ts";
import type { OptimizersView, Racer } from "./views.ts";

/** At most four a second. */
export interface RaceFrame {
  readonly raceId: string;
  /** Counts from 1 for each race. A renderer that misses one asks for a snapshot. */
  readonly sequence: number;
  /** What of the whole has another value. */
  readonly changed: Partial<Omit<OptimizersView, "racers">>;
  /** The variants of which something changed. */
  readonly racers: readonly RacerChange[];
}

export interface RacerChange {
  /** Its place in the view's `racers`. */
  readonly at: number;
  /** So many points at the beginning of its lines stay; those below come after them. */
  readonly kept: number;
  readonly steps: readonly number[];
  readonly mean: readonly ViewNumber[];
  readonly low: readonly ViewNumber[];
  readonly high: readonly ViewNumber[];
  /** What has another value beside its lines. */
  readonly changed: Partial<Omit<Racer, Line>>;
}

const lines = ["steps", "mean", "low", "high"] as const;
type Line = (typeof lines)[number];

/** What makes `after` of `before`: two views of one race with the same variants. */
export function raceFrame(before: OptimizersView, after: OptimizersView, sequence: number): RaceFrame {
  const { racers: earlier, ...wholeBefore } = before;
  const { racers, raceId, ...whole } = after;
  return {
    raceId,
    sequence,
    changed: changes(wholeBefore, whole),
    racers: racers.flatMap((racer, at) => {
      const known = earlier[at];
      const change = known === undefined ? null : racerChange(known, racer, at);
      return change === null ? [] : [change];
    }),
  };
}

/** The view after `frame`. The caller sees to it that no frame is missed or folded twice. */
export function foldRace(view: OptimizersView, frame: RaceFrame): OptimizersView {
  const byPlace = new Map(frame.racers.map((change) => [change.at, change]));
  return {
    ...view,
    ...frame.changed,
    racers: view.racers.map((racer, at) => {
      const change = byPlace.get(at);
      return change === undefined ? racer : foldRacer(racer, change);
    }),
  };
}

function foldRacer(racer: Racer, { kept, changed, steps, mean, low, high }: RacerChange): Racer {
  const after = <Item>(known: readonly Item[], more: readonly Item[]) => [...known.slice(0, kept), ...more];
  return {
    ...{ ...racer, ...changed },
    steps: after(racer.steps, steps),
    mean: after(racer.mean, mean),
    low: after(racer.low, low),
    high: after(racer.high, high),
  };
}

/** `null` where nothing changed. */
function racerChange(before: Racer, after: Racer, at: number): RacerChange | null {
  const kept = keptPoints(before, after);
  const tail = <Item>(list: readonly Item[]) => list.slice(kept);
  const changed = changes(withoutLines(before), withoutLines(after));
  const areSame = kept === before.steps.length && kept === after.steps.length;
  if (areSame && Object.keys(changed).length === 0) return null;
  const { steps, mean, low, high } = after;
  return { at, kept, steps: tail(steps), mean: tail(mean), low: tail(low), high: tail(high), changed };
}

/** How many points at the beginning are the same in all lines. */
function keptPoints(before: Racer, after: Racer): number {
  // With its second run a variant gets an interval at every point.
  if (before.low.length > 0 !== after.low.length > 0) return 0;
  const most = Math.min(before.steps.length, after.steps.length);
  for (let point = 0; point < most; point++)
    if (lines.some((line) => before[line][point] !== after[line][point])) return point;
  return most;
}

function withoutLines({ steps: _steps, mean: _mean, low: _low, high: _high, ...others }: Racer): Omit<Racer, Line> {
  return others;
}

/** The fields that have another value. */
function changes<Value extends object>(before: Partial<Value>, after: Value): Partial<Value> {
  const names = Object.keys(after) as (keyof Value)[];
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(differing.map((name) => [name, after[name]])) as Partial<Value>;
}
