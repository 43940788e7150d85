// Derivatives against finite differences at numbers that are picked at random, for functions that are smooth almost everywhere.

import { expect } from "vitest";
import { type Random, Tensor } from "../../src/engine/index.ts";

/** How many numbers were compared, and how many lay where the function is not smooth. */
export interface Compared {
  compared: number;
  skipped: number;
}

/** What is differentiated: the output for what its leaves hold now. */
export interface Differentiated {
  readonly output: () => Tensor;
  readonly leaves: readonly Tensor[];
}

const firstTolerance = 3e-3;
const secondTolerance = 2e-2;
/** Numbers of each leaf. */
const samples = 4;
const stepSize = 2 ** -6;

/** Compares the gradients of a random sum of the outputs. */
export function compareGradients({ output, leaves }: Differentiated, random: Random): Compared {
  const weights = directionOf(output(), random);
  const gradients = gradientsOf({ output, leaves }, weights, false);
  return compareAt(leaves, gradients, () => dot([output()], [weights]), { random, tolerance: firstTolerance });
}

/** Compares the gradients of a random sum of gradients: second derivatives. */
export function compareSecondGradients({ output, leaves }: Differentiated, random: Random): Compared {
  const curved = { output: () => output().square(), leaves };
  const weights = directionOf(output(), random);
  const directions = leaves.map((leaf) => directionOf(leaf, random));
  const slope = gradientsOf(curved, weights, true)
    .map((gradient, index) => gradient.mul(directions[index] ?? 0).sum())
    .reduce((sum, part) => sum.add(part));
  for (const leaf of leaves) leaf.zeroGrad();
  if (slope.needsGradient) slope.backward();
  const seconds = leaves.map(gradientOrZeros);
  const value = () => dot(gradientsOf(curved, weights, false), directions);
  return compareAt(leaves, seconds, value, { random, tolerance: secondTolerance });
}

function gradientsOf({ output, leaves }: Differentiated, weights: Tensor, createGraph: boolean): Tensor[] {
  for (const leaf of leaves) leaf.zeroGrad();
  output().backward(weights, { createGraph });
  return leaves.map(gradientOrZeros);
}

/** An output that does not depend on a number leaves no gradient there. */
function gradientOrZeros(leaf: Tensor): Tensor {
  return leaf.grad ?? new Tensor(leaf.shape, new Float32Array(leaf.size));
}

/** Random numbers that are not near 0, so that every place counts. */
function directionOf({ shape, size }: Tensor, random: Random): Tensor {
  return new Tensor(
    shape,
    random.uniformFloats(size, 0.5, 1.5).map((weight) => (random.chance(0.5) ? weight : -weight)),
  );
}

function dot(tensors: readonly Tensor[], weights: readonly Tensor[]): number {
  return tensors.reduce(
    (sum, { data }, which) =>
      sum + data.reduce((part, value, index) => part + value * (weights[which]?.data[index] ?? 0), 0),
    0,
  );
}

function compareAt(
  leaves: readonly Tensor[],
  gradients: readonly Tensor[],
  value: () => number,
  { random, tolerance }: { readonly random: Random; readonly tolerance: number },
): Compared {
  const counts: Compared = { compared: 0, skipped: 0 };
  leaves.forEach((leaf, which) => {
    const places = random.permutation(leaf.size).slice(0, samples);
    for (const place of places) {
      const [whole, half] = [stepSize, stepSize / 2].map((step) => slopeAt(leaf.data, place, step, value)) as [
        Slope,
        Slope,
      ];
      if (!isSmooth(whole, half, tolerance)) {
        counts.skipped++;
        continue;
      }
      // Richardson's extrapolation: what is left grows with the fourth power of the step.
      const wanted = (4 * half.central - whole.central) / 3;
      const got = gradients[which]?.data[place] ?? Number.NaN;
      if (!(Math.abs(got - wanted) <= tolerance * (1 + Math.abs(wanted))))
        expect.fail(`leaf ${which} [${leaf.shape}], number ${place}: ${got}, differences say ${wanted}`);
      counts.compared++;
    }
  });
  return counts;
}

interface Slope {
  readonly central: number;
  /** By how much the slope to the right is larger than that to the left. */
  readonly turn: number;
}

function slopeAt(data: Float32Array, place: number, step: number, value: () => number): Slope {
  const before = data[place] ?? 0;
  const here = value();
  data[place] = before + step;
  const above = value();
  data[place] = before - step;
  const below = value();
  data[place] = before;
  return { central: (above - below) / (2 * step), turn: (above - 2 * here + below) / step };
}

/**
 * A bend or a jump beside the number shows another slope at half of the step; one at the number does not halve the turn. What
 * stays unnoticed changes the slope by less than the tolerance.
 */
function isSmooth(whole: Slope, half: Slope, tolerance: number): boolean {
  const limit = (tolerance / 3) * (1 + Math.abs(half.central));
  return Math.abs(whole.central - half.central) <= limit && Math.abs(half.turn - whole.turn / 2) <= limit;
}
