// How reductions, softmax, losses, optimizers' rules, normalization and random numbers are split.

import * as opcodes from "../../opcodes";
import { isOfRows } from "../losses/losses";
import { afterAxes, outerPlaces } from "../tape/outerAxes";
import { word } from "../tape/record";
import { stateArrays } from "../updates/updates";
import {
  blockAxis,
  measure,
  measureBlocks,
  measureRange,
  move,
  moveDense,
  moveRange,
  moveStepped,
  narrowBlocks,
  narrowRange,
  rangeUnits,
  setWord,
} from "./parts";

// Nanoseconds for a number.
const SUMMED: f64 = 0.4;
const EXPONENTIAL: f64 = 1.5;
const UPDATED: f64 = 0.8;
const NORMALIZED: f64 = 0.6;
const IN_DOUBLE: f64 = 8;

function measureRows(record: usize, rows: i32, timeEach: f64): void {
  measure(word(record, rows), <f64>word(record, rows) * <f64>word(record, rows + 1) * timeEach);
}

export function measureReductions(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.SUM:
    case opcodes.NORM:
    case opcodes.EXTREME:
    case opcodes.EXTREME_GRAD:
      measureGathering(record, SUMMED);
      break;
    case opcodes.PRODUCT:
    case opcodes.PRODUCT_GRAD:
    case opcodes.LOG_SUM_EXP:
      measureGathering(record, EXPONENTIAL);
      break;
    case opcodes.NORM_GRAD:
    case opcodes.LOG_SUM_EXP_GRAD:
      measureBlocks(record, 7, 11, 1, EXPONENTIAL);
      break;
    case opcodes.ARG_MAX:
      measure(word(record, 4), <f64>word(record, 4) * <f64>word(record, 5) * <f64>word(record, 6));
      break;
    case opcodes.SOFTMAX:
      measureRows(record, 4, EXPONENTIAL);
      break;
    case opcodes.SOFTMAX_GRAD:
      measureRows(record, 5, EXPONENTIAL);
      break;
    default:
      measure(1, 0);
  }
}

/** Along the first axis that stays, or else along columns that stay. */
function measureGathering(record: usize, timeEach: f64): void {
  const columns = word(record, 6);
  const kept = outerPlaces(record, 10, 2);
  const reduced = outerPlaces(record, afterAxes(record, 10, 2), 1);
  const count = goesByKeptAxis(record) ? word(record, 11) : word(record, 7) !== 0 ? rangeUnits(columns) : 1;
  measure(count, <f64>kept * <f64>reduced * <f64>word(record, 8) * <f64>columns * timeEach);
}

function goesByKeptAxis(record: usize): bool {
  return word(record, 10) > 0 && word(record, 11) > 1;
}

export function narrowReductions(opcode: i32, part: usize, first: i32, count: i32): void {
  switch (opcode) {
    case opcodes.SUM:
    case opcodes.NORM:
    case opcodes.PRODUCT:
    case opcodes.LOG_SUM_EXP:
    case opcodes.EXTREME:
      moveGathered(part, 2, 0, first);
      moveGathered(part, 3, 1, first);
      narrowGathering(part, first, count);
      break;
    case opcodes.EXTREME_GRAD:
    case opcodes.PRODUCT_GRAD:
      moveGathered(part, 2, 0, first);
      moveGathered(part, 3, 1, first);
      moveGathered(part, 4, 1, first);
      moveGathered(part, 5, 0, first);
      narrowGathering(part, first, count);
      break;
    case opcodes.NORM_GRAD:
    case opcodes.LOG_SUM_EXP_GRAD:
      narrowSlopes(part, first, count);
      break;
    case opcodes.ARG_MAX:
      move(part, 2, first, word(part, 5) * word(part, 6));
      move(part, 3, first, word(part, 6));
      setWord(part, 4, count);
      break;
    case opcodes.SOFTMAX:
      move(part, 2, first, word(part, 5));
      move(part, 3, first, word(part, 5));
      setWord(part, 4, count);
      break;
    case opcodes.SOFTMAX_GRAD:
      move(part, 2, first, word(part, 6));
      move(part, 3, first, word(part, 6));
      move(part, 4, first, word(part, 6));
      setWord(part, 5, count);
      break;
    default:
      abort();
  }
}

/** `which`: 0 for an array like the input, 1 for one like the output. */
function moveGathered(part: usize, index: i32, which: i32, first: i32): void {
  if (goesByKeptAxis(part)) move(part, index, first, word(part, 12 + which));
  else if (which === 0) moveRange(part, index, first);
  else moveRange(part, index, first * word(part, 7));
}

function narrowGathering(part: usize, first: i32, count: i32): void {
  if (goesByKeptAxis(part)) setWord(part, 11, count);
  else narrowRange(part, 6, first, count);
}

function narrowSlopes(part: usize, first: i32, count: i32): void {
  const axis = blockAxis(part, 7, 11);
  moveDense(part, 2, axis, 7, 11, 1, first);
  moveStepped(part, 3, axis, 9, 11, 0, first);
  moveStepped(part, 4, axis, 9, 11, 0, first);
  moveDense(part, 5, axis, 7, 11, 1, first);
  narrowBlocks(part, axis, 7, 11, first, count);
}

