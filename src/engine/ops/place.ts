// Operations that are the reverse of cutting and picking: a block put into zeros, rows added where they came from; and stretching to a larger shape.

import { stretchedStrides } from "../backend/walk.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { broadcastShapes, formatShape, isSameShape, type Shape, sizeOf, stridesOf } from "../shape.ts";
import { summedTo } from "./derivatives.ts";
import { inputAt, type Op } from "./op.ts";

/** Where a block stands in a larger one, which is 0 around it. */
export interface PlaceAttributes {
  readonly start: readonly number[];
  readonly shape: Shape;
}

/** The reverse of a slice: the input inside zeros. */
export const placeOp: Op<PlaceAttributes> = {
  name: "place",
  outputShape(inputs, { start, shape }) {
    const block = inputAt(inputs, 0);
    block.forEach((length, axis) => {
      const from = start[axis] ?? 0;
      if (from < 0 || from + length > (shape[axis] ?? 0))
        throw new ValueError({
          op: "place",
          expected: `a block inside ${formatShape(shape)}`,
          got: `${from} to ${from + length} along axis ${axis}`,
        });
    });
    return shape;
  },
  forward(backend, inputs, output, { start, shape }) {
    const block = inputAt(inputs, 0);
    backend.fill(output.data, 0);
    backend.scatterAddStrided(block.data, block.shape, output.data, offsetOf(shape, start), stridesOf(shape));
  },
  backward(backend, { inputs, outputGrad, inputGrads }, { start, shape }) {
    const blockGrad = inputAt(inputGrads, 0);
    if (blockGrad === null) return;
    const block = inputAt(inputs, 0);
    backend.addStrided(outputGrad.data, offsetOf(shape, start), stridesOf(shape), block.shape, blockGrad.data);
  },
  derive: ({ inputs, outputGrad }, { start }) => [
    () => outputGrad.slice(start, endOf(start, inputAt(inputs, 0).shape)),
  ],
};

/** How far into the numbers of a block of this shape a place lies. */
export function offsetOf(shape: Shape, start: readonly number[]): number {
  return stridesOf(shape).reduce((offset, stride, axis) => offset + stride * (start[axis] ?? 0), 0);
}

function endOf(start: readonly number[], shape: Shape): number[] {
  return shape.map((length, axis) => (start[axis] ?? 0) + length);
}

/** The reverse of picking rows: `rows` `[…ids, …]` added into a table of zeros where the ids say. The ids get no gradient. */
export const scatterRowsOp: Op<{ readonly shape: Shape }> = {
  name: "scatterRows",
  outputShape: (_, { shape }) => shape,
  forward(backend, inputs, output, { shape }) {
    backend.fill(output.data, 0);
    backend.scatterAddRows(inputAt(inputs, 0).data, inputAt(inputs, 1).data, output.data, sizeOf(shape.slice(1)));
  },
  backward(backend, { inputs, outputGrad, inputGrads }, { shape }) {
    const rowsGrad = inputAt(inputGrads, 0);
    if (rowsGrad === null) return;
    backend.addRows(outputGrad.data, inputAt(inputs, 1).data, rowsGrad.data, sizeOf(shape.slice(1)));
  },
  derive: ({ inputs, outputGrad }) => [() => outputGrad.gather(inputAt(inputs, 1)), null],
};

/** The same numbers over and over along the axes that are missing or 1. */
export const stretchOp: Op<{ readonly shape: Shape }> = {
  name: "broadcastTo",
  outputShape(inputs, { shape }) {
    const from = inputAt(inputs, 0);
    if (!isSameShape(broadcastShapes(from, shape, "broadcastTo"), shape))
      throw new ShapeError({
        op: "broadcastTo",
        what: "a shape",
        expected: `that ${formatShape(from)} stretches to`,
        got: shape,
        hint: "Only axes of length 1, and missing ones in front, stretch.",
      });
    return shape;
  },
  forward(backend, inputs, output, { shape }) {
    const x = inputAt(inputs, 0);
    backend.gatherStrided(x.data, 0, stretchedStrides(x.shape, shape), shape, output.data);
  },
  backward(backend, { inputs, outputGrad, inputGrads }, { shape }) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    // The gradient of a stretched sum's operand: the routine sums in double what falls on one number.
    const x = inputAt(inputs, 0);
    const strides = stretchedStrides(x.shape, shape);
    const operands = { shape, a: x.data, aStrides: strides, b: x.data, bStrides: strides };
    backend.binaryGrad("add", operands, { outputGrad: outputGrad.data, aGrad: xGrad.data, bGrad: null });
  },
  derive: ({ inputs, outputGrad }) => [() => summedTo(inputAt(inputs, 0).shape, outputGrad)],
};
