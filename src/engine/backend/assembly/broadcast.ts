// Functions of two numbers over arrays that are stretched to a common shape, and their gradients.
//
// A record sees the common shape as blocks of rows and columns, and outer axes over the blocks. A stretched array has step 0.

import * as opcodes from "../opcodes";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import {
  Add,
  AtLeast,
  AtMost,
  BinaryFunction,
  Divide,
  Equal,
  Greater,
  GreaterEqual,
  Less,
  LessEqual,
  Maximum,
  Minimum,
  Multiply,
  NotEqual,
  Power,
  Prelu,
  Remainder,
  Subtract,
  TakeUnless,
  TakeWhere,
} from "./binaryFunctions";
import { afterAxes, byteStep, loadSteps, outerOffset, outerPlaces } from "./outerAxes";
import { address, word } from "./record";
import { sumInto } from "./reductions";
import { multiplyAdd, storePart } from "./vector";

export function runBinary(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.BINARY:
      runValues(record);
      break;
    case opcodes.BINARY_GRAD:
      runSlopes(record);
      break;
    case opcodes.BINARY_GRAD_SUM: {
      // What an operand gets where it is stretched: first the terms, in scratch memory, then their sums, a record within this one.
      runSlopes(record);
      const inner = record + ((<usize>afterAxes(record, 15, 2)) << 2);
      sumInto(inner, address(record, 7), address(inner, 3));
      break;
    }
    default:
      abort();
  }
}

function runValues(record: usize): void {
  switch (word(record, 2)) {
    case opcodes.BINARY_ADD:
      mapPairs<Add>(record);
      break;
    case opcodes.BINARY_SUBTRACT:
      mapPairs<Subtract>(record);
      break;
    case opcodes.BINARY_MULTIPLY:
      mapPairs<Multiply>(record);
      break;
    case opcodes.BINARY_DIVIDE:
      mapPairs<Divide>(record);
      break;
    case opcodes.BINARY_POWER:
      mapPairs<Power>(record);
      break;
    case opcodes.BINARY_MAXIMUM:
      mapPairs<Maximum>(record);
      break;
    case opcodes.BINARY_MINIMUM:
      mapPairs<Minimum>(record);
      break;
    case opcodes.BINARY_PRELU:
      mapPairs<Prelu>(record);
      break;
    case opcodes.BINARY_TAKE_WHERE:
      mapPairs<TakeWhere>(record);
      break;
    case opcodes.BINARY_TAKE_UNLESS:
      mapPairs<TakeUnless>(record);
      break;
    case opcodes.BINARY_GREATER:
      mapPairs<Greater>(record);
      break;
    case opcodes.BINARY_GREATER_EQUAL:
      mapPairs<GreaterEqual>(record);
      break;
    case opcodes.BINARY_LESS:
      mapPairs<Less>(record);
      break;
    case opcodes.BINARY_LESS_EQUAL:
      mapPairs<LessEqual>(record);
      break;
    case opcodes.BINARY_EQUAL:
      mapPairs<Equal>(record);
      break;
    case opcodes.BINARY_NOT_EQUAL:
      mapPairs<NotEqual>(record);
      break;
    case opcodes.BINARY_AT_LEAST:
      mapPairs<AtLeast>(record);
      break;
    case opcodes.BINARY_AT_MOST:
      mapPairs<AtMost>(record);
      break;
    case opcodes.BINARY_REMAINDER:
      mapPairs<Remainder>(record);
      break;
    default:
      abort();
  }
}

function runSlopes(record: usize): void {
  switch (word(record, 2)) {
    case opcodes.BINARY_ADD:
      addSlopes<Add>(record);
      break;
    case opcodes.BINARY_SUBTRACT:
      addSlopes<Subtract>(record);
      break;
    case opcodes.BINARY_MULTIPLY:
      addSlopes<Multiply>(record);
      break;
    case opcodes.BINARY_DIVIDE:
      addSlopes<Divide>(record);
      break;
    case opcodes.BINARY_POWER:
      addSlopes<Power>(record);
      break;
    case opcodes.BINARY_MAXIMUM:
      addSlopes<Maximum>(record);
      break;
    case opcodes.BINARY_MINIMUM:
      addSlopes<Minimum>(record);
      break;
    case opcodes.BINARY_PRELU:
      addSlopes<Prelu>(record);
      break;
    case opcodes.BINARY_TAKE_WHERE:
      addSlopes<TakeWhere>(record);
      break;
    case opcodes.BINARY_TAKE_UNLESS:
      addSlopes<TakeUnless>(record);
      break;
    case opcodes.BINARY_AT_LEAST:
      addSlopes<AtLeast>(record);
      break;
    case opcodes.BINARY_AT_MOST:
      addSlopes<AtMost>(record);
      break;
    case opcodes.BINARY_REMAINDER:
      addSlopes<Remainder>(record);
      break;
    default:
      // All comparisons are flat.
      addSlopes<Greater>(record);
  }
}

