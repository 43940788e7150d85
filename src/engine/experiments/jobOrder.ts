// In which order the trainings of a seed begin: the longest first, so that none is left over while other workers have nothing to do.

import { maths } from "../intrinsics.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Graph } from "../training/model/graph.ts";
import type { Starter } from "./racePlan.ts";

/** Sorts from the longest expected training to the shortest; equals stay as they are. */
export function longestFirst<Each extends { readonly starter: Starter }>(
  all: readonly Each[],
  inputShapes: readonly Shape[],
): readonly Each[] {
  const works = new Map(all.map(({ starter }) => [starter, workOf(starter, inputShapes)]));
  return all.toSorted((a, b) => (works.get(b.starter) ?? 0) - (works.get(a.starter) ?? 0));
}

/** Roughly how many multiplications a training takes, to compare it with others. */
function workOf({ template, settings, planned }: Starter, inputShapes: readonly Shape[]): number {
  return workOfExample(template.graph, inputShapes) * settings.batchSize * (planned ?? 1);
}

function workOfExample({ nodes, inputs }: Graph, inputShapes: readonly Shape[]): number {
  const shapes = new Map(inputs.map(({ node }, index) => [node, inputShapes[index] ?? []]));
  let work = 0;
  try {
    nodes.forEach(({ layer, inputs: from }, place) => {
      if (layer === null) return;
      const given = from.map((each) => shapes.get(each) ?? []);
      const { outputShape, parameterCount } = layer.planAll(given);
      shapes.set(place, outputShape);
      // A convolution's filters work at each place of a picture, a recurrent layer's weights at each step of a sequence.
      const times = maths.max(...[...given, outputShape].map((shape) => sizeOf(shape.slice(0, -1))));
      work += parameterCount * times + sizeOf(outputShape);
    });
  } catch {
    // It is no order that says what is wrong with a model: its training does.
  }
  return work;
}
