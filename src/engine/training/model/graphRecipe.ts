// How a model's layers are connected, as plain data: of a whole model, and of one that stands inside a block.

import type { Layer } from "../../layers/layer.ts";
import type { PortableModel } from "./portableModel.ts";

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
export function writeGraph(model: PortableModel, numberOf: (layer: Layer) => number): GraphRecipe {
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

/** How `predict` gives the outputs of a model. */
export function arrangementOf({ graph, arrange }: PortableModel): GraphRecipe["arranged"] {
  const arranged = arrange(graph.outputs.map(({ name }) => name));
  if (typeof arranged === "string") return "one";
  return Array.isArray(arranged) ? "list" : "byName";
}
