// What the losses of a race's variants measure: only the same measure can be compared.

import { Layer } from "../layers/layer.ts";
import { isRecord } from "../plainObjects.ts";
import { type RegularizerOption, resolveRegularizer } from "../regularizers/regularizers.ts";
import { makingCall } from "../remake.ts";
import type { Model } from "../training/model/model.ts";

/** What a model's losses are, with their settings. The same text for the same measure; logits or probabilities change no loss. */
export function lossMeasure({ compiled }: Pick<Model<unknown>, "compiled">): string {
  return (compiled?.losses ?? [])
    .map(({ loss, weight }) => {
      const settings = Object.assign({}, ...(makingCall(loss)?.values ?? []).filter(isRecord));
      return `${weight}·${loss.name} ${JSON.stringify({ ...settings, fromLogits: undefined })}`;
    })
    .join("; ");
}

/** The penalties that a model's loss holds, each once: "0.01·Σw²". Empty where there are none. */
export function penaltyMeasure({ layers }: Pick<Model<unknown>, "layers">): string {
  return [...new Set(layers.flatMap(penaltiesIn))].sort().join("; ");
}

/** Of what it was made with, and of the layers it was made with. */
function penaltiesIn(made: unknown): readonly string[] {
  if (made instanceof Layer) return (makingCall(made)?.values ?? []).flatMap(penaltiesIn);
  if (Array.isArray(made)) return made.flatMap(penaltiesIn);
  if (!isRecord(made)) return [];
  return Object.entries(made).flatMap(([key, value]) =>
    key.endsWith("Regularizer") && value != null
      ? [resolveRegularizer(value as RegularizerOption, key).formula]
      : penaltiesIn(value),
  );
}
