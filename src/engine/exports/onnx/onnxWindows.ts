// Convolutions, pooling and what stretches pictures, as ONNX nodes. ONNX wants channels first: axes are moved around each node.

import { maths } from "../../intrinsics.ts";
import { withAxes } from "../arrays.ts";
import type { LayerDescription } from "../description.ts";
import { type AxisWindow, numberOf, transposedWindows, weightOf, windowsOf } from "../windows.ts";
import type { Attribute, OnnxGraph } from "./onnxGraph.ts";

/** Moves channels in front, writes a node, and moves them back. `axes`: 1 for steps, 2 for pictures. */
function channelsFirst(graph: OnnxGraph, x: string, axes: number, write: (x: string) => string): string {
  const [there, back] =
    axes === 1
      ? [
          [0, 2, 1],
          [0, 2, 1],
        ]
      : [
          [0, 3, 1, 2],
          [0, 2, 3, 1],
        ];
  return graph.node("Transpose", [write(graph.node("Transpose", [x], { perm: there }))], { perm: back });
}

function window(windows: readonly AxisWindow[]): Readonly<Record<string, Attribute>> {
  return {
    kernel_shape: windows.map(({ size }) => size),
    strides: windows.map(({ stride }) => stride),
    pads: [...windows.map(({ before }) => before), ...windows.map(({ after }) => after)],
  };
}

/** conv1d, conv2d, depthwiseConv2d, separableConv2d. */
export function convolution(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const windows = windowsOf(layer);
  const axes = windows.length;
  const kernel = weightOf(layer, "kernel");
  const depthwise = weightOf(layer, "depthwiseKernel");
  const pointwise = weightOf(layer, "pointwiseKernel");
  const bias = weightOf(layer, "bias");
  const attributes = { ...window(windows), dilations: windows.map(({ dilation }) => dilation) };
  const added = bias === null || pointwise !== null ? [] : [graph.constant(bias, "bias")];
  const write = (weights: string, group: number) =>
    channelsFirst(graph, x, axes, (turned) =>
      graph.node("Conv", [turned, weights, ...added], { ...attributes, group }),
    );
  if (kernel !== null) return write(graph.constant(withAxes(kernel, [axes + 1, axes, ...windows.keys()]), "kernel"), 1);
  if (depthwise === null) return x;
  const [height = 1, width = 1, channels = 1, each = 1] = depthwise.shape;
  const { numbers } = withAxes(depthwise, [2, 3, 0, 1]);
  const convolved = write(graph.constant({ shape: [channels * each, 1, height, width], numbers }, "kernel"), channels);
  if (pointwise === null) return convolved;
  // A 1 × 1 convolution is a product with each place's channels.
  const matrix = graph.constant({ shape: pointwise.shape.slice(2), numbers: pointwise.numbers }, "pointwise");
  const product = graph.node("MatMul", [convolved, matrix]);
  return bias === null ? product : graph.node("Add", [product, graph.constant(bias, "bias")]);
}

/** conv2dTranspose. */
export function transposedConvolution(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const kernel = weightOf(layer, "kernel");
  const bias = weightOf(layer, "bias");
  if (kernel === null) return x;
  const windows = transposedWindows(layer);
  const weights = graph.constant(withAxes(kernel, [3, 2, 0, 1]), "kernel");
  const added = bias === null ? [] : [graph.constant(bias, "bias")];
  return channelsFirst(graph, x, 2, (turned) =>
    graph.node("ConvTranspose", [turned, weights, ...added], {
      kernel_shape: windows.map(({ size }) => size),
      strides: windows.map(({ stride }) => stride),
      pads: [...windows.map(({ cutBefore }) => cutBefore), ...windows.map(({ cutAfter }) => maths.max(cutAfter, 0))],
      // What no window reaches, behind.
      output_padding: windows.map(({ cutAfter }) => maths.max(-cutAfter, 0)),
    }),
  );
}

/** maxPooling1d …, averagePooling2d. */
export function pooling(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const windows = windowsOf(layer);
  const isMax = layer.type?.startsWith("max") === true;
  return channelsFirst(graph, x, windows.length, (turned) =>
    graph.node(isMax ? "MaxPool" : "AveragePool", [turned], {
      ...window(windows),
      ...(!isMax && { count_include_pad: 0 }),
    }),
  );
}

/** globalMaxPooling1d …, globalAveragePooling2d. */
export function globalPooling(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const axes = layer.inputShapes[0]?.length === 2 ? [1] : [1, 2];
  const operator = layer.type?.startsWith("globalMax") ? "ReduceMax" : "ReduceMean";
  return graph.node(operator, [x], { axes, keepdims: 0 });
}

/** upSampling1d, upSampling2d. */
export function upSampling(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const { size } = layer.settings;
  const times = Array.isArray(size) ? size.map(Number) : [numberOf(layer, "size")];
  const lengths = (layer.inputShapes[0] ?? []).slice(0, -1);
  const channels = layer.outputShape.at(-1) ?? 1;
  const apart = graph.node("Reshape", [x, graph.integers([-1, ...lengths.flatMap((length) => [length, 1]), channels])]);
  const repeated = graph.node("Tile", [apart, graph.integers([1, ...times.flatMap((count) => [1, count]), 1])]);
  return graph.node("Reshape", [repeated, graph.integers([-1, ...layer.outputShape])]);
}

/** zeroPadding1d, zeroPadding2d. */
export function zeroPadding(graph: OnnxGraph, layer: LayerDescription, x: string): string {
  const { padding } = layer.settings;
  const sides = (Array.isArray(padding) ? padding : []).map((each) =>
    Array.isArray(each) ? each.map(Number) : [0, 0],
  );
  const [before, after] = [0, 1].map((side) => [0, ...sides.map((pair) => pair[side] ?? 0), 0]);
  return graph.node("Pad", [x, graph.integers([...(before ?? []), ...(after ?? [])])]);
}
