// The loss around trained nets: a plane through their weights, the loss on it, and the ways of their trainings as shadows.

import { checkOptions, describeValue } from "../../engine/errors.ts";
import { type Model, type Run, ValueError } from "../../engine/index.ts";
import type { TrainingData } from "../../engine/training/data/trainingData.ts";
import { lossMeter } from "../../engine/training/model/lossMeter.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { SurfacePath, SurfaceView } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { distinctNames, type NamedRun } from "../gradients/gradientsView.ts";
import { count, say, share } from "../parts/say.ts";
import type { Region } from "./descend.ts";
import { gridPlaces, heightsOf, linesFor } from "./heightLines.ts";
import { offPlane, type Place, type Plane, placeOn, principalPlane, randomPlane, shadowOn } from "./planes.ts";
import { pathsSentence } from "./surfaceSentence.ts";
import { linesNote, placesOf } from "./surfaceView.ts";

/** Options of `show.landscape`. */
export interface LandscapeOptions {
  /** "pca" (default): the plane that the weights left least on their way (where they did not move, random directions); "random": two random directions from the first run's end. */
  readonly plane?: "pca" | "random";
  /** How many places along each side the loss is computed at: 5 to 101; 31 by default. */
  readonly resolution?: number;
  /** At most how many examples the loss is measured on, evenly spread over the data; 256 by default. */
  readonly examples?: number;
  /** Chooses the random directions; 1 by default. */
  readonly seed?: number;
}

/** A run whose way is drawn; of a race under its variant's name. */
export interface LandscapeRun extends NamedRun {
  readonly name?: string;
}

const optionNames = ["plane", "resolution", "examples", "seed"];
const mostRuns = 10;
/** At most so many numbers of snapshots are looked at together: 200 MB of them. */
const mostNumbers = 25_000_000;
/** How much wider than the paths the picture is, on each side. */
const margin = 0.25;

/**
 * @param notes What else is to be said of the choice of runs.
 * @throws ValueError for runs without snapshots, nets of different shapes, no data, and options that are not as they should be
 */
export function landscapeView(
  runs: readonly LandscapeRun[],
  data: TrainingData,
  options: LandscapeOptions = {},
  notes: readonly Message[] = [],
): SurfaceView {
  checkOptions("show.landscape", options, optionNames);
  if (typeof data !== "object" || data === null)
    throw new ValueError({
      op: "show.landscape",
      expected: "the examples that the loss is measured on",
      got: data === undefined ? "none" : describeValue(data),
      hint: "Give the data of the training, or { x, y }: show.landscape(run, data).",
    });
  const { plane: kind = "pca", seed = 1 } = options;
  if (kind !== "pca" && kind !== "random")
    throw new ValueError({ op: "show.landscape", expected: 'plane as "pca" or "random"', got: describeValue(kind) });
  const resolution = wholeOption("resolution", options.resolution === undefined ? 31 : options.resolution, 5, 101);
  const limit = wholeOption("examples", options.examples === undefined ? 256 : options.examples, 1, 1_000_000);
  const ways = runs.map(({ run }) => wayOf(run as Run, mostNumbers / Math.max(1, runs.length)));
  const [first] = ways;
  if (first === undefined || ways.length > mostRuns)
    throw new ValueError({ op: "show.landscape", expected: `1 to ${mostRuns} runs`, got: String(ways.length) });
  const odd = ways.find(({ shapes }) => String(shapes) !== String(first.shapes));
  if (odd !== undefined)
    throw new ValueError({
      op: "show.landscape",
      expected: "runs of nets with the same shapes of weights, which lie in one space",
      got: `"${odd.run.name}" beside "${first.run.name}"`,
    });
  const all = ways.flatMap(({ places }) => places);
  // Weights that ran away to 10⁹ would leave nothing to see of the others' ways.
  const sound = ways.filter(({ run }) => run.state !== "diverged");
  const choosing = sound.length > 0 ? sound : ways;
  const chosen = choosing.flatMap(({ places }) => places);
  const end = choosing[0]?.places.at(-1) ?? new Float64Array();
  const moved = kind === "pca" ? principalPlane(chosen) : null;
  const isStill = moved?.explained?.[0] === 0;
  const plane = moved === null || isStill ? randomPlane(end, first.shapes, seed) : moved;
  const directions = plane.explained === null ? "random" : "pca";
  const loss = lossMeter("show.landscape", first.run.model as Model<unknown>, data, limit);
  const shadows = ways.map(({ places }) => places.map((place) => shadowOn(plane, place)));
  const region = regionOf(
    plane,
    chosen.map((place) => shadowOn(plane, place)),
  );
  const { xs, ys } = gridPlaces(region, resolution, resolution);
  const values = xs.map((x, index) => loss.at(placeOn(plane, x, ys[index] ?? 0)));
  const names = distinctNames(ways.map(({ run }, index) => ({ run, name: runs[index]?.name ?? run.name })));
  const paths = ways.map((way, index): SurfacePath => {
    const kept = way.places.map((_, place) => place);
    const along = (axis: 0 | 1) => (shadows[index] ?? []).map((shadow) => shadow[axis]);
    return {
      name: names[index] ?? way.run.name,
      runId: runs[index]?.runId ?? null,
      learningRate: way.run.learningRate,
      steps: way.steps,
      x: placesOf(along(0), kept, region.x),
      y: placesOf(along(1), kept, region.y),
      value: way.places.map((place) => toViewNumber(loss.at(place))),
      end: way.run.state === "diverged" ? "diverged" : "finished",
    };
  });
  const lines = linesFor(values);
  const x = { from: region.x[0], to: region.x[1] };
  const y = { from: region.y[0], to: region.y[1] };
  return {
    kind: "surface",
    version: 1,
    sentence: pathsSentence("", paths, { minima: [], x, y }),
    ground: { kind: "plane", measure: first.run.lossName, directions, explained: plane.explained },
    x,
    y,
    heights: heightsOf(values, resolution, resolution),
    lines,
    start: commonStart(paths, region),
    minima: [],
    paths,
    notes: [
      ...notes,
      ...(paths.length > 1 ? [say("landscapeOneRun")] : []),
      ...(isStill ? [say("landscapeStill")] : []),
      ...(choosing.length === ways.length
        ? []
        : [say(directions === "pca" ? "landscapePlaneOfRest" : "landscapeDistanceOfRest")]),
      say("landscapeSlice", { weights: count(end.length), off: share(offPlane(plane, chosen)) }),
      loss.examples === loss.total
        ? say("landscapeAllExamples", { total: count(loss.total) })
        : say("landscapeSample", { examples: count(loss.examples), total: count(loss.total) }),
      say("landscapeSnapshots", { snapshots: count(all.length) }),
      ...(directions === "random" ? [say("landscapeRandom", { seed: String(seed) })] : []),
      linesNote(lines),
      say("surfaceSampled", { columns: count(resolution), rows: count(resolution) }),
    ],
  };
}

