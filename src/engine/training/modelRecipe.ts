// A model as plain data, with how it is compiled, and made again from it: in another thread, or later from a file.

// Whoever reads a recipe needs all that may be named there, though nothing here calls it.
import "../layers/layers.ts";
import "../schedules/schedules.ts";
import type { CallPlace } from "../host.ts";
import { Floats } from "../intrinsics.ts";
import { Layer } from "../layers/layer.ts";
import type { Loss } from "../losses/loss.ts";
import type { Metric } from "../metrics/metric.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { Random } from "../random.ts";
import { type Recipe, RecipeWriter, readRecipe } from "../recipes.ts";
import type { Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { Compiled } from "./compile.ts";
import type { Graph } from "./graph.ts";
import { type GraphRecipe, readGraph, writeGraph } from "./graphRecipe.ts";
import { Model } from "./model.ts";

/** A layer: the call that made it (or whose part it is), and what it was told since. */
interface LayerRecipe {
  readonly made: Recipe;
  readonly name: string;
  readonly trainable: boolean;
  /** The shapes of its inputs where its weights exist, else `null`. */
  readonly builtFor: readonly Shape[] | null;
}

interface CompiledRecipe {
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
  | { readonly kind: "packed"; readonly packed: PackedModel }
  | { readonly kind: "unportable"; readonly obstacles: readonly string[] };

/** The model as data. Its optimizer's memory is not taken along: it starts anew, as in a clone. */
export function packModel(model: Model<unknown>): Packing {
  const { graph } = model;
  const { layers, writer, referTo } = writeLayers(graph);
  const graphRecipe = writeGraph(model, referTo);
  const compiled = model.compiled === null ? null : writeCompiled(model.compiled, graph.outputs.length, writer);
  if (writer.obstacles.length > 0) return { kind: "unportable", obstacles: writer.obstacles };
  const recipe: ModelRecipe = { ...graphRecipe, layers: layers.map(({ recipe: each }) => each), compiled };
  const weights = layers.flatMap(({ layer }) => layer.weights.map(({ numbers }) => numbers.slice()));
  return { kind: "packed", packed: { recipe, weights } };
}

/**
 * A model like the one that was packed, with layers of its own.
 *
 * @param places Where in cells its layers were made, in the order of the model's layers.
 * @throws ValueError or UnknownNameError for data that nnbook did not write.
 */
export function unpackModel(
  { recipe, weights }: PackedModel,
  places: readonly (CallPlace | null)[] = [],
): Model<unknown> {
  const made = readLayers(recipe.layers);
  recipe.order.forEach((index, at) => {
    const layer = made[index];
    const { name = "", trainable = true } = recipe.layers[index] ?? {};
    layer?.takeAfter({ name, trainable, place: places[at] ?? null });
  });
  restoreLayers(made, recipe.layers, weights);
  const model = readGraph(recipe, made);
  if (recipe.compiled !== null) compileAgain(model, recipe.compiled);
  return model;
}

interface WrittenLayer {
  readonly layer: Layer;
  readonly recipe: LayerRecipe;
}

/** Blocks before what they hold: the parts that a block made by itself are known by it alone. */
function writeLayers(graph: Graph) {
  const layers: WrittenLayer[] = [];
  const places = new Map<Layer, number>();
  const writer = new RecipeWriter((part) => {
    if (part instanceof Layer) return { $: "layer", index: referTo(part) };
    return part instanceof Model ? { $: "model", ...writeGraph(part, referTo) } : null;
  });
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

function readLayers(recipes: readonly LayerRecipe[]): readonly Layer[] {
  const made: Layer[] = [];
  for (const { made: recipe } of recipes) {
    const layer = readRecipe(recipe, (reference) => {
      if (reference.$ === "layer") return made[Number(reference.index)] ?? null;
      if (reference.$ === "part") return made[Number(reference.of)]?.ownParts[Number(reference.at)] ?? null;
      if (reference.$ === "model") return readGraph(reference as unknown as GraphRecipe, made);
      return null;
    });
    if (!(layer instanceof Layer)) throw new TypeError(`A layer's recipe made none: ${JSON.stringify(recipe)}`);
    made.push(layer);
  }
  return made;
}

function restoreLayers(made: readonly Layer[], recipes: readonly LayerRecipe[], weights: readonly Floats[]): void {
  let next = 0;
  recipes.forEach(({ builtFor }, index) => {
    const layer = made[index];
    if (layer === undefined || builtFor === null) return;
    layer.buildAll(builtFor, new Random(0));
    for (const weight of layer.weights) weight.assign(new Tensor(weight.shape, weights[next++] ?? new Floats(0)));
  });
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

function compileAgain(model: Model<unknown>, recipe: CompiledRecipe): void {
  const optimizer = readRecipe(recipe.optimizer);
  if (!(optimizer instanceof Optimizer)) throw new TypeError("An optimizer's recipe made none.");
  // `compile` checks that they are what they should be.
  const losses = recipe.losses.map(({ made }) => readRecipe(made) as Loss);
  const metrics = recipe.metrics.map((each) => each.map((metric) => readRecipe(metric) as Metric));
  model.compile({ loss: losses, lossWeights: recipe.losses.map(({ weight }) => weight), optimizer, metrics });
  if (recipe.learningRate !== null) optimizer.learningRate = recipe.learningRate;
}
