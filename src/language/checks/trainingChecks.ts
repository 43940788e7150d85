// What trains badly, as the code alone shows it: sigmoids in deep stacks, data that nothing scaled.

import type { PlannedLayer } from "../../shared/modelRules.ts";
import type { GraphNode } from "../models/graphLayers.ts";
import type { ModelGraph, ModelInCode } from "../models/modelsInCode.ts";
import type { LayerOfModel } from "../models/plannedLayers.ts";
import type { CheckContext } from "./checkContext.ts";
import { activationNode, addLayer, setOnLayer } from "./layerEdits.ts";
import { type Found, fix, together } from "./problem.ts";

/** From this many hidden layers on, slopes of 0.25 leave less than a hundredth of a gradient: what a run is called vanishing for. */
const deepSigmoids = 4;
/** Layers that pass a gradient on as it is, or nearly. */
const passing: readonly string[] = [
  "dropout",
  "flatten",
  "reshape",
  "gaussianNoise",
  "gaussianDropout",
  "alphaDropout",
];
/** These take numbers of words, or bring a scale of their own; as in a diagnosis. */
const ownScale: readonly string[] = ["embedding", "batchNorm", "layerNorm", "rmsNorm"];

export function checkDeepSigmoids({ row, graph }: ModelInCode, { say }: CheckContext): readonly Found[] {
  const rows = graph === null ? [row] : chainsOf(graph);
  return rows.flatMap(sigmoidStacks).flatMap((stack) => {
    const count = stack.reduce((sum, { times }) => sum + times, 0);
    const [first] = stack;
    if (first === undefined || count < deepSigmoids) return [];
    // One call may have made several.
    const calls = [...new Set(stack.map(({ call }) => call))];
    const relu = calls.map((call) =>
      setOnLayer(call, [
        { option: "activation", was: '"sigmoid"', value: '"relu"' },
        { option: "kernelInitializer", was: null, value: '"heNormal"' },
      ]),
    );
    return [
      {
        node: activationNode(first.call),
        severity: "warning" as const,
        code: "deep-sigmoid" as const,
        message: say("deepSigmoid", { count: String(count) }),
        fixes: [
          ...fix(say("useRelu"), together(...relu)),
          ...fix(say("addBatchNorm"), together(...calls.map((call) => addLayer(call, "behind", "batchNorm()")))),
        ],
      },
    ];
  });
}

/** Runs of hidden dense layers with sigmoid, of which each hands its gradient to the one before. */
function sigmoidStacks(row: ModelInCode["row"]): readonly (readonly LayerOfModel[])[] {
  const stacks: LayerOfModel[][] = [[]];
  for (const layer of row.slice(0, -1)) {
    if (layer !== "unknown" && layer.plans.every(isSigmoid)) stacks.at(-1)?.push(layer);
    else if (layer === "unknown" || !layer.plans.every(isPassing)) stacks.push([]);
  }
  return stacks;
}

/** A dense layer with sigmoid, or the sigmoid behind a dense layer without. */
function isSigmoid(plan: PlannedLayer): boolean {
  if (plan.kind !== "planned" && plan.kind !== "open") return false;
  return plan.activation === "sigmoid" && (plan.type === "dense" || plan.type === "activation");
}

function isPassing(plan: PlannedLayer): boolean {
  if (plan.kind !== "planned" && plan.kind !== "open") return false;
  return passing.includes(plan.type) || (plan.type === "dense" && plan.activation === "linear");
}

/** The ways through a graph on which each layer takes the one before alone, and is taken by the next alone. */
function chainsOf({ nodes, outputs }: ModelGraph): readonly ModelInCode["row"][] {
  const chains = new Map<GraphNode | "unknown", (LayerOfModel | "unknown")[]>();
  const takenBy = (taken: GraphNode | "unknown") =>
    nodes.filter((each) => each !== "unknown" && each.takes.includes(taken)).length +
    outputs.filter(({ node }) => node === taken).length;
  for (const node of nodes) {
    if (node === "unknown") continue;
    const [before, ...more] = node.takes;
    const chain =
      before !== undefined && before !== "unknown" && more.length === 0 && takenBy(before) === 1
        ? (chains.get(before) ?? [])
        : [];
    chain.push(node.layer ?? "unknown");
    chains.set(node, chain);
  }
  const isEnd = (layer: LayerOfModel | "unknown" | undefined) =>
    outputs.some(({ node }) => node !== "unknown" && node.layer === layer);
  // The last layer of a row is the model's end; where a chain ends otherwise, nothing is.
  return [...new Set(chains.values())].map((chain) => (isEnd(chain.at(-1)) ? chain : [...chain, "unknown"]));
}

export function checkScale(model: ModelInCode, { say }: CheckContext): readonly Found[] {
  const { data } = model;
  const first = firstLayers(model);
  if (first.length === 0 || !first.every(takesScale)) return [];
  const sources = new Set(
    data.flatMap(({ data: { isUnscaled, source } }) => (isUnscaled === true && source ? [source] : [])),
  );
  return [...sources].map((source) => ({
    node: source.expression,
    severity: "info",
    code: "unscaled-data",
    message: say("unscaledData", { data: source.expression.getText() }),
    fixes: fix(say("standardize"), [{ start: source.end, end: source.end, text: ".standardize()" }]),
  }));
}

/** The layers that take the data; those that keep the numbers as they are do not count. */
function firstLayers({ row, graph }: ModelInCode): readonly (LayerOfModel | "unknown")[] {
  if (graph === null) {
    const first = row.find((layer) => layer === "unknown" || !layer.plans.every(isArranging));
    return first === undefined ? [] : [first];
  }
  if (graph.inputs.length !== 1) return [];
  return graph.nodes.flatMap((node) => {
    if (node === "unknown") return node;
    return node.takes.some((each) => each !== "unknown" && each.layer === null) ? (node.layer ?? []) : [];
  });
}

function isArranging(plan: PlannedLayer): boolean {
  return (plan.kind === "planned" || plan.kind === "open") && (plan.type === "reshape" || plan.type === "flatten");
}

function takesScale(layer: LayerOfModel | "unknown"): boolean {
  if (layer === "unknown") return false;
  return layer.plans.every(
    (plan) => (plan.kind === "planned" || plan.kind === "open") && !ownScale.includes(plan.type),
  );
}
