// Operations that move numbers without changing them: reshape, transpose, concat, slice, and picking rows.

import { describeValue, ShapeError, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { axisFromFront, checkShape, formatShape, type Shape, sizeOf, stridesOf } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";
import { offsetOf, placeOp, scatterRowsOp } from "./place.ts";

/** The same numbers in another shape; one length may be -1 and is worked out. */
export const reshapeOp: Op<{ readonly shape: Shape }> = {
  name: "reshape",
  outputShape: (inputs, { shape }) => resolveShape(inputAt(inputs, 0), shape),
  forward(backend, inputs, output) {
    backend.copy(inputAt(inputs, 0).data, output.data, 1);
  },
  backward(backend, { outputGrad, inputGrads }) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad !== null) backend.addScaled(outputGrad.data, xGrad.data, 1);
  },
  derive: ({ inputs, outputGrad }) => [() => outputGrad.reshape(inputAt(inputs, 0).shape)],
};

function resolveShape(from: Shape, to: Shape): Shape {
  checkShape(Array.isArray(to) ? to.filter((length) => length !== -1) : to, "reshape");
  const size = sizeOf(from);
  const known = to.filter((length) => length !== -1);
  const missing = to.length - known.length;
  const rest = sizeOf(known);
  const fits = missing === 0 ? rest === size : missing === 1 && rest > 0 && size % rest === 0;
  if (!fits)
    throw new ShapeError({
      op: "reshape",
      what: "a shape",
      expected: `for the ${size} numbers of ${formatShape(from)}`,
      got: to,
      hint: missing > 1 ? "Only one length may be -1." : `${formatShape(known)} holds ${rest} numbers.`,
    });
  return to.map((length) => (length === -1 ? size / rest : length));
}

/** Axes in another order: output axis i is input axis `order[i]`. */
export const transposeOp: Op<{ readonly order: readonly number[] }> = {
  name: "transpose",
  outputShape(inputs, { order }) {
    const shape = inputAt(inputs, 0);
    const axes = order.map((axis) => axisFromFront(axis, shape.length, "transpose"));
    if (axes.length !== shape.length || new Set(axes).size !== axes.length)
      throw new ValueError({
        op: "transpose",
        expected: `each of the ${shape.length} axes once`,
        got: `[${order.join(", ")}]`,
      });
    return axes.map((axis) => shape[axis] ?? 1);
  },
  forward(backend, inputs, output, { order }) {
    const x = inputAt(inputs, 0);
    backend.gatherStrided(x.data, 0, turnedStrides(x.shape, order), output.shape, output.data);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, { order }) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const strides = turnedStrides(inputAt(inputs, 0).shape, order);
    backend.scatterAddStrided(outputGrad.data, output.shape, xGrad.data, 0, strides);
  },
  derive({ inputs, outputGrad }, { order }) {
    const { rank } = inputAt(inputs, 0);
    const axes = order.map((axis) => axisFromFront(axis, rank, "transpose"));
    return [() => outputGrad.transpose(axes.map((_, axis) => axes.indexOf(axis)))];
  },
};

function turnedStrides(shape: Shape, order: readonly number[]): number[] {
  const strides = stridesOf(shape);
  return order.map((axis) => strides[axis < 0 ? axis + shape.length : axis] ?? 0);
}

/** A block cut out: from `start` on, `size` long, along every axis. */
export interface SliceAttributes {
  readonly start: readonly number[];
  readonly size: readonly number[];
}

/**
 * The block from `start` to `end` (excluded) along the first axes, one place for each, all of the axes after them;
 * negative places count from the end.
 */
export function sliceBlock(shape: Shape, start: readonly number[], end: unknown): SliceAttributes {
  if (end !== undefined && !Array.isArray(end))
    throw new ValueError({ op: "slice", expected: "start and end both as lists", got: describeValue(end) });
  const given = maths.max(start.length, end?.length ?? 0);
  if (given > shape.length)
    throw new ValueError({ op: "slice", expected: `places for at most ${shape.length} axes`, got: `${given}` });
  const cuts = shape.map((_, axis) =>
    sliceAlong(shape, { axis, start: start[axis] === undefined ? 0 : start[axis], end: end?.[axis] }),
  );
  return {
    start: cuts.map((cut, axis) => cut.start[axis] ?? 0),
    size: cuts.map((cut, axis) => cut.size[axis] ?? 0),
  };
}