/** Where all paths begin; `null` where they begin apart. */
function commonStart(paths: readonly SurfacePath[], { x, y }: Region): readonly [x: number, y: number] | null {
  const starts = paths.map((path) => [path.x[0] ?? Number.NaN, path.y[0] ?? Number.NaN] as const);
  const [first] = starts;
  if (first === undefined) return null;
  const isNear = (at: number, other: number, [from, to]: Region["x"]) => Math.abs(at - other) < (to - from) / 1000;
  return starts.every((each) => isNear(each[0], first[0], x) && isNear(each[1], first[1], y)) ? first : null;
}

/** Which runs of a race are drawn. */
export function raceSeedNote(seed: number): Message {
  return say("landscapeSeed", { seed: String(seed) });
}

interface Way {
  readonly run: Run;
  readonly shapes: readonly (readonly number[])[];
  readonly steps: readonly number[];
  readonly places: readonly Place[];
}

function wayOf(run: Run, most: number): Way {
  const whole = run.snapshots.filter(({ weights }) => weights.every((each) => each.every(Number.isFinite)));
  const size = run.model.weights.reduce((sum, weight) => sum + weight.size, 0);
  const snapshots = evenly(whole, Math.max(2, Math.floor(most / Math.max(1, size))));
  if (snapshots.length < 2)
    throw new ValueError({
      op: "show.landscape",
      expected: "a run that kept snapshots of its weights",
      got: `"${run.name}", which kept ${snapshots.length === 0 ? "none" : "one"}`,
      hint: "Train with fit(data, { snapshots: 30 }): or compare({ snapshots: 30 }): each takes 4 bytes a weight.",
    });
  const shapes = run.model.weights.map(({ shape }) => shape);
  const places = snapshots.map(({ weights }) => Float64Array.from(weights.flatMap((each) => [...each])));
  return { run, shapes, steps: snapshots.map(({ step }) => step), places };
}

/** At most so many of them, the first and the last among them. */
function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)] as Item);
}

/** What of the plane is drawn: all shadows with some room, or as far as the net's own weights along random directions. */
function regionOf({ explained }: Plane, shadows: readonly (readonly [x: number, y: number])[]): Region {
  const along = (axis: 0 | 1): readonly [number, number] => {
    const all = shadows.map((shadow) => shadow[axis]);
    const least = explained === null ? -1 : Math.min(...all);
    const most = explained === null ? 1 : Math.max(...all);
    const room = explained === null ? 0 : margin * (most - least) || 1;
    return [Number((least - room).toPrecision(5)), Number((most + room).toPrecision(5))];
  };
  return { x: along(0), y: along(1) };
}

function wholeOption(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ValueError({
    op: "show.landscape",
    expected: `${name} as a whole number from ${least} to ${most.toLocaleString("en")}`,
    got: describeValue(value),
  });
}
