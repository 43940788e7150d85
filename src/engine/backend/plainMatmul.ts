// The matrix product of the plain backend: rows and columns packed side by side, 3 × 3 sums at a time in double precision.

import { Doubles, maths } from "../intrinsics.ts";
import type { MatrixView } from "./backend.ts";

// Rows packed to a multiple of this are zeros at the end, so the inner loop needs no edges.
const tile = 3;
let packedA = new Doubles(0);
let packedB = new Doubles(0);
const sums = new Doubles(tile * tile);

export interface MatrixProduct {
  readonly a: MatrixView;
  readonly b: MatrixView;
  readonly output: MatrixView;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly accumulate: boolean;
}

/** `output (+)= a · b`. The sums over `inner` are in double and rounded once. */
export function multiplyMatrices({ a, b, output, rows, inner, columns, accumulate }: MatrixProduct): void {
  packedA = grown(packedA, roundUp(rows) * inner);
  packedB = grown(packedB, roundUp(columns) * inner);
  pack(a, rows, inner, a.rowStride, a.columnStride, packedA);
  pack(b, columns, inner, b.columnStride, b.rowStride, packedB);
  for (let row = 0; row < rows; row += tile) {
    const rowCount = maths.min(tile, rows - row);
    for (let column = 0; column < columns; column += tile) {
      sumTile(row * inner, column * inner, inner);
      const columnCount = maths.min(tile, columns - column);
      for (let r = 0; r < rowCount; r++) {
        let at = output.offset + (row + r) * output.rowStride + column * output.columnStride;
        for (let c = 0; c < columnCount; c++, at += output.columnStride) {
          const sum = sums[r * tile + c] as number;
          output.data[at] = accumulate ? (output.data[at] as number) + sum : sum;
        }
      }
    }
  }
}

/** Copies `count` lines of `inner` numbers so that each line lies in one piece. */
function pack(
  view: MatrixView,
  count: number,
  inner: number,
  lineStride: number,
  innerStride: number,
  packed: Doubles,
): void {
  const { data, offset } = view;
  let to = 0;
  for (let line = 0; line < count; line++) {
    let from = offset + line * lineStride;
    for (let index = 0; index < inner; index++, from += innerStride) packed[to++] = data[from] as number;
  }
  packed.fill(0, to, roundUp(count) * inner);
}

function sumTile(rowAt: number, columnAt: number, inner: number): void {
  const a = packedA;
  const b = packedB;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  for (let k = 0; k < inner; k++) {
    const a0 = a[rowAt + k] as number;
    const a1 = a[rowAt + inner + k] as number;
    const a2 = a[rowAt + 2 * inner + k] as number;
    const b0 = b[columnAt + k] as number;
    const b1 = b[columnAt + inner + k] as number;
    const b2 = b[columnAt + 2 * inner + k] as number;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
  }
  sums[0] = s00;
  sums[1] = s01;
  sums[2] = s02;
  sums[3] = s10;
  sums[4] = s11;
  sums[5] = s12;
  sums[6] = s20;
  sums[7] = s21;
  sums[8] = s22;
}

function roundUp(count: number): number {
  return maths.ceil(count / tile) * tile;
}

function grown(scratch: Doubles<ArrayBuffer>, size: number): Doubles<ArrayBuffer> {
  return scratch.length >= size ? scratch : new Doubles(size);
}
