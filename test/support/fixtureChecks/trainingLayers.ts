// The layers of the trainings in `training.json`: ours for each kind the file has.

import { type Layer, layers } from "../../../src/engine/index.ts";

/** A layer as the file describes it; which fields there are depends on the kind. */
export interface LayerConfig {
  readonly name: string;
  readonly type: string;
  readonly activation?: string;
  readonly units?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
  readonly vocab?: number;
  readonly dim?: number;
}

/** Makes our layer of each kind; a training with another kind is skipped. */
export const layerMakers: Readonly<Record<string, (config: LayerConfig) => Layer>> = {
  dense: ({ name, units = 0, activation = "linear" }) => layers.dense(units, { name, activation }),
  activation: ({ name, activation = "linear" }) => layers.activation(activation, { name }),
  batchnorm: ({ name, momentum = 0.99, epsilon = 1e-3 }) => layers.batchNorm({ name, momentum, epsilon }),
  embedding: ({ name, vocab = 0, dim = 0 }) => layers.embedding(vocab, dim, { name }),
};

/** What the file calls our weights, where that differs. */
export const weightNamesInFile: Readonly<Record<string, string>> = {
  movingMean: "moving_mean",
  movingVariance: "moving_variance",
  embeddings: "table",
};
