// Finding where numbers stopped being finite, when a step shows that they did.

import { backend } from "../backend/current.ts";
import type { Layer } from "../layers/layer.ts";
import type { RunDivergence } from "./run.ts";
import type { TrainingPass } from "./step.ts";

/** Where it went wrong, without the time. */
export type DivergencePlace = Pick<RunDivergence, "layer" | "where">;

/** The first trouble after forward and backward pass, in their order; `null` when all is finite. */
export function findDivergence(
  layers: readonly Layer[],
  { observations, loss }: Pick<TrainingPass, "observations" | "loss">,
): DivergencePlace | null {
  if (!Number.isFinite(loss)) {
    const first = observations.find(
      ({ values: { output, preActivation } }) =>
        !(backend().areFinite(output.numbers) && backend().areFinite((preActivation ?? output).numbers)),
    );
    return first === undefined ? { layer: null, where: "loss" } : { layer: first.layer.name, where: "activation" };
  }
  const broken = layers.findLast((layer) =>
    layer.weights.some(({ gradientData }) => gradientData !== null && !backend().areFinite(gradientData)),
  );
  return broken === undefined ? null : { layer: broken.name, where: "gradient" };
}

/** The first layer whose weights an update made not finite; `null` when there is none. */
export function findBrokenWeights(layers: readonly Layer[]): DivergencePlace | null {
  const broken = layers.find((layer) => layer.weights.some(({ numbers }) => !backend().areFinite(numbers)));
  return broken === undefined ? null : { layer: broken.name, where: "weights" };
}
