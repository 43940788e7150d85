// The summary of a model: its layers with shapes and weights, and how it learns.

import type { LayerShapes, Model } from "../../engine/index.ts";
import type { SummaryLayer, SummaryView } from "../../shared/views.ts";

/** The summary as it stands; shapes are empty before the model knows its input. */
export function summaryView(model: Model<unknown>): SummaryView {
  const { compiled, shapes } = model;
  return {
    kind: "summary",
    version: 1,
    name: model.name,
    layers: shapes.map((layer) => ({ ...summaryLayer(layer), ...(model.isChain ? {} : { takes: layer.takes }) })),
    totalParameters: shapes.reduce((total, { parameterCount }) => total + parameterCount, 0),
    trainableParameters: shapes.reduce((total, { trainableCount }) => total + trainableCount, 0),
    loss: compiled?.lossName ?? null,
    optimizer: compiled === null ? null : compiled.optimizer.name,
  };
}

function summaryLayer({ layer, inputShape, outputShape, parameterCount, trainableCount }: LayerShapes): SummaryLayer {
  const batched = (shape: readonly number[] | null) => (shape === null ? [] : [null, ...shape]);
  return {
    name: layer.name,
    type: layer.type,
    activation: layer.activation,
    inputShape: batched(inputShape),
    outputShape: batched(outputShape),
    parameters: parameterCount,
    ...(trainableCount === parameterCount ? {} : { trainable: trainableCount }),
  };
}
