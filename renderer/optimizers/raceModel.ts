// What the parts of a race's picture share: the view, which variant is lifted, what the lines are drawn against. Pure.

import { fromViewNumber } from "../../src/shared/json.ts";
import { type OptimizersView, type Racer, runawayFactor } from "../../src/shared/views.ts";
import { calmRange, isCalm } from "../charts/calmRange.ts";
import { logRange } from "../charts/logTicks.ts";

export type RaceAxis = "step" | "time";

export interface RaceState {
  readonly view: OptimizersView;
  readonly axis: RaceAxis;
  /** The variant that is pointed at or focused, unless it is hidden; `null` for none. */
  readonly lifted: number | null;
  readonly hidden: ReadonlySet<number>;
}

/** The variants whose lines are drawn, in the order of the view. */
export function shownRacers({ view, hidden }: Pick<RaceState, "view" | "hidden">): readonly number[] {
  return view.racers.flatMap((_, index) => (hidden.has(index) ? [] : [index]));
}

/** The picture is high enough for so many names at the ends of lines: the others stand in the table alone. */
export const mostNames = 12;

/** The variants whose lines are named at their ends: the first that are shown, and the lifted one wherever it stands; and the others that are drawn. */
export function namedRacers(state: RaceState): {
  readonly named: readonly number[];
  readonly unnamed: readonly number[];
} {
  // What never was a finite number has no line to be named at.
  const drawn = shownRacers(state).filter((index) => hasFinite(state.view.racers[index]));
  const named = drawn.filter((index, place) => place < mostNames || index === state.lifted);
  return { named, unnamed: drawn.filter((index) => !named.includes(index)) };
}

/** Whether a variant has a loss that can be drawn. */
export function hasFinite(racer: Racer | undefined): boolean {
  return racer?.mean.some((value) => Number.isFinite(fromViewNumber(value) ?? Number.NaN)) ?? false;
}

/** The variant that is read: the lifted one, else the first that is shown. */
export function readRacer(state: RaceState): number | null {
  return state.lifted ?? shownRacers(state)[0] ?? null;
}

/** The view that the axes follow: of the shown variants alone, or of all where none is left. */
export function axisView({ view, hidden }: Pick<RaceState, "view" | "hidden">): OptimizersView {
  const racers = view.racers.filter((_, index) => !hidden.has(index));
  if (racers.length === 0 || racers.length === view.racers.length) return view;
  return { ...view, racers, plannedSteps: Math.max(1, ...racers.map((racer) => reachOf(racer, view))) };
}

/** How many steps the lines of a variant take: as they are planned, and once the race has ended as far as they came. */
function reachOf({ steps, plannedSteps }: Racer, view: OptimizersView): number {
  return view.state === "running" ? (plannedSteps ?? view.plannedSteps) : (steps.at(-1) ?? 0);
}

export interface LinePoint {
  x: number;
  y: number | null;
}

/** The lines of a variant. */
export interface RacerLines {
  readonly mean: readonly LinePoint[];
  readonly low: readonly LinePoint[];
  readonly high: readonly LinePoint[];
}

/** How many units of the axis a step of this variant takes: one, or its mean time in seconds. */
export function unitsPerStep({ msPerStep }: Racer, axis: RaceAxis): number {
  return axis === "step" ? 1 : (msPerStep ?? Number.NaN) / 1000;
}

export function linesOf(racer: Racer, axis: RaceAxis, log: boolean): RacerLines {
  const unit = unitsPerStep(racer, axis);
  const line = (values: Racer["mean"]): LinePoint[] =>
    values.map((value, at) => {
      const number = fromViewNumber(value);
      const isDrawn = number !== null && Number.isFinite(number) && (!log || number > 0);
      return { x: (racer.steps[at] ?? 0) * unit, y: isDrawn ? number : null };
    });
  return { mean: line(racer.mean), low: line(racer.low), high: line(racer.high) };
}

/** After fewer steps of a race that runs a loss has hardly had time to change. */
const fewSteps = 20;

