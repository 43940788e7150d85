// Each layer of nnbook as PyTorch code.

import type { layers } from "../../layers/layers.ts";
import { withAxes } from "../arrays.ts";
import type { LayerDescription } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { numberOf, numbers, weightOf } from "../windows.ts";
import { torchActivation } from "./torchActivations.ts";
import { bool, plainLayer, type TorchLayer, tuple } from "./torchCode.ts";
import { attention, bidirectional, recurrent } from "./torchSequences.ts";
import {
  convolution,
  depthwiseConvolution,
  globalPooling,
  pooling,
  transposedConvolution,
  upSampling,
  zeroPadding,
} from "./torchWindows.ts";

type Write = (layer: LayerDescription, name: string) => TorchLayer;

const joined =
  (operator: string): Write =>
  () =>
    plainLayer((inputs) => inputs.join(` ${operator} `));
const folded =
  (fn: string): Write =>
  () =>
    plainLayer((inputs) => inputs.reduce((a, b) => `${fn}(${a}, ${b})`));

/** One that is new does not compile before it stands here. */
const writers: Readonly<Record<Exclude<keyof typeof layers, "custom"> | "projection", Write>> = {
  dense: linear,
  projection: linear,
  activation: () => plainLayer(([x = ""]) => x),
  reshape: (layer) => plainLayer(([x = ""]) => `${x}.reshape(${["-1", ...layer.outputShape].join(", ")})`),
  flatten: () => plainLayer(([x = ""]) => `${x}.flatten(1)`),
  permute: (layer) => plainLayer(([x = ""]) => `${x}.permute${tuple([0, ...(numbers(layer, "order") ?? [])])}`),
  repeatVector: (layer) => plainLayer(([x = ""]) => `${x}.unsqueeze(1).expand(-1, ${numberOf(layer, "count")}, -1)`),
  upSampling1d: upSampling,
  upSampling2d: upSampling,
  zeroPadding1d: zeroPadding,
  zeroPadding2d: zeroPadding,
  dropout: (layer) => plainLayer(([x = ""]) => `F.dropout(${x}, ${numberOf(layer, "rate")}, self.training)`),
  spatialDropout1d: spatialDropout,
  spatialDropout2d: spatialDropout,
  gaussianNoise: (layer) =>
    plainLayer(
      ([x = ""]) => `(${x} + ${numberOf(layer, "stddev")} * torch.randn_like(${x}) if self.training else ${x})`,
    ),
  batchNorm,
  layerNorm,
  rmsNorm,
  embedding,
  conv1d: convolution,
  conv2d: convolution,
  conv2dTranspose: transposedConvolution,
  depthwiseConv2d: depthwiseConvolution,
  separableConv2d: depthwiseConvolution,
  maxPooling1d: pooling,
  maxPooling2d: pooling,
  averagePooling1d: pooling,
  averagePooling2d: pooling,
  globalMaxPooling1d: globalPooling,
  globalMaxPooling2d: globalPooling,
  globalAveragePooling1d: globalPooling,
  globalAveragePooling2d: globalPooling,
  simpleRnn: recurrent,
  lstm: recurrent,
  gru: recurrent,
  bidirectional,
  multiHeadAttention: attention,
  add: joined("+"),
  subtract: joined("-"),
  multiply: joined("*"),
  average: () => plainLayer((inputs) => `(${inputs.join(" + ")}) / ${inputs.length}`),
  maximum: folded("torch.maximum"),
  minimum: folded("torch.minimum"),
  residual: () => plainLayer(([around = "", through = ""]) => `${through} + ${around}`),
  concat: (layer) => plainLayer((inputs) => `torch.cat((${inputs.join(", ")}), dim=${numberOf(layer, "axis")})`),
  dot,
};

/** Layers whose activation function belongs to their inside. */
const keepsActivation: readonly string[] = ["simpleRnn", "lstm", "gru", "bidirectional"];

/** @throws NoCounterpart for a layer that a user wrote. */
export function torchLayer(layer: LayerDescription, name: string): TorchLayer {
  const known: Readonly<Record<string, Write>> = writers;
  const write = layer.type === null || !Object.hasOwn(known, layer.type) ? undefined : known[layer.type];
  if (write === undefined)
    throw new NoCounterpart(
      "layers that PyTorch can be given",
      `${layer.name}, ${layer.type === null ? "which was written in a cell" : `a ${layer.type} layer`}`,
      "Replace it by layers of nnbook's, or export the parts before and after it as models of their own.",
    );
  const { activation, activationAlpha } = layer.settings;
  const written = write(layer, name);
  if (typeof activation !== "string" || keepsActivation.includes(layer.type ?? "")) return written;
  if (activation !== "prelu")
    return {
      ...written,
      activate: torchActivation(activation, typeof activationAlpha === "number" ? activationAlpha : null, layer.name),
    };
  const slopes = weightOf(layer, "alpha");
  const own = `${name}_slopes`;
  return {
    ...written,
    activate: (x) => `self.${own}(${x})`,
    attributes: { ...written.attributes, [own]: `Prelu(${slopes?.shape[0] ?? 1})` },
    tensors: { ...written.tensors, ...(slopes !== null && { [`${own}.weight`]: slopes }) },
    views: { ...written.views, alpha: `self.${own}.weight` },
    helpers: [...written.helpers, "Prelu"],
  };
}

