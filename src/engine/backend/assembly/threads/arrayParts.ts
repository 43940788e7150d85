// How routines on whole arrays, number by number and those that move numbers are split.

import * as opcodes from "../../opcodes";
import { outerPlaces } from "../tape/outerAxes";
import { word } from "../tape/record";
import {
  blockAxis,
  blockStep,
  measure,
  measureBlocks,
  measureRange,
  move,
  moveDense,
  moveRange,
  moveStepped,
  narrowBlocks,
  narrowRange,
  setWord,
} from "./parts";
import { measureProduct, narrowProduct } from "./productParts";

// Nanoseconds for a number.
const MOVED: f64 = 0.2;
const COMPUTED: f64 = 0.6;
const STEPPED: f64 = 0.7;

export function measureArrays(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.MATRIX_PRODUCT:
      measureProduct(record);
      break;
    case opcodes.FILL:
      measureRange(word(record, 3), MOVED);
      break;
    case opcodes.COPY:
    case opcodes.ADD_SCALED:
    case opcodes.CLAMP:
      measureRange(word(record, 4), MOVED);
      break;
    case opcodes.UNARY:
      measureRange(word(record, 5), COMPUTED);
      break;
    case opcodes.UNARY_GRAD:
      measureRange(word(record, 6), COMPUTED);
      break;
    case opcodes.BINARY:
      measureBlocks(record, 6, 12, 2, COMPUTED);
      break;
    case opcodes.BINARY_GRAD:
      measureBlocks(record, 9, 15, 2, COMPUTED);
      break;
    case opcodes.GATHER_STRIDED:
      measureBlocks(record, 4, 8, 1, STEPPED);
      break;
    case opcodes.ADD_STRIDED:
      measureBlocks(record, 4, 10, 1, STEPPED);
      break;
    case opcodes.SCATTER_ADD_STRIDED:
      measureScatter(record);
      break;
    case opcodes.GATHER_ROWS:
    case opcodes.ADD_ROWS:
      measure(word(record, 5), <f64>word(record, 5) * (5 + <f64>word(record, 6) * MOVED));
      break;
    case opcodes.SCATTER_ADD_ROWS:
      // Each part takes some rows of the table, and looks at all ids: those that meet in a row add up in their order.
      measure(word(record, 7), <f64>word(record, 5) * (5 + <f64>word(record, 6) * COMPUTED));
      break;
    case opcodes.ADD_RUNNING_SUMS:
      measure(word(record, 4), <f64>word(record, 4) * <f64>word(record, 5) * <f64>word(record, 6) * 2);
      break;
    default:
      measure(1, 0);
  }
}

export function narrowArrays(opcode: i32, part: usize, first: i32, count: i32): void {
  switch (opcode) {
    case opcodes.MATRIX_PRODUCT:
      narrowProduct(part, first, count);
      break;
    case opcodes.FILL:
      moveRange(part, 2, first);
      narrowRange(part, 3, first, count);
      break;
    case opcodes.COPY:
    case opcodes.ADD_SCALED:
    case opcodes.CLAMP:
      moveRange(part, 2, first);
      moveRange(part, 3, first);
      narrowRange(part, 4, first, count);
      break;
    case opcodes.UNARY:
      moveRange(part, 3, first);
      moveRange(part, 4, first);
      narrowRange(part, 5, first, count);
      break;
    case opcodes.UNARY_GRAD:
      moveRange(part, 3, first);
      moveRange(part, 4, first);
      moveRange(part, 5, first);
      narrowRange(part, 6, first, count);
      break;
    case opcodes.BINARY:
      narrowBinary(part, first, count);
      break;
    case opcodes.BINARY_GRAD:
      narrowBinaryGrad(part, first, count);
      break;
    case opcodes.GATHER_STRIDED:
      narrowWalk(part, 8, 2, 3, first, count);
      break;
    case opcodes.ADD_STRIDED:
      narrowWalk(part, 10, 2, 3, first, count);
      break;
    case opcodes.SCATTER_ADD_STRIDED:
      narrowWalk(part, 8, 3, 2, first, count);
      break;
    case opcodes.GATHER_ROWS:
    case opcodes.ADD_ROWS:
      move(part, 3, first, 1);
      move(part, 4, first, word(part, 6));
      setWord(part, 5, count);
      break;
    case opcodes.SCATTER_ADD_ROWS:
      setWord(part, 7, first + count);
      setWord(part, 8, first);
      break;
    case opcodes.ADD_RUNNING_SUMS:
      move(part, 2, first, word(part, 5) * word(part, 6));
      move(part, 3, first, word(part, 5) * word(part, 6));
      setWord(part, 4, count);
      break;
    default:
      abort();
  }
}

function narrowBinary(part: usize, first: i32, count: i32): void {
  const axis = blockAxis(part, 6, 12);
  moveStepped(part, 3, axis, 8, 12, 0, first);
  moveStepped(part, 4, axis, 10, 12, 1, first);
  moveDense(part, 5, axis, 6, 12, 2, first);
  narrowBlocks(part, axis, 6, 12, first, count);
}

function narrowBinaryGrad(part: usize, first: i32, count: i32): void {
  const axis = blockAxis(part, 9, 15);
  moveStepped(part, 4, axis, 11, 15, 0, first);
  moveStepped(part, 5, axis, 13, 15, 1, first);
  moveDense(part, 6, axis, 9, 15, 2, first);
  moveDense(part, 7, axis, 9, 15, 2, first);
  narrowBlocks(part, axis, 9, 15, first, count);
}

/** A walk of steps through one array and straight on through another. */
function narrowWalk(part: usize, outer: i32, stepped: i32, dense: i32, first: i32, count: i32): void {
  const axis = blockAxis(part, 4, outer);
  moveStepped(part, stepped, axis, 6, outer, 0, first);
  moveDense(part, dense, axis, 4, outer, 1, first);
  narrowBlocks(part, axis, 4, outer, first, count);
}

/** Parts must not meet in the output: each unit's numbers lie before the next one's. */
function measureScatter(record: usize): void {
  measureBlocks(record, 4, 8, 1, STEPPED);
  const axis = blockAxis(record, 4, 8);
  const axes = word(record, 8);
  let reached = (word(record, 4) - 1) * word(record, 6) + (word(record, 5) - 1) * word(record, 7);
  for (let outer = 0; outer < axes; outer++)
    reached += (word(record, 9 + 2 * outer) - 1) * word(record, 10 + 2 * outer);
  const step = blockStep(record, axis, 6, 8, 0);
  const length = axis === 0 ? word(record, 9) : axis === 1 ? word(record, 4) : 1;
  const columnsAlone = axis === 2 && outerPlaces(record, 8, 1) === 1;
  if (!columnsAlone && step <= reached - (length - 1) * step) measure(1, 0);
}
