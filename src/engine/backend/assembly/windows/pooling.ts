// Pooling: the largest number or the mean of each window, four channels at a time.

import { address, word } from "../tape/record";
import { multiplyAdd, storePart } from "../vectors/vector";
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
  const arePairs = !isMean && arePairsOfPairs();
  const outputBytes = (<usize>inputChannels) << 2;
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < outputHeight; row++) {
      if (arePairs) {
        largestOfPairs(x + pairOffset(picture, row), output);
        output += <usize>outputWidth * outputBytes;
        continue;
      }
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

/**
 * x, output, outputGrad, inputGrad, whether it is the mean, geometry, whether to add to the gradient, whether x comes from a ReLU
 * and the gradient of what went into that is wanted
 */
export function pool2dGrad(record: usize): void {
  const x = address(record, 2);
  let output = address(record, 3);
  let outputGrad = address(record, 4);
  const inputGrad = address(record, 5);
  const isMean = word(record, 6) !== 0;
  readGeometry(record, 7);
  const adds = word(record, 22) !== 0;
  const isRectified = word(record, 23) !== 0;
  const arePairs = !isMean && arePairsOfPairs();
  const outputBytes = (<usize>inputChannels) << 2;
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < outputHeight; row++) {
      if (arePairs) {
        const offset = pairOffset(picture, row);
        giveGradToPairs(x + offset, output, outputGrad, inputGrad + offset, adds, isRectified);
        output += <usize>outputWidth * outputBytes;
        outputGrad += <usize>outputWidth * outputBytes;
        continue;
      }
      for (let column = 0; column < outputWidth; column++) {
        findWindow(picture, row, column);
        for (let left = inputChannels; left > 0; left -= 4) {
          const at = (<usize>(inputChannels - left)) << 2;
          const largest = v128.load(output + at);
          let grad = v128.load(outputGrad + at);
          if (isMean) shareGrad(grad, inputGrad + at, left, adds);
          else {
            if (isRectified) grad = multiplyAdd(grad, rectifiedSlope(largest), f32x4.splat(0));
            giveGrad(x + at, largest, grad, inputGrad + at, left, adds);
          }
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
  const firstRow = top >= 0 ? 0 : stepsIn(dilationHeight - 1 - top, dilationHeight);
  const firstColumn = left >= 0 ? 0 : stepsIn(dilationWidth - 1 - left, dilationWidth);
  windowRows = min(kernelHeight - 1, stepsIn(inputHeight - 1 - top, dilationHeight)) - firstRow + 1;
  windowColumns = min(kernelWidth - 1, stepsIn(inputWidth - 1 - left, dilationWidth)) - firstColumn + 1;
  const pixel =
    (picture * inputHeight + top + firstRow * dilationHeight) * inputWidth + left + firstColumn * dilationWidth;
  const pixelBytes = (<usize>inputChannels) << 2;
  windowStart = <usize>pixel * pixelBytes;
  rowStep = <usize>(dilationHeight * inputWidth) * pixelBytes;
  columnStep = <usize>dilationWidth * pixelBytes;
}

/** A division takes longer than a window. */
function stepsIn(distance: i32, step: i32): i32 {
  return step === 1 ? distance : distance / step;
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

function shareGrad(outputGrad: v128, inputGrad: usize, left: i32, adds: bool): void {
  const part = f32x4.div(outputGrad, f32x4.splat(<f32>(windowRows * windowColumns)));
  let line = inputGrad + windowStart;
  for (let row = windowRows; row > 0; row--) {
    let place = line;
    for (let column = windowColumns; column > 0; column--) {
      storePart(place, adds ? f32x4.add(v128.load(place), part) : part, left);
      place += columnStep;
    }
    line += rowStep;
  }
}

/** The first number equal to the largest gets the gradient; where that is a NaN, the first NaN. */
function giveGrad(x: usize, output: v128, outputGrad: v128, inputGrad: usize, left: i32, adds: bool): void {
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
      const part = v128.and(outputGrad, gets);
      storePart(place, adds ? f32x4.add(v128.load(place), part) : part, left);
      at += step;
    }
    offset += rowStep;
  }
}

/** The slope of a ReLU, by what it gave. */
function rectifiedSlope(output: v128): v128 {
  return v128.and(f32x4.splat(1), f32x4.gt(output, f32x4.splat(0)));
}

// The usual windows, two by two numbers each beside the next, need no search: their four numbers stand at even distances.

function arePairsOfPairs(): bool {
  const areSquare = kernelHeight === 2 && kernelWidth === 2 && strideHeight === 2 && strideWidth === 2;
  const areInside = padTop === 0 && padLeft === 0 && 2 * outputHeight <= inputHeight && 2 * outputWidth <= inputWidth;
  return areSquare && areInside && dilationHeight === 1 && dilationWidth === 1;
}

/** Where the windows of an output row begin, from the input's start. */
function pairOffset(picture: i32, row: i32): usize {
  return (<usize>((picture * inputHeight + 2 * row) * inputWidth * inputChannels)) << 2;
}

/** One row of outputs. */
function largestOfPairs(x: usize, output: usize): void {
  const channels = inputChannels;
  const right = (<usize>channels) << 2;
  const down = <usize>inputWidth * right;
  const across = down + right;
  let from = x;
  let to = output;
  for (let column = outputWidth; column > 0; column--) {
    for (let left = channels; left > 0; left -= 4) {
      const a = v128.load(from);
      const b = v128.load(from + right);
      const c = v128.load(from + down);
      const d = v128.load(from + across);
      const largest = f32x4.pmax(f32x4.pmax(f32x4.pmax(a, b), c), d);
      const broken = v128.or(v128.or(f32x4.ne(a, a), f32x4.ne(b, b)), v128.or(f32x4.ne(c, c), f32x4.ne(d, d)));
      storePart(to, v128.or(largest, broken), left);
      const bytes = (<usize>min(4, left)) << 2;
      from += bytes;
      to += bytes;
    }
    from += right;
  }
}

/** To one row of windows. */
function giveGradToPairs(
  x: usize,
  output: usize,
  outputGrad: usize,
  inputGrad: usize,
  adds: bool,
  isRectified: bool,
): void {
  const channels = inputChannels;
  const right = (<usize>channels) << 2;
  const down = <usize>inputWidth * right;
  const across = down + right;
  const zero = f32x4.splat(0);
  let from = x;
  let to = inputGrad;
  let at: usize = 0;
  for (let column = outputWidth; column > 0; column--) {
    for (let left = channels; left > 0; left -= 4) {
      const largest = v128.load(output + at);
      let grad = v128.load(outputGrad + at);
      if (isRectified) grad = multiplyAdd(grad, rectifiedSlope(largest), zero);
      const isBroken = f32x4.ne(largest, largest);
      let isA = f32x4.eq(v128.load(from), largest);
      let isB = f32x4.eq(v128.load(from + right), largest);
      let isC = f32x4.eq(v128.load(from + down), largest);
      let isD = f32x4.eq(v128.load(from + across), largest);
      if (v128.any_true(isBroken)) {
        isA = v128.or(isA, brokenIn(from, isBroken));
        isB = v128.or(isB, brokenIn(from + right, isBroken));
        isC = v128.or(isC, brokenIn(from + down, isBroken));
        isD = v128.or(isD, brokenIn(from + across, isBroken));
      }
      // The first of equals gets it.
      const isAB = v128.or(isA, isB);
      giveTo(to, v128.and(grad, isA), left, adds);
      giveTo(to + right, v128.and(grad, v128.andnot(isB, isA)), left, adds);
      giveTo(to + down, v128.and(grad, v128.andnot(isC, isAB)), left, adds);
      giveTo(to + across, v128.and(grad, v128.andnot(isD, v128.or(isAB, isC))), left, adds);
      const bytes = (<usize>min(4, left)) << 2;
      from += bytes;
      to += bytes;
      at += bytes;
    }
    from += right;
    to += right;
  }
}

/** The places of NaN that a broken window sees. */
function brokenIn(place: usize, isBroken: v128): v128 {
  const value = v128.load(place);
  return v128.and(isBroken, f32x4.ne(value, value));
}

function giveTo(place: usize, part: v128, left: i32, adds: bool): void {
  storePart(place, adds ? f32x4.add(v128.load(place), part) : part, left);
}
