// The surface view of a function of two numbers: its heights, and the ways of optimizers down.

import { checkOptions, describeValue } from "../../engine/errors.ts";
import { type OptimizerOption, UnknownNameError, ValueError } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { SurfacePath, SurfaceView } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { count, number, say } from "../parts/say.ts";
import { type Descent, descend, type Ground, groundOf, type HeightFunction, type Region } from "./descend.ts";
import { gridPlaces, heightsOf, isFlat, linesFor } from "./heightLines.ts";
import { type SurfaceEntrant, surfaceEntrants } from "./surfaceEntrants.ts";
import { pathsSentence } from "./surfaceSentence.ts";
import { type KnownSurface, knownSurfaces, type SurfaceName, surfaceNames } from "./surfaces.ts";

/** Options of `show.surface`. */
export interface SurfaceOptions {
  /**
   * Which optimizers walk: names, optimizers, or optimizers by the name they are to have. Default: sgd, momentum, adagrad, rmsprop
   * and adam. A name alone takes a learning rate that suits the surface; the picture says which.
   */
  readonly optimizers?: readonly OptimizerOption[] | Readonly<Record<string, OptimizerOption>>;
  /** Where they all begin. */
  readonly start?: readonly [x: number, y: number];
  /** How many steps they make; 400 by default. */
  readonly steps?: number;
  /** What is drawn of x: [from, to]; where it is not said, the surface's own range, as far as `start` at least. */
  readonly x?: readonly [from: number, to: number];
  /** What is drawn of y: [from, to]; likewise. */
  readonly y?: readonly [from: number, to: number];
  /** What the picture calls a function of your own. */
  readonly name?: string;
}

const optionNames = ["optimizers", "start", "steps", "x", "y", "name"];
/** The most steps that are drawn of a path. */
const drawnSteps = 400;
const mostPaths = 20;

/**
 * @throws UnknownNameError for an unknown surface or optimizer, ValueError for options that are not as they should be, and what
 *   the function throws.
 */
export function surfaceView(
  of: SurfaceName | HeightFunction | (string & {}),
  options: SurfaceOptions = {},
): SurfaceView {
  return surfaceScene(of, options)(null);
}

/** A surface whose paths may start from anywhere: `null` for where the options say. @throws as `surfaceView` */
export function surfaceScene(
  of: SurfaceName | HeightFunction | (string & {}),
  options: SurfaceOptions = {},
): (start: readonly [x: number, y: number] | null) => SurfaceView {
  checkOptions("show.surface", options, optionNames);
  const known = knownSurface(of);
  const { name, formula, source, f, ...rest } =
    known === null ? unknownSurface(of as HeightFunction, options) : knownParts(known);
  const usualStart = placeOf(options.start === undefined ? rest.start : options.start);
  const region: Region = {
    x: options.x === undefined ? asFarAs(usualStart[0], rest.x) : rangeOf("x", options.x),
    y: options.y === undefined ? asFarAs(usualStart[1], rest.y) : rangeOf("y", options.y),
  };
  const steps = stepsOf(options.steps === undefined ? drawnSteps : options.steps);
  const ground = groundOf(f, usualStart);
  const entrants = surfaceEntrants(options.optimizers, rest.rates);
  if (entrants.length > mostPaths)
    throw new ValueError({
      op: "show.surface",
      expected: `at most ${mostPaths} optimizers`,
      got: String(entrants.length),
    });
  const [columns, rows] = known !== null || ground.writtenWith === "numbers" ? [121, 91] : [73, 55];
  const { xs, ys } = gridPlaces(region, columns, rows);
  const values = ground.heightsAt(xs, ys);
  if (!values.some(Number.isFinite))
    throw new ValueError({
      op: "show.surface",
      expected: "a function with finite values somewhere in the picture",
      got: `none of ${columns * rows} from x ${region.x.join(" to ")}, y ${region.y.join(" to ")}`,
      hint: "Look at the function there, or choose another range: show.surface(f, { x: [1, 5], y: [1, 5] }).",
    });
  const hasHoles = values.some(Number.isNaN);
  const lines = linesFor(values);
  const heights = heightsOf(values, columns, rows);
  const minima = minimumHeights(ground, rest.minima);
  const x = { from: region.x[0], to: region.x[1] };
  const y = { from: region.y[0], to: region.y[1] };
  const pathsFrom = (start: readonly [number, number]) =>
    entrants.map((entrant) =>
      pathOf(entrant, descend(ground, entrant.make(), { start, steps, region }), { steps, region }),
    );
  const usualPaths = pathsFrom(usualStart);
  const viewOf = (start: readonly [number, number], paths: readonly SurfacePath[]): SurfaceView => ({
    kind: "surface",
    version: 1,
    sentence: pathsSentence(name, paths, { minima, x, y }),
    ground: { kind: "function", name, formula, source },
    x,
    y,
    heights,
    lines,
    start: paths.length === 0 ? null : start,
    minima: rest.minima,
    paths,
    notes: notesOf({ lines, columns, rows, ground, steps, paths, hasHoles, isFlat: isFlat(values) }),
  });
  return (start) => (start === null ? viewOf(usualStart, usualPaths) : viewOf(start, pathsFrom(start)));
}

interface Way {
  readonly steps: number;
  readonly region: Region;
}

