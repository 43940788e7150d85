// Moving numbers, as records.

import { ValueError } from "../../errors.ts";
import type { Floats } from "../../intrinsics.ts";
import type { Backend, Strides } from "../backend.ts";
import * as opcodes from "../opcodes.ts";
import { plainLookup } from "../plainLookup.ts";
import { blocksOf, reductionBlocksOf, writeAxes, writeReductionBlocks } from "./blocks.ts";
import type { RecordWriter } from "./records.ts";

type Arranging =
  | "gatherStrided"
  | "addStrided"
  | "scatterAddStrided"
  | "gatherRows"
  | "scatterAddRows"
  | "addRows"
  | "addRunningSums";

export function arrangeRoutines(tape: RecordWriter): Pick<Backend, Arranging> {
  return {
    gatherStrided(input, inputOffset, inputStrides, shape, output) {
      tape.begin(opcodes.GATHER_STRIDED);
      tape.read(input, inputOffset, spanOf(shape, inputStrides));
      tape.write(output);
      const outer = writeBlock(tape, shape, inputStrides);
      writeAxes(tape, outer);
      tape.end();
    },
    addStrided(input, inputOffset, inputStrides, shape, output) {
      tape.begin(opcodes.ADD_STRIDED);
      tape.read(input, inputOffset, spanOf(shape, inputStrides));
      tape.update(output);
      const outer = writeBlock(tape, shape, inputStrides);
      tape.real(1);
      tape.word(1);
      writeAxes(tape, outer);
      tape.end();
    },
    scatterAddStrided(input, shape, output, outputOffset, outputStrides) {
      const isStretched = shape.some((length, axis) => length > 1 && outputStrides[axis] === 0);
      tape.begin(isStretched ? opcodes.SCATTER_SUM : opcodes.SCATTER_ADD_STRIDED);
      tape.read(input);
      tape.update(output, outputOffset, spanOf(shape, outputStrides));
      if (isStretched) {
        tape.real(1);
        tape.word(1);
        writeReductionBlocks(tape, reductionBlocksOf(shape, outputStrides));
      } else writeAxes(tape, writeBlock(tape, shape, outputStrides));
      tape.end();
    },
    gatherRows(table, ids, output, width) {
      tape.begin(opcodes.GATHER_ROWS);
      tape.read(table);
      tape.read(ids);
      tape.write(output);
      writeRows(tape, ids, width, table);
      tape.end();
    },
    scatterAddRows(outputGrad, ids, tableGrad, width) {
      tape.begin(opcodes.SCATTER_ADD_ROWS);
      tape.read(outputGrad);
      tape.read(ids);
      tape.update(tableGrad);
      writeRows(tape, ids, width, tableGrad);
      tape.end();
    },
    addRows(table, ids, output, width) {
      tape.begin(opcodes.ADD_ROWS);
      tape.read(table);
      tape.read(ids);
      tape.update(output);
      writeRows(tape, ids, width, table);
      tape.end();
    },
    addRunningSums(input, output, { outer, length, inner }, isReverse) {
      tape.begin(opcodes.ADD_RUNNING_SUMS);
      tape.read(input);
      tape.update(output);
      for (const size of [outer, length, inner]) tape.word(size);
      tape.word(isReverse ? 1 : 0);
      tape.end();
    },
  };
}

/** Picking rows at once: what runs at once can say which id is wrong, where a plan makes it NaN. */
export function checkedGatherRows(tape: RecordWriter): Pick<Backend, "gatherRows"> {
  const { gatherRows } = arrangeRoutines(tape);
  return {
    gatherRows(table, ids, output, width) {
      const rows = width === 0 ? 0 : table.length / width;
      plainLookup.checkIds(ids, rows, (id) => {
        throw new ValueError({ op: "gather", expected: `whole row numbers from 0 to ${rows - 1}`, got: String(id) });
      });
      gatherRows(table, ids, output, width);
    },
  };
}

/** How many numbers of an array a walk reaches over, from its first to its last. No walk goes backwards. */
function spanOf(shape: readonly number[], strides: Strides): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((span, length, axis) => span + (length - 1) * (strides[axis] ?? 0), 1);
}

/** Rows and columns with their steps; the axes around them are still to be written. */
function writeBlock(tape: RecordWriter, shape: readonly number[], strides: Strides) {
  const { rows, columns, outer } = blocksOf(shape, [strides]);
  tape.word(rows.length);
  tape.word(columns.length);
  tape.word(rows.steps[0] ?? 0);
  tape.word(columns.steps[0] ?? 0);
  return outer;
}

function writeRows(tape: RecordWriter, ids: Floats, width: number, table: Floats): void {
  tape.word(ids.length);
  tape.word(width);
  tape.word(width === 0 ? 0 : table.length / width);
}
