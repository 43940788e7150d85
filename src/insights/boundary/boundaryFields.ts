// The fields of a boundary: predictions and hidden outputs of a model on a grid, with the weights it had on the way.

import type { Layer, Model, Run } from "../../engine/index.ts";
import { Tensor } from "../../engine/tensor.ts";
import { layerOutputs, restoreSnapshot } from "../../engine/training/model/layerOutputs.ts";
import { toViewNumber } from "../../shared/json.ts";
import { packFineShares, packShares } from "../../shared/levels.ts";
import type { BoundaryFrame, BoundaryLayer } from "../../shared/views.ts";
import { asProbabilities } from "../pictures/judged.ts";

export const gridSize = 48;
export const unitGridSize = 24;
const unitsOfALayer = 16;
const mostLayers = 4;
const mostFrames = 30;
/** A view is kept in the file. */
const fieldBytes = 350_000;

export interface Range {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The grid's points from the upper left, row by row. */
function gridPoints({ x, y }: Range): Tensor {
  const data = new Float32Array(gridSize * gridSize * 2);
  for (let index = 0; index < gridSize * gridSize; index++) {
    const [row, column] = [Math.floor(index / gridSize), index % gridSize];
    data[2 * index] = x[0] + ((column + 0.5) / gridSize) * (x[1] - x[0]);
    data[2 * index + 1] = y[1] - ((row + 0.5) / gridSize) * (y[1] - y[0]);
  }
  return new Tensor([gridSize * gridSize, 2], data);
}

/** The fields of the model as it is, or of its run's snapshots (thinned evenly to what a file may hold). */
export function boundaryFields(
  model: Model<unknown>,
  run: Run | null,
  { range, units }: { readonly range: Range; readonly units: boolean },
): { readonly frames: readonly BoundaryFrame[]; readonly layers: readonly BoundaryLayer[] } {
  const grid = gridPoints(range);
  // Builds a model that has not seen data yet.
  model.predict(grid);
  const hidden = units ? hiddenLayers(model) : [];
  const unitCount = hidden.reduce((sum, layer) => sum + shownUnits(layer), 0);
  const frameBytes = gridSize * gridSize * 3 + unitCount * unitGridSize * unitGridSize;
  const shots = evenShots(run, Math.min(mostFrames, Math.max(2, Math.floor(fieldBytes / frameBytes))));
  // A copy: the model keeps its weights whatever happens on the way.
  const copy = shots.length === 0 ? model : model.clone();
  const copied = hidden.map((layer) => copy.layers[model.layers.indexOf(layer)] ?? layer);
  const seen = copied.map((): UnitsSeen => ({ outputs: [], sizes: [] }));
  const frame = (step: number): BoundaryFrame => {
    const found = layerOutputs(copy, grid);
    copied.forEach((layer, at) => {
      const output = found.of(layer);
      if (output !== null) seen[at]?.outputs.push(Float32Array.from(output.data));
      seen[at]?.sizes.push(outgoingSizes(copy, layer));
    });
    const loss = step === 0 ? null : (run?.loss[step - 1] ?? null);
    return { step, loss: toViewNumber(loss, 4), ...decisions(asProbabilities(found.output)) };
  };
  const frames =
    shots.length === 0
      ? [frame(run?.steps.done ?? 0)]
      : shots.map((shot) => {
          restoreSnapshot(copy, shot);
          return frame(shot.step);
        });
  return { frames, layers: hidden.map((layer, at) => layerFields(layer, seen[at] ?? { outputs: [], sizes: [] })) };
}

/** Some of the snapshots, evenly picked, start and end among them; none where there are fewer than two. */
function evenShots(run: Run | null, most: number) {
  const shots = run?.snapshots ?? [];
  if (shots.length < 2) return [];
  const count = Math.min(most, shots.length);
  return Array.from({ length: count }, (_, at) => shots[Math.round((at * (shots.length - 1)) / (count - 1))]).flatMap(
    (shot) => shot ?? [],
  );
}

function decisions(probabilities: Tensor): Pick<BoundaryFrame, "winners" | "margins"> {
  const { data, shape } = probabilities;
  const width = shape[1] ?? 1;
  let winners = "";
  const margins: number[] = [];
  for (let point = 0; point < gridSize * gridSize; point++) {
    if (width === 1) {
      const share = data[point] ?? 0;
      winners += share >= 0.5 ? "1" : "0";
      margins.push(Math.abs(2 * share - 1));
      continue;
    }
    let [best, next] = [0, -1];
    for (let at = 1; at < width; at++) {
      const value = data[point * width + at] ?? 0;
      if (value > (data[point * width + best] ?? 0)) [best, next] = [at, best];
      else if (next === -1 || value > (data[point * width + next] ?? 0)) next = at;
    }
    winners += String(best);
    margins.push((data[point * width + best] ?? 0) - (data[point * width + next] ?? 0));
  }
  return { winners, margins: packFineShares(margins) };
}

/** Layers of units before the last layer with weights; an activation of its own stands for the layer before it. */
function hiddenLayers(model: Model<unknown>): readonly Layer[] {
  const { layers } = model;
  const last = layers.findLastIndex(({ weights }) => weights.length > 0);
  return layers
    .slice(0, Math.max(0, last))
    .filter(
      ({ outputShape, type, weights }) => outputShape?.length === 1 && (weights.length > 0 || type === "activation"),
    )
    .slice(0, mostLayers);
}

function shownUnits({ outputShape }: Layer): number {
  return Math.min(unitsOfALayer, outputShape?.[0] ?? 0);
}

/** What the units of a layer gave on the grid, and the sizes of the weights that leave them: one of each a frame. */
interface UnitsSeen {
  readonly outputs: Float32Array[];
  readonly sizes: (readonly number[] | null)[];
}

function layerFields(layer: Layer, { outputs, sizes }: UnitsSeen): BoundaryLayer {
  const width = layer.outputShape?.[0] ?? 1;
  const isNeverNegative = layer.activation === "sigmoid" || layer.activation === "hardSigmoid";
  const middle = isNeverNegative ? 0.5 : 0;
  const units = Array.from({ length: shownUnits(layer) }, (_, unit) => {
    const step = gridSize / unitGridSize;
    const fields = outputs.map((values) =>
      Array.from({ length: unitGridSize * unitGridSize }, (_each, at) => {
        const [row, column] = [Math.floor(at / unitGridSize) * step, (at % unitGridSize) * step];
        return (values[(row * gridSize + column) * width + unit] ?? 0) - middle;
      }),
    );
    const largest = fields.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
    const outgoing = sizes.map((each) => toViewNumber(each?.[unit] ?? null, 3));
    return {
      outgoing: outgoing.at(-1) ?? null,
      outgoingByFrame: outgoing,
      fields: fields.map((values) => packShares(values.map((value) => 0.5 + value / largest / 2))),
    };
  });
  return { name: layer.name, unitCount: width, units };
}

/** L2 norms of the rows of the next layer's kernel, each of which takes a unit; `null` where that is not one layer's rows. */
function outgoingSizes(model: Model<unknown>, layer: Layer): readonly number[] | null {
  const width = layer.outputShape?.[0] ?? 0;
  const next = model.layers.slice(model.layers.indexOf(layer) + 1).find(({ weights }) => weights.length > 0);
  const kernel = next?.weights[0];
  if (!model.isChain || kernel?.shape.length !== 2 || kernel.shape[0] !== width) return null;
  const columns = kernel.shape[1] ?? 0;
  return Array.from({ length: shownUnits(layer) }, (_, unit) => {
    let squares = 0;
    for (let column = 0; column < columns; column++) squares += (kernel.data[unit * columns + column] ?? 0) ** 2;
    return Math.sqrt(squares);
  });
}
