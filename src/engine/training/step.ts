// One pass of a batch through a model: forward, loss, and for training backward. The only place that knows about fused losses.

import { backend } from "../backend/current.ts";
import { atPlace } from "../errors.ts";
import { flatOperationsBetween } from "../gradientGraph.ts";
import { Floats } from "../intrinsics.ts";
import type { CallContext, ObservedValues } from "../layers/callContext.ts";
import type { Layer } from "../layers/layer.ts";
import { type Loss, weightedLossOf } from "../losses/loss.ts";
import type { Random } from "../random.ts";
import type { Regularizer } from "../regularizers/regularizers.ts";
import { propagateGradients, type TapedValue, withFrozen, withoutRecording } from "../tape.ts";
import type { Parameter, Tensor } from "../tensor.ts";
import type { Graph } from "./model/graph.ts";

/** What a layer reported in a pass. */
export interface Observation {
  readonly layer: Layer;
  readonly values: ObservedValues;
}

/** What a pass computed. */
export interface Pass {
  /** Predictions: one tensor for each of the model's outputs. */
  readonly outputs: readonly Tensor[];
  /** What each layer computed; in its last call, where it is applied several times. */
  readonly observed: ReadonlyMap<Layer, ObservedValues>;
  /** All calls of layers in the order in which they were made. */
  readonly observations: readonly Observation[];
  /** What the layer of each output computed there. */
  readonly ends: readonly (ObservedValues | null)[];
  /** What layers gave that there is a penalty on. */
  readonly penalized: readonly PenalizedOutput[];
}

/** An output of a layer, and the penalty on it. */
export interface PenalizedOutput {
  readonly regularizer: Regularizer;
  readonly output: Tensor;
}

/** Inputs and targets of a batch: a tensor for each input, and one for each output. */
export interface Batch {
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  /** How much each example counts, `[batch]` for each output; empty where all count alike. */
  readonly weights?: readonly Tensor[];
}

/** The loss of an output, and how much it counts in the sum that training makes small. */
export interface WeightedLoss {
  readonly loss: Loss;
  readonly weight: number;
}

/** What holds for a whole pass. */
export interface PassContext {
  readonly training: boolean;
  /** Asked by layers that are random alone: it may be made only then. */
  readonly random: Random;
  /** How a layer is called; as it says itself, unless something else is given. */
  readonly call?: (layer: Layer, inputs: readonly Tensor[], context: CallContext) => Tensor;
  /** Who measures the pass; nobody by default. */
  readonly meter?: PassMeter | null;
}

/** Measures what a pass computes, as it goes. */
export interface PassMeter {
  /** A layer tells what it computed. */
  observed(layer: Layer, values: ObservedValues): void;
  /** The walk back has a value's whole gradient. */
  gradientFound(value: TapedValue, gradient: Floats): void;
}

/** Sends a batch through the graph: a tensor for each input gives one for each output. */
export function forwardPass(graph: Graph, xs: readonly Tensor[], pass: PassContext): Pass {
  const observed = new Map<Layer, ObservedValues>();
  const observations: Observation[] = [];
  const ends = new Map<number, ObservedValues>();
  const penalized: PenalizedOutput[] = [];
  const values: Tensor[] = [];
  graph.inputs.forEach(({ node }, index) => {
    values[node] = at(xs, index);
  });
  graph.nodes.forEach(({ layer, inputs }, place) => {
    if (layer === null) return;
    const observe: CallContext["observe"] = (reporting, reported) => {
      observed.set(reporting, reported);
      observations.push({ layer: reporting, values: reported });
      if (reporting === layer) ends.set(place, reported);
      pass.meter?.observed(reporting, reported);
    };
    const context: CallContext = {
      training: pass.training,
      get random() {
        return pass.random;
      },
      observe,
    };
    const given = inputs.map((input) => at(values, input));
    const output = atPlace(
      layer.name,
      graph.layers.indexOf(layer),
      () => pass.call?.(layer, given, context) ?? callNoticing(layer, given, context),
    );
    values[place] = output;
    if (layer.activityRegularizer !== null) penalized.push({ regularizer: layer.activityRegularizer, output });
  });
  return {
    outputs: graph.outputs.map(({ node }) => at(values, node)),
    observed,
    observations,
    ends: graph.outputs.map(({ node }) => ends.get(node) ?? null),
    penalized,
  };
}

/** What a layer gives. Of one written in a cell, once in a training: whether anything before it can learn through it. */
export function callNoticing(layer: Layer, inputs: readonly Tensor[], context: CallContext): Tensor {
  const output = layer.callAll(inputs, context);
  if (context.training && !layer.isPlannable && layer.flatOperations === null)
    layer.flatOperations = flatOperationsBetween(inputs, output);
  return output;
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`The graph has nothing at place ${index}.`);
  return item;
}