/** The block from `start` to `end` (excluded) along one axis, all of the others; negative places count from the end. */
export function sliceAlong(shape: Shape, cut: { axis: number; start: unknown; end: unknown }): SliceAttributes {
  const along = axisFromFront(cut.axis, shape.length, "slice");
  const length = shape[along] ?? 0;
  const place = (index: unknown) => {
    if (typeof index !== "number" || !(Number.isInteger(index) || maths.abs(index) === Number.POSITIVE_INFINITY))
      throw new ValueError({ op: "slice", expected: "whole numbers for start and end", got: describeValue(index) });
    return maths.min(length, maths.max(0, index < 0 ? index + length : index));
  };
  const from = place(cut.start);
  const count = maths.max(0, (cut.end === undefined ? length : place(cut.end)) - from);
  return {
    start: shape.map((_, axis) => (axis === along ? from : 0)),
    size: shape.map((each, axis) => (axis === along ? count : each)),
  };
}

export const sliceOp: Op<SliceAttributes> = {
  name: "slice",
  outputShape(inputs, { start, size }) {
    const shape = inputAt(inputs, 0);
    shape.forEach((length, axis) => {
      const from = start[axis] ?? 0;
      const count = size[axis] ?? 0;
      if (from < 0 || count < 0 || from + count > length)
        throw new ValueError({
          op: "slice",
          expected: `places 0 to ${length} along axis ${axis}`,
          got: `${from} to ${from + count}`,
        });
    });
    return size;
  },
  forward(backend, inputs, output, { start }) {
    const x = inputAt(inputs, 0);
    backend.gatherStrided(x.data, offsetOf(x.shape, start), stridesOf(x.shape), output.shape, output.data);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, { start }) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const { shape } = inputAt(inputs, 0);
    backend.scatterAddStrided(outputGrad.data, output.shape, xGrad.data, offsetOf(shape, start), stridesOf(shape));
  },
  derive: ({ inputs, outputGrad }, { start }) => [
    () => outputGrad.apply(placeOp, [], { start, shape: inputAt(inputs, 0).shape }),
  ],
};

/** Tensors one after another along an axis; they agree on all others. */
export const concatOp: Op<{ readonly axis: number }> = {
  name: "concat",
  outputShape(inputs, { axis }) {
    const first = inputAt(inputs, 0);
    for (const shape of inputs)
      if (shape.length !== first.length || shape.some((length, at) => at !== axis && length !== first[at]))
        throw new ShapeError({
          op: "concat",
          what: "inputs",
          expected: `${formatShape(first)} but for axis ${axis}`,
          got: shape,
        });
    return first.map((length, at) =>
      at === axis ? inputs.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0) : length,
    );
  },
  forward(backend, inputs, output, { axis }) {
    const strides = stridesOf(output.shape);
    backend.fill(output.data, 0);
    let offset = 0;
    for (const input of inputs) {
      backend.scatterAddStrided(input.data, input.shape, output.data, offset, strides);
      offset += (input.shape[axis] ?? 0) * (strides[axis] ?? 0);
    }
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, { axis }) {
    const strides = stridesOf(output.shape);
    let offset = 0;
    inputs.forEach((input, index) => {
      const grad = inputGrads[index] ?? null;
      if (grad !== null) backend.addStrided(outputGrad.data, offset, strides, input.shape, grad.data);
      offset += (input.shape[axis] ?? 0) * (strides[axis] ?? 0);
    });
  },
  derive({ inputs, outputGrad }, { axis }) {
    let end = 0;
    return inputs.map(({ shape }) => {
      const start = end;
      end += shape[axis] ?? 0;
      return () => outputGrad.slice(start, start + (shape[axis] ?? 0), axis);
    });
  },
};

/** Rows of a table by number: `table` `[rows, …]` and `ids` of any shape give `[…ids, …]`. The ids get no gradient. */
export const gatherRowsOp: Op<null> = {
  name: "gatherRows",
  outputShape: (inputs) => [...inputAt(inputs, 1), ...inputAt(inputs, 0).slice(1)],
  forward(backend, inputs, output) {
    const table = inputAt(inputs, 0);
    backend.gatherRows(table.data, inputAt(inputs, 1).data, output.data, sizeOf(table.shape.slice(1)));
  },
  backward(backend, { inputs, outputGrad, inputGrads }) {
    const table = inputAt(inputs, 0);
    const tableGrad = inputAt(inputGrads, 0);
    if (tableGrad === null) return;
    backend.scatterAddRows(outputGrad.data, inputAt(inputs, 1).data, tableGrad.data, sizeOf(table.shape.slice(1)));
  },
  derive({ inputs, outputGrad }) {
    const table = inputAt(inputs, 0);
    const ids = inputAt(inputs, 1);
    return [() => outputGrad.apply(scatterRowsOp, [ids], { shape: table.shape }), null];
  },
};
