// Convolutions that mix channels, as products whose rows are windows read where they stand: no copy of the windows is made, only one of each picture with its border.

import { multiplyRows, setWalk } from "../products/rowTile";
import { setBias, setRectifying } from "../products/tileEnding";
import { address, word } from "../tape/record";
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
  padLeft,
  padTop,
  placePicture,
  reachedHeight,
  reachedWidth,
  readGeometry,
  strideHeight,
  strideWidth,
} from "./geometry";

/** x, kernel, output, geometry, room for a picture with its border, room for the kernel in panels, a number for each filter that is added in the end (or 0), whether what is below zero then becomes zero */
export function conv2d(record: usize): void {
  readGeometry(record, 5);
  const x = address(record, 2);
  const output = address(record, 4);
  const bordered = address(record, 20);
  const panels = address(record, 21);
  const height = reachedHeight();
  const width = reachedWidth();
  packKernel(address(record, 3), kernelHeight * kernelWidth * inputChannels, outputChannels, panels);
  memory.fill(bordered, 0, (<usize>(height * width * inputChannels)) << 2);
  setRectifying(word(record, 23) !== 0);
  const pictureBytes = (<usize>(inputHeight * inputWidth * inputChannels)) << 2;
  const outputBytes = (<usize>(outputHeight * outputWidth * outputChannels)) << 2;
  for (let picture = 0; picture < batch; picture++) {
    const from = x + <usize>picture * pictureBytes;
    placePicture(from, inputHeight, inputWidth, inputChannels, bordered, height, width, padTop, padLeft, 1, 1);
    correlate(
      bordered,
      width,
      inputChannels,
      strideHeight,
      strideWidth,
      panels,
      outputChannels,
      output + <usize>picture * outputBytes,
      outputHeight,
      outputWidth,
      address(record, 22),
      false,
    );
  }
}

/** outputGrad, kernel, inputGrad, geometry, room for a picture with its border, room for the kernel in panels */
export function conv2dInputGrad(record: usize): void {
  readGeometry(record, 5);
  const outputGrad = address(record, 2);
  const inputGrad = address(record, 4);
  const bordered = address(record, 20);
  const panels = address(record, 21);
  // The gradient's picture, its pixels a stride apart, met by the kernel turned round.
  const height = inputHeight + (kernelHeight - 1) * dilationHeight;
  const width = inputWidth + (kernelWidth - 1) * dilationWidth;
  const top = (kernelHeight - 1) * dilationHeight - padTop;
  const left = (kernelWidth - 1) * dilationWidth - padLeft;
  packTurnedKernel(address(record, 3), panels);
  memory.fill(bordered, 0, (<usize>(height * width * outputChannels)) << 2);
  setRectifying(false);
  const gradBytes = (<usize>(outputHeight * outputWidth * outputChannels)) << 2;
  const pictureBytes = (<usize>(inputHeight * inputWidth * inputChannels)) << 2;
  for (let picture = 0; picture < batch; picture++) {
    placePicture(
      outputGrad + <usize>picture * gradBytes,
      outputHeight,
      outputWidth,
      outputChannels,
      bordered,
      height,
      width,
      top,
      left,
      strideHeight,
      strideWidth,
    );
    const target = inputGrad + <usize>picture * pictureBytes;
    correlate(bordered, width, outputChannels, 1, 1, panels, inputChannels, target, inputHeight, inputWidth, 0, true);
  }
}

/** x, outputGrad, kernelGrad, geometry, room for a picture with its border, the first tile of the kernel to take, how many */
export function conv2dKernelGrad(record: usize): void {
  readGeometry(record, 5);
  const x = address(record, 2);
  const outputGrad = address(record, 3);
  const kernelGrad = address(record, 4);
  const bordered = address(record, 20);
  const height = reachedHeight();
  const width = reachedWidth();
  memory.fill(bordered, 0, (<usize>(height * width * inputChannels)) << 2);
  const pictureBytes = (<usize>(inputHeight * inputWidth * inputChannels)) << 2;
  const gradBytes = (<usize>(outputHeight * outputWidth * outputChannels)) << 2;
  const pixelBytes = (<usize>inputChannels) << 2;
  const rowBytes = <usize>width * pixelBytes;
  const filterBytes = (<usize>outputChannels) << 2;
  setBias(0);
  setRectifying(false);
  setWalk(
    outputHeight,
    <usize>strideHeight * rowBytes,
    1,
    0,
    outputWidth,
    <usize>strideWidth * pixelBytes,
    filterBytes,
  );
  for (let picture = 0; picture < batch; picture++) {
    const from = x + <usize>picture * pictureBytes;
    placePicture(from, inputHeight, inputWidth, inputChannels, bordered, height, width, padTop, padLeft, 1, 1);
    const grad = outputGrad + <usize>picture * gradBytes;
    addKernelGrad(bordered, rowBytes, grad, kernelGrad, word(record, 21), word(record, 22));
  }
}

