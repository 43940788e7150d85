// What the losses of a race's variants measure, and what is random in them: only the same measure can be compared.

import { Layer } from "../layers/layer.ts";
import { Dropout } from "../layers/noise/dropout.ts";
import { GaussianNoise } from "../layers/noise/gaussianNoise.ts";
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
  return eachOnce(
    optionsOf(layers).flatMap(([key, value]) =>
      key.endsWith("Regularizer") && value != null ? resolveRegularizer(value as RegularizerOption, key).formula : [],
    ),
  );
}

/**
 * What a model drops, and the noise it adds, while it trains, each once: "dropout 0.5". Its training loss is taken with them, so a
 * net that ends better by them has a higher one. Empty where there are none.
 */
export function noiseMeasure({ layers }: Pick<Model<unknown>, "layers">): string {
  const ofLayers = withInner(layers).map((layer) =>
    layer instanceof Dropout
      ? `${layer.type} ${layer.rate}`
      : layer instanceof GaussianNoise
        ? `${layer.type} ${layer.stddev}`
        : "",
  );
  const ofOptions = optionsOf(layers).flatMap(([key, value]) =>
    (key === "dropout" || key === "recurrentDropout") && typeof value === "number" ? `${key} ${value}` : [],
  );
  return eachOnce([...ofLayers, ...ofOptions].filter((each) => each !== "" && !each.endsWith(" 0")));
}

function eachOnce(names: readonly string[]): string {
  return [...new Set(names)].sort().join("; ");
}

/** The layers, and those they were made with. */
function withInner(made: unknown): readonly Layer[] {
  if (made instanceof Layer) return [made, ...(makingCall(made)?.values ?? []).flatMap(withInner)];
  if (Array.isArray(made)) return made.flatMap(withInner);
  return isRecord(made) ? Object.values(made).flatMap(withInner) : [];
}

/** What layers were made with by name, and the layers they were made with. */
function optionsOf(layers: readonly Layer[]): readonly (readonly [string, unknown])[] {
  return withInner(layers).flatMap((layer) => (makingCall(layer)?.values ?? []).flatMap(namedIn));
}

function namedIn(made: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(made)) return made.flatMap(namedIn);
  return isRecord(made)
    ? Object.entries(made).flatMap(([key, value]) => [[key, value] as const, ...namedIn(value)])
    : [];
}
