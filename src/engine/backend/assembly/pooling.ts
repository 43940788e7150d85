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

// The window of one output pixel: where its first place inside the input stands, from the input's start, and what to go on by.
let windowStart: usize = 0;
let windowRows: i32 = 0;
let windowColumns: i32 = 0;
let rowStep: usize = 0;
let columnStep: usize = 0;

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
        findWindow(picture, row, column);
        for (let left = inputChannels; left > 0; left -= 4) {
          const at = (<usize>(inputChannels - left)) << 2;
          storePart(output + at, isMean ? meanOf(x + at) : largestOf(x + at), left);
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
        findWindow(picture, row, column);
        for (let left = inputChannels; left > 0; left -= 4) {
          const at = (<usize>(inputChannels - left)) << 2;
          if (isMean) shareGrad(v128.load(outputGrad + at), inputGrad + at, left);
          else giveGrad(x + at, v128.load(output + at), v128.load(outputGrad + at), inputGrad + at, left);
        }
        output += outputBytes;
        outputGrad += outputBytes;
      }
    }
  }
}

function findWindow(picture: i32, row: i32, column: i32): void {
  const top = row * strideHeight - padTop;
  const left = column * strideWidth - padLeft;
  const firstRow = top >= 0 ? 0 : (dilationHeight - 1 - top) / dilationHeight;
  const firstColumn = left >= 0 ? 0 : (dilationWidth - 1 - left) / dilationWidth;
  windowRows = min(kernelHeight - 1, (inputHeight - 1 - top) / dilationHeight) - firstRow + 1;
  windowColumns = min(kernelWidth - 1, (inputWidth - 1 - left) / dilationWidth) - firstColumn + 1;
  const pixel =
    (picture * inputHeight + top + firstRow * dilationHeight) * inputWidth + left + firstColumn * dilationWidth;
  const pixelBytes = (<usize>inputChannels) << 2;
  windowStart = <usize>pixel * pixelBytes;
  rowStep = <usize>(dilationHeight * inputWidth) * pixelBytes;
  columnStep = <usize>dilationWidth * pixelBytes;
}

function largestOf(x: usize): v128 {
  const columns = windowColumns;
  const step = columnStep;
  let largest = f32x4.splat(-Infinity);
  let broken = f32x4.splat(0);
  let line = x + windowStart;
  for (let row = windowRows; row > 0; row--) {
    let place = line;
    for (let column = columns; column > 0; column--) {
      const value = v128.load(place);
      // pmax lets a NaN go by; it is kept beside.
      largest = f32x4.pmax(largest, value);
      broken = v128.or(broken, f32x4.ne(value, value));
      place += step;
    }
    line += rowStep;
  }
  return v128.or(largest, broken);
}

function meanOf(x: usize): v128 {
  let sum = f32x4.splat(0);
  let line = x + windowStart;
  for (let row = windowRows; row > 0; row--) {
    let place = line;
    for (let column = windowColumns; column > 0; column--) {
      sum = f32x4.add(sum, v128.load(place));
      place += columnStep;
    }
    line += rowStep;
  }
  return f32x4.div(sum, f32x4.splat(<f32>(windowRows * windowColumns)));
}

function shareGrad(outputGrad: v128, inputGrad: usize, left: i32): void {
  const part = f32x4.div(outputGrad, f32x4.splat(<f32>(windowRows * windowColumns)));
  let line = inputGrad + windowStart;
  for (let row = windowRows; row > 0; row--) {
    let place = line;
    for (let column = windowColumns; column > 0; column--) {
      storePart(place, f32x4.add(v128.load(place), part), left);
      place += columnStep;
    }
    line += rowStep;
  }
}

/** The first number equal to the largest gets the gradient; where that is a NaN, the first NaN. */
function giveGrad(x: usize, output: v128, outputGrad: v128, inputGrad: usize, left: i32): void {
  const columns = windowColumns;
  const step = columnStep;
  let given = i32x4.splat(0);
  const isBroken = f32x4.ne(output, output);
  let offset = windowStart;
  for (let row = windowRows; row > 0; row--) {
    let at = offset;
    for (let column = columns; column > 0; column--) {
      const value = v128.load(x + at);
      const isSame = v128.or(f32x4.eq(value, output), v128.and(isBroken, f32x4.ne(value, value)));
      const gets = v128.andnot(isSame, given);
      given = v128.or(given, isSame);
      const place = inputGrad + at;
      storePart(place, f32x4.add(v128.load(place), v128.and(outputGrad, gets)), left);
      at += step;
    }
    offset += rowStep;
  }
}
