// Routines on whole arrays and matrix products, as records.

import type { Backend } from "../backend.ts";
import * as opcodes from "../opcodes.ts";
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
      tape.read(a.data, a.offset);
      tape.word(a.rowStride);
      tape.word(a.columnStride);
      tape.read(b.data, b.offset);
      tape.word(b.rowStride);
      tape.word(b.columnStride);
      const isWhole = rows * columns === output.data.length;
      if (accumulate || !isWhole) tape.update(output.data, output.offset);
      else tape.write(output.data, output.offset);
      tape.word(output.rowStride);
      tape.word(rows);
      tape.word(columns);
      tape.word(inner);
      tape.word(accumulate ? 1 : 0);
      tape.end();
    },
  };
}
