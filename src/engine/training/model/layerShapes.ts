// The shapes and weight counts of a model's layers, as far as they are known before its weights exist.

import { atPlace, ValueError } from "../../errors.ts";
import type { Layer } from "../../layers/layer.ts";
import { formatShape, isSameShape, type Shape } from "../../shape.ts";
import { type Graph, inputShapesOf } from "./graph.ts";
import type { PortableModel } from "./portableModel.ts";

/** What is known of a layer in a model. Shapes are of one sample; `null` where no input shape says them yet. */
export interface LayerShapes {
  /** The layer it is about. */
  readonly layer: Layer;
  /** The shape of its first input. */
  readonly inputShape: Shape | null;
  /** The shape of its output. */
  readonly outputShape: Shape | null;
  /** How many numbers its weights hold; 0 where that is not known yet. */
  readonly parameterCount: number;
  /** How many of them training changes: none of a frozen layer, and no moving means. */
  readonly trainableCount: number;
  /** The names of the layers and inputs it takes; call after call where it is applied several times. */
  readonly takes: readonly string[];
}

/**
 * Follows the shapes of the inputs through all layers.
 *
 * @throws ShapeError or ValueError when a layer cannot take what it is applied to.
 */
export function layerShapes(graph: Graph): readonly LayerShapes[] {
  const inputNames = new Map(graph.inputs.map(({ node, name }) => [node, name]));
  const shapes = new Map<number, Shape>();
  inputShapesOf(graph).forEach((shape, index) => {
    const end = graph.inputs[index];
    if (shape !== null && end !== undefined) shapes.set(end.node, shape);
  });
  const found = new Map<Layer, LayerShapes>();
  const first = new Map<Layer, readonly Shape[]>();
  graph.nodes.forEach(({ layer, inputs }, place) => {
    if (layer === null) return;
    const takes = inputs.map((input) => graph.nodes[input]?.layer?.name ?? inputNames.get(input) ?? "");
    const before = found.get(layer);
    const inputShapes = inputs.flatMap((input) => {
      const shape = shapes.get(input);
      return shape === undefined ? [] : [shape];
    });
    if (inputShapes.length < inputs.length) {
      found.set(layer, {
        layer,
        inputShape: null,
        outputShape: null,
        parameterCount: 0,
        trainableCount: 0,
        takes: [...(before?.takes ?? []), ...takes],
      });
      return;
    }
    const { outputShape, parameterCount } = atPlace(layer.name, graph.layers.indexOf(layer), () => {
      checkSameShapes(layer, first.get(layer) ?? inputShapes, inputShapes);
      return layer.planAll(inputShapes);
    });
    first.set(layer, inputShapes);
    shapes.set(place, outputShape);
    found.set(layer, {
      layer,
      inputShape: inputShapes[0] ?? null,
      outputShape,
      parameterCount,
      trainableCount: layer.trainableCountFor(inputShapes),
      takes: [...(before?.takes ?? []), ...takes],
    });
  });
  return graph.layers.flatMap((layer) => found.get(layer) ?? []);
}

/** A layer that is applied several times uses the same weights, so it must be given the same shapes. */
function checkSameShapes(layer: Layer, first: readonly Shape[], now: readonly Shape[]): void {
  if (first.length === now.length && first.every((shape, index) => isSameShape(shape, now[index] ?? []))) return;
  const written = (each: readonly Shape[]) => each.map((shape) => formatShape(shape, true)).join(" and ");
  throw new ValueError({
    op: layer.name,
    expected: `input ${written(first)} each time it is applied`,
    got: written(now),
    hint: "Make another layer for the other shape.",
  });
}

/** The shape of an example of each input, by its name; `null` where it is not known yet. */
export function inputShapesByName({ graph }: PortableModel): ReadonlyMap<string, Shape | null> {
  const shapes = inputShapesOf(graph);
  return new Map(graph.inputs.map(({ name }, index) => [name, shapes[index] ?? null]));
}
