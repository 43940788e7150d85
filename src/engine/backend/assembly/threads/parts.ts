// How records are split for threads: into parts along something whose outputs are independent, never along a sum, so that any number of threads comes to the same bits.
//
// A part is a record of its own: a copy with its arrays moved on and its counts reduced.

import { outerPlaces } from "../tape/outerAxes";
import { word } from "../tape/record";

/** How many units the record looked at last may be split into, and about how long all of them take. */
export let units: i32 = 1;
export let nanoseconds: f64 = 0;

export function measure(unitCount: i32, time: f64): void {
  units = unitCount;
  nanoseconds = time;
}

/** Numbers side by side go in units of a cache line, so that no two threads write into one. */
const RANGE: i32 = 16;

export function rangeUnits(length: i32): i32 {
  return (length + RANGE - 1) / RANGE;
}

export function measureRange(length: i32, timeEach: f64): void {
  measure(rangeUnits(length), <f64>length * timeEach);
}

export function setWord(part: usize, index: i32, value: i32): void {
  store<i32>(part + ((<usize>index) << 2), value);
}

/** Moves an array on by so many units of so many numbers each. One that is not there (0) stays so. */
export function move(part: usize, index: i32, first: i32, numbers: i32): void {
  const start = <usize>load<u32>(part + ((<usize>index) << 2));
  if (start !== 0) setWord(part, index, <i32>(start + ((<usize>first * <usize>numbers) << 2)));
}

export function moveRange(part: usize, index: i32, first: i32): void {
  move(part, index, first, RANGE);
}

/** A length in numbers, reduced to that of some units. */
export function narrowRange(part: usize, index: i32, first: i32, count: i32): void {
  setWord(part, index, min(RANGE * count, word(part, index) - RANGE * first));
}

// Blocks of rows and columns with outer axes around them are split along the first of these that is longer than 1.
const OUTER: i32 = 0;
const ROWS: i32 = 1;
const COLUMNS: i32 = 2;

/** `rows` is the word with the rows, before that with the columns; `outer` that with the number of outer axes. */
export function blockAxis(record: usize, rows: i32, outer: i32): i32 {
  if (word(record, outer) > 0 && word(record, outer + 1) > 1) return OUTER;
  return word(record, rows) > 1 ? ROWS : COLUMNS;
}

export function measureBlocks(record: usize, rows: i32, outer: i32, steps: i32, timeEach: f64): void {
  const axis = blockAxis(record, rows, outer);
  const columns = word(record, rows + 1);
  const count = axis === OUTER ? word(record, outer + 1) : axis === ROWS ? word(record, rows) : rangeUnits(columns);
  // With places around the rows that are not split, a part would not lie in one piece.
  const isWhole = axis === OUTER || outerPlaces(record, outer, steps) === 1;
  const numbers = <f64>outerPlaces(record, outer, steps) * <f64>word(record, rows) * <f64>columns;
  measure(isWhole ? count : 1, numbers * timeEach);
}

/** Moves an array that lies block by block, row by row. */
export function moveDense(part: usize, index: i32, axis: i32, rows: i32, outer: i32, steps: i32, first: i32): void {
  const columns = word(part, rows + 1);
  if (axis === COLUMNS) moveRange(part, index, first);
  else if (axis === ROWS) move(part, index, first, columns);
  else {
    const others = outerPlaces(part, outer, steps) / word(part, outer + 1);
    move(part, index, first, others * word(part, rows) * columns);
  }
}

/** Moves an array that is walked by steps: `rowStep` is the word with its row step, `which` its place among an outer axis' steps. */
export function moveStepped(
  part: usize,
  index: i32,
  axis: i32,
  rowStep: i32,
  outer: i32,
  which: i32,
  first: i32,
): void {
  move(part, index, first, blockStep(part, axis, rowStep, outer, which));
}

/** How far one unit lies from the next, in numbers. */
export function blockStep(record: usize, axis: i32, rowStep: i32, outer: i32, which: i32): i32 {
  if (axis === OUTER) return word(record, outer + 2 + which);
  return axis === ROWS ? word(record, rowStep) : RANGE * word(record, rowStep + 1);
}

/** After all arrays were moved. */
export function narrowBlocks(part: usize, axis: i32, rows: i32, outer: i32, first: i32, count: i32): void {
  if (axis === OUTER) setWord(part, outer + 1, count);
  else if (axis === ROWS) setWord(part, rows, count);
  else narrowRange(part, rows + 1, first, count);
}
