// A model as an ONNX file: the graph that predicts, with its weights.

import { Floats, maths } from "../../intrinsics.ts";
import type { layers } from "../../layers/layers.ts";
import type { LayerDescription, ModelDescription } from "../description.ts";
import { NoCounterpart, type WrittenFile } from "../exporter.ts";
import { numberOf, numbers, weightOf } from "../windows.ts";
import { onnxActivation } from "./onnxActivations.ts";
import { OnnxGraph } from "./onnxGraph.ts";
import { attention, bidirectional, recurrent } from "./onnxSequences.ts";
import { convolution, globalPooling, pooling, transposedConvolution, upSampling, zeroPadding } from "./onnxWindows.ts";

type Write = (graph: OnnxGraph, layer: LayerDescription, inputs: readonly string[]) => string;

const ofOne =
  (write: (graph: OnnxGraph, layer: LayerDescription, x: string) => string): Write =>
  (graph, layer, [x = ""]) =>
    write(graph, layer, x);
/** What does nothing when predicting. */
const unchanged: Write = (_graph, _layer, [x = ""]) => x;
const folded =
  (operator: string): Write =>
  (graph, _layer, inputs) =>
    inputs.reduce((a, b) => graph.node(operator, [a, b]));
const reshape: Write = (graph, layer, [x = ""]) =>
  graph.node("Reshape", [x, graph.integers([-1, ...layer.outputShape])]);

/** One that is new does not compile before it stands here. */
const writers: Readonly<Record<Exclude<keyof typeof layers, "custom"> | "projection", Write>> = {
  dense: ofOne(product),
  projection: ofOne(product),
  activation: unchanged,
  reshape,
  flatten: reshape,
  permute: (graph, layer, inputs) => graph.node("Transpose", inputs, { perm: [0, ...(numbers(layer, "order") ?? [])] }),
  repeatVector: (graph, layer, [x = ""]) =>
    graph.node("Tile", [
      graph.node("Unsqueeze", [x, graph.integers([1])]),
      graph.integers([1, numberOf(layer, "count"), 1]),
    ]),
  upSampling1d: ofOne(upSampling),
  upSampling2d: ofOne(upSampling),
  zeroPadding1d: ofOne(zeroPadding),
  zeroPadding2d: ofOne(zeroPadding),
  dropout: unchanged,
  spatialDropout1d: unchanged,
  spatialDropout2d: unchanged,
  gaussianNoise: unchanged,
  batchNorm: ofOne(batchNorm),
  layerNorm: ofOne(layerNorm),
  rmsNorm: ofOne(rmsNorm),
  embedding: ofOne(embedding),
  conv1d: ofOne(convolution),
  conv2d: ofOne(convolution),
  depthwiseConv2d: ofOne(convolution),
  separableConv2d: ofOne(convolution),
  conv2dTranspose: ofOne(transposedConvolution),
  maxPooling1d: ofOne(pooling),
  maxPooling2d: ofOne(pooling),
  averagePooling1d: ofOne(pooling),
  averagePooling2d: ofOne(pooling),
  globalMaxPooling1d: ofOne(globalPooling),
  globalMaxPooling2d: ofOne(globalPooling),
  globalAveragePooling1d: ofOne(globalPooling),
  globalAveragePooling2d: ofOne(globalPooling),
  simpleRnn: recurrent,
  lstm: recurrent,
  gru: recurrent,
  bidirectional,
  multiHeadAttention: attention,
  add: folded("Add"),
  subtract: folded("Sub"),
  multiply: folded("Mul"),
  average: (graph, layer, inputs) =>
    graph.node("Mul", [folded("Add")(graph, layer, inputs), graph.scalar(1 / inputs.length)]),
  maximum: folded("Max"),
  minimum: folded("Min"),
  residual: folded("Add"),
  concat: (graph, layer, inputs) => graph.node("Concat", inputs, { axis: numberOf(layer, "axis") }),
  dot,
};

/** Layers whose activation function belongs to their inside. */
const keepsActivation: readonly string[] = ["simpleRnn", "lstm", "gru", "bidirectional"];

/** @throws NoCounterpart for a layer that a user wrote, and for what ONNX cannot say. */
export function writeOnnxModel(model: ModelDescription): WrittenFile {
  const graph = new OnnxGraph();
  const values: string[] = [];
  const inputs = model.inputs.map(({ node, name }) => ({ name, shape: model.nodes[node]?.shape ?? [] }));
  model.nodes.forEach(({ layer, inputs: from }, place) => {
    const described = layer === null ? undefined : model.layers[layer];
    if (described === undefined) values.push(model.inputs.find(({ node }) => node === place)?.name ?? "");
    else
      values.push(
        writeLayer(
          graph,
          described,
          from.map((index) => values[index] ?? ""),
        ),
      );
  });
  const taken = new Set(inputs.map(({ name }) => name));
  const outputs = model.outputs.map(({ node, name }) => ({
    name: taken.has(name) ? `${name}_output` : name,
    from: values[node] ?? "",
    shape: model.nodes[node]?.shape ?? [],
  }));
  return { kind: "written", bytes: graph.encode(model.name, inputs, outputs) };
}

