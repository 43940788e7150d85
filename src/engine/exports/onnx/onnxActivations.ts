// Activation functions as ONNX nodes, and inside of recurrent ones.

import type { ActivationName } from "../../activations/catalogue.ts";
import { maths } from "../../intrinsics.ts";
import { NoCounterpart } from "../exporter.ts";
import type { OnnxGraph } from "./onnxGraph.ts";

type Write = (graph: OnnxGraph, x: string, alpha: number) => string;

const plain =
  (operator: string): Write =>
  (graph, x) =>
    graph.node(operator, [x]);
const withAlpha =
  (operator: string, name = "alpha"): Write =>
  (graph, x, alpha) =>
    graph.node(operator, [x], { [name]: { float: alpha } });
const clip =
  (low: number, high: number): Write =>
  (graph, x) =>
    graph.node("Clip", [x, graph.scalar(low), graph.scalar(high)]);

/** One that is new does not compile before it stands here. */
const writers: Readonly<Record<Exclude<ActivationName, "linear" | "prelu">, Write>> = {
  step: (graph, x) => graph.node("Cast", [graph.node("GreaterOrEqual", [x, graph.scalar(0)])], { to: 1 }),
  sigmoid: plain("Sigmoid"),
  hardSigmoid: (graph, x) => graph.node("HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  logSigmoid: (graph, x) => graph.node("Neg", [graph.node("Softplus", [graph.node("Neg", [x])])]),
  tanh: plain("Tanh"),
  hardTanh: clip(-1, 1),
  tanhshrink: (graph, x) => graph.node("Sub", [x, graph.node("Tanh", [x])]),
  relu: plain("Relu"),
  relu6: clip(0, 6),
  leakyRelu: withAlpha("LeakyRelu"),
  elu: withAlpha("Elu"),
  selu: plain("Selu"),
  celu: withAlpha("Celu"),
  gelu: (graph, x) => {
    const inner = graph.node("Erf", [graph.node("Mul", [x, graph.scalar(maths.sqrt(0.5))])]);
    return graph.node("Mul", [graph.node("Mul", [x, graph.scalar(0.5)]), graph.node("Add", [inner, graph.scalar(1)])]);
  },
  geluTanh: (graph, x) => {
    const cube = graph.node("Mul", [graph.node("Mul", [x, x]), x]);
    const sum = graph.node("Add", [x, graph.node("Mul", [cube, graph.scalar(0.044715)])]);
    const inner = graph.node("Tanh", [graph.node("Mul", [sum, graph.scalar(maths.sqrt(2 / maths.PI))])]);
    return graph.node("Mul", [graph.node("Mul", [x, graph.scalar(0.5)]), graph.node("Add", [inner, graph.scalar(1)])]);
  },
  silu: (graph, x) => graph.node("Mul", [x, graph.node("Sigmoid", [x])]),
  hardSwish: plain("HardSwish"),
  mish: (graph, x) => graph.node("Mul", [x, graph.node("Tanh", [graph.node("Softplus", [x])])]),
  softplus: plain("Softplus"),
  softsign: plain("Softsign"),
  hardShrink: (graph, x, alpha) => graph.node("Shrink", [x], { lambd: { float: alpha }, bias: { float: 0 } }),
  softShrink: (graph, x, alpha) => graph.node("Shrink", [x], { lambd: { float: alpha }, bias: { float: alpha } }),
  thresholdedRelu: withAlpha("ThresholdedRelu"),
  exponential: plain("Exp"),
  softmax: (graph, x) => graph.node("Softmax", [x], { axis: -1 }),
  logSoftmax: (graph, x) => graph.node("LogSoftmax", [x], { axis: -1 }),
};

/** `slopes`: the learned ones of a PReLU. */
export function onnxActivation(
  graph: OnnxGraph,
  name: string,
  x: string,
  { alpha, slopes }: { readonly alpha: number | null; readonly slopes: string | null },
): string {
  if (name === "linear") return x;
  if (name === "prelu") return graph.node("PRelu", [x, slopes ?? graph.scalar(alpha ?? 0)]);
  const known: Readonly<Record<string, Write>> = writers;
  const write = Object.hasOwn(known, name) ? known[name] : undefined;
  if (write === undefined)
    throw new NoCounterpart("activations that ONNX has", `"${name}"`, "Take another one before exporting.");
  return write(graph, x, alpha ?? 1);
}

/** What ONNX' recurrent operators know. */
const inRecurrent: Readonly<Record<string, string>> = {
  relu: "Relu",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  hardSigmoid: "HardSigmoid",
  leakyRelu: "LeakyRelu",
  thresholdedRelu: "ThresholdedRelu",
  elu: "Elu",
  softsign: "Softsign",
  softplus: "Softplus",
  linear: "Affine",
};

/** The name, and the two parameters (0 where it has none), of an activation inside a recurrent operator. @throws NoCounterpart */
export function recurrentActivation(
  name: string,
  alpha: number | null,
  of: string,
): { readonly name: string; readonly alpha: number; readonly beta: number } {
  const operator = Object.hasOwn(inRecurrent, name) ? inRecurrent[name] : undefined;
  if (operator === undefined)
    throw new NoCounterpart(
      `recurrent layers with ${Object.keys(inRecurrent).join(", ")}, which ONNX knows`,
      `"${name}" of ${of}`,
      "Take one of these.",
    );
  if (name === "hardSigmoid") return { name: operator, alpha: 1 / 6, beta: 0.5 };
  return { name: operator, alpha: name === "linear" ? 1 : (alpha ?? 0), beta: 0 };
}
