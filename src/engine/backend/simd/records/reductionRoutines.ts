// Reductions, the place of the largest number, and softmax, as records.

import type { Floats } from "../../../intrinsics.ts";
import type { Backend, Reduction, ReductionWalk } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import { blocksOf, reductionBlocksOf, writeAxes, writeReductionBlocks } from "./blocks.ts";
import type { RecordWriter } from "./records.ts";

type Reducing = "reduce" | "reduceGrad" | "argMax" | "softmax" | "softmaxGrad";
type ReductionPass = Parameters<Backend["reduceGrad"]>[2];

export function reductionRoutines(tape: RecordWriter): Pick<Backend, Reducing> {
  return {
    reduce: (reduction, walk, input, output) => reduce(tape, reduction, walk, input, output),
    reduceGrad: (reduction, walk, pass) => addReductionGrad(tape, reduction, walk, pass),
    argMax(input, output, { outer, length, inner }) {
      tape.begin(opcodes.ARG_MAX);
      tape.read(input);
      tape.write(output);
      for (const size of [outer, length, inner]) tape.word(size);
      tape.end();
    },
    softmax(input, output, width, isLog) {
      tape.begin(opcodes.SOFTMAX);
      tape.read(input);
      tape.write(output);
      tape.word(rowsOf(output, width));
      tape.word(width);
      tape.word(isLog ? 1 : 0);
      tape.end();
    },
    softmaxGrad({ output, outputGrad, inputGrad }, width, isLog) {
      tape.begin(opcodes.SOFTMAX_GRAD);
      tape.read(output);
      tape.read(outputGrad);
      tape.update(inputGrad);
      tape.word(rowsOf(output, width));
      tape.word(width);
      tape.word(isLog ? 1 : 0);
      tape.word(1);
      tape.end();
    },
  };
}

function rowsOf(array: Floats, width: number): number {
  return width === 0 ? 0 : array.length / width;
}

/** What gathers in double precision. A log-sum goes on from the largest numbers. */
const gatherings: Readonly<Partial<Record<Reduction, number>>> = {
  sum: opcodes.SUM,
  mean: opcodes.SUM,
  product: opcodes.PRODUCT,
  norm: opcodes.NORM,
  logSumExp: opcodes.LOG_SUM_EXP,
};

function reduce(tape: RecordWriter, reduction: Reduction, walk: ReductionWalk, input: Floats, output: Floats): void {
  if (reduction === "min") findExtreme(tape, 1, walk, input, output);
  if (reduction === "max" || reduction === "logSumExp") findExtreme(tape, 0, walk, input, output);
  const opcode = gatherings[reduction];
  if (opcode === undefined) return;
  gather(tape, opcode, walk, input, output, reduction === "mean" ? input.length / output.length : 1);
}

function gather(
  tape: RecordWriter,
  opcode: number,
  { shape, outputStrides }: ReductionWalk,
  input: Floats,
  output: Floats,
  divisor: number,
): void {
  tape.begin(opcode);
  tape.read(input);
  if (opcode === opcodes.LOG_SUM_EXP) tape.update(output);
  else tape.write(output);
  tape.real(divisor);
  tape.word(0);
  writeReductionBlocks(tape, reductionBlocksOf(shape, outputStrides));
  tape.end();
}

function findExtreme(
  tape: RecordWriter,
  kind: 0 | 1,
  { shape, outputStrides }: ReductionWalk,
  input: Floats,
  output: Floats,
): void {
  tape.begin(opcodes.EXTREME);
  tape.read(input);
  tape.write(output);
  tape.word(kind);
  tape.word(0);
  writeReductionBlocks(tape, reductionBlocksOf(shape, outputStrides));
  tape.end();
}

function addReductionGrad(tape: RecordWriter, reduction: Reduction, walk: ReductionWalk, pass: ReductionPass): void {
  switch (reduction) {
    case "sum":
      spread(tape, walk, pass, 1);
      break;
    case "mean":
      spread(tape, walk, pass, pass.output.length / pass.input.length);
      break;
    case "max":
    case "min":
      addOverBlocks(tape, opcodes.EXTREME_GRAD, walk, pass);
      break;
    case "product":
      addOverBlocks(tape, opcodes.PRODUCT_GRAD, walk, pass);
      break;
    case "norm":
      addSlopes(tape, opcodes.NORM_GRAD, walk, pass);
      break;
    case "logSumExp":
      addSlopes(tape, opcodes.LOG_SUM_EXP_GRAD, walk, pass);
      break;
  }
}

/** Every number gets the same share of the gradient it went into. */
function spread(
  tape: RecordWriter,
  { shape, outputStrides }: ReductionWalk,
  { outputGrad, inputGrad }: ReductionPass,
  share: number,
): void {
  const { rows, columns, outer } = blocksOf(shape, [outputStrides]);
  tape.begin(opcodes.ADD_STRIDED);
  tape.read(outputGrad);
  tape.update(inputGrad);
  for (const axis of [rows, columns]) tape.word(axis.length);
  for (const axis of [rows, columns]) tape.word(axis.steps[0] ?? 0);
  tape.real(share);
  tape.word(1);
  writeAxes(tape, outer);
  tape.end();
}

function addOverBlocks(
  tape: RecordWriter,
  opcode: number,
  { shape, outputStrides }: ReductionWalk,
  { input, output, outputGrad, inputGrad }: ReductionPass,
): void {
  tape.begin(opcode);
  tape.read(input);
  tape.read(output);
  tape.read(outputGrad);
  tape.update(inputGrad);
  writeReductionBlocks(tape, reductionBlocksOf(shape, outputStrides));
  tape.end();
}

/** The gradient of reductions whose slope follows from a number and the result it went into. */
function addSlopes(
  tape: RecordWriter,
  opcode: number,
  { shape, outputStrides }: ReductionWalk,
  { input, output, outputGrad, inputGrad }: ReductionPass,
): void {
  const { rows, columns, outer } = blocksOf(shape, [outputStrides]);
  tape.begin(opcode);
  tape.read(input);
  tape.read(output);
  tape.read(outputGrad);
  tape.update(inputGrad);
  tape.word(1);
  for (const axis of [rows, columns]) tape.word(axis.length);
  for (const axis of [rows, columns]) tape.word(axis.steps[0] ?? 0);
  writeAxes(tape, outer);
  tape.end();
}
