// Routines on whole arrays: fill, copy, add. Arrays may be read up to 12 bytes past their end, never written there.

import { ADD_SCALED, COPY, FILL, MATRIX_PRODUCT } from "../../opcodes";
import { multiplyMatrices } from "../products/matrixProduct";
import { address, real, word } from "../tape/record";
import { multiplyAdd, storeFirst } from "../vectors/vector";

export function runArrayRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case FILL:
      fill(record);
      break;
    case COPY:
      copy(record);
      break;
    case ADD_SCALED:
      addScaled(record);
      break;
    case MATRIX_PRODUCT:
      multiplyMatrices(record);
      break;
    default:
      abort();
  }
}

/** output, length, value */
function fill(record: usize): void {
  let output = address(record, 2);
  const length = word(record, 3);
  const value = f32x4.splat(real(record, 4));
  const end = output + ((<usize>(length & ~3)) << 2);
  for (; output < end; output += 16) v128.store(output, value);
  if (length & 3) storeFirst(output, value, length & 3);
}

/** input, output, length, scale: `output = scale · input` */
function copy(record: usize): void {
  let input = address(record, 2);
  let output = address(record, 3);
  const length = word(record, 4);
  const scale = real(record, 5);
  if (scale === 1) {
    memory.copy(output, input, (<usize>length) << 2);
    return;
  }
  const factor = f32x4.splat(scale);
  const end = output + ((<usize>(length & ~3)) << 2);
  for (; output < end; output += 16, input += 16) v128.store(output, f32x4.mul(factor, v128.load(input)));
  if (length & 3) storeFirst(output, f32x4.mul(factor, v128.load(input)), length & 3);
}

/** input, output, length, scale: `output += scale · input` */
function addScaled(record: usize): void {
  let input = address(record, 2);
  let output = address(record, 3);
  const length = word(record, 4);
  const scale = f32x4.splat(real(record, 5));
  const end = output + ((<usize>(length & ~3)) << 2);
  for (; output < end; output += 16, input += 16)
    v128.store(output, multiplyAdd(scale, v128.load(input), v128.load(output)));
  if (length & 3) storeFirst(output, multiplyAdd(scale, v128.load(input), v128.load(output)), length & 3);
}
