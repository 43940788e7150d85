// A model as a part of another one: its layers take their places in the larger graph, each by itself, with their weights.

import { describeValue, ShapeError, ValueError } from "../../errors.ts";
import { SymbolicTensor } from "../../layers/symbolicTensor.ts";
import { formatShape, isSameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { Graph, GraphEnds } from "./graph.ts";

/** What `model.apply` gives: what `predict` gives, with symbolic tensors in place of tensors. */
export type SymbolsOf<Prediction> = Prediction extends Tensor
  ? SymbolicTensor
  : { [Name in keyof Prediction]: SymbolicTensor };

/**
 * What the outputs of a graph are when it is applied to other inputs.
 *
 * @throws ValueError for the wrong number or names of inputs; ShapeError for one that does not fit.
 */
export function applyGraph(graph: Graph, inputs: GraphEnds): readonly SymbolicTensor[] {
  const given = readInputs(graph, inputs);
  graph.inputs.forEach(({ name }, index) => {
    const expected = graph.givenShapes[index] ?? null;
    const got = given[index]?.shape ?? null;
    if (expected !== null && got !== null && !isSameShape(expected, got))
      throw new ShapeError({
        op: "model.apply",
        what: graph.inputs.length === 1 ? "input" : `input "${name}"`,
        expected: formatShape(expected, true),
        got: formatShape(got, true),
      });
  });
  const symbols: SymbolicTensor[] = [];
  const at = (place: number): SymbolicTensor => {
    const symbol = symbols[place];
    if (symbol === undefined) throw new RangeError("A graph is not in order.");
    return symbol;
  };
  graph.nodes.forEach((node, place) => {
    const input = given[graph.inputs.findIndex((end) => end.node === place)];
    if (node.layer !== null) symbols.push(node.layer.join(node.inputs.map(at)));
    else if (input !== undefined) symbols.push(input);
  });
  return graph.outputs.map(({ node }) => at(node));
}

/** One for each input of the graph, in its order. */
function readInputs(graph: Graph, inputs: unknown): readonly SymbolicTensor[] {
  const names = graph.inputs.map(({ name }) => name);
  const isByName = typeof inputs === "object" && inputs !== null && Object.getPrototypeOf(inputs) === Object.prototype;
  const byName = isByName ? new Map(Object.entries(inputs)) : null;
  const list: readonly unknown[] =
    byName !== null ? names.map((name) => byName.get(name)) : Array.isArray(inputs) ? inputs : [inputs];
  const symbols = list.flatMap((each) => (each instanceof SymbolicTensor ? each : []));
  if (symbols.length === names.length && symbols.length === (byName?.size ?? list.length)) return symbols;
  const wrong = list.find((each) => !(each instanceof SymbolicTensor));
  throw new ValueError({
    op: "model.apply",
    expected: names.length === 1 ? "what input(…) or a layer's apply gave" : `one for each of ${names.join(", ")}`,
    got:
      byName !== null
        ? `{ ${[...byName.keys()].join(", ")} }`
        : list.length === names.length
          ? describeValue(wrong)
          : `${list.length}`,
    hint:
      names.length === 1 ? "Start with const x = input(4); then model.apply(x)." : "Give a list, or an object by name.",
  });
}
