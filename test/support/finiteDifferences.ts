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
