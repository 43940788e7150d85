// Describes a model for exporters.

import type { Constraint } from "../constraints/constraints.ts";
import { ValueError } from "../errors.ts";
import { Layer } from "../layers/layer.ts";
import type { Loss } from "../losses/loss.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { isRecord } from "../plainObjects.ts";
import type { Regularizer } from "../regularizers/regularizers.ts";
import { makingCall } from "../remake.ts";
import type { Parameter } from "../tensor.ts";
import { inputShapesOf } from "../training/model/graph.ts";
import { arrangementOf } from "../training/model/graphRecipe.ts";
import type { PortableModel } from "../training/model/portableModel.ts";
import type {
  LayerDescription,
  LossDescription,
  ModelDescription,
  OptimizerDescription,
  PenaltyDescription,
  Setting,
  Settings,
  WeightDescription,
} from "./description.ts";

/** @throws ValueError before the model has weights, and for a penalty that a user wrote. */
export function describeModel(op: string, model: PortableModel): ModelDescription {
  const { graph, compiled } = model;
  if (!graph.layers.every(({ isBuilt }) => isBuilt))
    throw new ValueError({
      op,
      expected: "a model with weights",
      got: "one that is not built",
      hint: "Give the first layer its inputShape, or train it, or call model.build(4).",
    });
  const shapes = inputShapesOf(graph);
  return {
    name: model.name,
    layers: graph.layers.map((layer) => describeLayer(op, layer)),
    nodes: graph.nodes.map(({ layer, inputs }, place) => ({
      layer: layer === null ? null : graph.layers.indexOf(layer),
      inputs,
      shape: layer?.outputShape ?? shapes[graph.inputs.findIndex(({ node }) => node === place)] ?? [],
    })),
    inputs: graph.inputs,
    outputs: graph.outputs,
    arranged: arrangementOf(model),
    compiled:
      compiled === null
        ? null
        : {
            losses: compiled.losses.map(({ loss, weight }, index) => {
              const end = graph.nodes[graph.outputs[index]?.node ?? -1]?.layer ?? null;
              return { ...describeLoss(loss), weight, isFused: loss.fusedWith(end?.activation ?? null) !== null };
            }),
            optimizer: describeOptimizer(compiled.optimizer),
          },
  };
}

function describeLayer(op: string, layer: Layer): LayerDescription {
  const { name, weights, inputShapes, outputShape, trainable: isTrainable, activityRegularizer } = layer;
  const inner = "layer" in layer && layer.layer instanceof Layer ? layer.layer : null;
  return {
    name,
    type: knownType(layer),
    settings: settingsOf(layer),
    inner: inner === null ? null : { type: knownType(inner), settings: settingsOf(inner) },
    weights: weights.map((weight) => describeWeight(op, layer, weight)),
    inputShapes: inputShapes ?? [],
    outputShape: outputShape ?? [],
    isTrainable,
    activityPenalty: describePenalty(op, `the activityRegularizer of ${name}`, activityRegularizer),
  };
}

/** A custom layer may be called anything. */
function knownType(layer: Layer): string | null {
  if (!layer.isPlannable) return null;
  const call = makingCall(layer)?.name;
  return call === undefined ? (layer.type === "projection" ? "projection" : null) : layer.type;
}

/** All that is plain among what the layer shows of itself. */
function settingsOf(layer: Layer): Settings {
  return Object.fromEntries(Object.entries(layer).filter((entry): entry is [string, Setting] => isSetting(entry[1])));
}

function isSetting(value: unknown): value is Setting {
  if (Array.isArray(value)) return value.every(isSetting);
  return value === null || ["number", "string", "boolean", "undefined"].includes(typeof value);
}

function describeWeight(op: string, layer: Layer, weight: Parameter): WeightDescription {
  const { name, shape, numbers, isTrainable, regularizer, constraint } = weight;
  const of = `${name} of ${layer.name}`;
  return {
    ...{ name, shape, numbers, isTrainable },
    penalty: describePenalty(op, `the regularizer of the ${of}`, regularizer as Regularizer | null),
    constraint: constraint === null ? null : describeConstraint(op, of, constraint as Constraint),
  };
}

function describePenalty(op: string, what: string, regularizer: Regularizer | null): PenaltyDescription | null {
  if (regularizer === null) return null;
  if (makingCall(regularizer) !== null) return { l1: regularizer.l1, l2: regularizer.l2 };
  throw new ValueError({ op, expected: `${what} as one of nnbook's`, got: "one written in a cell" });
}

function describeConstraint(op: string, of: string, constraint: Constraint): WeightDescription["constraint"] {
  const call = makingCall(constraint);
  if (call === null)
    throw new ValueError({
      op,
      expected: `the constraint of the ${of} as one of nnbook's`,
      got: "one written in a cell",
    });
  const [first, second] = call.values;
  const settings = typeof first === "number" ? { maxValue: first, ...settingsIn(second) } : settingsIn(first);
  return { name: constraint.name, settings };
}

function describeLoss(loss: Loss): Pick<LossDescription, "name" | "label" | "settings"> {
  const call = makingCall(loss);
  const isKnown = call !== null && call.name !== "losses.custom";
  return { name: isKnown ? loss.name : null, label: loss.name, settings: settingsIn(call?.values[0]) };
}

function describeOptimizer(optimizer: Optimizer): OptimizerDescription {
  const { name, config, schedule, convention, weightDecay, decoupledWeightDecay, learningRate } = optimizer;
  return {
    ...{ name, convention, weightDecay, decoupledWeightDecay },
    settings: { ...config, learningRate },
    isScheduled: schedule !== null,
  };
}

function settingsIn(options: unknown): Settings {
  if (!isRecord(options)) return {};
  return Object.fromEntries(Object.entries(options).filter((entry): entry is [string, Setting] => isSetting(entry[1])));
}
