// The inner form of a model: its inputs and layer calls as a list in which everything comes after what it is made from.

import { atPlace, checkedNumber, checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import type { Layer } from "../../layers/layer.ts";
import { SymbolicTensor } from "../../layers/symbolicTensor.ts";
import type { Random } from "../../random.ts";
import { formatShape, isSameShape, type Shape } from "../../shape.ts";
import { nameLayers } from "./layerNames.ts";

/** One place of a graph: an input, or one call of a layer. */
export interface GraphNode {
  /** `null` for an input. A layer that is applied several times has a node for each. */
  readonly layer: Layer | null;
  /** The places (in `Graph.nodes`) of what it is made from; empty for an input. */
  readonly inputs: readonly number[];
}

/** An input or output: where it stands and what it is called. */
export interface GraphEnd {
  readonly node: number;
  /** An input's own name (input_1 …); of an output, the name given to `model`, or that of its layer. */
  readonly name: string;
}

/** A network. Shapes are of one sample. */
export interface Graph {
  /** In an order in which everything comes after what it is made from. */
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphEnd[];
  readonly outputs: readonly GraphEnd[];
  /** What the user said of each input's shape; `null` where the data say it. */
  readonly givenShapes: readonly (Shape | null)[];
  /** The layers in the order of their first call, each once. */
  readonly layers: readonly Layer[];
  /** What these were called before, to be given back where no model comes of the graph. */
  readonly earlierNames: readonly string[];
  /** Whether it is a row of layers, whose input and output the user never named. */
  readonly isChain: boolean;
}

/** One symbolic tensor, several in order, or several by name. */
export type GraphEnds = SymbolicTensor | readonly SymbolicTensor[] | Readonly<Record<string, SymbolicTensor>>;

/** Outputs as they were given to `model`: one, a list, or by name. */
export type Arrange = <Item>(outputs: readonly Item[]) => Item | Item[] | Record<string, Item>;

/**
 * The graph between inputs and outputs, its layers named.
 *
 * @param op The call to name in errors.
 * @throws ValueError when an output needs an input that is not listed, or an input leads nowhere.
 */
function readGraph(op: string, ends: { readonly inputs: GraphEnds; readonly outputs: GraphEnds }): Graph {
  const inputs = readEnds(op, "inputs", ends.inputs);
  const outputs = readEnds(op, "outputs", ends.outputs);
  checkInputs(op, inputs);
  const symbols = ancestors(outputs.map(({ symbol }) => symbol));
  checkReached(op, inputs, symbols);
  const places = new Map(symbols.map((symbol, index) => [symbol, index]));
  const placeOf = (symbol: SymbolicTensor) => places.get(symbol) ?? -1;
  const layers = [...new Set(symbols.flatMap(({ layer }) => (layer === null ? [] : [layer])))];
  if (layers.length === 0)
    throw new ValueError({ op, expected: "a layer between inputs and outputs", got: "none", hint: "layer.apply(x)" });
  const earlierNames = layers.map(({ name }) => name);
  nameLayers(op, layers);
  const inputNames = distinct(inputs.map(({ name, symbol }, index) => name ?? symbol.name ?? `input_${index + 1}`));
  const outputNames = distinct(outputs.map(({ name, symbol }) => name ?? symbol.layer?.name ?? "output"));
  return {
    nodes: symbols.map((symbol) => ({ layer: symbol.layer, inputs: symbol.inputs.map(placeOf) })),
    inputs: inputs.map(({ symbol }, index) => ({ node: placeOf(symbol), name: inputNames[index] ?? "" })),
    outputs: outputs.map(({ symbol }, index) => ({ node: placeOf(symbol), name: outputNames[index] ?? "" })),
    givenShapes: inputs.map(({ symbol }) => symbol.shape),
    layers,
    earlierNames,
    isChain: false,
  };
}

/** What stands in a row of layers: a layer, or a model with one input and one output. */
export interface RowPart {
  apply(x: SymbolicTensor): SymbolicTensor;
  /** The shape of a sample that it was told to expect; `null` for any. */
  readonly givenInputShape: Shape | null;
}

/** The graph of layers in a row. */
export function chainGraph(op: string, parts: readonly RowPart[]): Graph {
  // Without a shape, so that layers that do not fit are found when they have their names.
  const start = new SymbolicTensor({ shape: null, layer: null, inputs: [] });
  const end = parts.reduce((symbol, part) => part.apply(symbol), start);
  const graph = readGraph(op, { inputs: start, outputs: end });
  const first = graph.nodes.find(({ layer, inputs }) => layer?.givenInputShape && inputs.includes(0))?.layer;
  return { ...graph, givenShapes: [first?.givenInputShape ?? parts[0]?.givenInputShape ?? null], isChain: true };
}

/** The layers whose output the model gives, in the order of the outputs. */
export function outputLayers(graph: Graph): readonly Layer[] {
  return graph.outputs.flatMap(({ node }) => graph.nodes[node]?.layer ?? []);
}

/** The shape of a sample of each input, as far as it is known: built, or said by the user. */
export function inputShapesOf(graph: Graph): readonly (Shape | null)[] {
  return graph.inputs.map(({ node }, index) => {
    const given = graph.givenShapes[index] ?? null;
    if (given !== null) return given;
    const user = graph.nodes.find(({ inputs }) => inputs.includes(node));
    const place = user?.inputs.indexOf(node) ?? 0;
    return user?.layer?.inputShapes?.[place] ?? null;
  });
}

/** A graph that was made for inputs of some shape can be built for that alone. @throws ShapeError */
export function checkGivenShape({ isChain, givenShapes }: Graph, shape: Shape): void {
  const [given = null] = givenShapes;
  // The layers of a row say so themselves, each by its name.
  if (isChain || given === null || isSameShape(given, shape)) return;
  throw new ShapeError({
    ...{ op: "build", expected: formatShape(given, true), got: formatShape(shape, true) },
    hint: "The inputs of model({ inputs, outputs }) say it already: model.build() is enough.",
  });
}

/** Makes the weights of all layers. Each has a stream of its own, so none depends on how many numbers another takes. */
export function buildGraph(graph: Graph, inputShapes: readonly Shape[], random: Random): void {
  const shapes = new Map(graph.inputs.map(({ node }, index) => [node, inputShapes[index] ?? []]));
  graph.nodes.forEach(({ layer, inputs }, place) => {
    if (layer === null) return;
    const index = graph.layers.indexOf(layer);
    const inputsShapes = inputs.map((input) => shapes.get(input) ?? []);
    atPlace(layer.name, index, () => layer.buildAll(inputsShapes, random.child(index)));
    shapes.set(place, layer.outputShape ?? []);
  });
}

interface NamedSymbol {
  readonly symbol: SymbolicTensor;
  readonly name: string | null;
}

function readEnds(op: string, which: "inputs" | "outputs", ends: unknown): readonly NamedSymbol[] {
  const isOne = ends instanceof SymbolicTensor;
  const isNamed = !isOne && !Array.isArray(ends) && typeof ends === "object" && ends !== null && !("apply" in ends);
  const named: readonly (readonly [string | null, unknown])[] = isNamed
    ? Object.entries(ends)
    : (Array.isArray(ends) ? ends : [ends]).map((each: unknown) => [null, each] as const);
  const hint = `For example model({ inputs: x, outputs: layers.dense(1).apply(x) }) with x = input(4).`;
  if (named.length === 0) throw new ValueError({ op, expected: `${which} as a list`, got: "an empty one", hint });
  return named.map(([name, symbol]) => {
    if (symbol instanceof SymbolicTensor) return { name, symbol };
    const isLayer = typeof symbol === "object" && symbol !== null && "apply" in symbol;
    const expected = which === "inputs" ? "inputs made by input(…)" : "outputs made by layer.apply(…)";
    throw new ValueError({
      op,
      expected,
      got: describeValue(symbol),
      hint: isLayer ? "Apply the layer: layer.apply(x)." : hint,
    });
  });
}

function checkInputs(op: string, inputs: readonly NamedSymbol[]): void {
  inputs.forEach(({ symbol }, index) => {
    if (symbol.layer !== null)
      throw new ValueError({
        op,
        expected: "inputs made by input(…)",
        got: `what ${symbol.layer.name || symbol.layer.type} gives`,
        hint: "Start the graph with const x = input(shape).",
      });
    if (inputs.findIndex((each) => each.symbol === symbol) !== index)
      throw new ValueError({ op, expected: "each input once", got: `${describeInput(symbol)} twice` });
  });
}

/** Both ways: every input leads to an output, and every output starts at inputs that are listed. */
function checkReached(op: string, inputs: readonly NamedSymbol[], symbols: readonly SymbolicTensor[]): void {
  const listed = inputs.map(({ symbol }) => symbol);
  const missing = symbols.find((symbol) => symbol.layer === null && !listed.includes(symbol));
  if (missing !== undefined) {
    const user = symbols.find((symbol) => symbol.inputs.includes(missing))?.layer;
    throw new ValueError({
      op,
      expected: "all inputs that the outputs are made from",
      got: `none for ${describeInput(missing)}${user ? `, which ${user.name || user.type} takes` : ""}`,
      hint: "Add it to inputs.",
    });
  }
  const unused = inputs.findIndex(({ symbol }) => !symbols.includes(symbol));
  const lost = inputs[unused];
  if (lost !== undefined)
    throw new ValueError({
      op,
      expected: "inputs that lead to an output",
      got: `${lost.name === null ? describeInput(lost.symbol) : `"${lost.name}"`} (number ${unused + 1}), which leads to none`,
      hint: "Apply a layer to it, or leave it out.",
    });
}

function describeInput({ name, shape }: SymbolicTensor): string {
  return name === null ? `the input of shape [${(shape ?? []).join(", ")}]` : `the input "${name}"`;
}

/** Everything the ends are made from, and they themselves, in the order in which it was made. */
function ancestors(ends: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
  const found = new Set<SymbolicTensor>();
  const waiting = [...ends];
  for (let symbol = waiting.pop(); symbol !== undefined; symbol = waiting.pop()) {
    if (found.has(symbol)) continue;
    found.add(symbol);
    waiting.push(...symbol.inputs);
  }
  return [...found].sort((a, b) => a.order - b.order);
}

/** A layer that is applied several times may give several outputs: head, head_2. The same of metrics of one name. */
export function distinct(names: readonly string[]): readonly string[] {
  return names.map((name, index) => {
    const earlier = names.slice(0, index).filter((each) => each === name).length;
    return earlier === 0 ? name : `${name}_${earlier + 1}`;
  });
}

/** The options of `model`. */
export interface ModelOptions {
  /** What `input(…)` gave: one, a list, or by name. */
  readonly inputs: GraphEnds;
  /** What the model gives: what a layer's `apply` gave; one, a list, or by name. */
  readonly outputs: GraphEnds;
  /** How charts call the model's runs. Default: its hidden activations ("sigmoid", "ReLU + He"), else "model". */
  readonly name?: string;
  /** Chooses the initial weights. Default: the seed of the first `fit`. */
  readonly seed?: number;
}

/** @throws UnknownNameError for an unknown option; ValueError when a graph cannot be made. */
export function readModelOptions(options: ModelOptions): Graph {
  checkOptions("model", options, ["inputs", "outputs", "name", "seed"]);
  if (options.seed !== undefined) checkedNumber("model", "seed", options.seed);
  return readGraph("model", options);
}
