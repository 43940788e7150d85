// The convolutions of the plain backend: every product in double, summed in double, rounded once.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import { Doubles, type Floats } from "../intrinsics.ts";
import type { ConvolutionRoutines } from "./convolution.ts";
import { walkWindows } from "./windowWalk.ts";

export const plainConvolution: ConvolutionRoutines = {
  conv2d(geometry, { x, kernel, output }) {
    const { inputChannels, outputChannels } = geometry;
    const sums = new Doubles(output.length);
    walkWindows(geometry, (count, input, inputStep, outputPixel, tap) => {
      for (let index = 0; index < count; index++) {
        const xAt = (input + index * inputStep) * inputChannels;
        const yAt = (outputPixel + index) * outputChannels;
        let kernelAt = tap * inputChannels * outputChannels;
        for (let i = 0; i < inputChannels; i++) {
          const value = x[xAt + i] as number;
          for (let o = 0; o < outputChannels; o++)
            sums[yAt + o] = (sums[yAt + o] as number) + value * (kernel[kernelAt++] as number);
        }
      }
    });
    output.set(sums);
  },
  conv2dInputGrad(geometry, { outputGrad, kernel, inputGrad }) {
    const { inputChannels, outputChannels } = geometry;
    const sums = new Doubles(inputGrad.length);
    walkWindows(geometry, (count, input, inputStep, outputPixel, tap) => {
      for (let index = 0; index < count; index++) {
        const xAt = (input + index * inputStep) * inputChannels;
        const yAt = (outputPixel + index) * outputChannels;
        let kernelAt = tap * inputChannels * outputChannels;
        for (let i = 0; i < inputChannels; i++) {
          let sum = 0;
          for (let o = 0; o < outputChannels; o++)
            sum += (outputGrad[yAt + o] as number) * (kernel[kernelAt++] as number);
          sums[xAt + i] = (sums[xAt + i] as number) + sum;
        }
      }
    });
    addSums(sums, inputGrad);
  },
  conv2dKernelGrad(geometry, { x, outputGrad, kernelGrad }) {
    const { inputChannels, outputChannels } = geometry;
    const sums = new Doubles(kernelGrad.length);
    walkWindows(geometry, (count, input, inputStep, outputPixel, tap) => {
      for (let index = 0; index < count; index++) {
        const xAt = (input + index * inputStep) * inputChannels;
        const yAt = (outputPixel + index) * outputChannels;
        let kernelAt = tap * inputChannels * outputChannels;
        for (let i = 0; i < inputChannels; i++) {
          const value = x[xAt + i] as number;
          for (let o = 0; o < outputChannels; o++, kernelAt++)
            sums[kernelAt] = (sums[kernelAt] as number) + value * (outputGrad[yAt + o] as number);
        }
      }
    });
    addSums(sums, kernelGrad);
  },

  depthwiseConv2d(geometry, { x, kernel, output }) {
    const { inputChannels, outputChannels } = geometry;
    const multiplier = outputChannels / inputChannels;
    const sums = new Doubles(output.length);
    walkWindows(geometry, (count, input, inputStep, outputPixel, tap) => {
      for (let index = 0; index < count; index++) {
        const xAt = (input + index * inputStep) * inputChannels;
        let yAt = (outputPixel + index) * outputChannels;
        let kernelAt = tap * outputChannels;
        for (let i = 0; i < inputChannels; i++) {
          const value = x[xAt + i] as number;
          for (let m = 0; m < multiplier; m++, yAt++)
            sums[yAt] = (sums[yAt] as number) + value * (kernel[kernelAt++] as number);
        }
      }
    });
    output.set(sums);
  },
  depthwiseConv2dInputGrad(geometry, { outputGrad, kernel, inputGrad }) {
    const { inputChannels, outputChannels } = geometry;
    const multiplier = outputChannels / inputChannels;
    const sums = new Doubles(inputGrad.length);
    walkWindows(geometry, (count, input, inputStep, outputPixel, tap) => {
      for (let index = 0; index < count; index++) {
        const xAt = (input + index * inputStep) * inputChannels;
        let yAt = (outputPixel + index) * outputChannels;
        let kernelAt = tap * outputChannels;
        for (let i = 0; i < inputChannels; i++) {
          let sum = 0;
          for (let m = 0; m < multiplier; m++) sum += (outputGrad[yAt++] as number) * (kernel[kernelAt++] as number);
          sums[xAt + i] = (sums[xAt + i] as number) + sum;
        }
      }
    });
    addSums(sums, inputGrad);
  },
  depthwiseConv2dKernelGrad(geometry, { x, outputGrad, kernelGrad }) {
    const { inputChannels, outputChannels } = geometry;
    const multiplier = outputChannels / inputChannels;
    const sums = new Doubles(kernelGrad.length);
    walkWindows(geometry, (count, input, inputStep, outputPixel, tap) => {
      for (let index = 0; index < count; index++) {
        const xAt = (input + index * inputStep) * inputChannels;
        let yAt = (outputPixel + index) * outputChannels;
        let kernelAt = tap * outputChannels;
        for (let i = 0; i < inputChannels; i++) {
          const value = x[xAt + i] as number;
          for (let m = 0; m < multiplier; m++, kernelAt++)
            sums[kernelAt] = (sums[kernelAt] as number) + value * (outputGrad[yAt++] as number);
        }
      }
    });
    addSums(sums, kernelGrad);
  },
};

function addSums(sums: Doubles, output: Floats): void {
  for (let index = 0; index < output.length; index++)
    output[index] = (output[index] as number) + (sums[index] as number);
}
