// A small net of dense layers as plain numbers: what can be shown number by number, and what is said of all others.

import { type Model, type Parameter, ValueError } from "../../engine/index.ts";

/** More could not be followed by eye. */
const smallNetLimits = { units: 8, weights: 80 } as const;

export interface SmallLayer {
  readonly name: string;
  readonly activation: string;
  readonly alpha: number | null;
  readonly units: number;
  /** Row-major `[inputs, units]`. */
  readonly kernel: Parameter;
  readonly bias: Parameter | null;
  /** Whether training changes its weights. */
  readonly trainable: boolean;
}

export interface SmallNet {
  readonly inputs: number;
  readonly layers: readonly SmallLayer[];
}

/** @throws ValueError for a net that is too large, or of other layers than dense ones. */
export function readSmallNet(op: string, model: Model<unknown>): SmallNet {
  const refuse = (got: string, hint = "show.network draws larger nets, and of all layers.") =>
    new ValueError({ op, expected: "a small net of dense layers in a row", got, hint });
  if (!model.isChain) throw refuse("a graph with branches");
  const layers: SmallLayer[] = [];
  for (const layer of model.layers) {
    if (layer.activityRegularizer !== null)
      throw refuse(`one with ${layer.name}, whose outputs have a penalty on them`);
    const last = layers.at(-1);
    if (layer.type === "activation" && last?.activation === "linear" && layer.activation !== null) {
      layers[layers.length - 1] = { ...last, activation: layer.activation, alpha: layer.activationAlpha };
      continue;
    }
    if (layer.type !== "dense") throw refuse(`one with ${layer.name}, a layer of type ${layer.type}`);
    if (layer.activation === "prelu") throw refuse(`one with ${layer.name}, whose prelu has weights of its own`);
    const kernel = layer.weights.find(({ name }) => name === "kernel");
    if (kernel === undefined || layer.outputShape?.length !== 1) throw refuse(`one with ${layer.name} on sequences`);
    layers.push({
      name: layer.name,
      activation: layer.activation ?? "linear",
      alpha: layer.activationAlpha,
      units: layer.outputShape[0] ?? 0,
      kernel,
      bias: layer.weights.find(({ name }) => name === "bias") ?? null,
      trainable: layer.trainable,
    });
  }
  const inputs = layers[0]?.kernel.shape[0] ?? 0;
  const widest = Math.max(inputs, ...layers.map(({ units }) => units));
  const weights = layers.reduce((sum, { kernel, bias }) => sum + kernel.size + (bias?.size ?? 0), 0);
  if (widest > smallNetLimits.units || weights > smallNetLimits.weights)
    throw refuse(
      `one with ${widest} units in a layer and ${weights} weights`,
      `At most ${smallNetLimits.units} units a layer and ${smallNetLimits.weights} weights can be followed; show.network draws larger nets.`,
    );
  return { inputs, layers };
}
