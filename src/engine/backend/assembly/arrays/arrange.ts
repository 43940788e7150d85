// Moving numbers: walking an array in another order, stretched or turned, and back; rows of a table by their ids.

import {
  ADD_ROWS,
  ADD_RUNNING_SUMS,
  ADD_STRIDED,
  GATHER_ROWS,
  GATHER_STRIDED,
  SCATTER_ADD_ROWS,
  SCATTER_ADD_STRIDED,
  SCATTER_SUM,
} from "../../opcodes";
import { sumInto } from "../reductions/reductions";
import { byteStep, loadSteps, outerOffset, outerPlaces, storeSteps } from "../tape/outerAxes";
import { address, real, word } from "../tape/record";
import { multiplyAdd, storePart } from "../vectors/vector";

export function runArrangeRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case GATHER_STRIDED:
      gatherStrided(record);
      break;
    case ADD_STRIDED:
      addStrided(record);
      break;
    case SCATTER_ADD_STRIDED:
      scatterAddStrided(record);
      break;
    case SCATTER_SUM:
      // Where the output is stretched, what falls on one number is summed first.
      sumInto(record, address(record, 2), address(record, 3));
      break;
    case GATHER_ROWS:
      gatherRows(record);
      break;
    case SCATTER_ADD_ROWS:
      scatterAddRows(record);
      break;
    case ADD_ROWS:
      addRows(record);
      break;
    case ADD_RUNNING_SUMS:
      addRunningSums(record);
      break;
    default:
      abort();
  }
}

/** input, output, rows, columns, the input's row step and column step, outer axes with steps in the input */
function gatherStrided(record: usize): void {
  const rows = word(record, 4);
  const columns = word(record, 5);
  const rowStep = byteStep(record, 6);
  const columnStep = byteStep(record, 7);
  const blocks = outerPlaces(record, 8, 1);
  let output = address(record, 3);
  for (let block = 0; block < blocks; block++) {
    const input = address(record, 2) + outerOffset(record, 8, 1, block, 0);
    if (rowStep === 4 && columnStep !== 0) turnBlock(input, columnStep, output, rows, columns);
    else
      for (let row = 0; row < rows; row++)
        gatherRow(input + <usize>row * rowStep, columnStep, output + ((<usize>(row * columns)) << 2), columns);
    output += (<usize>(rows * columns)) << 2;
  }
}

function gatherRow(input: usize, step: usize, output: usize, columns: i32): void {
  if (step === 4) {
    memory.copy(output, input, (<usize>columns) << 2);
    return;
  }
  for (let rest = columns; rest > 0; rest -= 4, output += 16, input += 4 * step)
    storePart(output, loadSteps(input, step, rest), rest);
}

/** A matrix whose rows stand side by side in the input: four by four numbers are turned at once. */
function turnBlock(input: usize, columnStep: usize, output: usize, rows: i32, columns: i32): void {
  const outputRow = (<usize>columns) << 2;
  const wholeRows = rows & ~3;
  const wholeColumns = columns & ~3;
  for (let row = 0; row < wholeRows; row += 4)
    for (let column = 0; column < wholeColumns; column += 4)
      turnFour(
        input + ((<usize>row) << 2) + <usize>column * columnStep,
        columnStep,
        output + <usize>row * outputRow + ((<usize>column) << 2),
        outputRow,
      );
  for (let row = 0; row < rows; row++) {
    const from = row < wholeRows ? wholeColumns : 0;
    const source = input + ((<usize>row) << 2) + <usize>from * columnStep;
    gatherRow(source, columnStep, output + <usize>row * outputRow + ((<usize>from) << 2), columns - from);
  }
}

