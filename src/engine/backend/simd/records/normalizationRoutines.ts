// Normalization and random numbers as records.

import { type Floats, maths } from "../../../intrinsics.ts";
import type { NormalizationRoutines, NormalizedGradArrays } from "../../normalization.ts";
import * as opcodes from "../../opcodes.ts";
import type { RandomnessRoutines } from "../../randomness.ts";
import type { RecordWriter } from "./records.ts";

export function normalizationRoutines(tape: RecordWriter): NormalizationRoutines {
  const statistics = (opcode: number, arrays: readonly (Floats | null)[], output: Floats, sizes: readonly number[]) => {
    tape.begin(opcode);
    for (const array of arrays) readOptional(tape, array);
    tape.write(output);
    for (const size of sizes) tape.word(size);
    tape.end();
  };
  return {
    columnMeans: (x, means, rows, width) => statistics(opcodes.COLUMN_MEANS, [x], means, [rows, width, width]),
    columnVariances: (x, means, variances, rows, width) =>
      statistics(opcodes.COLUMN_VARIANCES, [x, means], variances, [rows, width, width]),
    rowMeans: (x, means, ...sizes) => statistics(opcodes.ROW_MEANS, [x], means, sizes),
    rowVariances: (x, means, variances, ...sizes) => statistics(opcodes.ROW_VARIANCES, [x, means], variances, sizes),
    normalizeColumns({ x, means, variances, scale, shift, output }, { rows, width, epsilon }) {
      statisticsOf(tape, opcodes.NORMALIZE_COLUMNS, [x, means, variances, scale, shift]);
      tape.write(output);
      writeSizes(tape, rows, width, epsilon);
      tape.end();
    },
    normalizeRows({ x, means, variances, scale, shift, output }, { rows, width, epsilon }) {
      statisticsOf(tape, opcodes.NORMALIZE_ROWS, [x, means, variances, scale, shift]);
      tape.write(output);
      writeSizes(tape, rows, width, epsilon);
      tape.end();
    },
    normalizeColumnsGrad(arrays, { rows, width, epsilon, areStatisticsOfX }) {
      writeGradArrays(tape, opcodes.NORMALIZE_COLUMNS_GRAD, arrays);
      writeSizes(tape, rows, width, epsilon);
      tape.word(areStatisticsOfX ? 1 : 0);
      tape.word(width);
      tape.end();
    },
    normalizeRowsGrad(arrays, { rows, width, epsilon }) {
      writeGradArrays(tape, opcodes.NORMALIZE_ROWS_GRAD, arrays);
      writeSizes(tape, rows, width, epsilon);
      tape.word(width);
      tape.end();
    },
    followStatistics(moving, batch, keep, take) {
      tape.begin(opcodes.FOLLOW_STATISTICS);
      tape.update(moving);
      tape.read(batch);
      tape.word(moving.length);
      tape.real(keep);
      tape.real(take);
      tape.end();
    },
  };
}

function statisticsOf(tape: RecordWriter, opcode: number, arrays: readonly (Floats | null)[]): void {
  tape.begin(opcode);
  for (const array of arrays) readOptional(tape, array);
}

function writeGradArrays(tape: RecordWriter, opcode: number, arrays: NormalizedGradArrays): void {
  statisticsOf(tape, opcode, [arrays.x, arrays.means, arrays.variances, arrays.scale, arrays.outputGrad]);
  for (const array of [arrays.xGrad, arrays.scaleGrad, arrays.shiftGrad]) {
    if (array === null) tape.word(0);
    else tape.update(array);
  }
}

function writeSizes(tape: RecordWriter, rows: number, width: number, epsilon: number): void {
  tape.word(rows);
  tape.word(width);
  tape.real(epsilon);
}

function readOptional(tape: RecordWriter, array: Floats | null): void {
  if (array === null) tape.word(0);
  else tape.read(array);
}

export function randomnessRoutines(tape: RecordWriter): RandomnessRoutines {
  return {
    dropoutMask(output, rate, seed) {
      tape.begin(opcodes.DROPOUT_MASK);
      tape.write(output);
      tape.word(output.length);
      tape.seed(seed);
      tape.word(maths.min(maths.ceil(rate * 4294967296), 4294967295));
      tape.double(1 / (1 - rate));
      tape.word(0);
      tape.end();
    },
    normalNoise(output, standardDeviation, seed) {
      tape.begin(opcodes.NORMAL_NOISE);
      tape.write(output);
      tape.word(output.length);
      tape.seed(seed);
      tape.double(standardDeviation);
      tape.word(0);
      tape.end();
    },
  };
}