export function measureLosses(opcode: i32, record: usize): void {
  // The loss is a sum over all rows.
  if (opcode !== opcodes.LOSS_GRAD || word(record, 12) !== 0) measure(1, 0);
  else if (isOfRows(word(record, 5))) {
    const width = max(word(record, 7), 1);
    measure(word(record, 6) / width, <f64>word(record, 6) * IN_DOUBLE);
  } else measureRange(word(record, 6), IN_DOUBLE);
}

export function narrowLosses(part: usize, first: i32, count: i32): void {
  const width = word(part, 7);
  for (let index = 2; index <= 4; index++)
    if (isOfRows(word(part, 5))) move(part, index, first, width);
    else moveRange(part, index, first);
  if (isOfRows(word(part, 5))) setWord(part, 6, count * width);
  else narrowRange(part, 6, first, count);
}

export function measureUpdate(record: usize): void {
  measureRange(word(record, 4), UPDATED);
}

export function narrowUpdate(opcode: i32, part: usize, first: i32, count: i32): void {
  moveRange(part, 2, first);
  moveRange(part, 3, first);
  const last = stateArrays(opcode);
  for (let index = 0; index < last; index++) moveRange(part, 5 + index, first);
  narrowRange(part, 4, first, count);
}

export function measureNormalization(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.COLUMN_MEANS:
      measure(rangeUnits(word(record, 6)), <f64>word(record, 4) * <f64>word(record, 6) * NORMALIZED);
      break;
    case opcodes.COLUMN_VARIANCES:
      measure(rangeUnits(word(record, 7)), <f64>word(record, 5) * <f64>word(record, 7) * NORMALIZED);
      break;
    case opcodes.NORMALIZE_COLUMNS_GRAD:
      measure(rangeUnits(word(record, 14)), <f64>word(record, 10) * <f64>word(record, 14) * 2 * NORMALIZED);
      break;
    case opcodes.ROW_MEANS:
      measureRows(record, 4, NORMALIZED);
      break;
    case opcodes.ROW_VARIANCES:
      measureRows(record, 5, NORMALIZED);
      break;
    case opcodes.NORMALIZE_ROWS:
    case opcodes.NORMALIZE_COLUMNS:
      measureRows(record, 8, NORMALIZED);
      break;
    case opcodes.NORMALIZE_ROWS_GRAD:
    case opcodes.NORMALIZE_ROWS_X_GRAD:
      measureRows(record, 10, 2 * NORMALIZED);
      break;
    case opcodes.NORMALIZE_ROWS_SUMS:
      measure(rangeUnits(word(record, 13)), <f64>word(record, 10) * <f64>word(record, 13) * NORMALIZED);
      break;
    default:
      measure(1, 0);
  }
}

export function narrowNormalization(opcode: i32, part: usize, first: i32, count: i32): void {
  switch (opcode) {
    case opcodes.COLUMN_MEANS:
      moveRange(part, 2, first);
      moveRange(part, 3, first);
      narrowRange(part, 6, first, count);
      break;
    case opcodes.COLUMN_VARIANCES:
      for (let index = 2; index <= 4; index++) moveRange(part, index, first);
      narrowRange(part, 7, first, count);
      break;
    case opcodes.NORMALIZE_COLUMNS_GRAD:
      for (let index = 2; index <= 9; index++) moveRange(part, index, first);
      narrowRange(part, 14, first, count);
      break;
    case opcodes.NORMALIZE_COLUMNS:
      move(part, 2, first, word(part, 9));
      move(part, 7, first, word(part, 9));
      setWord(part, 8, count);
      break;
    case opcodes.ROW_MEANS:
      move(part, 2, first, word(part, 5));
      move(part, 3, first, 1);
      setWord(part, 4, count);
      break;
    case opcodes.ROW_VARIANCES:
      move(part, 2, first, word(part, 6));
      move(part, 3, first, 1);
      move(part, 4, first, 1);
      setWord(part, 5, count);
      break;
    case opcodes.NORMALIZE_ROWS:
      move(part, 2, first, word(part, 9));
      move(part, 3, first, 1);
      move(part, 4, first, 1);
      move(part, 7, first, word(part, 9));
      setWord(part, 8, count);
      break;
    case opcodes.NORMALIZE_ROWS_X_GRAD:
      move(part, 2, first, word(part, 11));
      move(part, 3, first, 1);
      move(part, 4, first, 1);
      move(part, 6, first, word(part, 11));
      move(part, 7, first, word(part, 11));
      setWord(part, 10, count);
      break;
    case opcodes.NORMALIZE_ROWS_SUMS:
      moveRange(part, 2, first);
      moveRange(part, 6, first);
      moveRange(part, 8, first);
      moveRange(part, 9, first);
      narrowRange(part, 13, first, count);
      break;
    default:
      abort();
  }
}

export function measureRandomness(opcode: i32, record: usize): void {
  measureRange(word(record, 3), opcode === opcodes.DROPOUT_MASK ? 1 : 25);
}

export function narrowRandomness(opcode: i32, part: usize, first: i32, count: i32): void {
  const place = opcode === opcodes.DROPOUT_MASK ? 8 : 7;
  moveRange(part, 2, first);
  // Numbers follow from their place in the whole array.
  setWord(part, place, word(part, place) + 16 * first);
  narrowRange(part, 3, first, count);
}
