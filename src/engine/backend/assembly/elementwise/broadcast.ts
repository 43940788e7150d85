// Functions of two numbers over arrays that are stretched to a common shape, and their gradients.
//
// A record sees the common shape as blocks of rows and columns, and outer axes over the blocks. A stretched array has step 0.

import * as opcodes from "../../opcodes";
import { sumInto } from "../reductions/reductions";
import { afterAxes, byteStep, loadSteps, outerOffset, outerPlaces } from "../tape/outerAxes";
import { address, word } from "../tape/record";
import { multiplyAdd, storeFirst, storePart } from "../vectors/vector";
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

export function runBinary(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.BINARY:
      valuesOf(word(record, 2))(record);
      break;
    case opcodes.BINARY_GRAD:
      slopesOf(word(record, 2))(record);
      break;
    case opcodes.BINARY_GRAD_SUM: {
      // What an operand gets where it is stretched: first the terms, in scratch memory, then their sums, a record within this one.
      slopesOf(word(record, 2))(record);
      const inner = record + ((<usize>afterAxes(record, 15, 2)) << 2);
      sumInto(inner, address(record, 7), address(inner, 3));
      break;
    }
    default:
      abort();
  }
}

/** The routine for a function; called by its address, so that each is compiled by itself. */
function valuesOf(number: i32): (record: usize) => void {
  switch (number) {
    case opcodes.BINARY_ADD:
      return (record: usize): void => mapPairs<Add>(record);
    case opcodes.BINARY_SUBTRACT:
      return (record: usize): void => mapPairs<Subtract>(record);
    case opcodes.BINARY_MULTIPLY:
      return (record: usize): void => mapPairs<Multiply>(record);
    case opcodes.BINARY_DIVIDE:
      return (record: usize): void => mapPairs<Divide>(record);
    case opcodes.BINARY_POWER:
      return (record: usize): void => mapPairs<Power>(record);
    case opcodes.BINARY_MAXIMUM:
      return (record: usize): void => mapPairs<Maximum>(record);
    case opcodes.BINARY_MINIMUM:
      return (record: usize): void => mapPairs<Minimum>(record);
    case opcodes.BINARY_PRELU:
      return (record: usize): void => mapPairs<Prelu>(record);
    case opcodes.BINARY_TAKE_WHERE:
      return (record: usize): void => mapPairs<TakeWhere>(record);
    case opcodes.BINARY_TAKE_UNLESS:
      return (record: usize): void => mapPairs<TakeUnless>(record);
    case opcodes.BINARY_GREATER:
      return (record: usize): void => mapPairs<Greater>(record);
    case opcodes.BINARY_GREATER_EQUAL:
      return (record: usize): void => mapPairs<GreaterEqual>(record);
    case opcodes.BINARY_LESS:
      return (record: usize): void => mapPairs<Less>(record);
    case opcodes.BINARY_LESS_EQUAL:
      return (record: usize): void => mapPairs<LessEqual>(record);
    case opcodes.BINARY_EQUAL:
      return (record: usize): void => mapPairs<Equal>(record);
    case opcodes.BINARY_NOT_EQUAL:
      return (record: usize): void => mapPairs<NotEqual>(record);
    case opcodes.BINARY_AT_LEAST:
      return (record: usize): void => mapPairs<AtLeast>(record);
    case opcodes.BINARY_AT_MOST:
      return (record: usize): void => mapPairs<AtMost>(record);
    case opcodes.BINARY_REMAINDER:
      return (record: usize): void => mapPairs<Remainder>(record);
    default:
      throw new Error();
  }
}

