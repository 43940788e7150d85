// Operations that make fewer numbers of many: sum, mean, largest and smallest over some axes.

import type { Reduction, ReductionWalk } from "../backend/backend.ts";
import { stretchedStrides } from "../backend/walk.ts";
import { ValueError } from "../errors.ts";
import { axisFromFront, formatShape, reducedShape, type Shape, sizeOf } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";

export interface ReduceAttributes {
  readonly reduction: Reduction;
  /** The axes that disappear, counted from the front. */
  readonly axes: readonly number[];
  /** Whether they stay with length 1 instead. */
  readonly keepAxes: boolean;
}

export const reduceOp: Op<ReduceAttributes> = {
  name: "reduce",
  outputShape(inputs, { reduction, axes, keepAxes }) {
    const shape = inputAt(inputs, 0);
    if (reduction !== "sum" && sizeOf(shape) === 0)
      throw new ValueError({ op: reduction, expected: "at least one number", got: `shape ${formatShape(shape)}` });
    return reducedShape(shape, axes, keepAxes);
  },
  forward(backend, inputs, output, attributes) {
    const x = inputAt(inputs, 0);
    backend.reduce(attributes.reduction, walkOf(x.shape, attributes), x.data, output.data);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, attributes) {
    const x = inputAt(inputs, 0);
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const pass = { input: x.data, output: output.data, outputGrad: outputGrad.data, inputGrad: xGrad.data };
    backend.reduceGrad(attributes.reduction, walkOf(x.shape, attributes), pass);
  },
};

function walkOf(shape: Shape, { axes }: ReduceAttributes): ReductionWalk {
  return { shape, outputStrides: stretchedStrides(reducedShape(shape, axes, true), shape) };
}

/** One axis or several; negative ones count from the end. */
export type Axes = number | readonly number[];

/** Options of sum, mean, max and min. */
export interface ReduceOptions {
  /** Whether the axes stay with length 1, so that the result still fits beside the input; `false` by default. */
  readonly keepAxes?: boolean;
}

/** One axis, several, or all (none given), counted from the front and sorted. */
export function reducedAxes(axes: Axes | undefined, rank: number, op: string): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  return [...new Set(list.map((axis) => axisFromFront(axis, rank, op)))].sort((a, b) => a - b);
}
