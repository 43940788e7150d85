// Products that pass over zeros come to the bits of products that do not: those of a few columns or rows at a time, which are too narrow for it.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import type { Backend, MatrixView } from "../../backend.ts";
import { createSimdBackend } from "../simdBackend.ts";

const sizes = [
  { rows: 128, inner: 128, columns: 64 },
  { rows: 196, inner: 131, columns: 52 },
  { rows: 40, inner: 1001, columns: 62 },
  { rows: 2060, inner: 36, columns: 48 },
  { rows: 33, inner: 500, columns: 60 },
  { rows: 100, inner: 401, columns: 16 },
  { rows: 16, inner: 400, columns: 100 },
];
const turnings = [
  { isATurned: false, isBTurned: false },
  { isATurned: true, isBTurned: false },
  { isATurned: false, isBTurned: true },
];
const shares = [
  { a: 0.4, b: 1 },
  { a: 1, b: 0.4 },
  { a: 0.02, b: 0.6 },
  { a: 0, b: 1 },
];

/** Too few to be worth lists; so many columns that they are multiplied as all of them are. */
const PART_ROWS = 7;
const PART_COLUMNS = 31;

const turned = (data: Floats, rows: number, columns: number, isTurned: boolean): MatrixView =>
  isTurned
    ? { data, offset: 0, rowStride: 1, columnStride: rows }
    : { data, offset: 0, rowStride: columns, columnStride: 1 };

describe.each(["baseline", "relaxed"] as const)("in the %s build", (build) => {
  const simd = createSimdBackend(build) ?? expect.fail("There is no WebAssembly SIMD here.");
  const random = new Random(7);
  const numbers = random.normalFloats(2060 * 48 + 7);
  /** So many numbers of which about this share is not zero, in no simple order. */
  const drawn = (length: number, share: number) =>
    numbers
      .slice(0, length)
      .map((value, place) => (Math.abs(Math.imul(place + 1, 0x9e3779b1)) < share * 2 ** 31 ? value : 0));

  it.each(sizes)("$rows × $inner × $columns", ({ rows, inner, columns }) => {
    for (const { isATurned, isBTurned } of turnings)
      for (const [index, share] of shares.entries()) {
        const accumulate = index % 2 === 1;
        const a = turned(drawn(rows * inner, share.a), rows, inner, isATurned);
        const b = turned(drawn(inner * columns, share.b), inner, columns, isBTurned);
        const before = numbers.slice(7, 7 + rows * columns);
        const product = { a, b, rows, inner, columns, accumulate };
        const whole = multiplied(simd, product, before, rows, columns);
        const parts = multiplied(simd, product, before, PART_ROWS, PART_COLUMNS);
        const differing = whole.findIndex((value, place) => !Object.is(value, parts[place]));
        const where = `${JSON.stringify({ isATurned, isBTurned, ...share, accumulate })} at ${differing}`;
        expect(differing === -1 ? "" : `${where}: ${whole[differing]}, not ${parts[differing]}`).toBe("");
      }
  });

  it("a number that is not finite counts in every sum, even times zero", () => {
    const [rows, inner, columns] = [64, 140, 64];
    const zeros = new Floats(rows * inner);
    const b = drawn(inner * columns, 1);
    b[5 * columns + 3] = Number.NaN;
    b[139 * columns + 60] = Infinity;
    const result = new Floats(rows * columns);
    const output = turned(result, rows, columns, false);
    simd.matmul({
      a: turned(zeros, rows, inner, false),
      b: turned(b, inner, columns, false),
      ...{ output, rows, inner, columns, accumulate: false },
    });
    const wrong = result.findIndex((value, place) =>
      [3, 60].includes(place % columns) ? !Number.isNaN(value) : !Object.is(value, 0),
    );
    expect(wrong).toBe(-1);
  });
});

interface Product {
  readonly a: MatrixView;
  readonly b: MatrixView;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly accumulate: boolean;
}

/** A product made of parts of so many rows and columns. */
function multiplied(simd: Backend, product: Product, before: Floats, partRows: number, partColumns: number): Floats {
  const { a, b, rows, columns } = product;
  const result = before.slice();
  for (let row = 0; row < rows; row += partRows)
    for (let column = 0; column < columns; column += partColumns)
      simd.matmul({
        ...product,
        a: { ...a, offset: row * a.rowStride },
        b: { ...b, offset: column * b.columnStride },
        output: { data: result, offset: row * columns + column, rowStride: columns, columnStride: 1 },
        rows: Math.min(partRows, rows - row),
        columns: Math.min(partColumns, columns - column),
      });
  return result;
}
