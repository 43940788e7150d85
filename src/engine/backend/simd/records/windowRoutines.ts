// Convolution and pooling as records.

import { maths } from "../../../intrinsics.ts";
import type { ConvolutionGeometry, ConvolutionRoutines } from "../../convolution.ts";
import * as opcodes from "../../opcodes.ts";
import type { PoolingRoutines } from "../../pooling.ts";
import type { RecordWriter } from "./records.ts";

export function windowRoutines(tape: RecordWriter): ConvolutionRoutines & PoolingRoutines {
  return {
    conv2d(geometry, { x, kernel, output }) {
      tape.begin(opcodes.CONV2D);
      tape.read(x);
      tape.read(kernel);
      tape.write(output);
      writeGeometry(tape, geometry);
      tape.scratch(reached(geometry) * geometry.inputChannels);
      tape.scratch(panelNumbers(geometry, geometry.inputChannels, geometry.outputChannels));
      // As of a matrix product: a bias, and whether a ReLU follows.
      tape.word(0);
      tape.word(0);
      tape.end();
    },
    conv2dInputGrad(geometry, { outputGrad, kernel, inputGrad }) {
      const { inputHeight, inputWidth, kernelHeight, kernelWidth, dilationHeight, dilationWidth } = geometry;
      const height = inputHeight + (kernelHeight - 1) * dilationHeight;
      const width = inputWidth + (kernelWidth - 1) * dilationWidth;
      tape.begin(opcodes.CONV2D_INPUT_GRAD);
      tape.read(outputGrad);
      tape.read(kernel);
      tape.update(inputGrad);
      writeGeometry(tape, geometry);
      tape.scratch(height * width * geometry.outputChannels);
      tape.scratch(panelNumbers(geometry, geometry.outputChannels, geometry.inputChannels));
      tape.end();
    },
    conv2dKernelGrad(geometry, { x, outputGrad, kernelGrad }) {
      tape.begin(opcodes.CONV2D_KERNEL_GRAD);
      tape.read(x);
      tape.read(outputGrad);
      tape.update(kernelGrad);
      writeGeometry(tape, geometry);
      tape.scratch(reached(geometry) * geometry.inputChannels);
      tape.word(0);
      tape.word(kernelTiles(geometry));
      tape.end();
    },
    depthwiseConv2d(geometry, { x, kernel, output }) {
      tape.begin(opcodes.DEPTHWISE_CONV2D);
      tape.read(x);
      tape.read(kernel);
      tape.write(output);
      writeGeometry(tape, geometry);
      tape.end();
    },
    depthwiseConv2dInputGrad(geometry, { outputGrad, kernel, inputGrad }) {
      tape.begin(opcodes.DEPTHWISE_CONV2D_INPUT_GRAD);
      tape.read(outputGrad);
      tape.read(kernel);
      tape.update(inputGrad);
      writeGeometry(tape, geometry);
      tape.end();
    },
    depthwiseConv2dKernelGrad(geometry, { x, outputGrad, kernelGrad }) {
      tape.begin(opcodes.DEPTHWISE_CONV2D_KERNEL_GRAD);
      tape.read(x);
      tape.read(outputGrad);
      tape.update(kernelGrad);
      writeGeometry(tape, geometry);
      tape.word(0);
      tape.word(geometry.kernelHeight);
      tape.end();
    },
    pool2d(kind, geometry, { x, output }) {
      tape.begin(opcodes.POOL2D);
      tape.read(x);
      tape.write(output);
      tape.word(kind === "mean" ? 1 : 0);
      writeGeometry(tape, geometry);
      tape.end();
    },
    pool2dGrad(kind, geometry, { x, output, outputGrad, inputGrad }) {
      tape.begin(opcodes.POOL2D_GRAD);
      tape.read(x);
      tape.read(output);
      tape.read(outputGrad);
      tape.update(inputGrad);
      tape.word(kind === "mean" ? 1 : 0);
      writeGeometry(tape, geometry);
      // It adds, and x is anything: plans may change that.
      tape.word(1);
      tape.word(0);
      tape.end();
    },
  };
}

/** In the order `assembly/windows/geometry.ts` reads it. */
function writeGeometry(tape: RecordWriter, geometry: ConvolutionGeometry): void {
  tape.word(geometry.batch);
  tape.word(geometry.inputHeight);
  tape.word(geometry.inputWidth);
  tape.word(geometry.inputChannels);
  tape.word(geometry.outputHeight);
  tape.word(geometry.outputWidth);
  tape.word(geometry.outputChannels);
  tape.word(geometry.kernelHeight);
  tape.word(geometry.kernelWidth);
  tape.word(geometry.strideHeight);
  tape.word(geometry.strideWidth);
  tape.word(geometry.padTop);
  tape.word(geometry.padLeft);
  tape.word(geometry.dilationHeight);
  tape.word(geometry.dilationWidth);
}

/** Tiles of six places by eight filters that cover a kernel. */
function kernelTiles({ kernelHeight, kernelWidth, inputChannels, outputChannels }: ConvolutionGeometry): number {
  return maths.ceil((kernelHeight * kernelWidth * inputChannels) / 6) * maths.ceil(outputChannels / 8);
}

/** Pixels that the windows of all outputs reach over. */
function reached(geometry: ConvolutionGeometry): number {
  const { outputHeight, outputWidth, strideHeight, strideWidth } = geometry;
  const { kernelHeight, kernelWidth, dilationHeight, dilationWidth } = geometry;
  const height = (outputHeight - 1) * strideHeight + (kernelHeight - 1) * dilationHeight + 1;
  const width = (outputWidth - 1) * strideWidth + (kernelWidth - 1) * dilationWidth + 1;
  return height * width;
}

/** A kernel in panels of eight filters. */
function panelNumbers({ kernelHeight, kernelWidth }: ConvolutionGeometry, from: number, to: number): number {
  return kernelHeight * kernelWidth * from * 8 * maths.ceil(to / 8);
}
