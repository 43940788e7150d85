// How a model's layers are connected, as plain data: of a whole model, and of one that stands inside a block.

import type { Layer } from "../layers/layer.ts";
import type { Arrange, Graph } from "./graph.ts";
import { Model } from "./model.ts";

/** A model without its layers: these stand elsewhere, and it has their numbers. */
export type GraphRecipe = {
  readonly name: string;
  readonly seed: number | null;
  /** The numbers of the graph's layers, in its order. */
  readonly order: readonly number[];
  readonly nodes: readonly { readonly layer: number | null; readonly inputs: readonly number[] }[];
  readonly inputs: readonly { readonly node: number; readonly name: string }[];
  readonly outputs: readonly { readonly node: number; readonly name: string }[];
  readonly givenShapes: readonly (readonly number[] | null)[];
  readonly isChain: boolean;
  /** How `predict` gives its outputs. */
  readonly arranged: "one" | "list" | "byName";
};

/** @param numberOf Gives a layer's number. */
export function writeGraph(model: Model<unknown>, numberOf: (layer: Layer) => number): GraphRecipe {
  const { graph } = model;
  return {
    name: model.name,
    seed: model.seed,
    order: graph.layers.map(numberOf),
    nodes: graph.nodes.map(({ layer, inputs }) => ({ layer: layer === null ? null : numberOf(layer), inputs })),
    inputs: graph.inputs.map(({ node, name }) => ({ node, name })),
    outputs: graph.outputs.map(({ node, name }) => ({ node, name })),
    givenShapes: graph.givenShapes,
    isChain: graph.isChain,
    arranged: arrangementOf(model),
  };
}

/** @param made The layers by their numbers. */
export function readGraph(recipe: GraphRecipe, made: readonly Layer[]): Model<unknown> {
  const layerAt = (index: number | null) => (index === null ? null : (made[index] ?? null));
  const layers = recipe.order.flatMap((index) => layerAt(index) ?? []);
  const graph: Graph = {
    nodes: recipe.nodes.map(({ layer, inputs }) => ({ layer: layerAt(layer), inputs })),
    inputs: recipe.inputs,
    outputs: recipe.outputs,
    givenShapes: recipe.givenShapes,
    layers,
    earlierNames: layers.map(({ name }) => name),
    isChain: recipe.isChain,
  };
  const options = { name: recipe.name, ...(recipe.seed !== null && { seed: recipe.seed }) };
  return new Model<unknown>(graph, options, arranger(recipe));
}

function arrangementOf({ graph, arrange }: Model<unknown>): GraphRecipe["arranged"] {
  const arranged = arrange(graph.outputs.map(({ name }) => name));
  if (typeof arranged === "string") return "one";
  return Array.isArray(arranged) ? "list" : "byName";
}

function arranger({ arranged, outputs }: GraphRecipe): Arrange {
  return (each) => {
    if (arranged === "list") return [...each];
    if (arranged === "byName")
      return Object.fromEntries(outputs.map(({ name }, index) => [name, first(each.slice(index))]));
    return first(each);
  };
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new RangeError("The model has no output.");
  return item;
}
