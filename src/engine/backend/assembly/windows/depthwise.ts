// Depthwise convolutions: each channel by itself. One output channel for each input channel goes four channels at a time, several go number by number.

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
  outputChannels,
  outputHeight,
  outputWidth,
  padLeft,
  padTop,
  readGeometry,
  strideHeight,
  strideWidth,
} from "./geometry";

const FORWARD: i32 = 0;
const INPUT_GRAD: i32 = 1;
const KERNEL_GRAD: i32 = 2;

/** x, kernel, output, geometry */
export function depthwiseConv2d(record: usize): void {
  readGeometry(record, 5);
  const output = address(record, 4);
  memory.fill(output, 0, (<usize>(batch * outputHeight * outputWidth * outputChannels)) << 2);
  walk(FORWARD, address(record, 2), address(record, 3), output, 0, kernelHeight);
}

/** outputGrad, kernel, inputGrad, geometry */
export function depthwiseConv2dInputGrad(record: usize): void {
  readGeometry(record, 5);
  walk(INPUT_GRAD, address(record, 4), address(record, 3), address(record, 2), 0, kernelHeight);
}

/** x, outputGrad, kernelGrad, geometry, the first row of the kernel to take, how many */
export function depthwiseConv2dKernelGrad(record: usize): void {
  readGeometry(record, 5);
  const x = address(record, 2);
  walk(KERNEL_GRAD, x, address(record, 4), address(record, 3), word(record, 20), word(record, 21));
}

/** Visits every output pixel with every input pixel its window sees, at one tap after another. */
function walk(kind: i32, input: usize, kernel: usize, output: usize, firstRow: i32, kernelRows: i32): void {
  const pixelBytes = (<usize>inputChannels) << 2;
  const outputBytes = (<usize>outputChannels) << 2;
  let place = output;
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < outputHeight; row++) {
      for (let column = 0; column < outputWidth; column++) {
        let tap = kernel + <usize>(firstRow * kernelWidth) * outputBytes;
        for (let kernelRow = firstRow; kernelRow < firstRow + kernelRows; kernelRow++) {
          const inputRow = row * strideHeight - padTop + kernelRow * dilationHeight;
          for (let kernelColumn = 0; kernelColumn < kernelWidth; kernelColumn++) {
            const inputColumn = column * strideWidth - padLeft + kernelColumn * dilationWidth;
            const isInside = inputRow >= 0 && inputRow < inputHeight && inputColumn >= 0 && inputColumn < inputWidth;
            const pixel = (picture * inputHeight + inputRow) * inputWidth + inputColumn;
            if (isInside) meet(kind, input + <usize>pixel * pixelBytes, tap, place);
            tap += outputBytes;
          }
        }
        place += outputBytes;
      }
    }
  }
}

function meet(kind: i32, x: usize, kernel: usize, y: usize): void {
  if (inputChannels === outputChannels) {
    if (kind === FORWARD) addProducts(x, kernel, y, inputChannels);
    else if (kind === INPUT_GRAD) addProducts(y, kernel, x, inputChannels);
    else addProducts(x, y, kernel, inputChannels);
    return;
  }
  const multiplier = outputChannels / inputChannels;
  for (let channel = 0; channel < outputChannels; channel++) {
    const xPlace = x + ((<usize>(channel / multiplier)) << 2);
    const kernelPlace = kernel + ((<usize>channel) << 2);
    const yPlace = y + ((<usize>channel) << 2);
    if (kind === FORWARD) addProduct(xPlace, kernelPlace, yPlace);
    else if (kind === INPUT_GRAD) addProduct(yPlace, kernelPlace, xPlace);
    else addProduct(xPlace, yPlace, kernelPlace);
  }
}

function addProduct(a: usize, b: usize, target: usize): void {
  store<f32>(target, load<f32>(target) + load<f32>(a) * load<f32>(b));
}

function addProducts(a: usize, b: usize, target: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4) {
    const at = (<usize>(count - left)) << 2;
    const sum = multiplyAdd(v128.load(a + at), v128.load(b + at), v128.load(target + at));
    storePart(target + at, sum, left);
  }
}
