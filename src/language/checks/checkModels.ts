// Checks of the models in the cells before they run: shapes that cannot fit, ends that do not go together, what learns badly.
// Nothing is said where the code leaves it open.

import type ts from "typescript";
import type { ModelProblem } from "../../shared/modelsInCode.ts";
import type { ModelInCode } from "../models/modelsInCode.ts";
import type { LayerOfModel } from "../models/plannedLayers.ts";
import type { CheckContext } from "./checkContext.ts";
import { sayCheckIn } from "./checkWords.ts";
import { checkCompiled } from "./compileChecks.ts";
import { checkLayer, checkLayers, checkUse } from "./layerChecks.ts";
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
    ...[...byCall(models).values()].flatMap((made) => commonProblems(made.map((model) => checkModel(model, context)))),
    ...graphLayers.flatMap((layer) => checkLayer(layer, null, context)),
  ];
  return withoutRepeats(found).flatMap((each) => problemInCell(each, context.code) ?? []);
}

function checkModel(model: ModelInCode, context: CheckContext): readonly Found[] {
  return [
    ...checkLayers(model, context),
    ...checkUse(model, context),
    ...checkCompiled(model, context),
    ...checkOutput(model, context),
    ...checkDeepSigmoids(model, context),
    ...checkScale(model, context),
  ];
}

function byCall(models: readonly ModelInCode[]): ReadonlyMap<ts.CallExpression, readonly ModelInCode[]> {
  const found = new Map<ts.CallExpression, readonly ModelInCode[]>();
  for (const model of models) found.set(model.call, [...(found.get(model.call) ?? []), model]);
  return found;
}

/**
 * Of the models that the calls of one function make: what is refused in one of them is wrong, what only learns badly must be
 * so in all. A function of an activation or a loss is there to try good ones and bad ones.
 */
function commonProblems(models: readonly (readonly Found[])[]): readonly Found[] {
  return models.flatMap((found) =>
    found.filter(
      ({ severity, node, code }) =>
        severity === "error" || models.every((other) => other.some((each) => each.node === node && each.code === code)),
    ),
  );
}

/** Several models may share a layer or their data. */
function withoutRepeats(found: readonly Found[]): readonly Found[] {
  return found.filter(
    ({ node, code, message }, index) =>
      found.findIndex((other) => other.node === node && other.code === code && other.message === message) === index,
  );
}
