// Reads a summary view.

import type { SummaryLayer, SummaryView } from "../../src/shared/views.ts";
import { layerInfoReaders } from "./common.ts";
import { count, fields, list, literal, nullable, optional, text } from "./readJson.ts";

export const summary = fields<SummaryView>({
  kind: literal("summary"),
  version: literal(1),
  name: text,
  layers: list(
    fields<SummaryLayer>({ ...layerInfoReaders, trainable: optional(count), takes: optional(list(text, 1_000)) }),
    1_000,
  ),
  totalParameters: count,
  trainableParameters: count,
  loss: nullable(text),
  optimizer: nullable(text),
});
