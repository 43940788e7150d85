// How losses of the catalogue are put together: a routine of the backend, what targets become before it, and which targets it can judge.

import { computeInHost, currentRecorder, newArray } from "../backend/current.ts";
import type { LossFunctionName } from "../backend/lossMaths.ts";
import { ShapeError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import { lossOp, weightedLossOp } from "../ops/loss.ts";
import { formatShape, isSameShape, sizeOf } from "../shape.ts";
import { runOp, Tensor } from "../tensor.ts";
import type { Loss } from "./loss.ts";
import { allOf, checkFinite, type TargetCheck } from "./targets.ts";

/** How a loss of the catalogue is put together. */
export interface Recipe {
  readonly name: string;
  readonly label: string;
  readonly formula: string;
  readonly function: LossFunctionName;
  readonly check: TargetCheck;
  readonly parameter?: number;
  readonly targetKind?: Loss["targetKind"];
  readonly outputActivation?: Loss["outputActivation"];
  readonly fromLogits?: boolean;
  /** What the targets become before the mathematics sees them. */
  readonly prepare?: (targets: Tensor, predictions: Tensor) => Tensor;
  /** The same loss from the values before the activation it goes with. */
  readonly fused?: () => Loss;
  /** What is added to each example's loss. */
  readonly offset?: number;
}

export function makeLoss(recipe: Recipe): Loss {
  const { name, function: routine, prepare = null, parameter = 0, offset = 0 } = recipe;
  const attributes = { function: routine, parameter };
  const check = allOf(checkFinite, recipe.check);
  const readyTargets = (predictions: Tensor, targets: Tensor): Tensor => {
    const ready = prepared(prepare, alignTargets(targets, predictions), predictions);
    if (isSameShape(ready.shape, predictions.shape)) return ready.detach();
    throw new ShapeError({ op: name, what: "targets", expected: formatShape(predictions.shape), got: targets.shape });
  };
  return {
    name,
    label: recipe.label,
    formula: recipe.formula,
    fromLogits: recipe.fromLogits ?? false,
    targetKind: recipe.targetKind ?? "values",
    outputActivation: recipe.outputActivation ?? null,
    isPlannable: true,
    compute(predictions, targets) {
      const mean = runOp(lossOp, [predictions, readyTargets(predictions, targets)], attributes);
      return offset === 0 ? mean : mean.add(offset);
    },
    computeWeighted(predictions, targets, weights) {
      const mean = runOp(weightedLossOp, [predictions, readyTargets(predictions, targets), weights], attributes);
      return offset === 0 ? mean : mean.add(weights.mean().mul(offset));
    },
    checkTargets(targets, outputShape) {
      check(name, targets, outputShape);
    },
    fusedWith(activation) {
      const isPair = recipe.fused !== undefined && activation !== null && activation === recipe.outputActivation;
      return isPair ? (recipe.fused?.() ?? null) : null;
    },
  };
}

/** Targets `[n]` for predictions `[n, 1]` get the missing axis. */
export function alignTargets(targets: Tensor, predictions: Tensor): Tensor {
  const isColumn = predictions.rank === targets.rank + 1 && predictions.shape.at(-1) === 1;
  return isColumn ? new Tensor(predictions.shape, targets.numbers) : targets;
}

/** The targets as the routine reads them: made now, or at every run of a step that is laid out. */
function prepared(prepare: Recipe["prepare"] | null, targets: Tensor, predictions: Tensor): Tensor {
  if (prepare == null) return targets;
  if (currentRecorder() === null) return prepare(targets, predictions);
  const { shape } = prepare(new Tensor(targets.shape, new Floats(targets.size)), predictions);
  const ready = new Tensor(shape, newArray(sizeOf(shape)));
  computeInHost([targets.numbers], ready.numbers, ([numbers = targets.numbers], output) =>
    output.set(prepare(new Tensor(targets.shape, numbers), predictions).numbers),
  );
  return ready;
}