function slopesOf(number: i32): (record: usize) => void {
  switch (number) {
    case opcodes.BINARY_ADD:
      return (record: usize): void => addSlopes<Add>(record);
    case opcodes.BINARY_SUBTRACT:
      return (record: usize): void => addSlopes<Subtract>(record);
    case opcodes.BINARY_MULTIPLY:
      return (record: usize): void => addSlopes<Multiply>(record);
    case opcodes.BINARY_DIVIDE:
      return (record: usize): void => addSlopes<Divide>(record);
    case opcodes.BINARY_POWER:
      return (record: usize): void => addSlopes<Power>(record);
    case opcodes.BINARY_MAXIMUM:
      return (record: usize): void => addSlopes<Maximum>(record);
    case opcodes.BINARY_MINIMUM:
      return (record: usize): void => addSlopes<Minimum>(record);
    case opcodes.BINARY_PRELU:
      return (record: usize): void => addSlopes<Prelu>(record);
    case opcodes.BINARY_TAKE_WHERE:
      return (record: usize): void => addSlopes<TakeWhere>(record);
    case opcodes.BINARY_TAKE_UNLESS:
      return (record: usize): void => addSlopes<TakeUnless>(record);
    case opcodes.BINARY_AT_LEAST:
      return (record: usize): void => addSlopes<AtLeast>(record);
    case opcodes.BINARY_AT_MOST:
      return (record: usize): void => addSlopes<AtMost>(record);
    case opcodes.BINARY_REMAINDER:
      return (record: usize): void => addSlopes<Remainder>(record);
    default:
      // All comparisons are flat.
      return (record: usize): void => addSlopes<Greater>(record);
  }
}

/** function, a, b, output, rows, columns, a's row step, a's column step, the same for b, outer axes with steps in a and b */
function mapPairs<F extends BinaryFunction>(record: usize): void {
  let output = address(record, 5);
  const rows = word(record, 6);
  const columns = word(record, 7);
  const aRowStep = byteStep(record, 8);
  const aStep = byteStep(record, 9);
  const bRowStep = byteStep(record, 10);
  const bStep = byteStep(record, 11);
  const blocks = outerPlaces(record, 12, 2);
  for (let block = 0; block < blocks; block++) {
    let a = address(record, 3) + outerOffset(record, 12, 2, block, 0);
    let b = address(record, 4) + outerOffset(record, 12, 2, block, 1);
    for (let row = 0; row < rows; row++) {
      if (aStep === 4 && bStep === 4) mapSideBySide<F>(a, b, output, columns);
      else if (aStep === 4 && bStep === 0) mapWithSingle<F>(a, v128.load32_splat(b), output, columns);
      else mapSteps<F>(a, aStep, b, bStep, output, columns);
      a += aRowStep;
      b += bRowStep;
      output += (<usize>columns) << 2;
    }
  }
}

function mapSideBySide<F extends BinaryFunction>(a: usize, b: usize, output: usize, columns: i32): void {
  const f = changetype<F>(0);
  let left = columns;
  for (; left >= 4; left -= 4, output += 16, a += 16, b += 16) v128.store(output, f.value(v128.load(a), v128.load(b)));
  if (left > 0) storeFirst(output, f.value(v128.load(a), v128.load(b)), left);
}

/** With one number as the second operand. */
function mapWithSingle<F extends BinaryFunction>(a: usize, b: v128, output: usize, columns: i32): void {
  const f = changetype<F>(0);
  for (let left = columns; left > 0; left -= 4, output += 16, a += 16)
    storePart(output, f.value(v128.load(a), b), left);
}

/** Where the first operand is a single number, or numbers stand apart. */
function mapSteps<F extends BinaryFunction>(
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  output: usize,
  columns: i32,
): void {
  const f = changetype<F>(0);
  for (let left = columns; left > 0; left -= 4, output += 16, a += 4 * aStep, b += 4 * bStep)
    storePart(output, f.value(loadSteps(a, aStep, left), loadSteps(b, bStep, left)), left);
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
      let rest = columns;
      if (aStep === 4 && bStep === 4)
        for (; rest >= 4; rest -= 4, a += 16, b += 16, outputGrad += 16, grad += 16) {
          const slope = slopeOf<F>(side, v128.load(a), v128.load(b));
          v128.store(grad, multiplyAdd(v128.load(outputGrad), slope, v128.and(v128.load(grad), kept)));
        }
      for (; rest > 0; rest -= 4) {
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