/** Loss is log where all of it is above zero, but for one that hardly changes. */
export function lossScale({ racers, target, state }: OptimizersView): {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
} {
  const means = racers
    .flatMap(({ mean }) => mean.map(fromViewNumber))
    .filter((value) => value !== null && Number.isFinite(value));
  const values = [...(means as number[]), ...(target === null ? [] : [target])];
  if (values.length === 0) return { log: true, min: 0.01, max: 1 };
  // One that ran away must not press the others together: it leaves the picture at the top.
  const starts = racers.flatMap(({ mean }) => fromViewNumber(mean[0] ?? null) ?? []);
  const ceiling = starts.length === 0 ? Number.POSITIVE_INFINITY : runawayFactor * Math.max(...starts);
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const max = min > 0 ? Math.min(highest, ceiling) : highest;
  if (min <= 0) return { log: false, min: min - 0.05 * (max - min), max: max + 0.05 * (max - min) };
  const isTold = state !== "running" || stepsShown({ racers }) > fewSteps;
  if (isTold && isCalm(min, max)) return { log: false, ...calmRange(...withBands(racers, min, max)) };
  // From two decades on a power of ten stands in the plot whatever the ends are.
  const range = max >= 100 * min ? null : logRange([min, max]);
  return { log: true, min: range?.min ?? min * 0.85, max: range?.max ?? max * 1.15 };
}

/** On either side a band may widen the axis by this share of what the lines take, so that lines keep at least half of it. */
const bandShare = 0.5;

/** The range of lines that hardly change with a fair part of their bands, which are cut at the edge: whole, wide ones would press the lines together. */
function withBands(racers: readonly Racer[], min: number, max: number): readonly [low: number, high: number] {
  const finite = (values: Racer["mean"]) =>
    values.flatMap((value) => fromViewNumber(value) ?? []).filter(Number.isFinite);
  const low = racers.flatMap((racer) => finite(racer.low)).reduce((least, value) => Math.min(least, value), min);
  const high = racers.flatMap((racer) => finite(racer.high)).reduce((most, value) => Math.max(most, value), max);
  const lines = calmRange(min, max);
  const room = bandShare * (lines.max - lines.min);
  return [Math.max(low, Math.min(min, lines.min) - room, 0), Math.min(high, Math.max(max, lines.max) + room)];
}

/** Above this mean share of the picture's height, the edges of bands would hide the lines. */
const crowdedShare = 1 / 3;

/** Whether the bands of the variants that are shown fill much of the picture. */
export function bandsCrowd(state: Pick<RaceState, "view" | "hidden">): boolean {
  const { racers } = axisView(state);
  const { log, min, max } = lossScale(axisView(state));
  const shareOf = (value: number) => {
    const share = log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
    return Math.min(1, Math.max(0, share));
  };
  const heights = racers.flatMap(({ low, high }) =>
    low.flatMap((value, at) => {
      const [from, to] = [fromViewNumber(value), fromViewNumber(high[at] ?? null)];
      return from === null || to === null || Number.isNaN(from + to) ? [] : [shareOf(to) - shareOf(from)];
    }),
  );
  return heights.reduce((sum, height) => sum + height, 0) > crowdedShare * heights.length;
}

/** The bands of the first so many variants are drawn; the lifted one always has its own. */
const bandsAtOnce = 5;

/** The variants whose bands are drawn: in high contrast many, or wide ones, would be one mass over the lines, and only the lifted one has its band. */
export function bandedRacers(
  { view, lifted, hidden }: Pick<RaceState, "view" | "lifted" | "hidden">,
  { highContrast }: { readonly highContrast: boolean },
): readonly number[] {
  if (lifted !== null) return [lifted];
  const shown = shownRacers({ view, hidden });
  if (highContrast && (shown.length > bandsAtOnce || bandsCrowd({ view, hidden }))) return [];
  return shown.filter((index) => index < bandsAtOnce);
}

/** How far the axis reaches. */
export function axisEnd({ plannedSteps, racers }: OptimizersView, axis: RaceAxis): number {
  if (axis === "step") return plannedSteps;
  const ends = racers.flatMap(({ msPerStep, steps }) =>
    msPerStep === null ? [] : [((steps.at(-1) ?? 0) * msPerStep) / 1000],
  );
  return ends.reduce((most, end) => Math.max(most, end), 0) || 1;
}

/** How far all variants together have come: tells an older view from a newer one. */
export function stepsShown({ racers }: Pick<OptimizersView, "racers">): number {
  return racers.reduce((sum, { steps }) => sum + (steps.at(-1) ?? 0), 0);
}

/** The places of the racers in the table: by rank, then by final loss; those without one last. */
export function tableOrder(racers: readonly Racer[]): readonly number[] {
  const key = (index: number) => racers[index]?.final?.mean ?? Number.MAX_VALUE;
  const rank = (index: number) => racers[index]?.rank ?? Number.MAX_VALUE;
  return racers.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || key(a) - key(b));
}