function linear(layer: LayerDescription, name: string): TorchLayer {
  const kernel = weightOf(layer, "kernel");
  const bias = weightOf(layer, "bias");
  if (kernel === null) return plainLayer(([x = ""]) => x);
  return {
    ...plainLayer(([x = ""]) => `self.${name}(${x})`),
    attributes: { [name]: `nn.Linear(${kernel.shape.join(", ")}${bias === null ? ", bias=False" : ""})` },
    tensors: { [`${name}.weight`]: withAxes(kernel, [1, 0]), ...(bias !== null && { [`${name}.bias`]: bias }) },
    views: { kernel: `self.${name}.weight.T`, ...(bias !== null && { bias: `self.${name}.bias` }) },
  };
}

function spatialDropout(layer: LayerDescription): TorchLayer {
  return plainLayer(([x = ""]) => `spatial_dropout(${x}, ${numberOf(layer, "rate")}, self.training)`, {
    helpers: ["spatial_dropout"],
  });
}

function embedding(layer: LayerDescription, name: string): TorchLayer {
  const table = weightOf(layer, "embeddings");
  return {
    ...plainLayer(([x = ""]) => `self.${name}(${x}.long())`),
    attributes: { [name]: `nn.Embedding(${numberOf(layer, "inputDim")}, ${numberOf(layer, "outputDim")})` },
    tensors: table === null ? {} : { [`${name}.weight`]: table },
    views: { embeddings: `self.${name}.weight` },
  };
}

function batchNorm(layer: LayerDescription, name: string): TorchLayer {
  const { convention, scale, center } = layer.settings;
  const isTorch = convention === "torch";
  const momentum = numberOf(layer, "momentum");
  const features = layer.outputShape.at(-1) ?? 1;
  const share = isTorch ? String(momentum) : `1 - ${momentum}`;
  const flags = `scale=${bool(scale)}, center=${bool(center)}, unbiased=${bool(isTorch)}, frozen=${bool(!layer.isTrainable)}`;
  return {
    ...plainLayer(([x = ""]) => `self.${name}(${x})`),
    attributes: { [name]: `BatchNorm(${features}, momentum=${share}, eps=${numberOf(layer, "epsilon")}, ${flags})` },
    ...state(layer, name, { gamma: "weight", beta: "bias", movingMean: "running_mean", movingVariance: "running_var" }),
    helpers: ["BatchNorm"],
  };
}

function layerNorm(layer: LayerDescription, name: string): TorchLayer {
  const features = layer.outputShape.at(-1) ?? 1;
  const { scale, center } = layer.settings;
  const eps = `eps=${numberOf(layer, "epsilon")}`;
  const call = plainLayer(([x = ""]) => `self.${name}(${x})`);
  // PyTorch's layer has no shift without a scale.
  const shift = weightOf(layer, "beta");
  if (scale === false && shift !== null)
    return {
      ...plainLayer(([x = ""]) => `F.layer_norm(${x}, (${features},), None, self.${name}_shift, ${eps})`),
      attributes: { [`${name}_shift`]: `nn.Parameter(torch.zeros(${features}))` },
      tensors: { [`${name}_shift`]: shift },
      views: { beta: `self.${name}_shift` },
    };
  const affine = scale === false ? ", elementwise_affine=False" : center === false ? ", bias=False" : "";
  return {
    ...call,
    attributes: { [name]: `nn.LayerNorm(${features}, ${eps}${affine})` },
    ...state(layer, name, { gamma: "weight", beta: "bias" }),
  };
}

function rmsNorm(layer: LayerDescription, name: string): TorchLayer {
  const features = layer.outputShape.at(-1) ?? 1;
  return {
    ...plainLayer(([x = ""]) => `self.${name}(${x})`),
    attributes: {
      [name]: `RmsNorm(${features}, eps=${numberOf(layer, "epsilon")}, scale=${bool(layer.settings.scale)})`,
    },
    ...state(layer, name, { gamma: "weight" }),
    helpers: ["RmsNorm"],
  };
}

/** Weights that keep their layout, under the names PyTorch gives them. */
function state(
  layer: LayerDescription,
  name: string,
  names: Readonly<Record<string, string>>,
): Pick<TorchLayer, "tensors" | "views"> {
  const own = layer.weights.flatMap((weight) => {
    const attribute = names[weight.name];
    return attribute === undefined ? [] : [{ weight, attribute }];
  });
  return {
    tensors: Object.fromEntries(own.map(({ weight, attribute }) => [`${name}.${attribute}`, weight])),
    views: Object.fromEntries(own.map(({ weight, attribute }) => [weight.name, `self.${name}.${attribute}`])),
  };
}

function dot(layer: LayerDescription): TorchLayer {
  const isVectors = layer.inputShapes[0]?.length === 1;
  const isCosine = layer.settings.normalize === true;
  return plainLayer(
    (inputs) => {
      const [a, b] = inputs.map((input) => (isCosine ? `unit_length(${input})` : input));
      return isVectors ? `(${a} * ${b}).sum(-1, keepdim=True)` : `${a} @ ${b}.transpose(1, 2)`;
    },
    { helpers: isCosine ? ["unit_length"] : [] },
  );
}
