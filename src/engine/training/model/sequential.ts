// The ways to make a model: `sequential` for layers in a row, `model` for a graph of them.

import { readArguments } from "../../argumentCounts.ts";
import { checkedNumber, checkOptions, ValueError } from "../../errors.ts";
import type { Layer } from "../../layers/layer.ts";
import { SymbolicTensor } from "../../layers/symbolicTensor.ts";
import type { Tensor } from "../../tensor.ts";
import {
  type Arrange,
  chainGraph,
  type GraphEnds,
  type ModelOptions,
  type RowPart,
  readModelOptions,
} from "./graph.ts";
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
 * @param layers The layers, input first; a model among them stands for its layers, and shares their weights with them.
 * @throws ValueError for something that is not a layer, or the same layer twice.
 * @example
 * const model = sequential([layers.dense(16, { activation: "relu" }), layers.dense(1, { activation: "sigmoid" })]);
 */
export function sequential(layers: readonly (Layer | Model)[], options?: SequentialOptions): Model;
export function sequential(...given: [readonly (Layer | Model)[], SequentialOptions?]): Model {
  const [layers, options = {}] = readArguments("sequential", 2, given, "Give all layers in one list.");
  checkOptions("sequential", options, ["name", "seed"]);
  if (options.seed !== undefined) checkedNumber("sequential", "seed", options.seed);
  checkLayers(layers, (part) => part instanceof Model);
  const graph = chainGraph(
    "sequential",
    layers.map((part) => (part instanceof Model ? rowPart(part) : part)),
  );
  return new Model(graph, options, onlyOutput);
}

function rowPart(part: Model): RowPart {
  const { inputs, outputs, givenShapes } = part.graph;
  if (inputs.length !== 1 || outputs.length !== 1)
    throw new ValueError({
      op: "sequential",
      expected: "models of one input and one output",
      got: `one of ${inputs.length} and ${outputs.length}`,
      hint: "Join them as a graph: model({ inputs, outputs }), with inner.apply([a, b]).",
    });
  return { apply: (x) => part.apply(x), givenInputShape: givenShapes[0] ?? null };
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
): Model<PredictionOf<Outputs>>;
export function model(...given: [ModelOptions]): Model<unknown> {
  const [options] = readArguments("model", 1, given, "Give all in one object: model({ inputs, outputs, name }).");
  const graph = readModelOptions(options);
  const { outputs } = options;
  const arrange: Arrange = (each) => {
    if (outputs instanceof SymbolicTensor) return onlyOutput(each);
    if (Array.isArray(outputs)) return [...each];
    return Object.fromEntries(graph.outputs.map(({ name }, index) => [name, onlyOutput(each.slice(index))]));
  };
  return new Model(graph, options, arrange);
}

function onlyOutput<Item>(outputs: readonly Item[]): Item {
  const [output] = outputs;
  if (output === undefined) throw new RangeError("The model has no output.");
  return output;
}
