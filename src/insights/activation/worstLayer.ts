// Which layer of a run lets least of a gradient through its activation function: where one looks first.

import type { LayerTrace } from "../../engine/index.ts";
import { isFlatOnBothSides } from "../../shared/activationSentence.ts";
import { activationCurve } from "./activationCurves.ts";

/**
 * The layer with the largest share (0–1) of dead units or of saturated values; `null` where no layer recorded what reached its function.
 *
 * Half of what reaches a ReLU lies where it is flat, in healthy nets too: of functions that are flat on one side
 * only, dead units count, and saturated values where nothing else tells two layers apart. Of equals the one nearest to the input.
 */
export function worstLayer(layers: readonly LayerTrace[]): LayerTrace | null {
  const judged = layers.flatMap((layer) => (layer.preActivations === null ? [] : [{ layer, ...blocked(layer) }]));
  const [worst] = judged.sort((one, other) => other.share - one.share || other.saturated - one.saturated);
  return worst?.layer ?? null;
}

function blocked({ activation, preActivations }: LayerTrace): { share: number; saturated: number } {
  if (activation === null || preActivations === null) return { share: 0, saturated: 0 };
  const { saturatedShare, deadUnits, units } = preActivations;
  const saturated = saturatedShare ?? 0;
  const curve = activationCurve(activation);
  const variant = curve.variants[curve.initial];
  const isSick = saturated === 1 || (variant !== undefined && isFlatOnBothSides(variant));
  return { share: Math.max(deadUnits.length / units, isSick ? saturated : 0), saturated };
}
