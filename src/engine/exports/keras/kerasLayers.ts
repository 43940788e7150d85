// Each layer of nnbook as Keras code. Names, layouts and conventions are Keras' here already: most is spelling.

import { Floats } from "../../intrinsics.ts";
import type { layers } from "../../layers/layers.ts";
import type { StoredTensor } from "../../saving/safetensors.ts";
import { reshaped } from "../arrays.ts";
import type { LayerDescription, Settings } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { numberOf, weightOf } from "../windows.ts";
import { kerasActivation } from "./kerasActivations.ts";
import {
  type KerasLayer,
  type KerasStep,
  type Keywords,
  keywords,
  ofList,
  ofOne,
  python,
  regularizer,
  rules,
} from "./kerasCode.ts";

type Write = (layer: LayerDescription) => KerasLayer;

/** A layer of one step. */
function single(layer: LayerDescription, make: string, more: Partial<KerasStep> = {}): KerasLayer {
  const step = { name: layer.name, make, keywords: {}, definitions: [], call: ofOne, weights: layer.weights, ...more };
  const { activityPenalty } = layer;
  const penalty: Keywords = activityPenalty === null ? {} : { activity_regularizer: regularizer(activityPenalty) };
  return { steps: [{ ...step, keywords: { ...step.keywords, ...penalty } }] };
}

const plain =
  (make: string, names: Readonly<Record<string, string>> = {}): Write =>
  (layer) =>
    single(layer, make, { keywords: keywords(layer.settings, names) });
const merging =
  (make: string): Write =>
  (layer) =>
    single(layer, make, { call: ofList });
const pooling = (make: string): Write => plain(make, { poolSize: "pool_size", strides: "strides", padding: "padding" });

const kernelRules = { kernel: "kernel", bias: "bias" };
const windowNames = {
  kernelSize: "kernel_size",
  strides: "strides",
  dilationRate: "dilation_rate",
  useBias: "use_bias",
};

/** One that is new does not compile before it stands here. */
const writers: Readonly<Record<Exclude<keyof typeof layers, "custom"> | "projection", Write>> = {
  dense: (layer) =>
    activated(layer, "layers.Dense", {
      ...keywords(layer.settings, { units: "units", useBias: "use_bias" }),
      ...rules(layer, { ...kernelRules, alpha: "alpha" }),
    }),
  projection: (layer) =>
    single(layer, "layers.Dense", { keywords: { units: python(layer.outputShape.at(-1) ?? 1), use_bias: "False" } }),
  activation: (layer) => activated(layer, "layers.Activation", {}),
  reshape: (layer) => single(layer, "layers.Reshape", { keywords: { target_shape: python(layer.outputShape) } }),
  flatten: plain("layers.Flatten"),
  permute: plain("layers.Permute", { order: "dims" }),
  repeatVector: plain("layers.RepeatVector", { count: "n" }),
  upSampling1d: (layer) => {
    const { size } = layer.settings;
    return single(layer, "layers.UpSampling1D", { keywords: { size: python(Array.isArray(size) ? size[0] : size) } });
  },
  upSampling2d: plain("layers.UpSampling2D", { size: "size" }),
  zeroPadding1d: (layer) => {
    const { padding } = layer.settings;
    return single(layer, "layers.ZeroPadding1D", {
      keywords: { padding: python(Array.isArray(padding) ? padding[0] : padding) },
    });
  },
  zeroPadding2d: plain("layers.ZeroPadding2D", { padding: "padding" }),
  dropout: plain("layers.Dropout", { rate: "rate" }),
  spatialDropout1d: plain("layers.SpatialDropout1D", { rate: "rate" }),
  spatialDropout2d: plain("layers.SpatialDropout2D", { rate: "rate" }),
  gaussianNoise: plain("layers.GaussianNoise", { stddev: "stddev" }),
  batchNorm: (layer) => {
    const { momentum, convention } = layer.settings;
    // Keras' momentum is the share that is kept.
    const kept = convention === "torch" ? 1 - Number(momentum) : Number(momentum);
    return single(layer, "layers.BatchNormalization", {
      keywords: {
        momentum: python(kept),
        ...keywords(layer.settings, { epsilon: "epsilon", center: "center", scale: "scale" }),
        ...rules(layer, { gamma: "gamma", beta: "beta" }),
      },
    });
  },
  layerNorm: (layer) =>
    single(layer, "layers.LayerNormalization", {
      keywords: {
        ...keywords(layer.settings, { epsilon: "epsilon", center: "center", scale: "scale" }),
        ...rules(layer, { gamma: "gamma", beta: "beta" }),
      },
    }),
  rmsNorm: (layer) => {
    const features = layer.outputShape.at(-1) ?? 1;
    // Keras has it with a scale alone: one that is 1 and stays so where there is none.
    const scale = weightOf(layer, "gamma") ?? { shape: [features], numbers: new Floats(features).fill(1) };
    return single(layer, "layers.RMSNormalization", {
      weights: [scale],
      keywords: {
        ...keywords(layer.settings, { epsilon: "epsilon" }),
        ...rules(layer, {}),
        ...(layer.settings.scale === false && { trainable: "False" }),
      },
    });
  },
  embedding: (layer) =>
    single(layer, "layers.Embedding", {
      keywords: {
        ...keywords(layer.settings, { inputDim: "input_dim", outputDim: "output_dim" }),
        ...rules(layer, { embeddings: "embeddings" }),
      },
    }),
  conv1d: (layer) => convolution(layer, "layers.Conv1D", { filters: "filters" }, kernelRules),
  conv2d: (layer) => convolution(layer, "layers.Conv2D", { filters: "filters" }, kernelRules),
  conv2dTranspose: (layer) => convolution(layer, "layers.Conv2DTranspose", { filters: "filters" }, kernelRules),
  depthwiseConv2d: (layer) =>
    convolution(
      layer,
      "layers.DepthwiseConv2D",
      { depthMultiplier: "depth_multiplier" },
      { depthwiseKernel: "depthwise", bias: "bias" },
    ),
  separableConv2d: (layer) =>
    convolution(
      layer,
      "layers.SeparableConv2D",
      { filters: "filters", depthMultiplier: "depth_multiplier" },
      { depthwiseKernel: "depthwise", pointwiseKernel: "pointwise", bias: "bias" },
    ),
  maxPooling1d: pooling("layers.MaxPooling1D"),
  maxPooling2d: pooling("layers.MaxPooling2D"),
  averagePooling1d: pooling("layers.AveragePooling1D"),
  averagePooling2d: pooling("layers.AveragePooling2D"),
  globalMaxPooling1d: plain("layers.GlobalMaxPooling1D"),
  globalMaxPooling2d: plain("layers.GlobalMaxPooling2D"),
  globalAveragePooling1d: plain("layers.GlobalAveragePooling1D"),
  globalAveragePooling2d: plain("layers.GlobalAveragePooling2D"),
  simpleRnn: recurrent,
  lstm: recurrent,
  gru: recurrent,
  bidirectional,
  multiHeadAttention,
  add: merging("layers.Add"),
  subtract: merging("layers.Subtract"),
  multiply: merging("layers.Multiply"),
  average: merging("layers.Average"),
  maximum: merging("layers.Maximum"),
  minimum: merging("layers.Minimum"),
  residual: merging("layers.Add"),
  concat: (layer) =>
    single(layer, "layers.Concatenate", { keywords: keywords(layer.settings, { axis: "axis" }), call: ofList }),
  dot: (layer) =>
    single(layer, "layers.Dot", {
      keywords: {
        axes: python(layer.inputShapes[0]?.length === 1 ? 1 : 2),
        ...keywords(layer.settings, { normalize: "normalize" }),
      },
      call: ofList,
    }),
};