function writeLayer(graph: OnnxGraph, layer: LayerDescription, inputs: readonly string[]): string {
  const known: Readonly<Record<string, Write>> = writers;
  const write = layer.type === null || !Object.hasOwn(known, layer.type) ? undefined : known[layer.type];
  if (write === undefined)
    throw new NoCounterpart(
      "layers that ONNX can say",
      `${layer.name}, ${layer.type === null ? "which was written in a cell" : `a ${layer.type} layer`}`,
      "Replace it by layers of nnbook's, or export the parts before and after it as models of their own.",
    );
  graph.startLayer(layer.name);
  const value = write(graph, layer, inputs);
  const { activation, activationAlpha } = layer.settings;
  if (typeof activation !== "string" || keepsActivation.includes(layer.type ?? "")) return value;
  const slopes = weightOf(layer, "alpha");
  return onnxActivation(graph, activation, value, {
    alpha: typeof activationAlpha === "number" ? activationAlpha : null,
    slopes: slopes === null ? null : graph.constant(slopes, "alpha"),
  });
}

function product(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const [kernel, bias] = [weightOf(layer, "kernel"), weightOf(layer, "bias")];
  const multiplied = kernel === null ? x : graph.node("MatMul", [x, graph.constant(kernel, "kernel")]);
  return bias === null ? multiplied : graph.node("Add", [multiplied, graph.constant(bias, "bias")]);
}

/** By the moving statistics: a factor and a shift for each feature. */
function batchNorm(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const of = (name: string) => weightOf(layer, name)?.numbers ?? null;
  const [gamma, beta, means, variances] = [of("gamma"), of("beta"), of("movingMean"), of("movingVariance")];
  if (means === null || variances === null) return x;
  const epsilon = numberOf(layer, "epsilon");
  const factors = Floats.from(variances, (variance, at) => (gamma?.[at] ?? 1) / maths.sqrt(variance + epsilon));
  const scaled = graph.node("Mul", [
    graph.node("Sub", [x, graph.constant({ shape: [means.length], numbers: means }, "mean")]),
    graph.constant({ shape: [factors.length], numbers: factors }, "factor"),
  ]);
  return beta === null
    ? scaled
    : graph.node("Add", [scaled, graph.constant({ shape: [beta.length], numbers: beta }, "beta")]);
}

function layerNorm(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const features = layer.outputShape.at(-1) ?? 1;
  const [gamma, beta] = [weightOf(layer, "gamma"), weightOf(layer, "beta")];
  const scale = graph.constant(gamma ?? { shape: [features], numbers: new Floats(features).fill(1) }, "gamma");
  const shift = beta === null ? [] : [graph.constant(beta, "beta")];
  return graph.node("LayerNormalization", [x, scale, ...shift], {
    axis: -1,
    epsilon: { float: numberOf(layer, "epsilon") },
  });
}

function rmsNorm(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const squares = graph.node("ReduceMean", [graph.node("Mul", [x, x])], { axes: [-1], keepdims: 1 });
  const root = graph.node("Sqrt", [graph.node("Add", [squares, graph.scalar(numberOf(layer, "epsilon"))])]);
  const gamma = weightOf(layer, "gamma");
  const scaled = graph.node("Div", [x, root]);
  return gamma === null ? scaled : graph.node("Mul", [scaled, graph.constant(gamma, "gamma")]);
}

function embedding(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const table = weightOf(layer, "embeddings");
  const int64 = 7;
  return table === null
    ? x
    : graph.node("Gather", [graph.constant(table, "embeddings"), graph.node("Cast", [x], { to: int64 })]);
}

function dot(graph: OnnxGraph, layer: LayerDescription, inputs: readonly string[]): string {
  const [a = "", b = ""] = inputs.map((x) => (layer.settings.normalize === true ? unitLength(graph, x) : x));
  if (layer.inputShapes[0]?.length === 1)
    return graph.node("ReduceSum", [graph.node("Mul", [a, b]), graph.integers([-1])], { keepdims: 1 });
  return graph.node("MatMul", [a, graph.node("Transpose", [b], { perm: [0, 2, 1] })]);
}

function unitLength(graph: OnnxGraph, x: string): string {
  const squares = graph.node("ReduceSumSquare", [x], { axes: [-1], keepdims: 1 });
  return graph.node("Div", [x, graph.node("Sqrt", [graph.node("Max", [squares, graph.scalar(1e-12)])])]);
}
