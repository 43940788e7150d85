// Recurrent layers and attention as ONNX nodes.

import { Floats, maths } from "../../intrinsics.ts";
import type { StoredTensor } from "../../saving/safetensors.ts";
import { withAxes, withGates } from "../arrays.ts";
import type { LayerDescription, Settings } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { numberOf, weightOf } from "../windows.ts";
import { recurrentActivation } from "./onnxActivations.ts";
import type { OnnxGraph } from "./onnxGraph.ts";

/** How a cell is called there, and the place of each gate there in the order here. */
const operators: Readonly<Record<string, { readonly name: string; readonly gates: readonly number[] }>> = {
  simpleRnn: { name: "RNN", gates: [0] },
  // Input, output, forget, candidate there; input, forget, candidate, output here.
  lstm: { name: "LSTM", gates: [0, 3, 1, 2] },
  gru: { name: "GRU", gates: [0, 1, 2] },
};

type Cell = Pick<LayerDescription, "name" | "type" | "settings">;

interface CellWeights {
  readonly kernel: StoredTensor;
  readonly recurrentKernel: StoredTensor;
  readonly bias: StoredTensor | null;
}

/** simpleRnn, lstm, gru: a sequence, and states where it starts. */
export function recurrent(graph: OnnxGraph, layer: LayerDescription, inputs: readonly string[]): string {
  const isBackwards = layer.settings.goBackwards === true;
  const run = runCell(
    graph,
    layer,
    weightsOf(layer, (name) => name),
    { inputs, isBackwards },
  );
  if (layer.settings.returnSequences !== true) return run.last;
  return isBackwards ? flipped(graph, run.sequence) : run.sequence;
}

/** A recurrent layer in both directions. */
export function bidirectional(graph: OnnxGraph, layer: LayerDescription, inputs: readonly string[]): string {
  const { inner } = layer;
  if (inner === null) throw new NoCounterpart("a layer in both directions", "none", "This is a mistake in nnbook.");
  const cell = { name: layer.name, ...inner };
  const isBackwards = inner.settings.goBackwards === true;
  const runs = (["forward", "backward"] as const).map((direction) => {
    const named = (name: string) => `${direction}${name[0]?.toUpperCase()}${name.slice(1)}`;
    return runCell(graph, cell, weightsOf(layer, named), {
      inputs,
      isBackwards: isBackwards !== (direction === "backward"),
    });
  });
  const isSequence = inner.settings.returnSequences === true;
  const merged = merge(
    graph,
    String(layer.settings.mergeMode),
    runs.map(({ last, sequence }) => (isSequence ? sequence : last)),
  );
  // Both stand in the order of the steps; what reads backwards gives them in the order in which it reads.
  return isSequence && isBackwards ? flipped(graph, merged) : merged;
}

function merge(graph: OnnxGraph, mode: string, parts: readonly string[]): string {
  if (mode === "concat") return graph.node("Concat", parts, { axis: -1 });
  const joined = graph.node(mode === "mul" ? "Mul" : "Add", parts);
  return mode === "ave" ? graph.node("Mul", [joined, graph.scalar(0.5)]) : joined;
}

function weightsOf(layer: LayerDescription, nameOf: (name: string) => string): CellWeights {
  const [kernel, recurrentKernel] = [weightOf(layer, nameOf("kernel")), weightOf(layer, nameOf("recurrentKernel"))];
  if (kernel === null || recurrentKernel === null)
    throw new NoCounterpart(`weights of ${layer.name}`, "none", "This is a mistake in nnbook.");
  return { kernel, recurrentKernel, bias: weightOf(layer, nameOf("bias")) };
}