/** @throws NoCounterpart for a layer that a user wrote, and for settings that Keras has not. */
export function kerasLayer(layer: LayerDescription): KerasLayer {
  const known: Readonly<Record<string, Write>> = writers;
  const write = layer.type === null || !Object.hasOwn(known, layer.type) ? undefined : known[layer.type];
  if (write !== undefined) return write(layer);
  throw new NoCounterpart(
    "layers that Keras can be given",
    `${layer.name}, ${layer.type === null ? "which was written in a cell" : `a ${layer.type} layer`}`,
    "Replace it by layers of nnbook's, or export the parts before and after it as models of their own.",
  );
}

/** A layer with its activation function; PReLU, which learns, is a layer of its own after it. */
function activated(layer: LayerDescription, make: string, given: Keywords): KerasLayer {
  const { activation, activationAlpha } = layer.settings;
  const name = String(activation);
  const slopes = weightOf(layer, "alpha");
  const alpha = typeof activationAlpha === "number" ? activationAlpha : null;
  if (name !== "prelu" || slopes === null) {
    const { expression, definition } = kerasActivation(name, alpha, layer.name);
    return single(layer, make, {
      keywords: { ...given, activation: expression },
      definitions: definition === null ? [] : [definition],
    });
  }
  // A slope for each feature: shared by all axes before.
  const axes = layer.outputShape.length - 1;
  const shape = [...new Array<number>(axes).fill(1), ...slopes.shape];
  const prelu: KerasStep = {
    name: `${layer.name}_slopes`,
    make: "layers.PReLU",
    keywords: axes === 0 ? {} : { shared_axes: python(Array.from({ length: axes }, (_, axis) => axis + 1)) },
    definitions: [],
    call: ofOne,
    weights: [reshaped(slopes, shape)],
  };
  if (make === "layers.Activation") return { steps: [{ ...prelu, name: layer.name }] };
  const own = layer.weights.filter((weight) => weight.name !== "alpha");
  const [step] = single({ ...layer, activityPenalty: null }, make, { keywords: given, weights: own }).steps;
  const penalty: Keywords =
    layer.activityPenalty === null ? {} : { activity_regularizer: regularizer(layer.activityPenalty) };
  return { steps: [...(step === undefined ? [] : [step]), { ...prelu, keywords: { ...prelu.keywords, ...penalty } }] };
}

