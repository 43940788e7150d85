// Layers as the code makes them, with what the engine's rules say of each.

import type ts from "typescript";
import type { PlannedLayer } from "../../shared/modelRules.ts";
import type { ReadLayer } from "./codeValues.ts";

/** A layer of a model, or several alike that one call made one after the other. */
export interface LayerOfModel {
  readonly call: ts.CallExpression;
  /** Whether all of its options are known. */
  readonly isWhole: boolean;
  readonly times: number;
  /** Of each time that it stands there. */
  readonly plans: readonly PlannedLayer[];
  readonly last: PlannedLayer;
  /** The layers that its call is given, by their own calls: those of a block, the one of both directions. */
  readonly inner: readonly LayerOfModel[];
}

export const unknownLayer: PlannedLayer = { kind: "unknown" };

/** A layer as it is read and planned, each time that its call makes one. */
export function planned(made: readonly [ReadLayer, ...ReadLayer[]], plans: readonly PlannedLayer[]): LayerOfModel {
  const [{ call, value }] = made;
  const isWhole = made.every((each) => each.value?.isWhole === true);
  const calls = value?.inner ?? [];
  const parts = plans.map((plan) => (plan.kind === "planned" && plan.inner.length === calls.length ? plan.inner : []));
  return {
    ...{ call, isWhole, times: plans.length, plans, last: plans.at(-1) ?? unknownLayer },
    inner: calls.map((each, index) =>
      planned(
        [each],
        parts.map((inner) => inner[index] ?? unknownLayer),
      ),
    ),
  };
}

/** The layers with all that stand within them. */
export function withInner(layers: readonly LayerOfModel[]): readonly LayerOfModel[] {
  return layers.flatMap((layer) => [...withInner(layer.inner), layer]);
}
