// Gradients by finite differences, to check the engine's own against.

import { expect } from "vitest";
import { type Random, Tensor } from "../../src/engine/index.ts";

// A power of two, so that adding and taking it away is exact in float32 for values of ordinary size.
const stepSize = 2 ** -7;

/**
 * Fails when a gradient of `f` differs from central differences. The output is weighted by random numbers first, so
 * that every output counts on its own. Float32 outputs limit how exact the differences are: `tolerance` is for values
 * around 1.
 */
export function expectGradients(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  random: Random,
  tolerance = 2e-3,
): void {
  const leaves = inputs.map((input) => new Tensor(input.shape, input.data.slice(), { requiresGrad: true }));
  const output = f(...leaves);
  const weights = random.uniformFloats(output.size, 0.5, 1.5).map((weight) => (random.chance(0.5) ? weight : -weight));
  output.backward(new Tensor(output.shape, weights));
  const weighted = () => f(...leaves).data.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
  leaves.forEach((leaf, which) => {
    const found = leaf.grad?.data ?? expect.fail(`input ${which} got no gradient`);
    leaf.data.forEach((value, index) => {
      leaf.data[index] = value + stepSize;
      const above = weighted();
      leaf.data[index] = value - stepSize;
      const below = weighted();
      leaf.data[index] = value;
      const wanted = (above - below) / (2 * stepSize);
      const got = found[index] ?? Number.NaN;
      const isClose = Math.abs(got - wanted) <= tolerance * (1 + Math.abs(wanted));
      if (!isClose) expect.fail(`input ${which}, number ${index}: gradient ${got}, differences say ${wanted}`);
    });
  });
}

/**
 * Fails when second derivatives of `f` differ from central differences of its first derivatives, or when the first ones
 * found with a graph differ from those found without. Outputs and gradients are weighted by random numbers first, so that
 * each counts on its own.
 */
export function expectSecondGradients(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  random: Random,
  tolerance = 3e-3,
): void {
  const leaves = inputs.map((input) => new Tensor(input.shape, input.data.slice(), { requiresGrad: true }));
  const weightsFor = (shape: Tensor["shape"], size: number) =>
    new Tensor(
      shape,
      random.uniformFloats(size, 0.5, 1.5).map((weight) => (random.chance(0.5) ? weight : -weight)),
    );
  const output = f(...leaves);
  const weights = weightsFor(output.shape, output.size);
  const directions = leaves.map((leaf) => weightsFor(leaf.shape, leaf.size));
  const gradients = (createGraph: boolean): Tensor[] => {
    for (const leaf of leaves) leaf.zeroGrad();
    f(...leaves).backward(weights, { createGraph });
    return leaves.map((leaf) => leaf.grad ?? new Tensor(leaf.shape, new Float32Array(leaf.size)));
  };
  const plain = gradients(false);
  const graph = gradients(true);
  graph.forEach((gradient, which) => {
    gradient.data.forEach((got, index) => {
      const wanted = plain[which]?.data[index] ?? Number.NaN;
      if (!(Math.abs(got - wanted) <= 1e-5 * (1 + Math.abs(wanted))))
        expect.fail(`input ${which}, number ${index}: gradient ${got} with a graph, ${wanted} without`);
    });
  });
  const along = (found: readonly Tensor[]) =>
    found.reduce(
      (sum, { data }, which) =>
        sum + data.reduce((total, value, index) => total + value * (directions[which]?.data[index] ?? 0), 0),
      0,
    );
  const slope = graph
    .map((gradient, which) => gradient.mul(directions[which] ?? 0).sum())
    .reduce((sum, part) => sum.add(part));
  for (const leaf of leaves) leaf.zeroGrad();
  if (slope.needsGradient) slope.backward();
  const second = leaves.map((leaf) => leaf.grad?.data.slice() ?? new Float32Array(leaf.size));
  leaves.forEach((leaf, which) => {
    leaf.data.forEach((value, index) => {
      leaf.data[index] = value + stepSize;
      const above = along(gradients(false));
      leaf.data[index] = value - stepSize;
      const below = along(gradients(false));
      leaf.data[index] = value;
      const wanted = (above - below) / (2 * stepSize);
      const got = second[which]?.[index] ?? Number.NaN;
      if (!(Math.abs(got - wanted) <= tolerance * (1 + Math.abs(wanted))))
        expect.fail(`input ${which}, number ${index}: second derivative ${got}, differences say ${wanted}`);
    });
  });
}
