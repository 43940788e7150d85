// Reads a graph view: edges lead from values to later ones.

import type { GraphEdge, GraphNode, GraphView, GraphWay } from "../../src/shared/views.ts";
import { backpropCheck, backpropLine, backpropStep, formula, formulaPart } from "./backprop.ts";
import { counts, numbers, sentence } from "./common.ts";
import { count, fields, flag, list, literal, Mismatch, nullable, type Reader, text, viewNumber } from "./readJson.ts";

const mostNodes = 200;

export const graph: Reader<GraphView> = (value, path) => {
  const view = fields<GraphView>({
    kind: literal("graph"),
    version: literal(1),
    sentence,
    nodes: list(
      fields<GraphNode>({
        role: literal("given", "constant", "computed", "result"),
        symbol: formulaPart,
        name: nullable(text),
        operation: nullable(text),
        shape: counts,
        size: count,
        values: numbers,
        gradients: numbers,
        checks: list(backpropCheck, 100),
        kept: nullable(numbers),
        ways: list(
          fields<GraphWay>({
            factors: list(fields<GraphWay["factors"][number]>({ symbols: formula, value: viewNumber }), mostNodes),
            value: viewNumber,
          }),
          20,
        ),
        wayCount: count,
      }),
      mostNodes,
    ),
    edges: list(fields<GraphEdge>({ from: count, to: count, local: nullable(backpropLine) }), 1_000),
    steps: list(backpropStep, 1_000),
    isDifferentiated: flag,
  })(value, path);
  const { nodes, edges, steps } = view;
  if (nodes.length === 0) throw new Mismatch("nodes", "at least one", nodes);
  if (steps.length === 0) throw new Mismatch("steps", "at least one", steps);
  edges.forEach(({ from, to }, at) => {
    // What led backwards could not be laid out.
    if (from >= to || to >= nodes.length) throw new Mismatch(`edges[${at}]`, "from a value to a later one", to);
  });
  nodes.forEach(({ values, gradients, checks }, at) => {
    if (values.length > 64) throw new Mismatch(`nodes[${at}].values`, "at most 64", values);
    if (gradients.length > values.length) throw new Mismatch(`nodes[${at}].gradients`, "as many as values", gradients);
    if (checks.length > gradients.length) throw new Mismatch(`nodes[${at}].checks`, "as many as gradients", checks);
  });
  return view;
};
