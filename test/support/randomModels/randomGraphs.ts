// Random networks: rows of layers with branches, skips, shared layers, several inputs and outputs.

import {
  input,
  type Layer,
  layers,
  type Model,
  model,
  type Shape,
  ShapeError,
  type SymbolicTensor,
  sequential,
  type Tensor,
} from "../../../src/engine/index.ts";
import type { Draw } from "./draw.ts";
import { mergeNames, randomLayer } from "./randomLayers.ts";

/** What a sample of an input is. */
export interface GivenInput {
  readonly shape: Shape;
  /** Row numbers below this; `null` for numbers. */
  readonly ids: number | null;
}

/** A network without its last layers. */
export interface RandomGraph {
  readonly given: readonly GivenInput[];
  readonly inputs: readonly SymbolicTensor[];
  /** `[features]` for each example. */
  readonly end: SymbolicTensor;
}

const mostNumbers = 400;
const shapeOf = ({ shape }: SymbolicTensor): Shape => shape ?? [];
const sizeOf = (symbol: SymbolicTensor) => shapeOf(symbol).reduce((size, length) => size * length, 1);

export function randomGraph(draw: Draw): RandomGraph {
  const first = randomInput(draw);
  const start = input([...first.shape]);
  const embedded = first.ids === null ? start : layers.embedding(first.ids, draw.pick(1, 3, 5)).apply(start);
  let current = embedded;
  const before: SymbolicTensor[] = [];
  const depth = 1 + draw.integer(5);
  for (let step = 0; step < depth; step++) {
    before.push(current);
    current = draw.chance(0.3) ? joined(current, before, draw) : next(current, draw);
  }
  const flat = shapeOf(current).length === 1 ? current : layers.flatten().apply(current);
  if (!draw.chance(0.2)) return { given: [first], inputs: [start], end: flat };
  const second: GivenInput = { shape: [draw.pick(1, 3, 5)], ids: null };
  const other = input([...second.shape]);
  const end = layers.concat().apply([flat, next(other, draw, 1)]);
  return { given: [first, second], inputs: [start, other], end };
}

function randomInput(draw: Draw): GivenInput {
  const length = () => draw.pick(1, 2, 3, 5, 7);
  switch (draw.integer(4)) {
    case 0:
      return { shape: [draw.pick(1, 3, 5, 7, 9, 17)], ids: null };
    case 1:
      return { shape: [length(), length()], ids: null };
    case 2:
      return { shape: [length(), length(), draw.pick(1, 3)], ids: null };
    default:
      return { shape: [length()], ids: draw.pick(2, 9) };
  }
}

/** What a layer gives that takes this; another one is drawn for a layer that refuses it. */
function next(current: SymbolicTensor, draw: Draw, rank?: number): SymbolicTensor {
  for (;;) {
    const given = applied(randomLayer(shapeOf(current), draw), [current]);
    if (given !== null && sizeOf(given) <= mostNumbers && (rank === undefined || shapeOf(given).length === rank))
      return given;
  }
}

function applied(layer: Layer, inputs: readonly SymbolicTensor[]): SymbolicTensor | null {
  try {
    return layer.apply(inputs.length === 1 ? (inputs[0] ?? []) : inputs);
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}

/** Joined with what came before, where it fits, with a branch, or with itself after a layer that is called twice or a model. */
function joined(current: SymbolicTensor, before: readonly SymbolicTensor[], draw: Draw): SymbolicTensor {
  const shared = layers.dense(shapeOf(current).at(-1) ?? 1, { activation: "tanh" });
  const others: (() => SymbolicTensor)[] = [
    () => draw.pick(...before),
    () => next(current, draw),
    () => shared.apply(shared.apply(current)),
    () => sequential([layers.dense(shapeOf(current).at(-1) ?? 1), layers.batchNorm()]).apply(current),
  ];
  const other = draw.pick(...others)();
  const first = mergeNames[draw.integer(mergeNames.length)] ?? "add";
  for (const name of [first, "add", "concat", "dot"] as const) {
    const given = applied(layers[name](), [current, other]);
    if (given !== null && sizeOf(given) <= mostNumbers) return given;
  }
  return next(current, draw);
}

/** A model of these inputs and outputs; one of each is not a list. */
export function modelOf(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
  seed: number,
): Model<Tensor[]> {
  return model({ inputs: [...inputs], outputs: [...outputs], seed });
}
