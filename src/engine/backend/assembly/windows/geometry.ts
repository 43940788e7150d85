// How a window moves over pictures, as a record gives it, for convolution and pooling.

import { word } from "../tape/record";

export let batch: i32 = 0;
export let inputHeight: i32 = 0;
export let inputWidth: i32 = 0;
export let inputChannels: i32 = 0;
export let outputHeight: i32 = 0;
export let outputWidth: i32 = 0;
export let outputChannels: i32 = 0;
export let kernelHeight: i32 = 0;
export let kernelWidth: i32 = 0;
export let strideHeight: i32 = 0;
export let strideWidth: i32 = 0;
export let padTop: i32 = 0;
export let padLeft: i32 = 0;
export let dilationHeight: i32 = 0;
export let dilationWidth: i32 = 0;

/** Fifteen words from `at` on. */
export function readGeometry(record: usize, at: i32): void {
  batch = word(record, at);
  inputHeight = word(record, at + 1);
  inputWidth = word(record, at + 2);
  inputChannels = word(record, at + 3);
  outputHeight = word(record, at + 4);
  outputWidth = word(record, at + 5);
  outputChannels = word(record, at + 6);
  kernelHeight = word(record, at + 7);
  kernelWidth = word(record, at + 8);
  strideHeight = word(record, at + 9);
  strideWidth = word(record, at + 10);
  padTop = word(record, at + 11);
  padLeft = word(record, at + 12);
  dilationHeight = word(record, at + 13);
  dilationWidth = word(record, at + 14);
}

/** How many input rows the windows of all output rows reach over, those outside the input included. */
export function reachedHeight(): i32 {
  return (outputHeight - 1) * strideHeight + (kernelHeight - 1) * dilationHeight + 1;
}

export function reachedWidth(): i32 {
  return (outputWidth - 1) * strideWidth + (kernelWidth - 1) * dilationWidth + 1;
}

/**
 * Lays a picture into a larger one of zeros: pixel (row, column) to (top + row · rowStep, left + column · columnStep). What
 * falls outside is left out. The target's other places must be zero already.
 */
export function placePicture(
  source: usize,
  height: i32,
  width: i32,
  channels: i32,
  target: usize,
  targetHeight: i32,
  targetWidth: i32,
  top: i32,
  left: i32,
  rowStep: i32,
  columnStep: i32,
): void {
  const pixelBytes = (<usize>channels) << 2;
  for (let row = 0; row < height; row++) {
    const targetRow = top + row * rowStep;
    if (targetRow < 0 || targetRow >= targetHeight) continue;
    const from = source + <usize>(row * width) * pixelBytes;
    const to = target + <usize>(targetRow * targetWidth) * pixelBytes;
    if (columnStep === 1) {
      const first = max(0, -left);
      const last = min(width, targetWidth - left);
      if (last > first)
        memory.copy(
          to + <usize>(left + first) * pixelBytes,
          from + <usize>first * pixelBytes,
          <usize>(last - first) * pixelBytes,
        );
      continue;
    }
    for (let column = 0; column < width; column++) {
      const place = left + column * columnStep;
      if (place < 0 || place >= targetWidth) continue;
      memory.copy(to + <usize>place * pixelBytes, from + <usize>column * pixelBytes, pixelBytes);
    }
  }
}
