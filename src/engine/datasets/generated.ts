// Data sets made on the spot: small shapes in the plane that show what a network can and cannot separate. Same seed, same points.

import { checkOptions, describeValue, ValueError } from "../errors.ts";
import { Floats, maths } from "../intrinsics.ts";
import { Random } from "../random.ts";
import { Tensor } from "../tensor.ts";
import { columnOf, Dataset, oneHotTargets } from "./dataset.ts";

/** What every generated data set takes. */
export interface GeneratedOptions {
  /** How many examples. */
  readonly samples?: number;
  /** Standard deviation of the noise added to each coordinate. */
  readonly noise?: number;
  /** Chooses the points. Default 1. */
  readonly seed?: number;
}

/**
 * Two half moons that reach into each other.
 *
 * `x` is `[samples, 2]`, `y` is `[samples, 1]` of 0 and 1.
 *
 * @param options `samples` (default 400), `noise` (default 0.1), `seed` (default 1).
 * @example datasets.moons({ samples: 400, noise: 0.1, seed: 1 }).split({ validation: 0.2 })
 */
export function moons(options: GeneratedOptions = {}): Dataset {
  const { samples, noise, seed } = readOptions("moons", options, { samples: 400, noise: 0.1 });
  return makeClasses(
    { name: "moons", what: "two half moons in the plane.", classes: 2, samples, noise, seed },
    (label, random) => {
      const angle = random.uniform(0, maths.PI);
      return label === 0 ? [maths.cos(angle), maths.sin(angle)] : [1 - maths.cos(angle), 0.5 - maths.sin(angle)];
    },
  );
}

/**
 * A circle inside a circle: no straight line separates them.
 *
 * `x` is `[samples, 2]`, `y` is `[samples, 1]` of 0 (outside, radius 1) and 1 (inside).
 *
 * @param options `samples` (default 400), `noise` (default 0.05), `factor` (radius of the inner circle, default 0.5), `seed` (default 1).
 * @example datasets.circles({ factor: 0.6 })
 */
export function circles(options: GeneratedOptions & { readonly factor?: number } = {}): Dataset {
  const { samples, noise, seed } = readOptions("circles", options, { samples: 400, noise: 0.05 }, ["factor"]);
  const factor = numberOption("circles", "factor", options.factor ?? 0.5);
  return makeClasses(
    { name: "circles", what: "a circle inside a circle.", classes: 2, samples, noise, seed },
    (label, random) => {
      const angle = random.uniform(0, 2 * maths.PI);
      const radius = label === 0 ? 1 : factor;
      return [radius * maths.cos(angle), radius * maths.sin(angle)];
    },
  );
}

/**
 * Spiral arms wound around each other: hard for a small network.
 *
 * `x` is `[samples, 2]`; `y` is `[samples, 1]` of 0 and 1 for two arms, else one-hot.
 *
 * @param options `samples` (default 400), `noise` (default 0.05), `classes` (arms, default 2), `turns` (default 1), `seed` (default 1).
 * @example datasets.spirals({ classes: 3, samples: 600 })
 */
export function spirals(
  options: GeneratedOptions & { readonly classes?: number; readonly turns?: number } = {},
): Dataset {
  const { samples, noise, seed } = readOptions("spirals", options, { samples: 400, noise: 0.05 }, ["classes", "turns"]);
  const classes = countOption("spirals", "classes", options.classes ?? 2, 2);
  const turns = numberOption("spirals", "turns", options.turns ?? 1);
  return makeClasses(
    { name: "spirals", what: `${classes} spiral arms around each other.`, classes, samples, noise, seed },
    (label, random) => {
      // The square root spreads the points evenly along the arm's growing length.
      const radius = maths.sqrt(random.uniform(0.01, 1));
      const angle = 2 * maths.PI * (turns * radius + label / classes);
      return [radius * maths.cos(angle), radius * maths.sin(angle)];
    },
  );
}

/**
 * Round clouds of points, one a class.
 *
 * `x` is `[samples, features]`; `y` is one-hot, or `[samples, 1]` of 0 and 1 for two classes.
 *
 * @param options `samples` (default 300), `noise` (spread of a cloud, default 1), `classes` (default 3), `features` (default 2), `seed` (default 1).
 * @example datasets.blobs({ classes: 4, noise: 0.8 })
 */
export function blobs(
  options: GeneratedOptions & { readonly classes?: number; readonly features?: number } = {},
): Dataset {
  const { samples, noise, seed } = readOptions("blobs", options, { samples: 300, noise: 1 }, ["classes", "features"]);
  const classes = countOption("blobs", "classes", options.classes ?? 3, 2);
  const features = countOption("blobs", "features", options.features ?? 2, 1);
  const centres = new Random(seed).child("centres");
  checkSize("blobs", (samples + classes) * features + samples * classes);
  const places = Array.from({ length: classes }, () => Array.from({ length: features }, () => centres.uniform(-6, 6)));
  return makeClasses(
    { name: "blobs", what: `${classes} round clouds of points.`, classes, samples, noise, seed },
    (label) => places[label] ?? [],
  );
}