/** One picture's part: rows are places of the kernel, summed over all outputs. A tile is six places by eight filters. */
function addKernelGrad(
  bordered: usize,
  rowBytes: usize,
  outputGrad: usize,
  kernelGrad: usize,
  firstTile: i32,
  tiles: i32,
): void {
  const acrossTiles = (outputChannels + 7) / 8;
  const places = kernelHeight * kernelWidth * inputChannels;
  const filterBytes = (<usize>outputChannels) << 2;
  for (let tile = firstTile; tile < firstTile + tiles; ) {
    const place = 6 * (tile / acrossTiles);
    const rows = min(6, places - place);
    const last = places - 1;
    const r0 = bordered + placeOffset(place, rowBytes);
    const r1 = bordered + placeOffset(min(place + 1, last), rowBytes);
    const r2 = bordered + placeOffset(min(place + 2, last), rowBytes);
    const r3 = bordered + placeOffset(min(place + 3, last), rowBytes);
    const r4 = bordered + placeOffset(min(place + 4, last), rowBytes);
    const r5 = bordered + placeOffset(min(place + 5, last), rowBytes);
    const end = min((tile / acrossTiles + 1) * acrossTiles, firstTile + tiles);
    for (; tile < end; tile++) {
      const filter = 8 * (tile % acrossTiles);
      const target = kernelGrad + <usize>place * filterBytes + ((<usize>filter) << 2);
      const right = outputGrad + ((<usize>filter) << 2);
      multiplyRows(r0, r1, r2, r3, r4, r5, right, target, filterBytes, rows, min(8, outputChannels - filter), true);
    }
  }
}

/** Where a place of the kernel (row, column, channel) meets the bordered picture of the first output. */
function placeOffset(place: i32, rowBytes: usize): usize {
  const channel = place % inputChannels;
  const tap = place / inputChannels;
  const column = tap % kernelWidth;
  const row = tap / kernelWidth;
  return <usize>(row * dilationHeight) * rowBytes + ((<usize>(column * dilationWidth * inputChannels + channel)) << 2);
}

/** Every output pixel of a bordered picture: six pixels by eight filters at a time. */
function correlate(
  bordered: usize,
  borderedWidth: i32,
  channels: i32,
  rowStride: i32,
  columnStride: i32,
  panels: usize,
  filters: i32,
  output: usize,
  rows: i32,
  columns: i32,
  extra: usize,
  accumulate: bool,
): void {
  const pixelBytes = (<usize>channels) << 2;
  const rowBytes = <usize>borderedWidth * pixelBytes;
  const isDense = dilationWidth === 1;
  setWalk(
    kernelHeight,
    <usize>dilationHeight * rowBytes,
    isDense ? 1 : kernelWidth,
    <usize>dilationWidth * pixelBytes,
    isDense ? kernelWidth * channels : channels,
    4,
    32,
  );
  const panelBytes = (<usize>(kernelHeight * kernelWidth * channels)) << 5;
  const filterBytes = (<usize>filters) << 2;
  const rowStep = <usize>rowStride * rowBytes;
  const columnStep = <usize>columnStride * pixelBytes;
  const pixels = rows * columns;
  for (let filter = 0; filter < filters; filter += 8) {
    const panel = panels + <usize>(filter >> 3) * panelBytes;
    const count = min(8, filters - filter);
    setBias(extra === 0 ? 0 : extra + ((<usize>filter) << 2));
    let column = 0;
    let line = bordered;
    for (let pixel = 0; pixel < pixels; pixel += 6) {
      const r0 = line + <usize>column * columnStep;
      const target = output + <usize>pixel * filterBytes + ((<usize>filter) << 2);
      if (column + 6 <= columns) {
        const r1 = r0 + columnStep;
        const r2 = r1 + columnStep;
        const r3 = r2 + columnStep;
        const r4 = r3 + columnStep;
        multiplyRows(r0, r1, r2, r3, r4, r4 + columnStep, panel, target, filterBytes, 6, count, accumulate);
      } else {
        const left = pixels - pixel - 1;
        const r1 = line + pixelOffset(column + min(1, left), columns, rowStep, columnStep);
        const r2 = line + pixelOffset(column + min(2, left), columns, rowStep, columnStep);
        const r3 = line + pixelOffset(column + min(3, left), columns, rowStep, columnStep);
        const r4 = line + pixelOffset(column + min(4, left), columns, rowStep, columnStep);
        const r5 = line + pixelOffset(column + min(5, left), columns, rowStep, columnStep);
        multiplyRows(r0, r1, r2, r3, r4, r5, panel, target, filterBytes, min(6, left + 1), count, accumulate);
      }
      column += 6;
      while (column >= columns) {
        column -= columns;
        line += rowStep;
      }
    }
  }
}

/** Where a pixel stands that lies so many columns to the right, on one of the next rows if need be. */
function pixelOffset(pixel: i32, columns: i32, rowStep: usize, columnStep: usize): usize {
  const row = pixel / columns;
  return <usize>row * rowStep + <usize>(pixel - row * columns) * columnStep;
}

/** A kernel `[places, filters]` in panels of eight filters, zeros where there are fewer. */
function packKernel(kernel: usize, places: i32, filters: i32, panels: usize): void {
  let target = panels;
  for (let filter = 0; filter < filters; filter += 8) {
    const count = min(8, filters - filter);
    for (let place = 0; place < places; place++) {
      const source = kernel + ((<usize>(place * filters + filter)) << 2);
      for (let column = 0; column < 8; column++)
        store<f32>(
          target + ((<usize>column) << 2),
          column < count ? load<f32>(source + ((<usize>column) << 2)) : <f32>0,
        );
      target += 32;
    }
  }
}

/** The kernel turned round, inputs and outputs exchanged: `[places from last to first, outputChannels, inputChannels]` in panels. */
function packTurnedKernel(kernel: usize, panels: usize): void {
  const taps = kernelHeight * kernelWidth;
  let target = panels;
  for (let channel = 0; channel < inputChannels; channel += 8) {
    const count = min(8, inputChannels - channel);
    for (let tap = taps - 1; tap >= 0; tap--) {
      for (let filter = 0; filter < outputChannels; filter++) {
        for (let column = 0; column < 8; column++) {
          const place = (tap * inputChannels + channel + column) * outputChannels + filter;
          store<f32>(
            target + ((<usize>column) << 2),
            column < count ? load<f32>(kernel + ((<usize>place) << 2)) : <f32>0,
          );
        }
        target += 32;
      }
    }
  }
}
