// A model as plain data, with how it is compiled: to be sent to another thread, or kept in a file. `unpackModel.ts` makes it again.

import type { Floats } from "../../intrinsics.ts";
import { isInnerModel } from "../../layers/innerModel.ts";
import { Layer } from "../../layers/layer.ts";
import { type NameCustom, type Recipe, RecipeWriter } from "../../recipes.ts";
import type { Shape } from "../../shape.ts";
import type { Compiled } from "../compile.ts";
import type { Graph } from "./graph.ts";
import { type GraphRecipe, writeGraph } from "./graphRecipe.ts";
import type { PortableModel } from "./portableModel.ts";

/** A layer: the call that made it (or whose part it is), and what it was told since. */
export interface LayerRecipe {
  readonly made: Recipe;
  readonly name: string;
  readonly trainable: boolean;
  /** The shapes of its inputs where its weights exist, else `null`. */
  readonly builtFor: readonly Shape[] | null;
}

export interface CompiledRecipe {
  readonly losses: readonly { readonly made: Recipe; readonly weight: number }[];
  readonly optimizer: Recipe;
  /** It may have been changed since it was made; `null` where a schedule says it. */
  readonly learningRate: number | null;
  /** For each output. */
  readonly metrics: readonly (readonly Recipe[])[];
}

/** All of a model but its weights. */
export interface ModelRecipe extends GraphRecipe {
  /** In an order in which none comes before what it is made with. */
  readonly layers: readonly LayerRecipe[];
  /** `null` before `compile`. */
  readonly compiled: CompiledRecipe | null;
}

/** A model, to be sent or kept. */
export interface PackedModel {
  readonly recipe: ModelRecipe;
  /** Copies of the weights of the layers that have them, in the order of `recipe.layers`. */
  readonly weights: readonly Floats[];
}

/** A model as data, or what stands in the way: functions written in a cell, objects of one's own classes. */
export type Packing =
  | {
      readonly kind: "packed";
      readonly packed: PackedModel /** Those of the recipe. */;
      readonly layers: readonly Layer[];
    }
  | { readonly kind: "unportable"; readonly obstacles: readonly string[] };

/**
 * The model as data. Its optimizer's memory is not taken along: it starts anew, as in a clone.
 *
 * @param nameCustom Writes what a user wrote as a name; without it, such parts are obstacles.
 */
export function packModel(model: PortableModel, nameCustom?: NameCustom): Packing {
  const { graph } = model;
  const { layers, writer, referTo } = writeLayers(graph, nameCustom);
  const graphRecipe = writeGraph(model, referTo);
  const compiled = model.compiled === null ? null : writeCompiled(model.compiled, graph.outputs.length, writer);
  if (writer.obstacles.length > 0) return { kind: "unportable", obstacles: writer.obstacles };
  const recipe: ModelRecipe = { ...graphRecipe, layers: layers.map(({ recipe: each }) => each), compiled };
  const weights = layers.flatMap(({ layer }) => layer.weights.map(({ numbers }) => numbers.slice()));
  return { kind: "packed", packed: { recipe, weights }, layers: layers.map(({ layer }) => layer) };
}

interface WrittenLayer {
  readonly layer: Layer;
  readonly recipe: LayerRecipe;
}

/** Blocks before what they hold: the parts that a block made by itself are known by it alone. */
function writeLayers(graph: Graph, nameCustom: NameCustom | undefined) {
  const layers: WrittenLayer[] = [];
  const places = new Map<Layer, number>();
  const refer = (part: object): Recipe | null => {
    if (part instanceof Layer) return { $: "layer", index: referTo(part) };
    // Layers know of models no more than that; all there are is these.
    return isInnerModel(part) ? { $: "model", ...writeGraph(part as unknown as PortableModel, referTo) } : null;
  };
  const writer = new RecipeWriter(refer, nameCustom);
  const add = (layer: Layer, made: Recipe): number => {
    const { name, trainable, inputShapes } = layer;
    places.set(layer, layers.length);
    layers.push({ layer, recipe: { made, name, trainable, builtFor: inputShapes } });
    return layers.length - 1;
  };
  const referTo = (layer: Layer): number => {
    const known = places.get(layer);
    if (known !== undefined) return known;
    const index = add(layer, writer.writeCall(layer, `the layer ${layer.name || layer.type}`));
    layer.ownParts.forEach((part, at) => void add(part, { $: "part", of: index, at }));
    return index;
  };
  for (const layer of graph.layers.toReversed()) referTo(layer);
  return { layers, writer, referTo };
}

function writeCompiled(compiled: Compiled, outputCount: number, writer: RecipeWriter): CompiledRecipe {
  const { losses, optimizer, metrics } = compiled;
  const metricsOf = (output: number) => metrics.filter((each) => each.output === output);
  return {
    losses: losses.map(({ loss, weight }) => ({ made: writer.write(loss, `the loss ${loss.name}`), weight })),
    optimizer: writer.writeCall(optimizer, `the optimizer ${optimizer.name}`),
    learningRate: optimizer.schedule === null ? optimizer.learningRate : null,
    metrics: Array.from({ length: outputCount }, (_, output) =>
      metricsOf(output).map(({ metric }) => writer.write(metric, `the metric ${metric.name}`)),
    ),
  };
}
