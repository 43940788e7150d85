// Graphs that the cells write: what `layers.dense(8).apply(input(4))` makes of its inputs, and the layers between a model's inputs and outputs.

import ts from "typescript";
import type { ExampleShape, ModelRules } from "../../shared/modelRules.ts";
import type { Given } from "./cellsCode.ts";
import { readLayer, readValue } from "./codeValues.ts";
import { resultOfCall } from "./functionCalls.ts";
import { elementsOf } from "./listElements.ts";
import { type LayerOfModel, planned, unknownLayer } from "./plannedLayers.ts";
import { settle } from "./settled.ts";

/** A place in a graph. */
export interface GraphNode {
  /** What is applied there; `null` for an input. */
  readonly layer: LayerOfModel | null;
  /** The call that makes the place. */
  readonly call: ts.CallExpression;
  /** What it takes; "unknown" for what the code does not tell. */
  readonly takes: readonly (GraphNode | "unknown")[];
  /** `null` where it is not known. */
  readonly shape: ExampleShape | null;
}

/** How long a way through a graph may be. */
const longestWay = 60;

/** Reads each place once for the same calls around it. */
export class GraphReader {
  readonly #rules: ModelRules;
  readonly #read = new Map<
    ts.CallExpression,
    { readonly code: Given["code"]; readonly node: GraphNode | "unknown" }[]
  >();

  constructor(rules: ModelRules) {
    this.#rules = rules;
  }

  /** What an expression of a graph stands for. */
  nodeOf(given: Given, steps = longestWay): GraphNode | "unknown" {
    const { expression: call, code } = settle(given);
    if (steps === 0 || !ts.isCallExpression(call)) return "unknown";
    const known = this.#read.get(call)?.find((each) => each.code === code);
    if (known !== undefined) return known.node;
    const node = this.#readCall(call, code, steps - 1);
    this.#read.set(call, [...(this.#read.get(call) ?? []), { code, node }]);
    return node;
  }

  #readCall(call: ts.CallExpression, code: Given["code"], steps: number): GraphNode | "unknown" {
    if (code.nameOf(call.expression) === "input")
      return { layer: null, call, takes: [], shape: inputShape({ expression: call, code }) };
    const { expression: method } = call;
    const [given] = call.arguments;
    if (!ts.isPropertyAccessExpression(method) || method.name.text !== "apply") {
      const result = resultOfCall({ expression: call, code });
      return result === null ? "unknown" : this.nodeOf(result, steps);
    }
    const layer = readLayer({ expression: method.expression, code });
    if (layer === null || given === undefined) return "unknown";
    const settled = settle({ expression: given, code });
    const inputs = ts.isArrayLiteralExpression(settled.expression) ? elementsOf(settled) : [settled];
    const takes = inputs.map((input) => (input === null ? "unknown" : this.nodeOf(input, steps)));
    const shapes = takes.flatMap((each) => (each === "unknown" || each.shape === null ? [] : [each.shape]));
    const plan =
      layer.value === null
        ? unknownLayer
        : this.#rules.planLayer(layer.value.value, shapes.length === takes.length ? shapes : null);
    const shape = plan.kind === "planned" ? plan.outputShape : null;
    return { layer: planned([layer], [plan]), call, takes, shape };
  }
}

/** The places between the inputs and these, each once, in an order in which none comes before what it takes. */
export function nodesTo(ends: readonly (GraphNode | "unknown")[]): readonly (GraphNode | "unknown")[] {
  const found = new Set<GraphNode | "unknown">();
  const visit = (node: GraphNode | "unknown"): void => {
    if (found.has(node)) return;
    if (node !== "unknown") node.takes.forEach(visit);
    found.add(node);
  };
  ends.forEach(visit);
  return [...found];
}

function inputShape({ expression: call, code }: Given): ExampleShape | null {
  const [first] = ts.isCallExpression(call) ? call.arguments : [];
  const value = first === undefined ? undefined : readValue({ expression: first, code })?.value;
  const shape = typeof value === "object" && value !== null && "shape" in value ? value.shape : value;
  const sizes: readonly unknown[] = Array.isArray(shape) ? shape : [shape];
  return sizes.every((size) => typeof size === "number") ? sizes : null;
}