function convolution(
  layer: LayerDescription,
  make: string,
  own: Readonly<Record<string, string>>,
  ruled: Readonly<Record<string, string>>,
): KerasLayer {
  const { padding } = layer.settings;
  const sides = Array.isArray(padding) ? padding : null;
  // A transposed one has no dilation here.
  const { dilationRate, ...others } = windowNames;
  const names = make === "layers.Conv2DTranspose" ? others : { ...others, dilationRate };
  const written = activated(layer, make, {
    ...keywords(layer.settings, { ...own, ...names }),
    padding: sides === null ? python(padding) : '"valid"',
    ...rules(layer, ruled),
  });
  if (sides === null || sides.every((side) => side === 0)) return written;
  const zeros: KerasStep = {
    name: `${layer.name}_padding`,
    make: `layers.ZeroPadding${sides.length}D`,
    keywords: { padding: python(sides.length === 1 ? sides[0] : sides) },
    definitions: [],
    call: ofOne,
    weights: [],
  };
  return { steps: [zeros, ...written.steps] };
}

const cells: Readonly<Record<string, string>> = {
  simpleRnn: "layers.SimpleRNN",
  lstm: "layers.LSTM",
  gru: "layers.GRU",
};

function recurrent(layer: LayerDescription): KerasLayer {
  const cell = cellKeywords(layer.name, layer.settings);
  return single(layer, cells[layer.type ?? ""] ?? "", {
    keywords: {
      ...cell.keywords,
      use_bias: python(weightOf(layer, "bias") !== null),
      ...rules(layer, { kernel: "kernel", recurrentKernel: "recurrent", bias: "bias" }),
    },
    definitions: cell.definitions,
    call: ([x = "", ...states]) => (states.length === 0 ? x : `${x}, initial_state=[${states.join(", ")}]`),
  });
}

function bidirectional(layer: LayerDescription): KerasLayer {
  const { inner } = layer;
  if (inner === null) throw new NoCounterpart("a layer in both directions", "none", "This is a mistake in nnbook.");
  // Rules are the same for both directions.
  const forward = { forwardKernel: "kernel", forwardRecurrentKernel: "recurrent", forwardBias: "bias" };
  const ruled = rules({ ...layer, weights: layer.weights.filter(({ name }) => name in forward) }, forward);
  const { keywords: own, definitions } = cellKeywords(layer.name, inner.settings);
  const given = { ...own, use_bias: python(weightOf(layer, "forwardBias") !== null), ...ruled };
  const cell = `${cells[inner.type ?? ""] ?? ""}(${written(given)})`;
  return single(layer, "layers.Bidirectional", {
    keywords: { layer: cell, merge_mode: python(layer.settings.mergeMode) },
    definitions,
  });
}

function cellKeywords(name: string, settings: Settings): Pick<KerasStep, "keywords" | "definitions"> {
  const { activation, activationAlpha, recurrentActivation } = settings;
  const alpha = typeof activationAlpha === "number" ? activationAlpha : null;
  const own = kerasActivation(String(activation), alpha, name);
  const gate = typeof recurrentActivation === "string" ? kerasActivation(recurrentActivation, null, name) : null;
  return {
    keywords: {
      ...keywords(settings, {
        units: "units",
        returnSequences: "return_sequences",
        goBackwards: "go_backwards",
        dropout: "dropout",
        recurrentDropout: "recurrent_dropout",
        resetAfter: "reset_after",
      }),
      activation: own.expression,
      ...(gate !== null && { recurrent_activation: gate.expression }),
    },
    definitions: [own, gate].flatMap((each) => each?.definition ?? []),
  };
}

function multiHeadAttention(layer: LayerDescription): KerasLayer {
  const heads = numberOf(layer, "numHeads");
  // One rule for all kernels and one for all biases.
  const own = { queryKernel: "kernel", queryBias: "bias" };
  const ruled = rules({ ...layer, weights: layer.weights.filter(({ name }) => name in own) }, own);
  return single(layer, "layers.MultiHeadAttention", {
    keywords: {
      ...keywords(layer.settings, {
        numHeads: "num_heads",
        keyDim: "key_dim",
        valueDim: "value_dim",
        dropout: "dropout",
        useBias: "use_bias",
      }),
      ...ruled,
    },
    call: ([query = "", value = query, key = value]) =>
      `${query}, ${value}, key=${key}${layer.settings.causal === true ? ", use_causal_mask=True" : ""}`,
    weights: layer.weights.map((weight) => byHead(weight, weight.name, heads)),
  });
}

/** Keras keeps the heads on an axis of their own. */
function byHead(weight: StoredTensor, name: string, heads: number): StoredTensor {
  const [rows = 1, width = 1] = weight.shape;
  if (name === "outputKernel") return reshaped(weight, [heads, rows / heads, width]);
  if (name === "outputBias") return weight;
  return reshaped(weight, name.endsWith("Bias") ? [heads, rows / heads] : [rows, heads, width / heads]);
}

/** "units=4, use_bias=True". */
export function written(given: Keywords): string {
  return Object.entries(given)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
