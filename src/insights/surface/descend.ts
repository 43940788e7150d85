// Lets an optimizer of the engine walk down a function of two numbers, with slopes by its derivatives.

import {
  noGrad,
  type Optimizer,
  type Parameter,
  parameter,
  ShapeError,
  Tensor,
  tensor,
  ValueError,
} from "../../engine/index.ts";

/** x or y: a number for a function that is written with plain numbers, a tensor for one that is written with its operations. */
export type HeightInput = number & Tensor;

/** A function of two numbers: `(x, y) => x ** 2 + y ** 2`, or `(x, y) => x.square().add(y.square())`. */
export type HeightFunction = (x: HeightInput, y: HeightInput) => number | Tensor;

/** A function whose height and slopes can be asked. */
export interface Ground {
  readonly writtenWith: "tensors" | "numbers";
  /** The height at the point; its slopes are in `point.grad` then. */
  slopeAt(point: Parameter): number;
  /** The heights at many places. */
  heightsAt(xs: readonly number[], ys: readonly number[]): readonly number[];
}

/** Finds out at a place what a function is written with. @throws what it throws, and ShapeError or ValueError for what is not one number */
export function groundOf(f: HeightFunction, [x, y]: readonly [number, number]): Ground {
  if (typeof answerToNumbers(f, x, y) === "number")
    return numberGround(f as unknown as (x: number, y: number) => number);
  return tensorGround(f as unknown as (x: Tensor, y: Tensor) => Tensor, [x, y]);
}

/** What it says to plain numbers; nothing where it is written with operations of tensors, which numbers do not have. */
function answerToNumbers(f: HeightFunction, x: number, y: number): unknown {
  try {
    return (f as unknown as (x: number, y: number) => unknown)(x, y);
  } catch {
    // What is really wrong is thrown again when it is asked with tensors.
    return undefined;
  }
}

function numberGround(f: (x: number, y: number) => number): Ground {
  return {
    writtenWith: "numbers",
    slopeAt(point) {
      const [x = 0, y = 0] = point.data;
      const reach = (at: number) => 1e-5 * Math.max(1, Math.abs(at));
      const slopes = [
        (f(x + reach(x), y) - f(x - reach(x), y)) / (2 * reach(x)),
        (f(x, y + reach(y)) - f(x, y - reach(y))) / (2 * reach(y)),
      ];
      point.zeroGrad();
      point.mul(tensor(slopes)).sum().backward();
      return f(x, y);
    },
    heightsAt: (xs, ys) => xs.map((x, index) => f(x, ys[index] ?? 0)),
  };
}

function tensorGround(f: (x: Tensor, y: Tensor) => Tensor, start: readonly [number, number]): Ground {
  const heightOf = (x: number, y: number) => noGrad(() => oneNumber(f(tensor(x), tensor(y))).item());
  const [x, y] = start;
  const alone = [heightOf(x, y), heightOf(x + 0.5, y - 0.25)];
  const many = takesMany(f, start, alone);
  return {
    writtenWith: "tensors",
    slopeAt(point) {
      point.zeroGrad();
      const height = oneNumber(f(point.slice(0, 1).reshape([]), point.slice(1, 2).reshape([])));
      if (height.needsGradient) height.backward();
      return height.item();
    },
    heightsAt: (xs, ys) =>
      many
        ? [...noGrad(() => f(tensor([...xs]), tensor([...ys]))).data]
        : xs.map((each, index) => heightOf(each, ys[index] ?? 0)),
  };
}

/** Whether a function gives the same for many places at once as for each alone: not so if it sums over them. */
function takesMany(
  f: (x: Tensor, y: Tensor) => Tensor,
  [x, y]: readonly [number, number],
  alone: readonly number[],
): boolean {
  try {
    const both = noGrad(() => f(tensor([x, x + 0.5]), tensor([y, y - 0.25])));
    return (
      both instanceof Tensor &&
      both.shape.length === 1 &&
      both.size === 2 &&
      alone.every(
        (height, index) => Math.abs((both.data[index] ?? Number.NaN) - height) <= 1e-5 * Math.abs(height) + 1e-9,
      )
    );
  } catch {
    // It wants one place at a time.
    return false;
  }
}

function oneNumber(height: unknown): Tensor {
  if (!(height instanceof Tensor))
    throw new ValueError({
      op: "show.surface",
      expected: "a function that returns a number or a tensor",
      got: height === undefined ? "one that returns nothing" : `one that returns ${typeof height}`,
      hint: "For example (x, y) => x ** 2 + 3 * y ** 2, or (x, y) => x.square().add(y.square().mul(3)).",
    });
  if (height.size !== 1)
    throw new ShapeError({
      op: "show.surface",
      what: "the function to return",
      expected: "one number",
      got: height.shape,
    });
  return height;
}

/** A way down: where it was after each step, the start included. */
export interface Descent {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly heights: readonly number[];
  readonly end: "finished" | "left" | "diverged";
}

export interface Region {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** How many widths of the picture beside it a path is given up. */
const givenUpAt = 2;

export function descend(
  ground: Ground,
  optimizer: Optimizer,
  {
    start,
    steps,
    region,
  }: { readonly start: readonly [number, number]; readonly steps: number; readonly region: Region },
): Descent {
  const point = parameter("point", [...start]);
  const [x, y, heights]: [number[], number[], number[]] = [[], [], []];
  for (let step = 0; ; step++) {
    const height = ground.slopeAt(point);
    const [atX = Number.NaN, atY = Number.NaN] = point.data;
    if (![atX, atY, height].every(Number.isFinite)) return { x, y, heights, end: "diverged" };
    x.push(atX);
    y.push(atY);
    heights.push(height);
    if (isFarOut(atX, region.x) || isFarOut(atY, region.y)) return { x, y, heights, end: "left" };
    if (step === steps) return { x, y, heights, end: "finished" };
    optimizer.update([point]);
  }
}

function isFarOut(at: number, [from, to]: readonly [number, number]): boolean {
  const reach = givenUpAt * (to - from);
  return at < from - reach || at > to + reach;
}
