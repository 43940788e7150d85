// Moving numbers, as records.

import { ValueError } from "../../../errors.ts";
import type { Floats } from "../../../intrinsics.ts";
import { stridesOf } from "../../../shape.ts";
import type { Backend, Strides } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import { plainLookup } from "../../plainLookup.ts";
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
    addStrided: (input, inputOffset, inputStrides, shape, output) =>
      addWalk(tape, { input, inputOffset, strides: inputStrides, shape }, output),
    scatterAddStrided(input, shape, output, outputOffset, outputStrides) {
      const isWhole = outputOffset === 0 && fills(output.length, shape, outputStrides);
      if (shape.some((length, axis) => length > 1 && outputStrides[axis] === 0)) {
        tape.begin(isWhole ? opcodes.SUM : opcodes.SCATTER_SUM);
        tape.read(input);
        tape.update(output, outputOffset, spanOf(shape, outputStrides));
        tape.real(1);
        tape.word(1);
        writeReductionBlocks(tape, reductionBlocksOf(shape, outputStrides));
        tape.end();
      } else if (isWhole) {
        // Each number of the output gets one: seen from there it is a walk over the input.
        addWalk(tape, { input, inputOffset: 0, ...turnedWalk(shape, outputStrides) }, output);
      } else {
        tape.begin(opcodes.SCATTER_ADD_STRIDED);
        tape.read(input);
        tape.update(output, outputOffset, spanOf(shape, outputStrides));
        writeAxes(tape, writeBlock(tape, shape, outputStrides));
        tape.end();
      }
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
      tape.word(0);
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

interface Walk {
  readonly input: Floats;
  readonly inputOffset: number;
  readonly strides: Strides;
  readonly shape: readonly number[];
}

function addWalk(tape: RecordWriter, { input, inputOffset, strides, shape }: Walk, output: Floats): void {
  tape.begin(opcodes.ADD_STRIDED);
  tape.read(input, inputOffset, spanOf(shape, strides));
  tape.update(output);
  const outer = writeBlock(tape, shape, strides);
  tape.real(1);
  tape.word(1);
  writeAxes(tape, outer);
  tape.end();
}

interface Axis {
  readonly length: number;
  readonly step: number;
  /** The step in an array that lies row by row. */
  readonly rowStep: number;
}

/** The axes of a walk that move, those with the longest steps first. */
function byStep(shape: readonly number[], strides: Strides): Axis[] {
  const rowSteps = stridesOf(shape);
  return shape
    .map((length, axis) => ({ length, step: strides[axis] ?? 0, rowStep: rowSteps[axis] ?? 0 }))
    .filter(({ length, step }) => length > 1 && step !== 0)
    .sort((a, b) => b.step - a.step);
}

/** Whether a walk, stretched or turned, comes to every one of the numbers. */
function fills(size: number, shape: readonly number[], strides: Strides): boolean {
  let reached = size;
  for (const { length, step } of byStep(shape, strides)) {
    if (step * length !== reached) return false;
    reached = step;
  }
  return reached === 1 && !shape.includes(0);
}

/** The same walk in the order in which the output lies, with the steps of the input. */
function turnedWalk(shape: readonly number[], strides: Strides): { shape: number[]; strides: number[] } {
  const axes = byStep(shape, strides);
  return { shape: axes.map(({ length }) => length), strides: axes.map(({ rowStep }) => rowStep) };
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
