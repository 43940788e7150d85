// The network view: the layers of a model with what connects them, and how much gradient reaches each in a training.

import type { Model, Run, RunRecord } from "../../engine/index.ts";
import { inputShapesByName } from "../../engine/training/model/layerShapes.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { NetworkNode, NetworkView, Sentence } from "../../shared/views.ts";
import { singleRun } from "../gradients/gradientsView.ts";
import { gradientVerdict, layerMedians } from "../gradients/gradientVerdict.ts";
import { count, number, say } from "../parts/say.ts";
import { unitColumns, unitHistory } from "./unitColumns.ts";

/** The training whose gradients colour the blocks, and the id under which its pictures know it. */
export interface NetworkRun {
  readonly run: RunRecord & Partial<Pick<Run, "snapshots">>;
  readonly runId: string;
}

export function networkView(model: Model<unknown>, training: NetworkRun | null = null): NetworkView {
  const nodes = networkNodes(model);
  const totalParameters = model.shapes.reduce((sum, { parameterCount }) => sum + parameterCount, 0);
  const { compiled } = model;
  const units = unitColumns(model);
  const history = units === null ? null : unitHistory(model, training?.run.snapshots ?? []);
  const newest = training?.run.loss.at(-1) ?? null;
  return {
    kind: "network",
    version: 1,
    sentence: networkSentence(model, totalParameters, training?.run ?? null),
    name: model.name,
    totalParameters,
    nodes,
    loss: compiled === null ? null : { name: compiled.lossName, value: toViewNumber(newest, 4) },
    run: training === null ? null : singleRun(training.run, training.runId),
    units,
    ...(history === null ? {} : { unitHistory: history }),
  };
}

/** The inputs where they are first taken, and each layer once, at the place of its first call. */
function networkNodes(model: Model<unknown>): NetworkNode[] {
  const nodes: NetworkNode[] = [];
  const { shapes } = model;
  const inputs = inputShapesByName(model);
  const layerNames = new Set(shapes.map(({ layer }) => layer.name));
  const places = new Map<string, number>();
  const add = (node: NetworkNode) => {
    places.set(node.name, nodes.length);
    nodes.push(node);
  };
  for (const { layer, inputShape, outputShape, parameterCount, takes } of shapes) {
    takes.forEach((name) => {
      if (layerNames.has(name) || places.has(name)) return;
      const shape = batched(inputs.get(name) ?? (takes.length === 1 ? inputShape : null));
      const info = { name, type: "input", activation: null, inputShape: shape, outputShape: shape, parameters: 0 };
      add({ ...info, takes: [] });
    });
    // A layer that is applied several times may take what was made of it: that line would lead backwards.
    const known = [...new Set(takes)].flatMap((name) => places.get(name) ?? []);
    const info = { inputShape: batched(inputShape), outputShape: batched(outputShape), parameters: parameterCount };
    add({ name: layer.name, type: layer.type, activation: layer.activation, ...info, takes: known });
  }
  return nodes;
}

function batched(shape: readonly number[] | null): readonly (number | null)[] {
  return shape === null ? [] : [null, ...shape];
}

/** How large the net is; after a training, how much gradient arrives at its ends. */
function networkSentence(model: Model<unknown>, parameters: number, run: RunRecord | null): Sentence {
  const layers = count(model.layers.length);
  const isKnown = model.shapes.every(({ outputShape }) => outputShape !== null);
  const size = isKnown
    ? say("networkSize", { layers, parameters: count(parameters) })
    : say("networkNotBuilt", { layers });
  if (run === null) return { tone: "info", messages: [size] };
  const medians = layerMedians(run).filter(({ median }) => Number.isFinite(median));
  const last = medians.at(-1);
  if (last === undefined) return { tone: "info", messages: [size] };
  const least = medians.reduce((lowest, each) => (each.median < lowest.median ? each : lowest));
  const { kind } = gradientVerdict(run);
  const tone = kind === "notFinite" ? "error" : kind === "vanishing" || kind === "exploding" ? "warning" : "info";
  if (kind === "notFinite") return { tone, messages: [size, say("gradientsNotFinite")] };
  if (least.layer === last.layer)
    return {
      tone,
      messages: [size, say("networkGradientAtOutput", { output: number(last.median), layer: last.layer.name })],
    };
  const args = {
    output: number(last.median),
    layer: last.layer.name,
    least: number(least.median),
    leastLayer: least.layer.name,
  };
  return { tone, messages: [size, say("networkGradients", args)] };
}