function turnFour(input: usize, columnStep: usize, output: usize, outputRow: usize): void {
  const c0 = v128.load(input);
  const c1 = v128.load(input + columnStep);
  const c2 = v128.load(input + 2 * columnStep);
  const c3 = v128.load(input + 3 * columnStep);
  const low01 = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
  v128.store(output, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(output + outputRow, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(output + 2 * outputRow, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(output + 3 * outputRow, v128.shuffle<f64>(high01, high23, 1, 3));
}

/**
 * input, output, rows, columns, the input's row step and column step, scale, whether to add, outer axes with steps in the input:
 * `output (+)= scale · input`
 */
function addStrided(record: usize): void {
  const rows = word(record, 4);
  const columns = word(record, 5);
  const columnStep = byteStep(record, 7);
  const scale = f32x4.splat(real(record, 8));
  const kept = i32x4.splat(-word(record, 9));
  const blocks = outerPlaces(record, 10, 1);
  let output = address(record, 3);
  for (let block = 0; block < blocks; block++) {
    let inputRow = address(record, 2) + outerOffset(record, 10, 1, block, 0);
    for (let row = 0; row < rows; row++) {
      let input = inputRow;
      for (let rest = columns; rest > 0; rest -= 4) {
        const before = v128.and(v128.load(output), kept);
        storePart(output, multiplyAdd(scale, loadSteps(input, columnStep, rest), before), rest);
        output += (<usize>min(rest, 4)) << 2;
        input += 4 * columnStep;
      }
      inputRow += byteStep(record, 6);
    }
  }
}

/** input, output, rows, columns, the output's row step and column step (not 0), outer axes with steps in the output */
function scatterAddStrided(record: usize): void {
  const rows = word(record, 4);
  const columns = word(record, 5);
  const columnStep = byteStep(record, 7);
  const blocks = outerPlaces(record, 8, 1);
  let input = address(record, 2);
  for (let block = 0; block < blocks; block++) {
    let outputRow = address(record, 3) + outerOffset(record, 8, 1, block, 0);
    for (let row = 0; row < rows; row++) {
      let output = outputRow;
      for (let rest = columns; rest > 0; rest -= 4) {
        const count = min(rest, 4);
        const sum = f32x4.add(loadSteps(output, columnStep, count), v128.load(input));
        if (columnStep === 4) storePart(output, sum, count);
        else storeSteps(output, columnStep, sum, count);
        output += 4 * columnStep;
        input += (<usize>count) << 2;
      }
      outputRow += byteStep(record, 6);
    }
  }
}

/** The row that an id names, −1 where it names none: ids come from outside and must never lead to other memory. */
function rowOf(id: f32, rows: i32): i32 {
  // NaN fails the comparison; a number this large is a whole one.
  if (!(id >= 0 && id < <f32>rows)) return -1;
  const row = <i32>id;
  return <f32>row === id && row < rows ? row : -1;
}

/** table, ids, output, count of ids, width, rows of the table: `output[i] = table[ids[i]]`, NaN for an id that names no row */
function gatherRows(record: usize): void {
  const table = address(record, 2);
  const ids = address(record, 3);
  let output = address(record, 4);
  const count = word(record, 5);
  const width = word(record, 6);
  const bytes = (<usize>width) << 2;
  for (let index = 0; index < count; index++, output += bytes) {
    const row = rowOf(load<f32>(ids + ((<usize>index) << 2)), word(record, 7));
    if (row >= 0) memory.copy(output, table + <usize>row * bytes, bytes);
    else for (let column = 0; column < width; column++) store<f32>(output + ((<usize>column) << 2), NaN);
  }
}

/** outputGrad, ids, tableGrad, count of ids, width, rows of the table, the first that counts: `tableGrad[ids[i]] += outputGrad[i]` */
function scatterAddRows(record: usize): void {
  let outputGrad = address(record, 2);
  const ids = address(record, 3);
  const tableGrad = address(record, 4);
  const count = word(record, 5);
  const width = word(record, 6);
  const bytes = (<usize>width) << 2;
  for (let index = 0; index < count; index++, outputGrad += bytes) {
    const row = rowOf(load<f32>(ids + ((<usize>index) << 2)), word(record, 7));
    if (row < word(record, 8)) continue;
    const target = tableGrad + <usize>row * bytes;
    for (let column = 0; column < width; column += 4) {
      const offset = (<usize>column) << 2;
      const sum = f32x4.add(v128.load(target + offset), v128.load(outputGrad + offset));
      storePart(target + offset, sum, width - column);
    }
  }
}

/** table, ids, output, count of ids, width, rows of the table: `output[i] += table[ids[i]]`, NaN for an id that names no row */
function addRows(record: usize): void {
  const table = address(record, 2);
  const ids = address(record, 3);
  let output = address(record, 4);
  const width = word(record, 6);
  const bytes = (<usize>width) << 2;
  for (let index = 0; index < word(record, 5); index++, output += bytes) {
    const row = rowOf(load<f32>(ids + ((<usize>index) << 2)), word(record, 7));
    for (let column = 0; column < width; column += 4) {
      const offset = (<usize>column) << 2;
      const values = row < 0 ? f32x4.splat(NaN) : v128.load(table + <usize>row * bytes + offset);
      storePart(output + offset, f32x4.add(v128.load(output + offset), values), width - column);
    }
  }
}

/** input, output, outer, length, inner, whether from the end: `output += Σ of the input so far` along the middle axis, in double precision */
function addRunningSums(record: usize): void {
  const outer = word(record, 4);
  const length = word(record, 5);
  const inner = word(record, 6);
  const isReverse = word(record, 7) !== 0;
  for (let block = 0; block < outer; block++)
    for (let column = 0; column < inner; column++) {
      let sum: f64 = 0;
      for (let step = 0; step < length; step++) {
        const index = isReverse ? length - 1 - step : step;
        const offset = (<usize>((block * length + index) * inner + column)) << 2;
        sum += <f64>load<f32>(address(record, 2) + offset);
        const target = address(record, 3) + offset;
        store<f32>(target, <f32>(<f64>load<f32>(target) + sum));
      }
    }
}
