// A graph once more, with layers of its own: for models that start alike and go different ways.

import type { Layer } from "../../layers/layer.ts";
import { nothingDrawn } from "../../layers/weightPlan.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { makeAgain } from "../../remake.ts";
import type { Compiled } from "../compile.ts";
import type { Graph } from "./graph.ts";

/**
 * The same graph of layers that are made anew, without weights, with the names and places of the old ones.
 *
 * @param copies The copies of layers that there are already; it is filled.
 * @throws ValueError for a layer that does not know how it was made.
 */
export function copyGraph(graph: Graph, copies: Map<Layer, Layer>): Graph {
  // Blocks before what they hold: they bring copies of it along.
  for (const layer of graph.layers.toReversed()) layer.copy(copies);
  const copyOf = (layer: Layer) => copies.get(layer) ?? layer.copy(copies);
  return {
    ...graph,
    nodes: graph.nodes.map(({ layer, inputs }) => ({ layer: layer === null ? null : copyOf(layer), inputs })),
    layers: graph.layers.map(copyOf),
  };
}

/** Gives copies of layers the weights that these have; what is not built stays so. */
export function copyWeights(copies: ReadonlyMap<Layer, Layer>): void {
  for (const [layer, copy] of copies) {
    if (layer.inputShapes === null) continue;
    copy.buildAll(layer.inputShapes, nothingDrawn);
    copy.weights.forEach((weight, index) => {
      const from = layer.weights[index];
      if (from !== undefined) weight.numbers.set(from.numbers);
    });
  }
}

/** Compiled alike, with an optimizer of its own that remembers nothing; `null` for an optimizer that no catalogue made. */
export function copyCompiled(compiled: Compiled): Compiled | null {
  const optimizer = copyOptimizer(compiled.optimizer);
  return optimizer === null ? null : { ...compiled, optimizer };
}

function copyOptimizer(optimizer: Optimizer): Optimizer | null {
  const made = makeAgain(optimizer);
  if (made === null) return null;
  // The same call made it.
  const copy = made as Optimizer;
  if (copy.schedule === null) copy.learningRate = optimizer.learningRate;
  return copy;
}
