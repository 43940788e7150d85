// How deep each layer of a run lies: in a graph with branches, the order of a list says little about the way gradients take.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";

/** What is asked of a run's model. Runs made by hand have none: their layers stand in a row. */
interface ConnectedModel {
  readonly isChain: boolean;
  readonly shapes: readonly { readonly layer: { readonly name: string }; readonly takes: readonly string[] }[];
}

/** A run as verdicts see it. Without its losses, gradients of zero are never taken for the end of learning. */
export type JudgedRun = Pick<RunRecord, "layers" | "divergence"> &
  Partial<Pick<RunRecord, "loss">> & { readonly model?: ConnectedModel };

/** Whether every layer takes just the one before it. */
export function isChain({ model }: Pick<JudgedRun, "model">): boolean {
  return model === undefined || model.isChain;
}

/** The connections of a model do not change, and to ask for them follows the shapes through all layers. */
const known = new WeakMap<ConnectedModel, ReadonlyMap<string, readonly string[]>>();

/**
 * For each layer with weights, how many others lie before it on the longest way from an input: its place in the row, where
 * they stand in one. Layers side by side are equally deep.
 */
export function layerDepths({ layers, model }: Pick<JudgedRun, "layers" | "model">): ReadonlyMap<LayerTrace, number> {
  const weighted = layers.filter(({ parameters }) => parameters > 0);
  if (model === undefined || model.isChain) return new Map(weighted.map((layer, index) => [layer, index]));
  const takes = known.get(model) ?? new Map(model.shapes.map((shapes) => [shapes.layer.name, shapes.takes]));
  known.set(model, takes);
  const counted = new Set(weighted.map(({ name }) => name));
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const found = depths.get(name);
    if (found !== undefined) return found;
    // A layer that is applied several times may take what was made of it: that way is not followed twice.
    depths.set(name, 0);
    const before = (takes.get(name) ?? []).map((taken) => depthOf(taken) + (counted.has(taken) ? 1 : 0));
    const depth = Math.max(0, ...before);
    depths.set(name, depth);
    return depth;
  };
  return new Map(weighted.map((layer) => [layer, depthOf(layer.name)]));
}
