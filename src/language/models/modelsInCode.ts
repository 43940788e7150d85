// The models that the cells make, read without running them: each layer with its shapes, and what the model is trained on.

import ts from "typescript";
import type { ExampleShape, ModelRules, PlannedLayer } from "../../shared/modelRules.ts";
import { contextsOf } from "./callContexts.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import type { ReadLayer } from "./codeValues.ts";
import { type DataInCode, DataReader } from "./dataInCode.ts";
import { type GraphNode, GraphReader, nodesTo } from "./graphLayers.ts";
import { type RowPart, readRow } from "./layerRow.ts";
import { elementsOf } from "./listElements.ts";
import { followModel, type ModelCalls } from "./modelCalls.ts";
import { type LayerOfModel, planned, unknownLayer } from "./plannedLayers.ts";
import { memberOf, settle } from "./settled.ts";

export interface ModelInCode {
  /** `sequential(…)` or `model(…)` */
  readonly call: ts.CallExpression;
  /** The code as the call is read: a function makes another model in each of its calls. */
  readonly code: CellsCode;
  /** In an order in which none comes before what it takes; "unknown" stands for some that the code does not tell. */
  readonly row: readonly (LayerOfModel | "unknown")[];
  /** Of a graph; `null` where each layer takes the one before. */
  readonly graph: ModelGraph | null;
  readonly calls: ModelCalls;
  /** What each `fit` and each race trains it on, where that is known. */
  readonly data: readonly FitData[];
  /** What it is given by `predict` and `evaluate`, where that is known. */
  readonly used: readonly FitData[];
}

export interface ModelGraph {
  readonly nodes: readonly (GraphNode | "unknown")[];
  readonly inputs: readonly (GraphNode | "unknown")[];
  /** `name`: under which an object names it. */
  readonly outputs: readonly { readonly name: string | null; readonly node: GraphNode | "unknown" }[];
}

export interface FitData {
  /** What the examples stand in: the argument of `fit`, the option of `compare`. */
  readonly given: ts.Expression;
  readonly data: DataInCode;
}

export function readModels(code: CellsCode, rules: ModelRules): readonly ModelInCode[] {
  const data = new DataReader(rules);
  const graphs = new GraphReader(rules);
  return code.calls.flatMap((call) => {
    const name = code.nameOf(call.expression);
    if ((name !== "sequential" && name !== "model") || call.arguments.length === 0) return [];
    return contextsOf(call, code).map((within) => readModel(call, within, { rules, data, graphs }));
  });
}

interface Readers {
  readonly rules: ModelRules;
  readonly data: DataReader;
  readonly graphs: GraphReader;
}

function readModel(call: ts.CallExpression, code: CellsCode, { rules, data: reader, graphs }: Readers): ModelInCode {
  const calls = followModel(call, code);
  const data = [
    ...calls.fits.flatMap((fit) => fitData({ expression: fit, code }, reader)),
    ...calls.races.flatMap((race) => raceData({ expression: race, code }, reader)),
  ];
  const used = calls.uses.flatMap((use): readonly FitData[] => {
    const [examples] = use.arguments;
    const read = reader.ofUse({ expression: use, code });
    return examples === undefined || read === null ? [] : [{ given: examples, data: read }];
  });
  const [first = call] = call.arguments;
  const given: Given = { expression: first, code };
  if (code.nameOf(call.expression) === "model") {
    const graph = readGraph(given, graphs);
    const row = graph.nodes.flatMap((node) => (node === "unknown" ? node : (node.layer ?? [])));
    return { call, code, row, graph, calls, data, used };
  }
  return { call, code, row: planRow(readRow(given), commonShape(data), rules), graph: null, calls, data, used };
}

function fitData(fit: Given, reader: DataReader): readonly FitData[] {
  const [given] = ts.isCallExpression(fit.expression) ? fit.expression.arguments : [];
  const data = reader.ofFit(fit);
  return given === undefined || data === null ? [] : [{ given, data }];
}

function raceData(options: Given, reader: DataReader): readonly FitData[] {
  const given = memberOf(options, "data");
  const data = given === null ? null : reader.read(given);
  return given === null || data === null ? [] : [{ given: given.expression, data }];
}

/** The shape of the examples, where all that is known of them agrees. */
export function commonShape(given: readonly FitData[]): ExampleShape | null {
  const shapes = given.map(({ data }) => data.x);
  const [first] = shapes;
  return first != null && shapes.every((shape) => shape?.join() === first.join()) ? first : null;
}

function planRow(
  row: readonly RowPart[],
  inputShape: ExampleShape | null,
  rules: ModelRules,
): readonly (LayerOfModel | "unknown")[] {
  let shape: ExampleShape | null = inputShape;
  const plans = row.map((part): PlannedLayer => {
    const value = part === "unknown" ? null : part.value;
    const plan = value === null ? unknownLayer : rules.planLayer(value.value, shape === null ? null : [shape]);
    shape = plan.kind === "planned" ? plan.outputShape : null;
    return plan;
  });
  const layers: (LayerOfModel | "unknown")[] = [];
  for (let start = 0; start < row.length; ) {
    const part = row[start];
    if (part === undefined || part === "unknown") {
      layers.push("unknown");
      start++;
      continue;
    }
    // What one call made one after the other is one place with several.
    const more = alikeBehind(row, start, part.call);
    const end = start + 1 + more.length;
    layers.push(planned([part, ...more], plans.slice(start, end)));
    start = end;
  }
  return layers;
}

function alikeBehind(row: readonly RowPart[], start: number, call: ts.CallExpression): readonly ReadLayer[] {
  const more: ReadLayer[] = [];
  for (const part of row.slice(start + 1)) {
    if (part === "unknown" || part.call !== call) break;
    more.push(part);
  }
  return more;
}

function readGraph(options: Given, reader: GraphReader): ModelGraph {
  const inputs = endsOf(memberOf(options, "inputs")).map(({ given }) => given && reader.nodeOf(given));
  const outputs = endsOf(memberOf(options, "outputs")).map(({ name, given }) => ({
    name,
    node: given === null ? ("unknown" as const) : reader.nodeOf(given),
  }));
  return {
    nodes: nodesTo(outputs.map(({ node }) => node)),
    inputs: inputs.map((node) => node ?? "unknown"),
    outputs,
  };
}

/** One, a list of them, or an object by their names. */
function endsOf(given: Given | null): readonly { readonly name: string | null; readonly given: Given | null }[] {
  if (given === null) return [{ name: null, given: null }];
  const settled = settle(given);
  const { expression } = settled;
  if (ts.isArrayLiteralExpression(expression))
    return elementsOf(settled).map((element) => ({ name: null, given: element }));
  if (!ts.isObjectLiteralExpression(expression)) return [{ name: null, given }];
  return expression.properties.map(({ name }) => {
    const text = name !== undefined && !ts.isComputedPropertyName(name) ? name.text : null;
    return { name: text, given: text === null ? null : memberOf(settled, text) };
  });
}

/** The layers of graphs, also of those that no model was made of yet. */
export function readGraphLayers(code: CellsCode, rules: ModelRules): readonly LayerOfModel[] {
  const reader = new GraphReader(rules);
  return code.calls.flatMap((call) => {
    const { expression: method } = call;
    if (!ts.isPropertyAccessExpression(method) || method.name.text !== "apply") return [];
    return contextsOf(call, code).flatMap((within) => {
      const node = reader.nodeOf({ expression: call, code: within });
      return node === "unknown" ? [] : (node.layer ?? []);
    });
  });
}
