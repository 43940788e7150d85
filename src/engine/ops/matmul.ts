// The matrix product, over leading batch axes where there are some, also with vectors.

import type { Backend, MatrixView } from "../backend/backend.ts";
import { stretchedStrides, walkTogether } from "../backend/walk.ts";
import { counted, ShapeError } from "../errors.ts";
import { broadcastShapes, formatShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { summedTo } from "./derivatives.ts";
import { inputAt, type NumberBlock, type Op } from "./op.ts";

/**
 * `y = a · b` for `a` `[…, rows, inner]` and `b` `[…, inner, columns]`. Leading axes stretch as in `a + b`. A vector is a row on
 * the left, a column on the right, and the product lacks the axis that it got for that.
 *
 * Backward: `aGrad = yGrad · bᵀ`, `bGrad = aᵀ · yGrad`. Transposing is a matter of strides; nothing is copied.
 */
export const matmulOp: Op<null> = {
  name: "matmul",
  outputShape(inputs) {
    const a = inputAt(inputs, 0);
    const b = inputAt(inputs, 1);
    checkFactors(a, b);
    const [left, right] = [asRow(a), asColumn(b)];
    return [
      ...broadcastShapes(leading(left), leading(right), "matmul"),
      ...(a.length === 1 ? [] : left.slice(-2, -1)),
      ...(b.length === 1 ? [] : right.slice(-1)),
    ];
  },
  forward(backend, inputs, output) {
    const a = inputAt(inputs, 0);
    const b = inputAt(inputs, 1);
    for (const each of batches(a.shape, b.shape)) {
      const { rows, inner, columns } = each;
      const aView = view(a, each.aIndex * rows * inner, inner);
      const bView = view(b, each.bIndex * inner * columns, columns);
      const yView = view(output, each.index * rows * columns, columns);
      backend.matmul({ a: aView, b: bView, output: yView, rows, inner, columns, accumulate: false });
    }
  },
  backward(backend, { inputs, outputGrad, inputGrads }) {
    const a = inputAt(inputs, 0);
    const b = inputAt(inputs, 1);
    for (const each of batches(a.shape, b.shape)) {
      const { rows, inner, columns } = each;
      const yGrad = view(outputGrad, each.index * rows * columns, columns);
      const aAt = each.aIndex * rows * inner;
      const bAt = each.bIndex * inner * columns;
      addProduct(backend, yGrad, turned(view(b, bAt, columns)), gradView(inputAt(inputGrads, 0), aAt, inner), [
        rows,
        columns,
        inner,
      ]);
      addProduct(backend, turned(view(a, aAt, inner)), yGrad, gradView(inputAt(inputGrads, 1), bAt, columns), [
        inner,
        rows,
        columns,
      ]);
    }
  },
  derive({ inputs, outputGrad }) {
    const [a, b] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    const [left, right] = [a.reshape(asRow(a.shape)), b.reshape(asColumn(b.shape))];
    const batch = broadcastShapes(leading(left.shape), leading(right.shape), "matmul");
    const yGrad = outputGrad.reshape([...batch, ...left.shape.slice(-2, -1), ...right.shape.slice(-1)]);
    const isBatched = right.rank > 2;
    return [
      () => summedTo(left.shape, yGrad.matmul(swapped(right))).reshape(a.shape),
      () =>
        (isBatched
          ? summedTo(right.shape, swapped(left).matmul(yGrad))
          : swapped(tall(left)).matmul(tall(yGrad))
        ).reshape(b.shape),
    ];
  },
};

function asRow(shape: Shape): Shape {
  return shape.length === 1 ? [1, ...shape] : shape;
}

function asColumn(shape: Shape): Shape {
  return shape.length === 1 ? [...shape, 1] : shape;
}

/** Rows and columns exchanged. */
function swapped(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return x.transpose([...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** All leading axes as rows of one matrix. */
function tall(x: Tensor): Tensor {
  return x.reshape([sizeOf(x.shape.slice(0, -1)), x.shape.at(-1) ?? 1]);
}

function addProduct(
  backend: Backend,
  a: MatrixView,
  b: MatrixView,
  output: MatrixView | null,
  sizes: [rows: number, inner: number, columns: number],
): void {
  const [rows, inner, columns] = sizes;
  if (output !== null) backend.matmul({ a, b, output, rows, inner, columns, accumulate: true });
}

function checkFactors(a: Shape, b: Shape): void {
  const shapes = `${formatShape(a)} and ${formatShape(b)}`;
  if (a.length === 0 || b.length === 0)
    throw new ShapeError({
      op: "matmul",
      what: "two",
      expected: "matrices or vectors",
      got: shapes,
      hint: "A single number multiplies by mul.",
    });
  const inner = a.at(-1);
  const rows = asColumn(b).at(-2);
  if (inner !== rows)
    throw new ShapeError({
      op: "matmul",
      what: "a",
      expected: "with as many columns as b has rows",
      got: shapes,
      hint: `a has ${counted(inner, "column")}, b has ${counted(rows, "row")}${b.length > 1 && inner === b.at(-1) ? "; b.transpose() would fit" : ""}.`,
    });
  const [shorter, longer] = [leading(a), leading(b)].sort((one, other) => one.length - other.length);
  const fits = shorter?.toReversed().every((length, fromEnd) => {
    const other = longer?.at(-1 - fromEnd);
    return length === other || length === 1 || other === 1;
  });
  if (fits === false)
    throw new ShapeError({
      ...{ op: "matmul", what: "a and b", expected: "with leading axes that agree, or are 1", got: shapes },
    });
}

/** The axes before rows and columns. */
function leading(shape: Shape): Shape {
  return shape.slice(0, -2);
}

/** One product of two matrices, and which of the matrices in `a`, `b` and the output belong to it. */
interface SingleProduct {
  readonly index: number;
  readonly aIndex: number;
  readonly bIndex: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** The single products of a batched one; a `b` without batch axes turns all of `a` into one tall matrix. */
function batches(left: Shape, right: Shape): readonly SingleProduct[] {
  const [a, b] = [asRow(left), asColumn(right)];
  const inner = a.at(-1) ?? 1;
  const columns = b.at(-1) ?? 1;
  if (b.length === 2) return [{ index: 0, aIndex: 0, bIndex: 0, rows: sizeOf(a.slice(0, -1)), inner, columns }];
  const rows = a.at(-2) ?? 1;
  const shape = broadcastShapes(leading(a), leading(b), "matmul");
  const steps = [leading(a), leading(b)].map((each) => stretchedStrides(each, shape));
  const products: SingleProduct[] = [];
  walkTogether(shape, steps, (length, [aAt = 0, bAt = 0], [aStep = 0, bStep = 0]) => {
    for (let place = 0; place < length; place++)
      products.push({
        ...{ index: products.length, aIndex: aAt + place * aStep, bIndex: bAt + place * bStep },
        ...{ rows, inner, columns },
      });
  });
  return products;
}

function view(block: NumberBlock, offset: number, columns: number): MatrixView {
  return { data: block.data, offset, rowStride: columns, columnStride: 1 };
}

function gradView(block: NumberBlock | null, offset: number, columns: number): MatrixView | null {
  return block === null ? null : view(block, offset, columns);
}

function turned(matrix: MatrixView): MatrixView {
  return { ...matrix, rowStride: matrix.columnStride, columnStride: matrix.rowStride };
}
