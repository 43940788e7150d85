// The statistics of gradients and activations that `training.json` lists step by step, from what a pass computed.

import type { Tensor } from "../../../src/engine/index.ts";
import type { Comparison } from "./comparison.ts";
import type { Network, Seen, Stats, TrainingCase } from "./trainingCase.ts";

/** A gradient that should be 0 may be this large: rounding. */
const roundingNoise = 1e-6;

/** Each weight's gradient, each layer's, and all together, where the file lists the step. */
export function compareGradients(
  comparison: Comparison,
  each: TrainingCase,
  network: Pick<Network, "layers" | "weights">,
  step: number,
): void {
  const wanted = each.gradient_stats.find((stats) => stats.step === step);
  if (wanted === undefined) return;
  for (const [name, weight] of network.weights) {
    const got = statsOf(gradientOf(weight));
    if (each.zero_gradients?.includes(name)) comparison.claim(got[2] < roundingNoise, `the gradient of ${name} is 0`);
    else comparison.numbers(got, statsNamed(wanted.weights, name));
  }
  for (const { name, trainableWeights } of network.layers)
    if (trainableWeights.length > 0)
      comparison.numbers(statsOf(trainableWeights.flatMap(gradientOf)), statsNamed(wanted.layers, name));
  const [norm] = statsOf(network.weights.flatMap(([, weight]) => gradientOf(weight)));
  comparison.numbers([norm], [wanted.global_l2]);
}

function statsNamed(listed: Readonly<Record<string, Stats>>, name: string): Stats {
  const found = listed[name];
  if (found === undefined) throw new Error(`The case lists no gradient of ${name}.`);
  return found;
}

/** Each layer's output and the gradient at it, where the file lists the step. */
export function compareActivations(
  comparisons: { readonly values: Comparison; readonly gradients: Comparison },
  each: TrainingCase,
  seen: Seen,
  step: number,
): void {
  const wanted = each.activation_stats?.find((stats) => stats.step === step)?.layers ?? {};
  for (const [name, stats] of Object.entries(wanted)) {
    const output = seen.get(name)?.output;
    if (output === undefined) throw new Error(`The network has no layer ${name}.`);
    const values = [...output.data];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const zeros = values.filter((value) => value === 0).length / values.length;
    comparisons.values.numbers(
      [mean, statsOf(values)[3], zeros],
      [stats.mean ?? 0, stats.std ?? 0, stats.zero_fraction ?? 0],
    );
    if (stats.grad_l2 === undefined) continue;
    const [l2, meanAbs] = statsOf(gradientOf(output));
    comparisons.gradients.numbers([l2, meanAbs], [stats.grad_l2, stats.grad_mean_abs ?? 0]);
  }
}

function gradientOf({ grad }: Tensor): number[] {
  return [...(grad?.data ?? [])];
}

function statsOf(values: readonly number[]): Stats {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value * value, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const meanAbs = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  const maxAbs = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return [Math.sqrt(square), meanAbs, maxAbs, Math.sqrt(variance)];
}
