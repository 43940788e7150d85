// Recurrent layers and attention as PyTorch code.

import { withAxes } from "../arrays.ts";
import type { LayerDescription, Settings } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { numberOf, weightOf } from "../windows.ts";
import { torchActivation } from "./torchActivations.ts";
import { torchCell } from "./torchCells.ts";
import { bool, plainLayer, type TorchLayer } from "./torchCode.ts";

const kinds: Readonly<Record<string, string>> = { simpleRnn: "rnn", lstm: "lstm", gru: "gru" };
/** Keras' names of a cell's weights, as the script has them. */
const attributes: Readonly<Record<string, string>> = {
  kernel: "kernel",
  recurrentKernel: "recurrent_kernel",
  bias: "bias",
};

/** simpleRnn, lstm, gru. */
export function recurrent(layer: LayerDescription, name: string): TorchLayer {
  const theirs = torchCell(layer, name);
  if (theirs !== null) return theirs;
  return {
    ...plainLayer((inputs) => `self.${name}(${inputs.join(", ")})`),
    attributes: { [name]: cell(layer, layer.inputShapes[0]?.[1] ?? 1, weightOf(layer, "bias") !== null, false) },
    ...cellState(layer, name, "", (weight) => weight),
    helpers: ["Cell"],
  };
}

/** A recurrent layer in both directions. */
export function bidirectional(layer: LayerDescription, name: string): TorchLayer {
  const { inner } = layer;
  if (inner === null) throw new NoCounterpart("a layer in both directions", "none", "This is a mistake in nnbook.");
  const features = layer.inputShapes[0]?.[1] ?? 1;
  const hasBias = weightOf(layer, "forwardBias") !== null;
  const of = { name: layer.name, ...inner };
  const merge =
    {
      concat: "lambda a, b: torch.cat((a, b), dim=-1)",
      sum: "lambda a, b: a + b",
      mul: "lambda a, b: a * b",
      ave: "lambda a, b: (a + b) * 0.5",
    }[String(layer.settings.mergeMode)] ?? "";
  const directions = ["forward", "backward"] as const;
  const parts = directions.map((direction) =>
    cellState(
      layer,
      name,
      `${direction}_cell.`,
      (weight) => `${direction}${weight[0]?.toUpperCase()}${weight.slice(1)}`,
    ),
  );
  return {
    ...plainLayer(([x = ""]) => `self.${name}(${x})`),
    attributes: {
      [name]: `Bidirectional(\n            ${directions.map((direction) => cell(of, features, hasBias, direction === "backward")).join(",\n            ")},\n            ${merge},\n        )`,
    },
    tensors: Object.assign({}, ...parts.map(({ tensors }) => tensors)),
    views: Object.assign({}, ...parts.map(({ views }) => views)),
    helpers: ["Cell", "Bidirectional"],
  };
}

function cell(
  layer: Pick<LayerDescription, "name" | "type" | "settings">,
  features: number,
  hasBias: boolean,
  isReversed: boolean,
): string {
  const { settings } = layer;
  const kind = `${kinds[layer.type ?? ""] ?? "none"}${settings.resetAfter === false ? "_before" : ""}`;
  const activation = asFunction(layer.name, settings, "activation", settings.activationAlpha);
  const gate = asFunction(layer.name, settings, "recurrentActivation", null);
  const isBackwards = (settings.goBackwards === true) !== isReversed;
  return `Cell("${kind}", ${features}, ${numberOf(layer, "units")}, bias=${bool(hasBias)}, activation=${activation}, gate=${gate}, sequences=${bool(settings.returnSequences)}, backwards=${bool(isBackwards)}, dropout=${numberOf(layer, "dropout")}, state_dropout=${numberOf(layer, "recurrentDropout")})`;
}

function asFunction(name: string, settings: Settings, option: string, alpha: unknown): string {
  const chosen = settings[option];
  const activate = torchActivation(
    typeof chosen === "string" ? chosen : "linear",
    typeof alpha === "number" ? alpha : null,
    name,
  );
  if (activate === null) return "lambda x: x";
  const plain = /^([\w.]+)\(x\)$/.exec(activate("x"))?.[1];
  return plain ?? `lambda x: ${activate("x")}`;
}

function cellState(
  layer: LayerDescription,
  name: string,
  path: string,
  nameOf: (weight: string) => string,
): Pick<TorchLayer, "tensors" | "views"> {
  const tensors: Record<string, TorchLayer["tensors"][string]> = {};
  const views: Record<string, string> = {};
  for (const [weight, attribute] of Object.entries(attributes)) {
    const stored = weightOf(layer, nameOf(weight));
    if (stored === null) continue;
    tensors[`${name}.${path}${attribute}`] = stored;
    views[nameOf(weight)] = `self.${name}.${path}${attribute}`;
  }
  return { tensors, views };
}

/** multiHeadAttention. */
export function attention(layer: LayerDescription, name: string): TorchLayer {
  const tensors: Record<string, TorchLayer["tensors"][string]> = {};
  const views: Record<string, string> = {};
  const modules = ["query", "key", "value", "output"].map((role) => {
    const kernel = weightOf(layer, `${role}Kernel`);
    const bias = weightOf(layer, `${role}Bias`);
    if (kernel === null) return "None";
    tensors[`${name}.${role}.weight`] = withAxes(kernel, [1, 0]);
    views[`${role}Kernel`] = `self.${name}.${role}.weight.T`;
    if (bias !== null) {
      tensors[`${name}.${role}.bias`] = bias;
      views[`${role}Bias`] = `self.${name}.${role}.bias`;
    }
    return `${role}=nn.Linear(${kernel.shape.join(", ")}${bias === null ? ", bias=False" : ""})`;
  });
  const rest = `causal=${bool(layer.settings.causal)}, dropout=${numberOf(layer, "dropout")}`;
  return {
    ...plainLayer((inputs) => `self.${name}(${inputs.join(", ")})`),
    attributes: { [name]: `Attention(${numberOf(layer, "numHeads")}, ${modules.join(", ")}, ${rest})` },
    ...{ tensors, views },
    helpers: ["Attention"],
  };
}
