// The ways to make a model: `sequential` for layers in a row, `model` for a graph of them.

import { checkOptions } from "../errors.ts";
import type { Layer } from "../layers/layer.ts";
import { SymbolicTensor } from "../layers/symbolicTensor.ts";
import type { Tensor } from "../tensor.ts";
import { chainGraph, type GraphEnds, type ModelOptions, readModelOptions } from "./graph.ts";
import { checkLayers } from "./layerNames.ts";
import { Model } from "./model.ts";

/** How a model is made. */
export interface SequentialOptions {
  /** How charts call the model's runs. Default: its hidden activations ("sigmoid", "ReLU + He"), else "model". */
  readonly name?: string;
  /** Chooses the initial weights. Default: the seed of the first `fit`. */
  readonly seed?: number;
}

/**
 * A network whose layers follow one another.
 *
 * Weights are made when the input's shape is known: from the first layer's `inputShape`, or from the first data. They depend
 * on the seed alone: the model's, or else that of the first `fit`.
 *
 * @param layers The layers, input first.
 * @throws ValueError for something that is not a layer, or the same layer twice.
 * @example
 * const model = sequential([layers.dense(16, { activation: "relu" }), layers.dense(1, { activation: "sigmoid" })]);
 */
export function sequential(layers: readonly Layer[], options: SequentialOptions = {}): Model {
  checkOptions("sequential", options, ["name", "seed"]);
  checkLayers(layers);
  return new Model(chainGraph("sequential", layers), options, onlyOutput);
}

/** What `predict` gives for outputs that were given to `model` as one, as a list, or by name. */
export type PredictionOf<Outputs extends GraphEnds> = Outputs extends SymbolicTensor
  ? Tensor
  : Outputs extends readonly SymbolicTensor[]
    ? Tensor[]
    : { [Name in keyof Outputs]: Tensor };

/**
 * A network of any shape: branches, skips, layers that share their weights, several inputs and outputs.
 *
 * `input(shape)` starts it, `layer.apply(x)` goes on, `layers.add()`, `layers.concat()` and the like join branches. What is
 * trained are the layers between `inputs` and `outputs`; their weights depend on the seed alone: the model's, or else that
 * of the first `fit`.
 *
 * @param options `inputs` and `outputs`: one, a list, or an object by name; `name`, `seed` as for `sequential`.
 * @throws ValueError when an output needs an input that is not listed, an input leads to no output, or two layers have one name.
 * @example
 * const x = input(4);
 * const hidden = layers.dense(8, { activation: "relu" }).apply(x);
 * const joined = layers.concat().apply([x, hidden]); // a skip around the hidden layer
 * const net = model({ inputs: x, outputs: layers.dense(3, { activation: "softmax" }).apply(joined) });
 */
export function model<Outputs extends GraphEnds>(
  options: ModelOptions & { readonly outputs: Outputs },
): Model<PredictionOf<Outputs>> {
  const graph = readModelOptions(options);
  const { outputs } = options;
  const predictions = (tensors: readonly Tensor[]): Tensor | Tensor[] | Record<string, Tensor> => {
    if (outputs instanceof SymbolicTensor) return onlyOutput(tensors);
    if (Array.isArray(outputs)) return [...tensors];
    return Object.fromEntries(graph.outputs.map(({ name }, index) => [name, onlyOutput(tensors.slice(index))]));
  };
  // The three forms are those of PredictionOf, which TypeScript cannot follow through the choice.
  return new Model(graph, options, (tensors) => predictions(tensors) as PredictionOf<Outputs>);
}

function onlyOutput(outputs: readonly Tensor[]): Tensor {
  const [output] = outputs;
  if (output === undefined) throw new RangeError("The model has no output.");
  return output;
}
