// Reads an activation view.

import type { ActivationCurve, ActivationVariant, ActivationView, PreActivations } from "../../src/shared/views.ts";
import { numbers, sentence } from "./common.ts";
import { count, fields, finite, list, literal, nullable, optional, pair, text, viewNumber } from "./readJson.ts";

export const activation = fields<ActivationView>({
  kind: literal("activation"),
  version: literal(1),
  sentence,
  runId: optional(text),
  chosen: list(text, 5),
  functions: list(
    fields<ActivationCurve>({
      name: text,
      label: text,
      variants: list(
        fields<ActivationVariant>({
          alpha: nullable(finite),
          z: list(finite),
          value: numbers,
          slope: numbers,
          largestSlope: nullable(finite),
          saturated: list(pair(finite), 1_000),
        }),
        1_000,
      ),
      initial: count,
    }),
    200,
  ),
  layers: list(
    fields<PreActivations>({
      name: text,
      activation: text,
      alpha: optional(finite),
      units: count,
      unitMeans: optional(numbers),
      deadUnits: optional(list(count, 1_000)),
      edges: list(finite),
      shares: list(finite),
      saturatedShare: viewNumber,
      examples: count,
    }),
    1_000,
  ),
  layer: nullable(text),
});
