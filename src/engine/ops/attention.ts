// The two products of attention, head by head. Heads are blocks of columns, found by strides: nothing is cut or turned beforehand.

import type { Backend, MatrixView } from "../backend/backend.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { inputAt, type NumberBlock, type Op } from "./op.ts";
import { partOf } from "./part.ts";

/** How many blocks the columns are cut into. */
export interface HeadAttributes {
  readonly heads: number;
}

/**
 * How well each query fits each key: `y[b, head] = q · kᵀ` of that head's columns, for queries `[batch, queries, columns]`
 * and keys `[batch, keys, columns]`: `[batch, heads, queries, keys]`.
 *
 * Backward: `qGrad = yGrad · k`, `kGrad = yGradᵀ · q`.
 */
export const attentionScoresOp: Op<HeadAttributes> = {
  name: "attentionScores",
  outputShape(inputs, { heads }) {
    const q = inputAt(inputs, 0);
    const k = inputAt(inputs, 1);
    if (q[0] !== k[0] || q[2] !== k[2] || (q[2] ?? 1) % heads !== 0)
      throw new RangeError(`attentionScores: ${formatShape(q)} and ${formatShape(k)} do not fit ${heads} heads.`);
    return [q[0] ?? 1, heads, q[1] ?? 1, k[1] ?? 1];
  },
  forward(backend, inputs, output) {
    const q = inputAt(inputs, 0);
    const k = inputAt(inputs, 1);
    for (const at of places(output.shape))
      multiply(backend, columnsOf(q, at), turned(columnsOf(k, at)), pageOf(output, at), false);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }) {
    const q = inputAt(inputs, 0);
    const k = inputAt(inputs, 1);
    const [qGrad, kGrad] = inputGrads;
    for (const at of places(output.shape)) {
      const yGrad = pageOf(outputGrad, at);
      if (qGrad) multiply(backend, yGrad, columnsOf(k, at), columnsOf(qGrad, at), true);
      if (kGrad) multiply(backend, turned(yGrad), columnsOf(q, at), columnsOf(kGrad, at), true);
    }
  },
  derive({ inputs, outputGrad }) {
    const q = inputAt(inputs, 0);
    const k = inputAt(inputs, 1);
    return [
      () => outputGrad.apply(attentionMixOp, [k], null),
      () => pagesTurned(outputGrad).apply(attentionMixOp, [q], null),
    ];
  },
};

/**
 * What each query takes of the values: `y[b, :, head] = p[b, head] · v` of that head's columns, for shares
 * `[batch, heads, queries, keys]` and values `[batch, keys, columns]`: `[batch, queries, columns]`.
 *
 * Backward: `pGrad = yGrad · vᵀ`, `vGrad = pᵀ · yGrad`.
 */
export const attentionMixOp: Op<null> = {
  name: "attentionMix",
  outputShape(inputs) {
    const [batch = 1, heads = 1, queries = 1, keys] = inputAt(inputs, 0);
    const v = inputAt(inputs, 1);
    if (v[0] !== batch || v[1] !== keys || (v[2] ?? 1) % heads !== 0)
      throw new RangeError(`attentionMix: values ${formatShape(v)} do not fit ${formatShape(inputAt(inputs, 0))}.`);
    return [batch, queries, v[2] ?? 1];
  },
  forward(backend, inputs, output) {
    const p = inputAt(inputs, 0);
    const v = inputAt(inputs, 1);
    for (const at of places(p.shape)) multiply(backend, pageOf(p, at), columnsOf(v, at), columnsOf(output, at), false);
  },
  backward(backend, { inputs, outputGrad, inputGrads }) {
    const p = inputAt(inputs, 0);
    const v = inputAt(inputs, 1);
    const [pGrad, vGrad] = inputGrads;
    for (const at of places(p.shape)) {
      const yGrad = columnsOf(outputGrad, at);
      if (pGrad) multiply(backend, yGrad, turned(columnsOf(v, at)), pageOf(pGrad, at), true);
      if (vGrad) multiply(backend, turned(pageOf(p, at)), yGrad, columnsOf(vGrad, at), true);
    }
  },
  derive({ inputs, outputGrad }) {
    const p = inputAt(inputs, 0);
    const v = inputAt(inputs, 1);
    return [
      () => outputGrad.apply(attentionScoresOp, [v], { heads: p.shape[1] ?? 1 }),
      () => pagesTurned(p).apply(attentionMixOp, [outputGrad], null),
    ];
  },
};

/** Queries and keys exchanged. */
function pagesTurned(p: Tensor): Tensor {
  return p.transpose([0, 1, 3, 2]);
}

/** One head of one example. */
interface Place {
  readonly example: number;
  readonly head: number;
  readonly heads: number;
}

function places([batch = 1, heads = 1]: Shape): Place[] {
  return Array.from({ length: batch * heads }, (_, index) => ({
    example: (index - (index % heads)) / heads,
    head: index % heads,
    heads,
  }));
}

/** A matrix that knows its size. */
interface SizedView extends MatrixView {
  readonly rows: number;
  readonly columns: number;
}

function multiply(backend: Backend, a: SizedView, b: SizedView, output: SizedView, accumulate: boolean): void {
  backend.matmul({ a, b, output, rows: a.rows, inner: a.columns, columns: b.columns, accumulate });
}

/** The block of columns of a head in `[batch, steps, columns]`. */
function columnsOf({ data, shape }: NumberBlock, { example, head, heads }: Place): SizedView {
  const [, rows = 1, width = 1] = shape;
  const columns = width / heads;
  const part = partOf(data, example * rows * width, rows * width);
  return { data: part.data, offset: part.offset + head * columns, rowStride: width, columnStride: 1, rows, columns };
}

/** The matrix of a head in `[batch, heads, queries, keys]`. */
function pageOf({ data, shape }: NumberBlock, { example, head, heads }: Place): SizedView {
  const [, , rows = 1, columns = 1] = shape;
  const part = partOf(data, (example * heads + head) * rows * columns, rows * columns);
  return { ...part, rowStride: columns, columnStride: 1, rows, columns };
}

function turned(view: SizedView): SizedView {
  return {
    ...view,
    rowStride: view.columnStride,
    columnStride: view.rowStride,
    rows: view.columns,
    columns: view.rows,
  };
}
