// A model made again from its plain form: in another thread, or from a file.

// Whoever reads a recipe needs all that may be named there, though nothing here calls it.
import "../../layers/layers.ts";
import "../../schedules/schedules.ts";
import type { CallPlace } from "../../host.ts";
import { Floats } from "../../intrinsics.ts";
import { Layer } from "../../layers/layer.ts";
import { nothingDrawn } from "../../layers/weightPlan.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Metric } from "../../metrics/metric.ts";
import { Optimizer } from "../../optimizers/optimizer.ts";
import { type Recipe, readRecipe } from "../../recipes.ts";
import { Tensor } from "../../tensor.ts";
import type { Arrange, Graph } from "./graph.ts";
import type { GraphRecipe } from "./graphRecipe.ts";
import { Model } from "./model.ts";
import type { CompiledRecipe, LayerRecipe, PackedModel } from "./modelRecipe.ts";

/** How a model is made again. */
export interface UnpackOptions {
  /** Where in cells its layers were made, in the order of the model's layers. */
  readonly places?: readonly (CallPlace | null)[];
  /** Gives what a user wrote and the recipe knows by name alone; `null` for a recipe that is none of it. */
  readonly custom?: (reference: Readonly<Record<string, Recipe>>) => object | null;
  /** Checks the weights kept for a layer, before it takes them. */
  readonly checkWeights?: (layer: Layer, firstWeight: number) => void;
}

/**
 * A model like the one that was packed, with layers of its own.
 *
 * @throws ValueError or UnknownNameError for data that nnbook did not write.
 */
export function unpackModel({ recipe, weights }: PackedModel, options: UnpackOptions = {}): Model<unknown> {
  const { places = [], custom = () => null } = options;
  const made = readLayers(recipe.layers, custom);
  recipe.order.forEach((index, at) => {
    const layer = made[index];
    const { name = "", trainable = true } = recipe.layers[index] ?? {};
    layer?.takeAfter({ name, trainable, place: places[at] ?? null });
  });
  restoreLayers(made, recipe.layers, { weights, check: options.checkWeights ?? (() => undefined) });
  const model = readGraph(recipe, made);
  if (recipe.compiled !== null) compileAgain(model, recipe.compiled, custom);
  return model;
}

function readLayers(recipes: readonly LayerRecipe[], custom: NonNullable<UnpackOptions["custom"]>): readonly Layer[] {
  const made: Layer[] = [];
  for (const { made: recipe } of recipes) {
    const layer = readRecipe(recipe, (reference) => {
      if (reference.$ === "layer") return made[Number(reference.index)] ?? null;
      if (reference.$ === "part") return made[Number(reference.of)]?.ownParts[Number(reference.at)] ?? null;
      if (reference.$ === "model") return readGraph(reference as unknown as GraphRecipe, made);
      return custom(reference);
    });
    if (!(layer instanceof Layer)) throw new TypeError(`A layer's recipe made none: ${JSON.stringify(recipe)}`);
    made.push(layer);
  }
  return made;
}

function restoreLayers(
  made: readonly Layer[],
  recipes: readonly LayerRecipe[],
  kept: { readonly weights: readonly Floats[]; readonly check: (layer: Layer, firstWeight: number) => void },
): void {
  let next = 0;
  recipes.forEach(({ builtFor }, index) => {
    const layer = made[index];
    if (layer === undefined || builtFor === null) return;
    layer.buildAll(builtFor, nothingDrawn);
    kept.check(layer, next);
    for (const weight of layer.weights) weight.assign(new Tensor(weight.shape, kept.weights[next++] ?? new Floats(0)));
  });
}

function compileAgain(
  model: Model<unknown>,
  recipe: CompiledRecipe,
  custom: NonNullable<UnpackOptions["custom"]>,
): void {
  const optimizer = readRecipe(recipe.optimizer, custom);
  if (!(optimizer instanceof Optimizer)) throw new TypeError("An optimizer's recipe made none.");
  // `compile` checks that they are what they should be.
  const losses = recipe.losses.map(({ made }) => readRecipe(made, custom) as Loss);
  const metrics = recipe.metrics.map((each) => each.map((metric) => readRecipe(metric, custom) as Metric));
  model.compile({ loss: losses, lossWeights: recipe.losses.map(({ weight }) => weight), optimizer, metrics });
  if (recipe.learningRate !== null) optimizer.learningRate = recipe.learningRate;
}

/** @param made The layers by their numbers. */
function readGraph(recipe: GraphRecipe, made: readonly Layer[]): Model<unknown> {
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
