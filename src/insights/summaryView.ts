// The summary of a model: its layers with shapes and weights, and how it learns.

import type { Layer, Model } from "../engine/index.ts";
import type { LayerInfo, SummaryView } from "../shared/views.ts";

/** The summary as it stands; shapes are empty before the model knows its input. */
export function summaryView(model: Model): SummaryView {
  const compiled = model.compiled;
  const count = (layers: readonly Layer[]) => layers.reduce((total, layer) => total + layer.parameterCount, 0);
  return {
    kind: "summary",
    version: 1,
    name: model.name,
    layers: model.layers.map(summaryLayer),
    totalParameters: count(model.layers),
    trainableParameters: count(model.layers.filter((layer) => layer.trainable)),
    loss: compiled?.loss.name ?? null,
    optimizer: compiled === null ? null : compiled.optimizer.name,
  };
}

function summaryLayer(layer: Layer): LayerInfo {
  const batched = (shape: readonly number[] | null) => (shape === null ? [] : [null, ...shape]);
  return {
    name: layer.name,
    type: layer.type,
    activation: layer.activation,
    inputShape: batched(layer.inputShape),
    outputShape: batched(layer.outputShape),
    parameters: layer.parameterCount,
  };
}
