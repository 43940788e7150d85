// Matrix products for tests: small and odd sizes, turned operands, parts of larger arrays, and sizes that need more than one block.

import type { Floats } from "../../../intrinsics.ts";
import type { MatrixView } from "../../backend.ts";
import { type Draw, type RoutineCase, read, routineCase, update, write } from "./routineCases.testing.ts";

interface ProductSizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

interface ProductForm {
  readonly isATurned: boolean;
  readonly isBTurned: boolean;
  readonly accumulate: boolean;
  /** Numbers that stand before a matrix, and between its rows (or columns, where it is turned). */
  readonly gap: number;
}

const oddSizes = [1, 3, 5, 7, 9, 17];
/** Past every size at which a product is made another way: blocks of 400 inner places, 96 rows, 1024 columns, rows of 2048 bytes. */
const largeSizes: readonly ProductSizes[] = [
  { rows: 1, inner: 1000, columns: 9 },
  { rows: 37, inner: 1000, columns: 1 },
  { rows: 5, inner: 2, columns: 37 },
  { rows: 1, inner: 1, columns: 1001 },
  { rows: 101, inner: 3, columns: 2 },
  { rows: 99, inner: 405, columns: 41 },
  { rows: 13, inner: 403, columns: 301 },
  { rows: 11, inner: 512, columns: 21 },
  { rows: 7, inner: 5, columns: 1033 },
  { rows: 0, inner: 3, columns: 5 },
  { rows: 3, inner: 0, columns: 5 },
];
/** Large enough to be looked at for zeros; past blocks of 128 and 400 inner places, and panels of 48 columns. */
const sparseSizes: readonly ProductSizes[] = [
  { rows: 64, inner: 130, columns: 67 },
  { rows: 37, inner: 405, columns: 37 },
  { rows: 11, inner: 403, columns: 149 },
  { rows: 130, inner: 401, columns: 10 },
];
const plain: ProductForm = { isATurned: false, isBTurned: false, accumulate: false, gap: 0 };
const forms: readonly ProductForm[] = [
  plain,
  { ...plain, accumulate: true, isATurned: true },
  { ...plain, isBTurned: true, gap: 3 },
  { isATurned: true, isBTurned: true, accumulate: true, gap: 1 },
];

export function smallProducts(draw: Draw): RoutineCase[] {
  return oddSizes.flatMap((rows) =>
    oddSizes.flatMap((inner) =>
      oddSizes.flatMap((columns) => forms.map((form) => product({ rows, inner, columns }, form, draw))),
    ),
  );
}

export function largeProducts(draw: Draw): RoutineCase[] {
  return largeSizes.flatMap((sizes) => forms.map((form) => product(sizes, form, draw)));
}

/** Nine numbers of eleven are zero in one operand. */
export function sparseProducts(draw: Draw): RoutineCase[] {
  const rare: Draw = (length, kind) => draw(length, kind).map((value, place) => ((place * 7) % 11 < 2 ? value : 0));
  return sparseSizes.flatMap((sizes) =>
    forms.flatMap((form) => [product(sizes, form, rare, draw), product(sizes, form, draw, rare)]),
  );
}

function product(sizes: ProductSizes, form: ProductForm, drawA: Draw, drawB = drawA): RoutineCase {
  const { rows, inner, columns } = sizes;
  const { gap, accumulate } = form;
  const a = layout(rows, inner, form.isATurned, gap);
  const b = layout(inner, columns, form.isBTurned, gap);
  const output = layout(rows, columns, false, gap);
  // Gaps in an output stay as they are, so it is only written whole without them.
  const isWhole = gap === 0 && !accumulate;
  return routineCase(
    `product of ${rows} × ${inner} × ${columns} ${JSON.stringify(form)}`,
    {
      a: read(drawA(a.length)),
      b: read(drawB(b.length)),
      output: isWhole ? write(output.length) : update(drawB(output.length)),
    },
    (backend, at) =>
      backend.matmul({
        a: a.view(at.a),
        b: b.view(at.b),
        output: output.view(at.output),
        ...{ rows, inner, columns, accumulate },
      }),
  );
}

function layout(rows: number, columns: number, isTurned: boolean, gap: number) {
  const [outer, stride] = isTurned ? [columns, rows + gap] : [rows, columns + gap];
  const view = (data: Floats): MatrixView =>
    isTurned
      ? { data, offset: gap, rowStride: 1, columnStride: stride }
      : { data, offset: gap, rowStride: stride, columnStride: 1 };
  return { view, length: gap + outer * stride };
}
