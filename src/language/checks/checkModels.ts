// Checks of the models in the cells before they run: shapes that cannot fit, ends that do not go together, what learns badly.
// Nothing is said where the code leaves it open.

import type { ModelProblem } from "../../shared/modelsInCode.ts";
import type { LayerOfModel, ModelInCode } from "../models/modelsInCode.ts";
import type { CheckContext } from "./checkContext.ts";
import { sayCheckIn } from "./checkWords.ts";
import { checkLayer, checkLayers } from "./layerChecks.ts";
import { checkOutput } from "./outputChecks.ts";
import { type Found, problemInCell } from "./problem.ts";
import { checkDeepSigmoids, checkScale } from "./trainingChecks.ts";

export interface CheckedModels {
  readonly models: readonly ModelInCode[];
  readonly graphLayers: readonly LayerOfModel[];
}

export function checkModels(
  { models, graphLayers }: CheckedModels,
  given: Omit<CheckContext, "say">,
): readonly ModelProblem[] {
  const context: CheckContext = { ...given, say: sayCheckIn(given.locale) };
  const found = [
    ...models.flatMap((model) => [
      ...checkLayers(model, context),
      ...checkOutput(model, context),
      ...checkDeepSigmoids(model, context),
      ...checkScale(model, context),
    ]),
    ...graphLayers.flatMap((layer) => checkLayer(layer, null, context)),
  ];
  return withoutRepeats(found).flatMap((each) => problemInCell(each, context.code) ?? []);
}

/** Several models may share a layer or their data. */
function withoutRepeats(found: readonly Found[]): readonly Found[] {
  return found.filter(
    ({ node, code, message }, index) =>
      found.findIndex((other) => other.node === node && other.code === code && other.message === message) === index,
  );
}