/** Gives the states of all steps in the order of the steps, `[batch, steps, units]`, and the last one read. */
function runCell(
  graph: OnnxGraph,
  cell: Cell,
  { kernel, recurrentKernel, bias }: CellWeights,
  { inputs, isBackwards }: { readonly inputs: readonly string[]; readonly isBackwards: boolean },
): { readonly sequence: string; readonly last: string } {
  const operator = operators[cell.type ?? ""];
  if (operator === undefined)
    throw new NoCounterpart("a recurrent layer", String(cell.type), "This is a mistake in nnbook.");
  const units = numberOf(cell, "units");
  const turned = (weights: StoredTensor) => {
    const ordered = withGates(weights, operator.gates, units);
    return { shape: [1, ...ordered.shape.toReversed()], numbers: withAxes(ordered, [1, 0]).numbers };
  };
  const width = operator.gates.length * units;
  const biases = new Floats(2 * width);
  if (bias !== null) {
    // A GRU has two rows of them: for the input, and for the state.
    const rows = bias.shape.length === 2 ? [0, 1] : [0];
    for (const row of rows) {
      const numbers = bias.numbers.subarray(row * width, (row + 1) * width);
      biases.set(withGates({ shape: [width], numbers }, operator.gates, units).numbers, row * width);
    }
  }
  const [x = "", hidden = null, memory = null] = inputs;
  const state = (given: string | null) => (given === null ? "" : graph.node("Unsqueeze", [given, graph.integers([0])]));
  const states = memory !== null ? ["", state(hidden), state(memory)] : hidden !== null ? ["", state(hidden)] : [];
  const [all = "", last = ""] = graph.nodeOf(
    operator.name,
    [
      graph.node("Transpose", [x], { perm: [1, 0, 2] }),
      graph.constant(turned(kernel), "kernel"),
      graph.constant(turned(recurrentKernel), "recurrentKernel"),
      graph.constant({ shape: [1, 2 * width], numbers: biases }, "bias"),
      ...states,
    ],
    {
      hidden_size: units,
      direction: isBackwards ? "reverse" : "forward",
      ...activationsOf(cell),
      ...(operator.name === "GRU" && { linear_before_reset: cell.settings.resetAfter === false ? 0 : 1 }),
    },
    2,
  );
  const perStep = graph.node("Squeeze", [all, graph.integers([1])]);
  return {
    sequence: graph.node("Transpose", [perStep], { perm: [1, 0, 2] }),
    last: graph.node("Squeeze", [last, graph.integers([0])]),
  };
}

/** Steps in the opposite order. */
function flipped(graph: OnnxGraph, sequence: string): string {
  const [start, end, axis, step] = [[-1], [-2147483647], [1], [-1]].map((values) => graph.integers(values));
  return graph.node("Slice", [sequence, start ?? "", end ?? "", axis ?? "", step ?? ""]);
}

function activationsOf({ name, type, settings }: Cell) {
  const read = (option: string, alpha: Settings[string]) =>
    recurrentActivation(String(settings[option]), typeof alpha === "number" ? alpha : null, name);
  const own = read("activation", settings.activationAlpha);
  const list =
    type === "simpleRnn" ? [own] : [read("recurrentActivation", null), own, ...(type === "lstm" ? [own] : [])];
  // Numbers are given for all, or for none: then the ones that have some would take others.
  const hasNumbers = list.some(({ alpha, beta }) => alpha !== 0 || beta !== 0);
  return {
    activations: list.map((each) => each.name),
    ...(hasNumbers && {
      activation_alpha: { float: list.map(({ alpha }) => alpha) },
      activation_beta: { float: list.map(({ beta }) => beta) },
    }),
  };
}

/** Added to the scores a query must not see, as in nnbook's own layer. */
const hiddenScore = -1e9;

/** multiHeadAttention: query, value, key. */
export function attention(graph: OnnxGraph, layer: LayerDescription, inputs: readonly string[]): string {
  const [query = "", value = query, key = value] = inputs;
  const heads = numberOf(layer, "numHeads");
  const keyDim = numberOf(layer, "keyDim");
  const project = (role: string, x: string) => {
    const [kernel, bias] = [weightOf(layer, `${role}Kernel`), weightOf(layer, `${role}Bias`)];
    const product = kernel === null ? x : graph.node("MatMul", [x, graph.constant(kernel, role)]);
    return bias === null ? product : graph.node("Add", [product, graph.constant(bias, role)]);
  };
  const split = (x: string, size: number, perm: readonly number[]) =>
    graph.node("Transpose", [graph.node("Reshape", [x, graph.integers([0, 0, heads, size])])], { perm });
  const queries = graph.node("Mul", [project("query", query), graph.scalar(1 / maths.sqrt(keyDim))]);
  const scores = graph.node("MatMul", [
    split(queries, keyDim, [0, 2, 1, 3]),
    split(project("key", key), keyDim, [0, 2, 3, 1]),
  ]);
  const seen = layer.settings.causal === true ? graph.node("Add", [scores, graph.constant(causalMask(layer))]) : scores;
  const shares = graph.node("Softmax", [seen], { axis: -1 });
  const valueDim = numberOf(layer, "valueDim");
  const mixed = graph.node("MatMul", [shares, split(project("value", value), valueDim, [0, 2, 1, 3])]);
  const together = graph.node("Transpose", [mixed], { perm: [0, 2, 1, 3] });
  return project("output", graph.node("Reshape", [together, graph.integers([0, 0, heads * valueDim])]));
}

function causalMask({ inputShapes }: LayerDescription): StoredTensor {
  const queries = inputShapes[0]?.[0] ?? 1;
  const keys = (inputShapes[2] ?? inputShapes[1] ?? inputShapes[0])?.[0] ?? 1;
  const numbers = new Floats(queries * keys);
  for (let query = 0; query < queries; query++) numbers.fill(hiddenScore, query * keys + query + 1, (query + 1) * keys);
  return { shape: [queries, keys], numbers };
}
