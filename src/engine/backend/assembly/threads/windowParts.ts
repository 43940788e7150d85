// How convolutions and pooling are split: by pictures, the kernel's gradients by tiles of the kernel. And the room a convolution needs on each thread.

import * as opcodes from "../../opcodes";
import { word } from "../tape/record";
import {
  batch,
  dilationHeight,
  dilationWidth,
  inputChannels,
  inputHeight,
  inputWidth,
  kernelHeight,
  kernelWidth,
  outputChannels,
  outputHeight,
  outputWidth,
  reachedHeight,
  reachedWidth,
  readGeometry,
} from "../windows/geometry";
import { measure, move, setWord } from "./parts";

/** Nanoseconds for a product and its sum. */
const TIME_EACH: f64 = 0.04;
const DEPTHWISE_TIME_EACH: f64 = 0.3;

function geometryAt(opcode: i32): i32 {
  return opcode === opcodes.POOL2D_GRAD ? 7 : 5;
}

export function measureWindows(opcode: i32, record: usize): void {
  readGeometry(record, geometryAt(opcode));
  const windows = <f64>batch * <f64>outputHeight * <f64>outputWidth * <f64>kernelHeight * <f64>kernelWidth;
  const time =
    opcode <= opcodes.CONV2D_KERNEL_GRAD
      ? windows * <f64>inputChannels * <f64>outputChannels * TIME_EACH
      : windows * <f64>outputChannels * DEPTHWISE_TIME_EACH;
  if (opcode === opcodes.CONV2D_KERNEL_GRAD) measure(word(record, 22), time);
  else if (opcode === opcodes.DEPTHWISE_CONV2D_KERNEL_GRAD) measure(word(record, 21), time);
  else measure(batch, time);
}

export function narrowWindows(opcode: i32, part: usize, first: i32, count: i32): void {
  readGeometry(part, geometryAt(opcode));
  const input = inputHeight * inputWidth * inputChannels;
  const output = outputHeight * outputWidth * outputChannels;
  switch (opcode) {
    case opcodes.CONV2D:
    case opcodes.DEPTHWISE_CONV2D:
      move(part, 2, first, input);
      move(part, 4, first, output);
      break;
    case opcodes.CONV2D_INPUT_GRAD:
    case opcodes.DEPTHWISE_CONV2D_INPUT_GRAD:
      move(part, 2, first, output);
      move(part, 4, first, input);
      break;
    case opcodes.POOL2D:
      move(part, 2, first, input);
      move(part, 3, first, output);
      break;
    case opcodes.POOL2D_GRAD:
      move(part, 2, first, input);
      move(part, 3, first, output);
      move(part, 4, first, output);
      move(part, 5, first, input);
      break;
    case opcodes.CONV2D_KERNEL_GRAD:
      setWord(part, 21, word(part, 21) + first);
      setWord(part, 22, count);
      return;
    case opcodes.DEPTHWISE_CONV2D_KERNEL_GRAD:
      setWord(part, 20, word(part, 20) + first);
      setWord(part, 21, count);
      return;
    default:
      abort();
  }
  setWord(part, geometryAt(opcode), count);
}

/** Whether the record works in memory of its own, which parts on other threads need too. */
function needsRoom(opcode: i32): bool {
  return opcode >= opcodes.CONV2D && opcode <= opcodes.CONV2D_KERNEL_GRAD;
}

/** Pictures are followed by something that may be read past their end. */
const SLACK_BYTES: i32 = 64;

function pictureBytes(opcode: i32): i32 {
  const height =
    opcode === opcodes.CONV2D_INPUT_GRAD ? inputHeight + (kernelHeight - 1) * dilationHeight : reachedHeight();
  const width = opcode === opcodes.CONV2D_INPUT_GRAD ? inputWidth + (kernelWidth - 1) * dilationWidth : reachedWidth();
  const channels = opcode === opcodes.CONV2D_INPUT_GRAD ? outputChannels : inputChannels;
  return ((height * width * channels * 4 + SLACK_BYTES + 63) / 64) * 64;
}

function panelBytes(opcode: i32): i32 {
  if (opcode === opcodes.CONV2D_KERNEL_GRAD) return 0;
  const from = opcode === opcodes.CONV2D ? inputChannels : outputChannels;
  const to = opcode === opcodes.CONV2D ? outputChannels : inputChannels;
  return kernelHeight * kernelWidth * from * 32 * ((to + 7) / 8) + SLACK_BYTES;
}

/** How many bytes of room a record needs on each thread. */
export function roomBytesOf(opcode: i32, record: usize): i32 {
  if (!needsRoom(opcode)) return 0;
  readGeometry(record, 5);
  return pictureBytes(opcode) + panelBytes(opcode);
}

/** Makes a part work in another thread's room. */
export function moveRoom(opcode: i32, part: usize, room: usize): void {
  if (!needsRoom(opcode)) return;
  readGeometry(part, 5);
  setWord(part, 20, <i32>room);
  if (opcode !== opcodes.CONV2D_KERNEL_GRAD) setWord(part, 21, <i32>room + pictureBytes(opcode));
}