/**
 * Exclusive or: class 1 where exactly one of two inputs is 1. One layer cannot learn it, two can.
 *
 * `x` is `[samples, 2]`, `y` is `[samples, 1]` of 0 and 1. The four corners come in turn; more than four samples repeat them.
 *
 * @param options `samples` (default 4), `noise` (default 0), `seed` (default 1).
 * @example datasets.xor().x.toArray() // [[0, 0], [0, 1], [1, 0], [1, 1]]
 */
export function xor(options: GeneratedOptions = {}): Dataset {
  const { samples, noise, seed } = readOptions("xor", options, { samples: 4, noise: 0 });
  const random = new Random(seed);
  const corners = Array.from({ length: samples }, (_, index) => [(index >> 1) & 1, index & 1] as const);
  const points = corners.map((corner) => corner.map((value) => value + noise * random.normal()));
  const labels = corners.map(([left, right]) => left ^ right);
  return planeClasses({ name: "xor", what: "exclusive or of two inputs.", classes: 2 }, points, labels);
}

/**
 * A sine wave to fit: regression with one input.
 *
 * `x` is `[samples, 1]` from −π to π, `y` is `[samples, 1]`, `sin(x)` with noise.
 *
 * @param options `samples` (default 200), `noise` (default 0.1), `seed` (default 1).
 * @example datasets.sine({ noise: 0 })
 */
export function sine(options: GeneratedOptions = {}): Dataset {
  const { samples, noise, seed } = readOptions("sine", options, { samples: 200, noise: 0.1 });
  const random = new Random(seed);
  const xs = Array.from({ length: samples }, () => random.uniform(-maths.PI, maths.PI));
  return new Dataset({
    origin: { name: "sine", what: "y = sin x with noise.", ...madeHere },
    task: "regression",
    x: columnOf(xs),
    y: columnOf(xs.map((x) => maths.sin(x) + noise * random.normal())),
    labels: [],
    featureNames: ["x"],
    classNames: [],
    steps: [],
  });
}

const madeHere = { source: "generated by nnbook", licence: "none needed" };

interface ClassesPlan {
  readonly name: string;
  readonly what: string;
  readonly classes: number;
  readonly samples: number;
  readonly noise: number;
  readonly seed: number;
}

/** Points of each class in turn, with noise, in random order. */
function makeClasses(plan: ClassesPlan, place: (label: number, random: Random) => readonly number[]): Dataset {
  checkSize(plan.name, plan.samples * (plan.classes === 2 ? 1 : plan.classes));
  const random = new Random(plan.seed);
  const labels = random
    .child("order")
    .permutation(plan.samples)
    .map((index) => index % plan.classes);
  const points = labels.map((label) => place(label, random).map((value) => value + plan.noise * random.normal()));
  return planeClasses(plan, points, labels);
}

/** A slip of the finger must not take all memory. */
const largestSize = 1e8;

function checkSize(name: string, size: number): void {
  if (size <= largestSize) return;
  throw new ValueError({
    op: `datasets.${name}`,
    expected: `at most ${largestSize} numbers`,
    got: String(size),
    hint: "Ask for fewer samples, classes or features.",
  });
}

function planeClasses(
  plan: { name: string; what: string; classes: number },
  points: readonly (readonly number[])[],
  labels: readonly number[],
): Dataset {
  const width = points[0]?.length ?? 0;
  return new Dataset({
    origin: { name: plan.name, what: plan.what, ...madeHere },
    task: plan.classes === 2 ? "binary" : "classification",
    x: new Tensor([points.length, width], new Floats(points.flat())),
    y: plan.classes === 2 ? columnOf(labels) : oneHotTargets(labels, plan.classes),
    labels,
    featureNames: Array.from({ length: width }, (_, index) => `x${index + 1}`),
    classNames: Array.from({ length: plan.classes }, (_, index) => `class ${index}`),
    steps: [],
  });
}

function readOptions(
  name: string,
  options: GeneratedOptions,
  defaults: { samples: number; noise: number },
  more: readonly string[] = [],
) {
  checkOptions(`datasets.${name}`, options, ["samples", "noise", "seed", ...more]);
  const noise = numberOption(name, "noise", options.noise ?? defaults.noise);
  if (noise < 0)
    throw new ValueError({ op: `datasets.${name}`, expected: "noise of 0 or more", got: describeValue(noise) });
  return {
    samples: countOption(name, "samples", options.samples ?? defaults.samples, 1),
    noise,
    seed: numberOption(name, "seed", options.seed ?? 1),
  };
}

function numberOption(name: string, option: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new ValueError({ op: `datasets.${name}`, expected: `${option} as a number`, got: describeValue(value) });
}

/** More would not fit into memory. */
const mostCount = 1e7;

function countOption(name: string, option: string, value: unknown, least: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= mostCount) return value;
  throw new ValueError({
    op: `datasets.${name}`,
    expected: `${option} as a whole number from ${least} to ${mostCount}`,
    got: describeValue(value),
  });
}
