// Pooling: the largest number or the mean of each window, four channels at a time.

import {
  batch,
  dilationHeight,
  dilationWidth,
  inputChannels,
  inputHeight,
  inputWidth,
  kernelHeight,
  kernelWidth,
  outputHeight,
  outputWidth,
  padLeft,
  padTop,
  readGeometry,
  strideHeight,
  strideWidth,
} from "./geometry";
import { address, word } from "./record";
import { storePart } from "./vector";

// The window of one output pixel: its rows and columns inside the input.
let firstRow: i32 = 0;
let lastRow: i32 = 0;
let firstColumn: i32 = 0;
let lastColumn: i32 = 0;
let windowTop: i32 = 0;
let windowLeft: i32 = 0;

/** x, output, whether it is the mean, geometry */
export function pool2d(record: usize): void {
  const x = address(record, 2);
  let output = address(record, 3);
  const isMean = word(record, 4) !== 0;
  readGeometry(record, 5);
  const outputBytes = (<usize>inputChannels) << 2;
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < outputHeight; row++) {
      for (let column = 0; column < outputWidth; column++) {
        findWindow(row, column);
        for (let left = inputChannels; left > 0; left -= 4) {
          const at = (<usize>(inputChannels - left)) << 2;
          storePart(output + at, isMean ? meanOf(x + at, picture) : largestOf(x + at, picture), left);
        }
        output += outputBytes;
      }
    }
  }
}

/** x, output, outputGrad, inputGrad, whether it is the mean, geometry */
export function pool2dGrad(record: usize): void {
  const x = address(record, 2);
  let output = address(record, 3);
  let outputGrad = address(record, 4);
  const inputGrad = address(record, 5);
  const isMean = word(record, 6) !== 0;
  readGeometry(record, 7);
  const outputBytes = (<usize>inputChannels) << 2;
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < outputHeight; row++) {
      for (let column = 0; column < outputWidth; column++) {
        findWindow(row, column);
        for (let left = inputChannels; left > 0; left -= 4) {
          const at = (<usize>(inputChannels - left)) << 2;
          if (isMean) shareGrad(v128.load(outputGrad + at), inputGrad + at, picture, left);
          else giveGrad(x + at, v128.load(output + at), v128.load(outputGrad + at), inputGrad + at, picture, left);
        }
        output += outputBytes;
        outputGrad += outputBytes;
      }
    }
  }
}

function findWindow(row: i32, column: i32): void {
  windowTop = row * strideHeight - padTop;
  windowLeft = column * strideWidth - padLeft;
  firstRow = windowTop >= 0 ? 0 : (dilationHeight - 1 - windowTop) / dilationHeight;
  firstColumn = windowLeft >= 0 ? 0 : (dilationWidth - 1 - windowLeft) / dilationWidth;
  lastRow = min(kernelHeight - 1, (inputHeight - 1 - windowTop) / dilationHeight);
  lastColumn = min(kernelWidth - 1, (inputWidth - 1 - windowLeft) / dilationWidth);
}

/** How far from the input's start the window's place stands, in bytes. */
function offsetOf(picture: i32, row: i32, column: i32): usize {
  const pixel =
    (picture * inputHeight + windowTop + row * dilationHeight) * inputWidth + windowLeft + column * dilationWidth;
  return (<usize>pixel * <usize>inputChannels) << 2;
}

function largestOf(x: usize, picture: i32): v128 {
  let largest = f32x4.splat(-f32.MAX_VALUE * 2);
  let broken = f32x4.splat(0);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const value = v128.load(x + offsetOf(picture, row, column));
      // pmax lets a NaN go by; it is kept beside.
      largest = f32x4.pmax(largest, value);
      broken = v128.or(broken, f32x4.ne(value, value));
    }
  }
  return v128.or(largest, broken);
}

function meanOf(x: usize, picture: i32): v128 {
  let sum = f32x4.splat(0);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++)
      sum = f32x4.add(sum, v128.load(x + offsetOf(picture, row, column)));
  }
  return f32x4.div(sum, f32x4.splat(<f32>countSeen()));
}

function countSeen(): i32 {
  return (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);
}

function shareGrad(outputGrad: v128, inputGrad: usize, picture: i32, left: i32): void {
  const part = f32x4.div(outputGrad, f32x4.splat(<f32>countSeen()));
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const place = inputGrad + offsetOf(picture, row, column);
      storePart(place, f32x4.add(v128.load(place), part), left);
    }
  }
}

/** The first number equal to the largest gets the gradient; where that is a NaN, the first NaN. */
function giveGrad(x: usize, output: v128, outputGrad: v128, inputGrad: usize, picture: i32, left: i32): void {
  let given = i32x4.splat(0);
  const isBroken = f32x4.ne(output, output);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const offset = offsetOf(picture, row, column);
      const value = v128.load(x + offset);
      const isSame = v128.or(f32x4.eq(value, output), v128.and(isBroken, f32x4.ne(value, value)));
      const gets = v128.andnot(isSame, given);
      given = v128.or(given, isSame);
      const place = inputGrad + offset;
      storePart(place, f32x4.add(v128.load(place), v128.and(outputGrad, gets)), left);
    }
  }
}