/** The loss of each output, and their weighted sum with all penalties. */
export interface PassLoss {
  /** What training makes small; the loss itself where there is one output with weight 1 and no penalty. */
  readonly total: Tensor;
  readonly parts: readonly Tensor[];
}

/**
 * The losses of a pass. Where the last activation and the loss have a common, stable form (softmax with cross-entropy), it is
 * computed from what reaches the activation, as Keras does: probabilities that round to 0 then still have a gradient.
 */
export function lossOf(
  graph: Graph,
  losses: readonly WeightedLoss[],
  pass: Pick<Pass, "outputs" | "ends" | "penalized">,
  { ys, weights = [] }: Pick<Batch, "ys" | "weights">,
): PassLoss {
  const parts = losses.map(({ loss }, index) => {
    const output = at(pass.outputs, index);
    const end = pass.ends[index] ?? null;
    const before = end === null || end.output !== output ? null : end.preActivation;
    const activation = graph.nodes[at(graph.outputs, index).node]?.layer?.activation ?? null;
    const fused = before === null ? null : loss.fusedWith(activation);
    const [judge, judged] = fused === null || before === null ? [loss, output] : [fused, before];
    const weight = weights[index];
    const target = at(ys, index);
    return weight === undefined ? judge.compute(judged, target) : weightedLossOf(judge, judged, target, weight);
  });
  const weighted = parts.map((part, index) => {
    const { weight } = at(losses, index);
    return weight === 1 ? part : part.mul(weight);
  });
  return { total: [...weighted, ...penaltiesOf(graph, pass)].reduce((sum, part) => sum.add(part)), parts };
}

/** Penalties on what layers gave, for each example on average, and on the weights that training changes, as Keras counts them. */
function penaltiesOf(graph: Graph, { penalized }: Pick<Pass, "penalized">): readonly Tensor[] {
  const onOutputs = penalized.map(({ regularizer, output }) =>
    regularizer.penalty(output).mul(1 / (output.shape[0] ?? 1)),
  );
  const onWeights = trainableWeights(graph.layers).flatMap((weight) => weight.regularizer?.penalty(weight) ?? []);
  return [...onOutputs, ...onWeights];
}

/** What a training pass computed, losses as numbers. */
export interface TrainingPass extends Pass {
  /** The weighted sum, with all penalties. */
  readonly loss: number;
  /** The loss of each output. */
  readonly losses: readonly number[];
}

/** Forward and backward: every trainable weight then has the gradient of this batch alone. */
export function trainingPass(
  graph: Graph,
  losses: readonly WeightedLoss[],
  batch: Batch,
  random: Random,
  meter: PassMeter | null = null,
): TrainingPass {
  for (const layer of graph.layers) for (const weight of layer.weights) weight.zeroGrad();
  return withFrozen(frozenWeights(graph.layers), () => {
    const pass = forwardPass(graph, batch.xs, { training: true, random, meter });
    const { total, parts } = lossOf(graph, losses, pass, batch);
    walkBack(total, meter);
    return { ...pass, loss: lossValue(total), losses: parts.map(lossValue) };
  });
}

/** Finds all gradients. A model without weights (only dropout, say) has nothing to differentiate. */
export function walkBack(total: Tensor, meter: PassMeter | null): void {
  if (!total.needsGradient) return;
  const onGradient = (value: TapedValue, gradient: Floats) => meter?.gradientFound(value, gradient);
  propagateGradients(backend(), total, new Floats([1]), meter === null ? {} : { onGradient });
}

/** The number of a loss. */
export function lossValue(loss: Tensor): number {
  return loss.numbers[0] ?? Number.NaN;
}

/** A forward pass that records nothing: dropout off. */
export function inferencePass(graph: Graph, xs: readonly Tensor[], random: Random): Pass {
  return withoutRecording(() => forwardPass(graph, xs, { training: false, random }));
}

/** The weights that training changes. */
export function trainableWeights(layers: readonly Layer[]): readonly Parameter[] {
  return layers.flatMap((layer) => layer.trainableWeights);
}

/** The weights that training leaves as they are because their layers are frozen, every layer that has them. */
export function frozenWeights(layers: readonly Layer[]): ReadonlySet<Parameter> {
  if (layers.every(({ trainable }) => trainable)) return none;
  const learning = new Set(trainableWeights(layers));
  return new Set(layers.flatMap(({ weights }) => weights.filter((weight) => !learning.has(weight))));
}

const none: ReadonlySet<Parameter> = new Set();