function pathOf(entrant: SurfaceEntrant, { x, y, heights, end }: Descent, way: Way): SurfacePath {
  const { steps, region } = way;
  const every = Math.max(1, Math.ceil(steps / drawnSteps));
  const kept = x.flatMap((_, step) => (step % every === 0 || step === x.length - 1 ? [step] : []));
  return {
    name: entrant.name,
    runId: null,
    learningRate: entrant.learningRate,
    steps: kept,
    x: placesOf(x, kept, region.x),
    y: placesOf(y, kept, region.y),
    value: kept.map((step) => toViewNumber(heights[step])),
    end,
  };
}

/** To a hundred-thousandth of what is drawn, or finer. */
export function placesOf(
  list: readonly number[],
  kept: readonly number[],
  [from, to]: readonly [number, number],
): readonly number[] {
  const decimals = Math.min(12, Math.max(0, Math.ceil(5 - Math.log10(to - from))));
  return kept.map((step) => Number((list[step] ?? 0).toFixed(decimals)) + 0);
}

function notesOf(shown: {
  readonly lines: SurfaceView["lines"];
  readonly columns: number;
  readonly rows: number;
  readonly ground: Ground;
  readonly steps: number;
  readonly paths: readonly SurfacePath[];
  /** Whether some height that is drawn is no number. */
  readonly hasHoles: boolean;
  /** Whether all heights are the same. */
  readonly isFlat: boolean;
}): readonly Message[] {
  const { lines, columns, rows, ground, steps, paths, hasHoles, isFlat } = shown;
  const every = Math.ceil(steps / drawnSteps);
  return [
    isFlat ? say("surfaceFlat") : linesNote(lines),
    say("surfaceSampled", { columns: count(columns), rows: count(rows) }),
    ...(hasHoles ? [say("surfaceHoles")] : []),
    ...(ground.writtenWith === "numbers" ? [say("surfaceDifferences")] : []),
    ...(every > 1 ? [say("surfaceThinnedPaths", { steps: count(steps), every: count(every) })] : []),
    ...(paths.length > 1 ? [say("surfaceNoRanking")] : []),
  ];
}

/** How high the lines of equal height stand. */
export function linesNote({ perPower, above }: SurfaceView["lines"]): Message {
  return above === 0
    ? say("surfaceEqualLines", { count: count(perPower) })
    : say("surfaceEqualLinesAbove", { count: count(perPower), lowest: number(above) });
}

function minimumHeights(ground: Ground, minima: readonly (readonly [number, number])[]): readonly number[] {
  if (minima.length === 0) return [];
  return ground.heightsAt(
    minima.map(([x]) => x),
    minima.map(([, y]) => y),
  );
}

function knownSurface(of: unknown): KnownSurface | null {
  if (typeof of === "function") return null;
  if (typeof of !== "string")
    throw new ValueError({
      op: "show.surface",
      expected: "the name of a surface, or a function of x and y",
      got: describeValue(of),
      hint: 'For example show.surface("beale"), or show.surface((x, y) => x ** 2 + 3 * y ** 2).',
    });
  const name = surfaceNames.find((each) => each === of.toLowerCase());
  if (name === undefined) throw new UnknownNameError({ what: "surface", unknown: of, known: [...surfaceNames] });
  return knownSurfaces[name];
}

function knownParts({ label, ...surface }: KnownSurface) {
  return { name: label, ...surface };
}

function unknownSurface(f: HeightFunction, { name }: SurfaceOptions) {
  return {
    name: name ?? (f.name === "" ? "f(x, y)" : f.name),
    formula: null,
    source: null,
    f,
    x: [-3, 3] as const,
    y: [-2.5, 2.5] as const,
    start: [-2, 2] as const,
    minima: [] as const,
    rates: {},
  };
}

/** The range, wide enough to see a path begin: with a tenth of room beside a place that lies outside. */
function asFarAs(place: number, [from, to]: readonly [number, number]): readonly [number, number] {
  if (place >= from && place <= to) return [from, to];
  const room = 0.1 * (Math.max(place, to) - Math.min(place, from));
  const edge = Number((place + (place < from ? -room : room)).toPrecision(3));
  return place < from ? [edge, to] : [from, edge];
}

function rangeOf(name: string, range: unknown): readonly [number, number] {
  const [from, to] = Array.isArray(range) ? (range as unknown[]) : [];
  if (typeof from === "number" && typeof to === "number" && Number.isFinite(to - from) && from < to) return [from, to];
  throw new ValueError({
    op: "show.surface",
    expected: `${name} as [from, to] with from below to`,
    got: describeValue(range),
    hint: `For example ${name}: [-2, 2].`,
  });
}

function placeOf(start: unknown): readonly [number, number] {
  const [x, y] = Array.isArray(start) ? (start as unknown[]) : [];
  if (typeof x === "number" && typeof y === "number" && Number.isFinite(x) && Number.isFinite(y)) return [x, y];
  throw new ValueError({
    op: "show.surface",
    expected: "start as two numbers, [x, y]",
    got: describeValue(start),
    hint: "For example start: [-1, 1.5].",
  });
}

function stepsOf(steps: number): number {
  if (Number.isInteger(steps) && steps >= 1 && steps <= 100_000) return steps;
  throw new ValueError({
    op: "show.surface",
    expected: "steps as a whole number from 1 to 100,000",
    got: describeValue(steps),
  });
}
