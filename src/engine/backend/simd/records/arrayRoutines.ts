// Routines on whole arrays and matrix products, as records.

import type { Backend, MatrixView } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import type { RecordWriter } from "./records.ts";

export function arrayRoutines(tape: RecordWriter): Pick<Backend, "fill" | "copy" | "addScaled" | "matmul"> {
  return {
    fill(output, value) {
      tape.begin(opcodes.FILL);
      tape.write(output);
      tape.word(output.length);
      tape.real(value);
      tape.end();
    },
    copy(input, output, scale) {
      tape.begin(opcodes.COPY);
      tape.read(input);
      tape.write(output);
      tape.word(output.length);
      tape.real(scale);
      tape.end();
    },
    addScaled(input, output, scale) {
      tape.begin(opcodes.ADD_SCALED);
      tape.read(input);
      tape.update(output);
      tape.word(output.length);
      tape.real(scale);
      tape.end();
    },
    matmul({ a, b, output, rows, inner, columns, accumulate }) {
      tape.begin(opcodes.MATRIX_PRODUCT);
      tape.read(a.data, a.offset, spanOf(a, rows, inner));
      tape.word(a.rowStride);
      tape.word(a.columnStride);
      tape.read(b.data, b.offset, spanOf(b, inner, columns));
      tape.word(b.rowStride);
      tape.word(b.columnStride);
      const isWhole = rows * columns === output.data.length;
      if (accumulate || !isWhole) tape.update(output.data, output.offset, spanOf(output, rows, columns));
      else tape.write(output.data);
      tape.word(output.rowStride);
      tape.word(rows);
      tape.word(columns);
      tape.word(inner);
      tape.word(accumulate ? 1 : 0);
      // A plan puts a bias here that is added right after, and whether a ReLU follows.
      tape.word(0);
      tape.word(0);
      // Which operand holds many zeros is looked up when the product is made.
      tape.word(0);
      tape.end();
    },
  };
}

/** How many numbers of an array a matrix reaches over, from its first to its last. */
function spanOf({ rowStride, columnStride }: MatrixView, rows: number, columns: number): number {
  return rows === 0 || columns === 0 ? 0 : (rows - 1) * rowStride + (columns - 1) * columnStride + 1;
}