/** function, a, b, output, rows, columns, a's row step, a's column step, the same for b, outer axes with steps in a and b */
function mapPairs<F extends BinaryFunction>(record: usize): void {
  const a = address(record, 3);
  const b = address(record, 4);
  let output = address(record, 5);
  const rows = word(record, 6);
  const columns = word(record, 7);
  const blocks = outerPlaces(record, 12, 2);
  for (let block = 0; block < blocks; block++) {
    let aRow = a + outerOffset(record, 12, 2, block, 0);
    let bRow = b + outerOffset(record, 12, 2, block, 1);
    for (let row = 0; row < rows; row++) {
      mapRow<F>(aRow, byteStep(record, 9), bRow, byteStep(record, 11), output, columns);
      aRow += byteStep(record, 8);
      bRow += byteStep(record, 10);
      output += (<usize>columns) << 2;
    }
  }
}

/** One row: side by side, or one operand a single number, or anything. */
function mapRow<F extends BinaryFunction>(
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  output: usize,
  columns: i32,
): void {
  const f = changetype<F>(0);
  const end = output + ((<usize>(columns & ~3)) << 2);
  if (aStep === 4 && bStep === 4) {
    for (; output < end; output += 16, a += 16, b += 16) v128.store(output, f.value(v128.load(a), v128.load(b)));
  } else if (aStep === 4 && bStep === 0) {
    const single = v128.load32_splat(b);
    for (; output < end; output += 16, a += 16) v128.store(output, f.value(v128.load(a), single));
  } else {
    for (; output < end; output += 16, a += 4 * aStep, b += 4 * bStep)
      v128.store(output, f.value(loadSteps(a, aStep, 4), loadSteps(b, bStep, 4)));
  }
  const rest = columns & 3;
  if (rest) storePart(output, f.value(loadSteps(a, aStep, rest), loadSteps(b, bStep, rest)), rest);
}

function slopeOf<F extends BinaryFunction>(side: i32, a: v128, b: v128): v128 {
  const f = changetype<F>(0);
  return side === 0 ? f.slopeA(a, b) : f.slopeB(a, b);
}

/**
 * function, side (0: a, 1: b), a, b, outputGrad, grad, whether to add to it, rows, columns, steps and outer axes as in
 * `mapPairs`: `grad (+)= outputGrad · slope`, in the common shape.
 */
function addSlopes<F extends BinaryFunction>(record: usize): void {
  const side = word(record, 3);
  let outputGrad = address(record, 6);
  let grad = address(record, 7);
  const kept = i32x4.splat(-word(record, 8));
  const rows = word(record, 9);
  const columns = word(record, 10);
  const aStep = byteStep(record, 12);
  const bStep = byteStep(record, 14);
  const blocks = outerPlaces(record, 15, 2);
  for (let block = 0; block < blocks; block++) {
    let aRow = address(record, 4) + outerOffset(record, 15, 2, block, 0);
    let bRow = address(record, 5) + outerOffset(record, 15, 2, block, 1);
    for (let row = 0; row < rows; row++) {
      let a = aRow;
      let b = bRow;
      for (let rest = columns; rest > 0; rest -= 4) {
        const slope = slopeOf<F>(side, loadSteps(a, aStep, rest), loadSteps(b, bStep, rest));
        storePart(grad, multiplyAdd(v128.load(outputGrad), slope, v128.and(v128.load(grad), kept)), rest);
        a += 4 * aStep;
        b += 4 * bStep;
        outputGrad += (<usize>min(rest, 4)) << 2;
        grad += (<usize>min(rest, 4)) << 2;
      }
      aRow += byteStep(record, 11);
      bRow += byteStep(record, 13);
    }
  }
}
