// Reads a training view.

import type {
  Divergence,
  StripHistory,
  StripLayer,
  TrainingMetric,
  TrainingRates,
  TrainingView,
} from "../../src/shared/views.ts";
import { counts, numbers, sentence } from "./common.ts";
import { count, fields, list, literal, nullable, optional, text, viewNumber } from "./readJson.ts";

export const training = fields<TrainingView>({
  kind: literal("training"),
  version: literal(1),
  runId: text,
  state: literal("running", "finished", "stopped", "diverged", "failed"),
  endedBy: optional(literal("earlyStopping", "budget", "callback")),
  epochs: fields<TrainingView["epochs"]>({ done: count, planned: count }),
  steps: fields<TrainingView["steps"]>({ done: count, perEpoch: count }),
  metrics: list(
    fields<TrainingMetric>({
      name: text,
      measure: text,
      better: literal("lower", "higher"),
      train: numbers,
      validation: nullable(numbers),
    }),
    50,
  ),
  keptEpochs: optional(counts),
  layers: list(fields<StripLayer>({ name: text, type: text, gradient: viewNumber }), 1_000),
  history: optional(fields<StripHistory>({ steps: counts, gradients: list(numbers, 1_000) })),
  rates: optional(fields<TrainingRates>({ steps: counts, learningRates: numbers, momenta: nullable(numbers) })),
  sentence: nullable(sentence),
  divergence: nullable(
    fields<Divergence>({
      step: count,
      epoch: count,
      layer: nullable(text),
      where: literal("activation", "loss", "gradient", "weights"),
    }),
  ),
});
