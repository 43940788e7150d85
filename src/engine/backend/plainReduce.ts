// Reductions over some axes in readable TypeScript: sums, means, extremes, products, lengths and log-sums, with sums in double.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import { Doubles, type Floats, maths } from "../intrinsics.ts";
import type { Reduction, ReductionWalk } from "./backend.ts";
import { walkTogether } from "./walk.ts";

const { exp, log, sqrt } = maths;

/** How single numbers are gathered into the result so far. */
interface Gathering {
  readonly start: number;
  next(sofar: number, value: number): number;
  /** The result of all that was gathered. */
  finish?(gathered: number): number;
}

const gatherings: Readonly<Record<Exclude<Reduction, "sum" | "mean" | "logSumExp">, Gathering>> = {
  // A comparison with NaN is false, so it must be asked for.
  max: { start: -Infinity, next: (best, value) => (value > best || Number.isNaN(value) ? value : best) },
  min: { start: Infinity, next: (best, value) => (value < best || Number.isNaN(value) ? value : best) },
  product: { start: 1, next: (product, value) => product * value },
  norm: { start: 0, next: (sum, value) => sum + value * value, finish: sqrt },
};

export function reduce(reduction: Reduction, walk: ReductionWalk, input: Floats, output: Floats): void {
  if (reduction === "sum" || reduction === "mean") addUp(walk, input, output, reduction === "mean");
  else if (reduction === "logSumExp") logSumExp(walk, input, output);
  else {
    const { finish = (gathered) => gathered } = gatherings[reduction];
    const results = gather(gatherings[reduction], walk, input, output.length);
    for (let index = 0; index < output.length; index++) output[index] = finish(results[index] as number);
  }
}

/** Sums and means by a loop of their own: they are by far the most frequent. */
function addUp({ shape, outputStrides }: ReductionWalk, input: Floats, output: Floats, isMean: boolean): void {
  const sums = new Doubles(output.length);
  let at = 0;
  walkTogether(shape, [outputStrides], (length, [from = 0], [step = 0]) => {
    for (let index = 0, to = from; index < length; index++, to += step)
      sums[to] = (sums[to] as number) + (input[at++] as number);
  });
  const divisor = isMean ? input.length / output.length : 1;
  for (let index = 0; index < output.length; index++) output[index] = (sums[index] as number) / divisor;
}

function gather(
  { start, next }: Gathering,
  { shape, outputStrides }: ReductionWalk,
  input: Floats,
  size: number,
): Doubles {
  const results = new Doubles(size).fill(start);
  let at = 0;
  walkTogether(shape, [outputStrides], (length, [from = 0], [step = 0]) => {
    for (let index = 0, to = from; index < length; index++, to += step)
      results[to] = next(results[to] as number, input[at++] as number);
  });
  return results;
}

/** The largest number is taken out first, so that no exponential overflows; an infinite one is the result itself. */
function logSumExp(walk: ReductionWalk, input: Floats, output: Floats): void {
  const largest = gather(gatherings.max, walk, input, output.length);
  const totals = new Doubles(output.length);
  let at = 0;
  walkTogether(walk.shape, [walk.outputStrides], (length, [from = 0], [step = 0]) => {
    for (let index = 0, to = from; index < length; index++, to += step)
      totals[to] = (totals[to] as number) + exp((input[at++] as number) - (largest[to] as number));
  });
  for (let index = 0; index < output.length; index++) {
    const top = largest[index] as number;
    output[index] = maths.abs(top) === Infinity ? top : top + log(totals[index] as number);
  }
}

interface ReductionPass {
  readonly input: Floats;
  readonly output: Floats;
  readonly outputGrad: Floats;
  readonly inputGrad: Floats;
}

export function reduceGrad(reduction: Reduction, walk: ReductionWalk, pass: ReductionPass): void {
  const { input, output, outputGrad, inputGrad } = pass;
  let at = 0;
  if (reduction === "sum" || reduction === "mean") {
    const divisor = reduction === "mean" ? input.length / output.length : 1;
    walkTogether(walk.shape, [walk.outputStrides], (length, [from = 0], [step = 0]) => {
      for (let index = 0, to = from; index < length; index++, at++, to += step)
        inputGrad[at] = (inputGrad[at] as number) + (outputGrad[to] as number) / divisor;
    });
    return;
  }
  const slope = slopeOf(reduction, walk, pass);
  walkTogether(walk.shape, [walk.outputStrides], (length, [from = 0], [step = 0]) => {
    for (let index = 0, to = from; index < length; index++, at++, to += step)
      inputGrad[at] =
        (inputGrad[at] as number) + (outputGrad[to] as number) * slope(input[at] as number, output[to] as number, to);
  });
}

/** ∂output/∂input for an input `x` that was reduced into `y` at place `to`. */
function slopeOf(
  reduction: Exclude<Reduction, "sum" | "mean">,
  walk: ReductionWalk,
  { input, output }: ReductionPass,
): (x: number, y: number, to: number) => number {
  switch (reduction) {
    case "max":
    case "min": {
      // Those equal to the extreme share its gradient.
      const counts = countWhere(walk, input, output, (x, y) => x === y);
      return (x, y, to) => (x === y ? 1 / (counts[to] as number) : 0);
    }
    case "norm":
      // At the origin, where the length has a kink, 0.
      return (x, y) => (y === 0 ? 0 : x / y);
    case "logSumExp":
      return (x, y) => (x === y ? 1 : exp(x - y));
    case "product":
      return productSlope(walk, input, output);
  }
}

/** The product of all the others, also where some of them are 0. */
function productSlope(
  walk: ReductionWalk,
  input: Floats,
  output: Floats,
): (x: number, y: number, to: number) => number {
  const zeros = countWhere(walk, input, output, (x) => x === 0);
  const skipZeros: Gathering = { start: 1, next: (product, value) => (value === 0 ? product : product * value) };
  const others = gather(skipZeros, walk, input, output.length);
  return (x, _, to) => {
    const zeroCount = zeros[to] as number;
    if (zeroCount > 1 || (zeroCount === 1 && x !== 0)) return 0;
    return x === 0 ? (others[to] as number) : (others[to] as number) / x;
  };
}

function countWhere(
  { shape, outputStrides }: ReductionWalk,
  input: Floats,
  output: Floats,
  holds: (x: number, y: number) => boolean,
): Doubles {
  const counts = new Doubles(output.length);
  let at = 0;
  walkTogether(shape, [outputStrides], (length, [from = 0], [step = 0]) => {
    for (let index = 0, to = from; index < length; index++, to += step)
      if (holds(input[at++] as number, output[to] as number)) counts[to] = (counts[to] as number) + 1;
  });
  return counts;
}
