// Making a model's weights, and taking that back where what wanted them fails.

import { ValueError } from "../errors.ts";
import type { Layer } from "../layers/layer.ts";
import { Random } from "../random.ts";
import type { Shape } from "../shape.ts";
import { buildGraph, type Graph } from "./graph.ts";
import type { StepPlans } from "./stepPlans.ts";

/** Makes the weights for inputs of these shapes. @throws ValueError where one is not known */
export function buildModel(graph: Graph, inputShapes: readonly (Shape | null)[], seed: number): void {
  const shapes = inputShapes.flatMap((shape) => (shape === null ? [] : [shape]));
  if (shapes.length < inputShapes.length)
    throw new ValueError({
      op: "build",
      expected: "the shape of an example",
      got: "none",
      hint: "For example model.build(4), or inputShape: 4 in the first layer.",
    });
  buildGraph(graph, shapes, new Random(seed).child("weights"));
}

/**
 * Does what may build layers. Where it fails, those that it built are as before: the next data may be of another shape, or the
 * next seed another.
 */
export function orUnbuilt<Result>(layers: readonly Layer[], steps: StepPlans, work: () => Result): Result {
  const unbuilt = layers.filter(({ isBuilt }) => !isBuilt);
  if (unbuilt.length === 0) return work();
  try {
    return work();
  } catch (error) {
    steps.forgetWeights();
    for (const layer of unbuilt) layer.unbuild();
    throw error;
  }
}

/** Does what makes a model of a graph. Where it fails, the layers are called as they were before. */
export function orEarlierNames({ layers, earlierNames }: Graph, work: () => void): void {
  try {
    work();
  } catch (error) {
    layers.forEach((layer, index) => {
      layer.name = earlierNames[index] ?? "";
    });
    throw error;
  }
}
