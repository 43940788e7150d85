// The units and weights of a small net of dense layers in a row: what can be drawn one by one and still be read.

import type { Layer, Model, Run } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { UnitColumn, UnitHistory } from "../../shared/views.ts";

/** More units in a column, or more lines in all, could not be told apart in a picture. */
const unitLimits = { perLayer: 40, edges: 400 } as const;

/** Layers without weights that leave every unit where it is. */
const passing = ["activation", "dropout", "gaussianNoise", "flatten"];

/** The columns, input first; `null` for a net that is too large, is not built, or is no row of dense layers. */
export function unitColumns(model: Model<unknown>): readonly UnitColumn[] | null {
  if (!model.isChain || !model.isBuilt) return null;
  const [first] = model.layers;
  const features = first?.inputShape;
  if (features == null || (features.length !== 1 && first?.type !== "flatten")) return null;
  const inputUnits = features.reduce((product, size) => product * size, 1);
  const columns: UnitColumn[] = [{ name: "", activation: null, units: inputUnits, biases: [], weights: [] }];
  for (const layer of model.layers) {
    const column = layer.type === "dense" ? denseColumn(layer) : null;
    if (column !== null) columns.push(column);
    else if (!passing.includes(layer.type)) return null;
    else if (layer.activation !== null) nameActivation(columns, layer.activation);
  }
  return columns.length > 1 && isSmall(columns) ? columns : null;
}

/** What the weights on the way may take in a view, and how many states a reader tells apart while it plays. */
const historyBytes = 60_000;
const mostStates = 30;
const bytesPerWeight = 8;

/** The weights of the columns at steps evenly far apart, first and last among them; `null` where fewer than three can be kept. */
export function unitHistory(model: Model<unknown>, snapshots: Run["snapshots"]): UnitHistory | null {
  const dense = model.layers.filter(({ type }) => type === "dense");
  const size = dense.reduce((sum, { parameterCount }) => sum + parameterCount, 0);
  const room = Math.min(mostStates, Math.floor(historyBytes / (bytesPerWeight * size)), snapshots.length);
  if (room < 3) return null;
  const kept = Array.from(
    { length: room },
    (_, at) => snapshots[Math.round((at * (snapshots.length - 1)) / (room - 1))],
  ).filter((snapshot) => snapshot !== undefined);
  const places = dense.flatMap((layer) => drawnWeights(layer).map((weight) => model.weights.indexOf(weight)));
  return {
    steps: kept.map(({ step }) => step),
    numbers: kept.map(({ weights }) =>
      places.flatMap((place) => Array.from(weights[place] ?? [], (value) => toViewNumber(value, 3))),
    ),
  };
}

/** The kernel, whose rows are the lists of a column's weights, and the bias. */
function drawnWeights({ weights: [kernel, bias] }: Layer): Layer["weights"] {
  return [...(kernel === undefined ? [] : [kernel]), ...(bias?.name === "bias" ? [bias] : [])];
}

function denseColumn(layer: Layer): UnitColumn | null {
  const [kernel, bias] = drawnWeights(layer);
  const units = layer.outputShape?.[0];
  if (kernel === undefined || units === undefined || layer.outputShape?.length !== 1) return null;
  const rows = kernel.size / units;
  const data = kernel.data;
  return {
    name: layer.name,
    activation: layer.activation,
    units,
    biases: bias === undefined ? [] : Array.from(bias.data, (value) => toViewNumber(value, 4)),
    weights: Array.from({ length: rows }, (_, from) =>
      Array.from({ length: units }, (_, to) => toViewNumber(data[from * units + to], 4)),
    ),
  };
}

/** A layer of its own that applies a function belongs to the dense one before it. */
function nameActivation(columns: UnitColumn[], activation: string): void {
  const last = columns.at(-1);
  if (last === undefined || columns.length === 1) return;
  const isLinear = last.activation === null || last.activation === "linear";
  columns[columns.length - 1] = { ...last, activation: isLinear ? activation : `${last.activation}, ${activation}` };
}

function isSmall(columns: readonly UnitColumn[]): boolean {
  const edges = columns.reduce((sum, { units, weights }) => sum + units * weights.length, 0);
  return edges <= unitLimits.edges && columns.every(({ units }) => units <= unitLimits.perLayer);
}
